import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantilesInPlace } from './quantiles.ts';

/** By definition: sort, then interpolate between neighbours. */
function slowly(values: Float64Array, probability: number): number {
  const sorted = values.slice().sort();
  const position = probability * (values.length - 1);
  const k = Math.floor(position);
  const share = position - k;
  return share === 0 ? sorted[k] : sorted[k] + share * (sorted[k + 1] - sorted[k]);
}

const probabilities = [0, 0.05, 0.5, 0.5, 0.95, 1];

test('quantiles are, bit for bit, those of the sorted values: with ties, outliers and both zeros', () => {
  const value = fc.oneof(
    fc.double({ min: 0, max: 180, noNaN: true }),
    fc.integer({ min: -2, max: 2 }),
    fc.constantFrom(0, 1e300, -1e300, 5e-324),
  );
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 400 }), (list) => {
      const values = Float64Array.from(list, (v) => v + 0);
      const wanted = probabilities.map((probability) => slowly(values, probability));
      expect(quantilesInPlace(values, values.length, probabilities)).toEqual(wanted);
    }),
    { numRuns: 300 },
  );
});

test('quantiles look at the first n values only, however many buckets these fill', () => {
  const values = Float64Array.from({ length: 50_000 }, (_, i) => 90 + 40 * Math.sin(i * 1.7) + (i % 13));
  const wanted = probabilities.map((probability) => slowly(values.subarray(0, 49_000), probability));
  expect(quantilesInPlace(values, 49_000, probabilities)).toEqual(wanted);
});
