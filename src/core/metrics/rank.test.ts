import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scikit } from './fixtures/scikit.ts';
import { ascendingOrder, midRanks, ScoreSorter } from './rank.ts';

const finite = fc.double({ noNaN: true });

/** The specification: a stable comparison sort of row numbers. */
function stableOrder(scores: Float64Array): number[] {
  return Array.from(scores, (_, i) => i).sort((a, b) =>
    scores[a] < scores[b] ? -1 : scores[a] > scores[b] ? 1 : a - b,
  );
}

test('the radix sort is a stable argsort of any doubles, infinities and both zeros too', () => {
  const score = fc.oneof(
    finite,
    fc.constantFrom(-0, 0, Infinity, -Infinity, 5e-324, -5e-324),
    fc.integer({ min: -2, max: 2 }),
  );
  fc.assert(
    fc.property(fc.array(score, { maxLength: 200 }), (list) => {
      const scores = Float64Array.from(list);
      expect(Array.from(ascendingOrder(scores))).toEqual(stableOrder(scores));
    }),
  );
});

test('long runs that share their high words are sorted by the low ones', () => {
  // 1 + k·2⁻⁵² for k < 2²⁰: one high word for all; negatives flip the order; zeros of both signs are one tie.
  const list: number[] = [];
  for (let i = 0; i < 4000; i++) list.push((1 + ((i * 7919) % 1000) * 2 ** -52) * (i % 3 === 0 ? -1 : 1));
  for (let i = 0; i < 100; i++) list.push(i % 2 === 0 ? 0 : -0);
  for (let i = 0; i < 100; i++) list.push(((i * 37) % 100) * 5e-324);
  const scores = Float64Array.from(list);
  expect(Array.from(ascendingOrder(scores))).toEqual(stableOrder(scores));
});

test('minus zero ties with plus zero, and ties are marked exactly', () => {
  const sorter = new ScoreSorter(4);
  sorter.sort(Float64Array.of(0, 1, -0, 1 + 2 ** -52));
  expect(Array.from(sorter.order)).toEqual([0, 2, 1, 3]);
  expect(Array.from(sorter.startsTie)).toEqual([1, 0, 1, 1]);
});

test('a NaN score throws, with its row', () => {
  expect(() => ascendingOrder(Float64Array.of(1, NaN))).toThrow(/Score 1 is NaN/);
  expect(() => ascendingOrder(Float64Array.of(-NaN))).toThrow(RangeError);
});

test('a sorter can be used again, for fewer rows and for more than it had room for', () => {
  const sorter = new ScoreSorter(2);
  for (const n of [5, 2, 300, 0, 1]) {
    const scores = Float64Array.from({ length: n }, (_, i) => Math.sin(i * i));
    expect(Array.from(ascendingOrder(scores, sorter))).toEqual(stableOrder(scores));
  }
});

test('scores may be a view into a larger buffer', () => {
  const all = Float64Array.of(9, 3, -1, 2, 9);
  expect(Array.from(ascendingOrder(all.subarray(1, 4)))).toEqual([1, 2, 0]);
});

test.each(scikit.scores)('order and mid-ranks of $name scores equal those of numpy and scipy', (c) => {
  const scores = Float64Array.from(c.z);
  expect(Array.from(ascendingOrder(scores))).toEqual(c.order);
  expect(Array.from(midRanks(scores))).toEqual(c.mid_ranks);
});

test('mid-ranks add up to n(n + 1)/2', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 50 }), (list) => {
      const n = list.length;
      expect(midRanks(Float64Array.from(list)).reduce((a, b) => a + b, 0)).toBe((n * (n + 1)) / 2);
    }),
  );
});
