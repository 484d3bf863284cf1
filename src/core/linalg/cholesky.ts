import { dotAt } from './dot.ts';

/**
 * Cholesky factor of a symmetric positive definite matrix: A = L·Lᵀ, L in the lower triangle of `a`, in place.
 *
 * `a` is n × n, row-major; only its lower triangle is read or written. Returns false, with `a` partly overwritten,
 * where a pivot is not positive (A is not positive definite to rounding).
 */
export function choleskyFactor(a: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    let j = 0;
    // Four columns at once: row i is read once for four inner products.
    for (; j + 4 <= i; j += 4) {
      const r0 = j * n;
      const r1 = r0 + n;
      const r2 = r1 + n;
      const r3 = r2 + n;
      let s0 = a[row + j];
      let s1 = a[row + j + 1];
      let s2 = a[row + j + 2];
      let s3 = a[row + j + 3];
      for (let k = 0; k < j; k++) {
        const v = a[row + k];
        s0 -= v * a[r0 + k];
        s1 -= v * a[r1 + k];
        s2 -= v * a[r2 + k];
        s3 -= v * a[r3 + k];
      }
      s0 /= a[r0 + j];
      s1 = (s1 - s0 * a[r1 + j]) / a[r1 + j + 1];
      s2 = (s2 - s0 * a[r2 + j] - s1 * a[r2 + j + 1]) / a[r2 + j + 2];
      s3 = (s3 - s0 * a[r3 + j] - s1 * a[r3 + j + 1] - s2 * a[r3 + j + 2]) / a[r3 + j + 3];
      a[row + j] = s0;
      a[row + j + 1] = s1;
      a[row + j + 2] = s2;
      a[row + j + 3] = s3;
    }
    for (; j < i; j++) a[row + j] = (a[row + j] - dotAt(a, row, a, j * n, j)) / a[j * n + j];
    const pivot = a[row + i] - dotAt(a, row, a, row, i);
    if (!(pivot > 0)) return false;
    a[row + i] = Math.sqrt(pivot);
  }
  return true;
}

/** x = A⁻¹·b from the factor that {@link choleskyFactor} left in `l`. `x` may be `b` itself; both have length n. */
export function choleskySolve(l: Float64Array, n: number, b: Float64Array, x: Float64Array): void {
  for (let i = 0; i < n; i++) x[i] = (b[i] - dotAt(l, i * n, x, 0, i)) / l[i * n + i];
  for (let i = n - 1; i >= 0; i--) {
    const row = i * n;
    const value = x[i] / l[row + i];
    x[i] = value;
    for (let k = 0; k < i; k++) x[k] -= value * l[row + k];
  }
}
