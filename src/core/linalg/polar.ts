import { inverseSteps } from './inverse.ts';

const MOST_STEPS = 60;

/**
 * The orthogonal factor of a square matrix, U of A = U·H with H symmetric and positive: the orthogonal matrix nearest to A
 * (and UVᵀ of its singular value decomposition), by Newton's iteration with scaling (Higham 1986). Row-major n × n.
 *
 * Yields between pieces of a few milliseconds; returns null where A has no inverse to rounding, since U is then not unique.
 */
export function* orthogonalFactorSteps(matrix: Float64Array, n: number): Generator<number, Float64Array | null, void> {
  let u = matrix.slice();
  for (let step = 0; step < MOST_STEPS; step++) {
    const back = yield* inverseSteps(u, n);
    if (back === null) return null;
    const gamma = Math.sqrt(frobenius(back) / frobenius(u));
    if (!(gamma > 0 && Number.isFinite(gamma))) return null;
    // Near the end scaling is 1 to rounding, and leaving it out keeps the last steps quadratic.
    const scale = Math.abs(gamma - 1) < 1e-2 ? 1 : gamma;
    const next = new Float64Array(n * n);
    let moved = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const value = (scale * u[i * n + j] + back[j * n + i] / scale) / 2;
        moved += (value - u[i * n + j]) ** 2;
        next[i * n + j] = value;
      }
    }
    u = next;
    const size = Math.sqrt(moved / n);
    if (size < 1e-13) return u;
    // A last step of this size leaves an error of its square.
    if (size < 1e-8 && scale === 1) return u;
  }
  return null;
}

function frobenius(a: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * a[i];
  return Math.sqrt(sum);
}
