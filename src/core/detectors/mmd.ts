import { linearQuantile } from '../stream/percentile.ts';

/** Rows of numbers, row-major. */
export interface Rows {
  readonly values: Float64Array | Float32Array;
  readonly rows: number;
  readonly dims: number;
}

function squaredDistance(x: Rows, i: number, y: Rows, j: number): number {
  const { dims } = x;
  const a = i * dims;
  const b = j * dims;
  const xs = x.values;
  const ys = y.values;
  let sum = 0;
  for (let k = 0; k < dims; k++) {
    const d = xs[a + k] - ys[b + k];
    sum += d * d;
  }
  return sum;
}

/** The median Euclidean distance between two different rows; 1 where that is 0 or there are fewer than two rows. O(n² dims). */
export function medianDistance(x: Rows): number {
  const distances = new Float64Array((x.rows * (x.rows - 1)) / 2);
  let at = 0;
  for (let i = 0; i < x.rows; i++) {
    for (let j = 0; j < i; j++) distances[at++] = Math.sqrt(squaredDistance(x, i, x, j));
  }
  if (at === 0) return 1;
  distances.sort();
  const median = (distances[(at - 1) >> 1] + distances[at >> 1]) / 2;
  return median === 0 ? 1 : median;
}

/** k = exp(−|x − y|²/2s²) of every row of x with every row of y, x.rows × y.rows row-major; s > 0. */
export function kernelMatrix(x: Rows, y: Rows, bandwidth: number): Float64Array {
  const kernel = new Float64Array(x.rows * y.rows);
  const scale = -1 / (2 * bandwidth * bandwidth);
  for (let i = 0; i < x.rows; i++) {
    for (let j = 0; j < y.rows; j++) kernel[i * y.rows + j] = Math.exp(scale * squaredDistance(x, i, y, j));
  }
  return kernel;
}

/** {@link kernelMatrix} of rows with themselves: half the work, and ones on the diagonal. */
export function gramMatrix(x: Rows, bandwidth: number): Float64Array {
  const n = x.rows;
  const kernel = new Float64Array(n * n);
  const scale = -1 / (2 * bandwidth * bandwidth);
  for (let i = 0; i < n; i++) {
    kernel[i * n + i] = 1;
    for (let j = 0; j < i; j++) kernel[i * n + j] = kernel[j * n + i] = Math.exp(scale * squaredDistance(x, i, x, j));
  }
  return kernel;
}

/**
 * Unbiased MMD² between two samples taken from one Gram matrix (`size` rows): the means of k over different rows of one sample,
 * less twice the mean of k across. It may be below 0. 0, as in the paper's code, where a sample has fewer than two rows.
 */
export function mmd2OfGram(gram: Float64Array, size: number, x: ArrayLike<number>, y: ArrayLike<number>): number {
  const m = x.length;
  const n = y.length;
  if (m < 2 || n < 2) return 0;
  let across = 0;
  for (let i = 0; i < m; i++) {
    const row = x[i] * size;
    for (let j = 0; j < n; j++) across += gram[row + y[j]];
  }
  return meanWithin(gram, size, x) + meanWithin(gram, size, y) - (2 * across) / (m * n);
}

/** The mean of k over ordered pairs of different rows; at least two rows. */
export function meanWithin(gram: Float64Array, size: number, rows: ArrayLike<number>): number {
  const n = rows.length;
  let half = 0;
  for (let i = 1; i < n; i++) {
    const row = rows[i] * size;
    for (let j = 0; j < i; j++) half += gram[row + rows[j]];
  }
  return (2 * half) / (n * (n - 1));
}

/** Unbiased MMD² between two samples with a Gaussian kernel of that bandwidth; see {@link mmd2OfGram}. */
export function mmd2(x: Rows, y: Rows, bandwidth: number): number {
  const values = new Float64Array((x.rows + y.rows) * x.dims);
  values.set(x.values);
  values.set(y.values, x.values.length);
  const size = x.rows + y.rows;
  const gram = gramMatrix({ values, rows: size, dims: x.dims }, bandwidth);
  const index = Array.from({ length: size }, (_, i) => i);
  return mmd2OfGram(gram, size, index.slice(0, x.rows), index.slice(x.rows));
}

/**
 * MMD² under no shift: for each permutation of the reference's rows, between its first `first` rows and its next `second`.
 * The paper's harness splits into halves; its evaluation into 200 and 100.
 */
export function permutationNull(
  gram: Float64Array,
  size: number,
  permutations: Iterable<ArrayLike<number>>,
  first: number,
  second: number,
): Float64Array {
  const values: number[] = [];
  for (const order of permutations) {
    const rows = Uint32Array.from(order);
    values.push(mmd2OfGram(gram, size, rows.subarray(0, first), rows.subarray(first, first + second)));
  }
  return Float64Array.from(values);
}

/** What the paper's harness compares later values with: the null's mean, or its 75th percentile where that is within ±10⁻⁴; at least 0. */
export function nullReferenceValue(nullValues: Float64Array): number {
  const mean = nullValues.reduce((sum, v) => sum + v, 0) / nullValues.length;
  return Math.max(0, Math.abs(mean) < 1e-4 ? linearQuantile(nullValues, 0.75) : mean);
}
