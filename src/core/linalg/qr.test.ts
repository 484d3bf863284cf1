import fc from 'fast-check';
import { expect, test } from 'vitest';
import fixture from './fixtures/qr.json';
import { dotAt } from './dot.ts';
import { orthogonalColumns } from './qr.ts';

function noise(n: number, seed: number): Float64Array {
  let state = seed >>> 0;
  return Float64Array.from({ length: n * n }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2147483648 - 1;
  });
}

test('Q is the one that NumPy gives, with columns times the sign of the diagonal of R', () => {
  const { n, normal, q } = fixture;
  const columns = orthogonalColumns(Float64Array.from(normal), n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) expect(Math.abs(columns[j * n + i] - q[i * n + j])).toBeLessThan(1e-12);
  }
});

test('columns are orthonormal and QᵀA is upper triangular with a positive diagonal, for any size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 45 }), fc.integer({ min: 1, max: 1e6 }), (n, seed) => {
      const a = noise(n, seed);
      const q = orthogonalColumns(a, n);
      for (let j = 0; j < n; j++) {
        for (let k = 0; k <= j; k++) {
          expect(dotAt(q, j * n, q, k * n, n)).toBeCloseTo(j === k ? 1 : 0, 12);
          let r = 0;
          for (let i = 0; i < n; i++) r += q[j * n + i] * a[i * n + k];
          if (k < j) expect(r).toBeCloseTo(0, 11);
          else expect(r).toBeGreaterThan(0);
        }
      }
    }),
    { numRuns: 30 },
  );
});

test('the first columns alone are those of the whole matrix', () => {
  const a = noise(30, 5);
  const q = orthogonalColumns(a, 30);
  for (const columns of [0, 1, 6, 29]) {
    expect(orthogonalColumns(a, 30, columns)).toEqual(q.slice(0, columns * 30));
  }
});

test('progress rises to 1', () => {
  const shares: number[] = [];
  orthogonalColumns(noise(11, 2), 11, 11, (share) => shares.push(share));
  expect(shares.at(-1)).toBe(1);
  expect(shares).toEqual([...shares].sort((x, y) => x - y));
});

test('a matrix of another size is refused', () => {
  expect(() => orthogonalColumns(new Float64Array(5), 2)).toThrow(/2 × 2/);
});
