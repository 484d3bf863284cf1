import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import fixture from './fixtures/pca.json';
import { dotAt } from './dot.ts';
import type { Embeddings } from './embeddings.ts';
import { pca, projectRows, varianceKept } from './pca.ts';
import { stream } from '../random/streams.ts';
import { symmetricEigen } from './symmetricEigen.ts';

function embed(values: ArrayLike<number>, dims: number): Embeddings {
  const rows = values.length / dims;
  return { values: Float64Array.from(values), rows, dims, scale: new Float64Array(rows).fill(1) };
}
const every = (rows: number): Uint32Array => Uint32Array.from({ length: rows }, (_, i) => i);
const gap = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  expect(a.length).toBe(b.length);
  return Math.max(0, ...Array.from(a, (value, i) => Math.abs(value - b[i])));
};

test.each(fixture)('components, variances and coordinates are those of NumPy’s SVD ($n × $dims)', (f) => {
  const rows = embed(f.x, f.dims);
  const fit = pca(rows, every(f.n), f.k);
  expect(fit.count).toBe(f.k);
  expect(gap(fit.components, f.components)).toBeLessThan(1e-9);
  expect(gap(fit.variances, f.variances)).toBeLessThan(1e-12);
  expect(Math.abs(fit.totalVariance - f.total)).toBeLessThan(1e-12);
  expect(gap(projectRows(fit, rows, every(f.n), f.k), f.scores)).toBeLessThan(1e-9);
});

describe('whatever the matrix', () => {
  test('eigenvectors are orthonormal and satisfy A v = λ v, also where eigenvalues repeat', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 1e6 }), fc.boolean(), (n, seed, low) => {
        const draws = stream(seed, 'eigen').standardNormal(new Float64Array(n * n));
        const a = new Float64Array(n * n);
        const rank = low ? Math.max(1, n >> 2) : n;
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            for (let k = 0; k < rank; k++) a[i * n + j] += draws[i * n + k] * draws[j * n + k] * (k % 2 === 0 ? 1 : -1);
          }
        }
        const { values, vectors } = symmetricEigen(a, n);
        const size = Math.max(1, ...values.map(Math.abs));
        for (let r = 0; r < n; r++) {
          for (let i = 0; i < n; i++) {
            const product = dotAt(a, i * n, vectors, r * n, n);
            expect(Math.abs(product - values[r] * vectors[r * n + i])).toBeLessThan(1e-12 * size);
            expect(dotAt(vectors, r * n, vectors, i * n, n)).toBeCloseTo(r === i ? 1 : 0, 11);
          }
          if (r > 0) expect(values[r]).toBeLessThanOrEqual(values[r - 1]);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('the factor of each row counts, and rank ends the list of components', () => {
    const x = [1, 2, 2, 4, 3, 6, 4, 8, -1, -2];
    const plain = pca(embed(x, 2), every(5), 2);
    expect(plain.count).toBe(1);
    expect(plain.components[1]).toBeCloseTo(2 / Math.sqrt(5), 12);
    expect(varianceKept(plain, 1)).toBeCloseTo(1, 12);
    const doubled = pca({ ...embed(x, 2), scale: new Float64Array(5).fill(2) }, every(5), 2);
    expect(doubled.totalVariance).toBeCloseTo(4 * plain.totalVariance, 10);
    const constant = pca(embed([1, 1, 1, 1], 2), every(2), 2);
    expect(constant.count).toBe(0);
    expect(varianceKept(constant, 1)).toBeNull();
  });

  test('what cannot be decomposed is refused', () => {
    expect(() => pca(embed([1, 2], 2), every(1), 1)).toThrow('at least two rows');
    expect(() => pca(embed([1, Number.NaN, 2, 3], 2), every(2), 1)).toThrow('Dimension 2 of row 1 is NaN');
    expect(() => pca(embed([1, 2, 2, 3], 2), every(2), 0)).toThrow('0 is no number of components');
    expect(() => symmetricEigen(new Float64Array(3), 2)).toThrow('2 × 2');
  });
});

test('an identity matrix and a diagonal one come back as they are', () => {
  const identity = Float64Array.from([1, 0, 0, 0, 1, 0, 0, 0, 1]);
  expect(Array.from(symmetricEigen(identity, 3).values)).toEqual([1, 1, 1]);
  const diagonal = Float64Array.from([2, 0, 0, 0, -5, 0, 0, 0, 3]);
  expect(Array.from(symmetricEigen(diagonal, 3).values)).toEqual([3, 2, -5]);
});
