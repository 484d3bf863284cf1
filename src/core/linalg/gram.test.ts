import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainGram, simdGram, type Gram } from './gram.ts';

/** Adds the rows (values row-major, rows × n) in blocks of the size that the sum takes. */
function sumOf(gram: Gram, values: Float64Array, n: number): Float64Array {
  const rows = values.length / n;
  for (let first = 0; first < rows; first += gram.blockRows) {
    const count = Math.min(gram.blockRows, rows - first);
    for (let k = 0; k < count; k++) {
      gram.block.set(values.subarray((first + k) * n, (first + k + 1) * n), k * gram.stride);
    }
    gram.add(count);
  }
  return gram.lower();
}

test('the SIMD and the plain sum of outer products agree bit for bit, and are Σ a·aᵀ', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 37 }),
      fc.integer({ min: 0, max: 150 }),
      fc.integer({ min: 1, max: 1e6 }),
      (n, rows, seed) => {
        const values = Float64Array.from({ length: rows * n }, (_, i) => Math.sin(seed + i * i * 0.37));
        const simd = simdGram(n);
        if (simd === null) throw new Error('This test needs WebAssembly SIMD.');
        const found = sumOf(simd, values, n);
        expect(found).toEqual(sumOf(plainGram(n), values, n));
        let furthest = 0;
        for (let i = 0; i < n; i++) {
          for (let j = 0; j <= i; j++) {
            let sum = 0;
            for (let k = 0; k < rows; k++) sum += values[k * n + i] * values[k * n + j];
            furthest = Math.max(furthest, Math.abs(found[i * n + j] - sum));
          }
        }
        expect(furthest).toBeLessThan(1e-11);
      },
    ),
    { numRuns: 60 },
  );
});
