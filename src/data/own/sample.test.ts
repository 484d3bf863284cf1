import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sampleRows } from './sample.ts';
import { patternLabels } from './testing/pattern.ts';

interface Fixtures {
  readonly samples: readonly {
    readonly rows: number;
    readonly n: number;
    readonly seed: number;
    readonly first: readonly number[];
    readonly sha256: string;
  }[];
  readonly rare: readonly number[];
}
/** Made by fixtures/make_own_fixtures.py with NumPy. */
const fixtures: Fixtures = JSON.parse(readFileSync(new URL('./fixtures/ownFixtures.json', import.meta.url), 'utf8'));

const rowsOf = (taken: Uint8Array): Uint32Array =>
  Uint32Array.from([...taken.keys()].filter((row) => taken[row] === 1));

test.each(fixtures.samples)('$n of $rows rows by seed $seed are those of NumPy', ({ rows, n, seed, first, sha256 }) => {
  const taken = rowsOf(sampleRows(patternLabels(rows), n, seed));
  expect([...taken.subarray(0, 12)]).toEqual(first);
  expect(taken.length).toBe(n);
  expect(createHash('sha256').update(new Uint8Array(taken.buffer)).digest('hex')).toBe(sha256);
});

test('a rare label keeps a row', () => {
  const labels = new Uint8Array(1000);
  labels[17] = 1;
  const taken = rowsOf(sampleRows(labels, 10, 3));
  expect([...taken]).toEqual(fixtures.rare);
  expect(taken).toContain(17);
});

test('a sample has the rows asked for and the share of each label to within one row', () => {
  const labels = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(labels, fc.double({ min: 0, max: 1, noNaN: true }), fc.maxSafeNat(), (list, share, seed) => {
      const all = Uint8Array.from(list);
      const n = Math.max(1, Math.round(share * all.length));
      const taken = rowsOf(sampleRows(all, n, seed));
      expect(taken.length).toBe(n);
      const ones = taken.filter((row) => all[row] === 1).length;
      const exact = (n * list.filter((label) => label === 1).length) / all.length;
      expect(Math.abs(ones - exact)).toBeLessThanOrEqual(1);
    }),
    { numRuns: 500 },
  );
});

test.each([0, 11, 1.5, NaN])('%d of 10 rows is refused', (n) => {
  expect(() => sampleRows(new Uint8Array(10), n, 1)).toThrow(RangeError);
});
