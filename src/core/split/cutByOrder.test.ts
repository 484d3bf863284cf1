import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutByOrder } from './cutByOrder.ts';

test('cutting by order equals a stable sort of the places, ties and all', () => {
  const values = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 60 });
  fc.assert(
    fc.property(values, fc.nat({ max: 70 }), fc.nat({ max: 70 }), (list, one, other) => {
      const firstEnd = Math.min(one, other);
      const secondEnd = Math.max(one, other);
      const expected = new Uint8Array(list.length);
      list
        .map((value, place) => ({ value, place }))
        .sort((a, b) => a.value - b.value || a.place - b.place)
        .forEach(({ place }, rank) => {
          expected[place] = rank < firstEnd ? 0 : rank < secondEnd ? 1 : 2;
        });
      expect(cutByOrder(Float64Array.from(list), firstEnd, secondEnd)).toEqual(expected);
    }),
    { numRuns: 1000 },
  );
});

test('cutting leaves the values as they were', () => {
  const values = Float64Array.of(3, 1, 2);
  expect([...cutByOrder(values, 1, 2)]).toEqual([2, 0, 1]);
  expect([...values]).toEqual([3, 1, 2]);
});
