import { dotAt } from './dot.ts';

/** Implicit QR steps an eigenvalue may take; two or three is usual. */
const MOST_STEPS = 60;

export interface SymmetricEigen {
  /** Eigenvalues, descending; `count` of them. */
  readonly values: Float64Array;
  /** Unit eigenvectors as rows, count × n, in the order of `values`; signs are as they come. */
  readonly vectors: Float64Array;
}

/**
 * Householder reflections that make the symmetric matrix `a` (n × n, overwritten) tridiagonal. Row k of `a` then holds the
 * reflector v_k in k + 1 … n − 1, scaled so that H_k = I − v vᵀ.
 */
function* tridiagonalise(
  a: Float64Array,
  n: number,
  diagonal: Float64Array,
  off: Float64Array,
): Generator<number, void> {
  const w = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    diagonal[k] = a[k * n + k];
    if (k === n - 1) break;
    const v = a.subarray(k * n, (k + 1) * n);
    let largest = 0;
    for (let i = k + 1; i < n; i++) largest = Math.max(largest, Math.abs(v[i]));
    let squares = 0;
    if (largest > 0) for (let i = k + 1; i < n; i++) squares += (v[i] / largest) ** 2;
    const length = largest * Math.sqrt(squares);
    const head = v[k + 1];
    if (length === 0 || length === Math.abs(head)) {
      // Already one entry: nothing to reflect.
      off[k] = head;
      v.fill(0, k + 1);
      continue;
    }
    off[k] = head >= 0 ? -length : length;
    const scale = 1 / (Math.sqrt(length) * Math.sqrt(length + Math.abs(head)));
    v[k + 1] = (head - off[k]) * scale;
    for (let i = k + 2; i < n; i++) v[i] *= scale;
    const size = n - k - 1;
    let along = 0;
    for (let i = k + 1; i < n; i++) {
      w[i] = dotAt(a, i * n + k + 1, v, k + 1, size);
      along += w[i] * v[i];
    }
    for (let i = k + 1; i < n; i++) w[i] -= (along / 2) * v[i];
    for (let i = k + 1; i < n; i++) {
      const vi = v[i];
      const wi = w[i];
      for (let j = k + 1, at = i * n + k + 1; j < n; j++, at++) a[at] -= vi * w[j] + wi * v[j];
    }
    if (k % 16 === 0) yield k / n;
  }
}

/** One implicit QR step with Wilkinson's shift on rows low … high (Golub & Van Loan 2013, algorithm 8.3.2); rotates rows of z. */
function qrStep(d: Float64Array, e: Float64Array, low: number, high: number, z: Float64Array, n: number): void {
  const delta = (d[high - 1] - d[high]) / 2;
  const last = e[high - 1];
  const root = Math.hypot(delta, last);
  const shift = d[high] - (last * last) / (delta + (delta >= 0 ? root : -root));
  let x = d[low] - shift;
  let y = e[low];
  for (let k = low; k < high; k++) {
    const r = Math.hypot(x, y);
    const c = r === 0 ? 1 : x / r;
    const s = r === 0 ? 0 : y / r;
    if (k > low) e[k - 1] = r;
    const [a, b, f] = [d[k], d[k + 1], e[k]];
    d[k] = c * c * a + 2 * c * s * f + s * s * b;
    d[k + 1] = s * s * a - 2 * c * s * f + c * c * b;
    e[k] = c * s * (b - a) + (c * c - s * s) * f;
    if (k < high - 1) {
      x = e[k];
      y = s * e[k + 1];
      e[k + 1] *= c;
    }
    const p = k * n;
    const q = p + n;
    for (let j = 0; j < n; j++) {
      const u = z[p + j];
      const v = z[q + j];
      z[p + j] = c * u + s * v;
      z[q + j] = c * v - s * u;
    }
  }
}

/**
 * The `count` largest eigenvalues of a symmetric matrix with their eigenvectors: Householder tridiagonalisation and implicit QR.
 * Values are good to rounding of the largest one. Yields the share done, in [0, 1]; O(n³), about 0.2 s for n = 300.
 *
 * @param matrix n × n row-major, only the lower triangle is read.
 * @throws RangeError where sizes do not fit, entries are not finite, or the iteration does not end.
 */
export function* symmetricEigenSteps(matrix: Float64Array, n: number, count = n): Generator<number, SymmetricEigen> {
  if (matrix.length !== n * n) throw new RangeError(`A ${n} × ${n} matrix has ${n * n} numbers, not ${matrix.length}.`);
  if (!(Number.isInteger(count) && count >= 0 && count <= n)) {
    throw new RangeError(`There are ${n} eigenvalues to take from, not ${count}.`);
  }
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = matrix[i * n + j];
      if (!Number.isFinite(value)) throw new RangeError(`Entry ${i}, ${j} of the matrix is ${value}.`);
      a[i * n + j] = a[j * n + i] = value;
    }
  }
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  for (const share of tridiagonalise(a, n, d, e)) yield share / 3;

  const z = new Float64Array(n * n);
  for (let i = 0; i < n; i++) z[i * n + i] = 1;
  const small = (k: number): boolean => Math.abs(e[k]) <= Number.EPSILON * (Math.abs(d[k]) + Math.abs(d[k + 1]));
  let steps = 0;
  for (let high = n - 1; high > 0;) {
    if (small(high - 1)) {
      e[high - 1] = 0;
      high--;
      steps = 0;
      if (high % 16 === 0) yield (1 + (n - high) / n) / 3;
      continue;
    }
    let low = high - 1;
    while (low > 0 && !small(low - 1)) low--;
    if (low > 0) e[low - 1] = 0;
    if (++steps > MOST_STEPS) throw new RangeError('The eigenvalues did not settle.');
    qrStep(d, e, low, high, z, n);
  }

  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => d[j] - d[i]);
  const values = new Float64Array(count);
  const vectors = new Float64Array(count * n);
  for (let row = 0; row < count; row++) {
    values[row] = d[order[row]];
    const from = order[row] * n;
    vectors.set(z.subarray(from, from + n), row * n);
    const at = row * n;
    for (let k = n - 2; k >= 0; k--) {
      const sum = dotAt(a, k * n + k + 1, vectors, at + k + 1, n - k - 1);
      for (let j = k + 1; j < n; j++) vectors[at + j] -= sum * a[k * n + j];
    }
    if (row % 16 === 0) yield (2 + row / count) / 3;
  }
  return { values, vectors };
}

/** {@link symmetricEigenSteps} to its end. */
export function symmetricEigen(matrix: Float64Array, n: number, count = n): SymmetricEigen {
  const steps = symmetricEigenSteps(matrix, n, count);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
