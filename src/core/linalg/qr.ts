/** Columns that are reflected together: their parts of an inner product stay in registers. */
const PANEL = 4;

/** Products of a reflection between two reports: a few milliseconds of work. */
const PRODUCTS = 2_000_000;

/**
 * The random orthogonal matrix that a random normal matrix A stands for: Q of its QR decomposition, each column times
 * the sign of R's diagonal, so that Q is the one whose R has a positive diagonal (Mezzadri 2007). By Householder
 * reflections; agrees with `q * np.sign(np.diag(r))` of `q, r = np.linalg.qr(a)` to rounding.
 *
 * `normal` is n × n, row-major, and is left as it is. Returns the first `columns` columns (all when absent) as rows of
 * a columns × n row-major array: column j of Q lies at j·n … j·n + n − 1. `onProgress` gets the share done, in [0, 1].
 * Throws RangeError where sizes do not fit. A column that depends on those before it, to the last bit, has no sign and
 * comes out as zeros, as np.sign(0) makes it.
 */
export function orthogonalColumns(
  normal: Float64Array,
  n: number,
  columns: number = n,
  onProgress?: (share: number) => void,
): Float64Array {
  const steps = orthogonalSteps(normal, n, columns);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    onProgress?.(step.value);
  }
}

/**
 * {@link orthogonalColumns} in pieces of a few milliseconds, the same to the last bit: yields the share done, in [0, 1],
 * after each. O(columns²·n); 10 s for all of 2,048.
 */
export function* orthogonalSteps(
  normal: Float64Array,
  n: number,
  columns: number = n,
): Generator<number, Float64Array> {
  if (normal.length !== n * n) throw new RangeError(`A ${n} × ${n} matrix has ${n * n} numbers, not ${normal.length}.`);
  if (!(Number.isInteger(columns) && columns >= 0 && columns <= n)) {
    throw new RangeError(`There are ${n} columns to take from, not ${columns}.`);
  }
  // Column j of A becomes row j: first reflected, then overwritten by the reflector v_j (v[j … n − 1], scaled so that
  // H_j = I − v vᵀ).
  const a = new Float64Array(columns * n);
  const together = Math.max(1, Math.floor(PRODUCTS / Math.max(1, 4 * columns)));
  for (let start = 0; start < n; start += together) {
    const stop = Math.min(n, start + together);
    for (let j = 0; j < columns; j++) for (let i = start; i < stop; i++) a[j * n + i] = normal[i * n + j];
    yield 0;
  }
  const signs = new Float64Array(columns);
  const total = productsOf(n, columns);
  let done = 0;
  let told = 0;

  for (let first = 0; first < columns; first += PANEL) {
    const end = Math.min(first + PANEL, columns);
    for (let k = 0; k < first; k++) {
      reflect(a, k * n, a, first * n, end - first, n, k);
      done += (end - first) * (n - k);
      if (done - told >= PRODUCTS) yield (told = done) / total;
    }
    for (let j = first; j < end; j++) {
      for (let k = first; k < j; k++) reflect(a, k * n, a, j * n, 1, n, k);
      signs[j] = makeReflector(a, j * n, j, n);
    }
  }

  const q = new Float64Array(columns * n);
  for (let first = 0; first < columns; first += PANEL) {
    const end = Math.min(first + PANEL, columns);
    for (let j = first; j < end; j++) q[j * n + j] = signs[j];
    for (let k = end - 1; k >= 0; k--) {
      reflect(a, k * n, q, first * n, end - first, n, k);
      done += (end - first) * (n - k);
      if (done - told >= PRODUCTS) yield (told = done) / total;
    }
  }
  yield 1;
  return q;
}

/** Products of all reflections of whole panels, in both halves of the work. */
function productsOf(n: number, columns: number): number {
  const upTo = (count: number): number => count * n - (count * (count - 1)) / 2;
  let products = 0;
  for (let first = 0; first < columns; first += PANEL) {
    const end = Math.min(first + PANEL, columns);
    products += (end - first) * (upTo(first) + upTo(end));
  }
  return products;
}

/**
 * Turns the column at `at` into the reflector that sends its part from `from` on to a multiple of e_from; returns the
 * sign of R's diagonal element.
 */
function makeReflector(a: Float64Array, at: number, from: number, n: number): number {
  let largest = 0;
  for (let i = from; i < n; i++) largest = Math.max(largest, Math.abs(a[at + i]));
  if (largest === 0) return 0;
  let sum = 0;
  for (let i = from; i < n; i++) sum += (a[at + i] / largest) ** 2;
  const length = largest * Math.sqrt(sum);
  const head = a[at + from];
  // The sign that avoids cancellation in the first component.
  const beta = head >= 0 ? -length : length;
  // vᵀv must be 2: v = (x − β e)/√(β(β − head)).
  const scale = 1 / (Math.sqrt(Math.abs(beta)) * Math.sqrt(Math.abs(beta - head)));
  a[at + from] = (head - beta) * scale;
  for (let i = from + 1; i < n; i++) a[at + i] *= scale;
  return beta > 0 ? 1 : -1;
}

/** c ← c − v (vᵀc) for `count` ≤ 4 columns of length n lying one after another in c, over indices from … n − 1. */
function reflect(
  v: Float64Array,
  p: number,
  c: Float64Array,
  at: number,
  count: number,
  n: number,
  from: number,
): void {
  if (count !== PANEL) {
    for (let k = 0; k < count; k++) reflectOne(v, p, c, at + k * n, n, from);
    return;
  }
  const c0 = at;
  const c1 = at + n;
  const c2 = at + 2 * n;
  const c3 = at + 3 * n;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let i = from; i < n; i++) {
    const x = v[p + i];
    s0 += x * c[c0 + i];
    s1 += x * c[c1 + i];
    s2 += x * c[c2 + i];
    s3 += x * c[c3 + i];
  }
  for (let i = from; i < n; i++) {
    const x = v[p + i];
    c[c0 + i] -= s0 * x;
    c[c1 + i] -= s1 * x;
    c[c2 + i] -= s2 * x;
    c[c3 + i] -= s3 * x;
  }
}

function reflectOne(v: Float64Array, p: number, c: Float64Array, at: number, n: number, from: number): void {
  let sum = 0;
  for (let i = from; i < n; i++) sum += v[p + i] * c[at + i];
  for (let i = from; i < n; i++) c[at + i] -= sum * v[p + i];
}
