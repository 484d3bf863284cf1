import { expect, test } from 'vitest';
import { numpy } from './fixtures/numpy.ts';
import { SeedSequence } from './seedSequence.ts';

test.each(numpy.sequences)('SeedSequence($entropy, $spawnKey) generates NumPy’s state', (row) => {
  const sequence = new SeedSequence(row.entropy, row.spawnKey);
  expect([...sequence.generateUint32(row.state32.length)]).toEqual(row.state32);
  expect([...sequence.generateUint64(row.state64.length / 2)]).toEqual(row.state64);
});

test('a spawn key of zero differs from no spawn key', () => {
  expect(new SeedSequence(5, [0]).generateUint32(4)).not.toEqual(new SeedSequence(5).generateUint32(4));
});

test.each([-1, 0.5, NaN, Infinity, 2 ** 53])(
  'SeedSequence refuses %s as a seed and as a part of a spawn key',
  (bad) => {
    expect(() => new SeedSequence(bad)).toThrow(RangeError);
    expect(() => new SeedSequence(0, [bad])).toThrow(RangeError);
  },
);
