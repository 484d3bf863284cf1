import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalsOf, readSeen, SEEN_NUMBERS, writeSeen, writeSeenNumber, type Seen } from './linkSeen.ts';

const decimal = fc.tuple(fc.double({ min: 0, max: 180, noNaN: true }), fc.integer({ min: 0, max: 9 }));
const numbers = fc.record(
  Object.fromEntries(
    SEEN_NUMBERS.map((name) => [name, fc.option(decimal.map(([value, places]) => writeSeenNumber(value, places)))]),
  ),
  { requiredKeys: [SEEN_NUMBERS[0]] },
);
const seen = fc.record({
  numbers,
  on: fc.constantFrom('cpu', 'webgpu'),
  near: fc.integer({ min: 0, max: 999_999_999 }),
  data: fc.option(fc.stringMatching(/^[0-9a-f]{6}$/)),
  lab: fc.option(fc.constantFrom('0.1.0', '12.0.3-beta.1')),
}) as fc.Arbitrary<Seen>;

describe('what a link says its sender saw', () => {
  test('reads back as it was written, and has one text', () => {
    fc.assert(
      fc.property(seen, (any) => {
        const text = writeSeen(any);
        expect(readSeen(text)).toEqual({ ok: true, value: any });
      }),
    );
    const read = readSeen('lab:0.1.0,ece:.05,auc:.87021');
    expect(read.ok && writeSeen(read.value)).toBe('auc:.87021,ece:.05,lab:0.1.0');
  });

  test('never breaks, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: 'binary' }), (text) => typeof readSeen(text).ok === 'boolean'),
    );
    for (const text of [
      '',
      'auc',
      'auc:',
      'auc:.',
      'auc:1e3',
      'auc:-1',
      'auc:.8,auc:.9',
      'near:-1',
      'on:tpu',
      'a:b:c',
    ]) {
      expect(readSeen(text), text).toMatchObject({ ok: false });
    }
    for (const text of ['constructor:1', 'toString:1', '__proto__:1']) expect(readSeen(text).ok).toBe(false);
  });

  test('writes a number to the digits asked, without the zero before the point', () => {
    expect(writeSeenNumber(0.870214, 5)).toBe('.87021');
    expect(writeSeenNumber(0.87, 5)).toBe('.87000');
    expect(writeSeenNumber(1, 3)).toBe('1.000');
    expect(writeSeenNumber(1, 0)).toBe('1');
    expect(writeSeenNumber(12.3456, 3)).toBe('12.346');
    expect(writeSeenNumber(null, 5)).toBe('-');
    expect([decimalsOf('.87000'), decimalsOf('1'), decimalsOf('73.4')]).toEqual([5, 0, 1]);
  });
});
