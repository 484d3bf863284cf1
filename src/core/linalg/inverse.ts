/** Products between two reports: a few milliseconds of work. One pivot takes n². */
const PRODUCTS = 2_000_000;

/**
 * The inverse of an n × n row-major matrix by Gauss–Jordan elimination with partial pivoting, in float64; null where a
 * pivot is zero or not finite. O(n³); `matrix` is left as it is.
 */
export function inverse(matrix: Float64Array, n: number): Float64Array | null {
  const steps = inverseSteps(matrix, n);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** {@link inverse} in pieces of a few milliseconds, whole pivots: yields the share done, in [0, 1], after each. */
export function* inverseSteps(matrix: Float64Array, n: number): Generator<number, Float64Array | null, void> {
  if (matrix.length !== n * n) throw new RangeError(`A ${n} × ${n} matrix has ${n * n} numbers, not ${matrix.length}.`);
  const a = matrix.slice();
  const rowOf = new Uint32Array(n);
  for (let i = 0; i < n; i++) rowOf[i] = i;
  const pivots = Math.max(1, Math.floor(PRODUCTS / (n * n)));
  for (let k = 0; k < n; k++) {
    if (k > 0 && k % pivots === 0) yield k / n;
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i * n + k]) > Math.abs(a[best * n + k])) best = i;
    const pivot = a[best * n + k];
    if (pivot === 0 || !Number.isFinite(pivot)) return null;
    if (best !== k) {
      const held = a.slice(k * n, k * n + n);
      a.copyWithin(k * n, best * n, best * n + n);
      a.set(held, best * n);
      const row = rowOf[k];
      rowOf[k] = rowOf[best];
      rowOf[best] = row;
    }
    const top = k * n;
    a[top + k] = 1;
    for (let j = 0; j < n; j++) a[top + j] /= pivot;
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = a[i * n + k];
      if (factor === 0) continue;
      a[i * n + k] = 0;
      for (let j = 0; j < n; j++) a[i * n + j] -= factor * a[top + j];
    }
  }
  // Rows were exchanged: the columns of the inverse go back to their places.
  yield 1;
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[i * n + rowOf[j]] = a[i * n + j];
  return out;
}
