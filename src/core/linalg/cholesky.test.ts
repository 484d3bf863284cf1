import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choleskyFactor, choleskySolve } from './cholesky.ts';

test('the factor of a known matrix is the known one', () => {
  const a = Float64Array.of(4, 0, 0, 12, 37, 0, -16, -43, 98);
  expect(choleskyFactor(a, 3)).toBe(true);
  expect(Array.from(a)).toEqual([2, 0, 0, 6, 1, 0, -8, 5, 3]);
});

test('a matrix that is not positive definite is refused', () => {
  expect(choleskyFactor(Float64Array.of(1, 0, 2, 1), 2)).toBe(false);
  expect(choleskyFactor(Float64Array.of(Number.NaN), 1)).toBe(false);
});

test('solving with the factor of BᵀB + I gives back the vector it was made from', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 23 }).chain((n) =>
        fc.record({
          n: fc.constant(n),
          b: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n * n, maxLength: n * n }),
          x: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n, maxLength: n }),
        }),
      ),
      ({ n, b, x }) => {
        const a = new Float64Array(n * n);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            for (let k = 0; k < n; k++) a[i * n + j] += b[k * n + i] * b[k * n + j];
            if (i === j) a[i * n + j] += 1;
          }
        }
        const right = new Float64Array(n);
        for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) right[i] += a[i * n + j] * x[j];
        for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) a[i * n + j] = Number.NaN;
        expect(choleskyFactor(a, n)).toBe(true);
        choleskySolve(a, n, right, right);
        for (let i = 0; i < n; i++) expect(right[i]).toBeCloseTo(x[i], 11);
      },
    ),
  );
});
