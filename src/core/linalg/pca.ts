import { dotAt } from './dot.ts';
import type { Embeddings, RowIndex } from './embeddings.ts';
import { createGram } from './gram.ts';
import { symmetricEigenSteps } from './symmetricEigen.ts';

/** A variance below this share of the first is rounding: the matrix that is decomposed squares the rows. */
const RANK = 1e-13;

/** Principal components of some rows. */
export interface Pca {
  readonly dims: number;
  /** Mean of the rows fitted, length dims. */
  readonly mean: Float64Array;
  /** Components found, at most the number asked for and at most the rank of the centred rows. */
  readonly count: number;
  /** count × dims row-major, orthonormal, by falling variance; the entry of largest size in each is positive. */
  readonly components: Float64Array;
  /** Variance along each, divisor rows − 1. */
  readonly variances: Float64Array;
  /** Variance in all dimensions, the same divisor. */
  readonly totalVariance: number;
}

/** Rows as they take effect, minus their mean, in float64. */
function centred(embeddings: Embeddings, rows: RowIndex, mean: Float64Array): Float64Array {
  const { values, dims, scale } = embeddings;
  const out = new Float64Array(rows.length * dims);
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i] * dims;
    const factor = scale[rows[i]];
    for (let j = 0; j < dims; j++) {
      const value = factor * values[from + j];
      if (!Number.isFinite(value)) throw new RangeError(`Dimension ${j + 1} of row ${rows[i] + 1} is ${value}.`);
      out[i * dims + j] = value;
      mean[j] += value / rows.length;
    }
  }
  for (let i = 0; i < rows.length; i++) for (let j = 0; j < dims; j++) out[i * dims + j] -= mean[j];
  return out;
}

/** Σ a aᵀ of the rows of x (n × dims), or of its columns where there are fewer rows than columns; lower triangle. */
function smallGram(x: Float64Array, n: number, dims: number): Float64Array {
  const [size, vectors, step, stride] = n < dims ? [n, dims, 1, dims] : [dims, n, dims, 1];
  const gram = createGram(size);
  for (let first = 0; first < vectors; first += gram.blockRows) {
    const count = Math.min(gram.blockRows, vectors - first);
    for (let k = 0; k < count; k++) {
      const from = (first + k) * step;
      const to = k * gram.stride;
      for (let i = 0; i < size; i++) gram.block[to + i] = x[from + i * stride];
    }
    gram.add(count);
  }
  return gram.lower();
}

/** Takes the components before out of component `at` (twice, for rounding) and gives it length 1. */
function orthonormalise(components: Float64Array, at: number, dims: number): void {
  const to = at * dims;
  for (let time = 0; time < 2; time++) {
    for (let i = 0; i < at; i++) {
      const along = dotAt(components, i * dims, components, to, dims);
      for (let j = 0; j < dims; j++) components[to + j] -= along * components[i * dims + j];
    }
    const length = Math.sqrt(dotAt(components, to, components, to, dims));
    for (let j = 0; j < dims; j++) components[to + j] /= length;
  }
}

/**
 * The first `most` principal components of the given rows, centred and not standardised (Pearson 1901), from the eigenvectors of
 * the smaller of XᵀX and XXᵀ. They are those of NumPy's SVD up to sign; where two variances are equal any basis of their plane is
 * right, and this gives the same one each time. Yields the share done, in [0, 1]; O(N·D·m + m³), m = min(N, D).
 *
 * @throws RangeError where there are fewer than two rows, `most` is no count, or a value is not finite.
 */
export function* pcaSteps(embeddings: Embeddings, rows: RowIndex, most: number): Generator<number, Pca> {
  const { dims } = embeddings;
  const n = rows.length;
  if (n < 2) throw new RangeError(`Principal components need at least two rows, not ${n}.`);
  if (!(Number.isInteger(most) && most >= 1)) throw new RangeError(`${most} is no number of components.`);
  const mean = new Float64Array(dims);
  const x = centred(embeddings, rows, mean);
  const size = Math.min(n, dims);
  const matrix = smallGram(x, n, dims);
  let trace = 0;
  for (let i = 0; i < size; i++) trace += matrix[i * size + i];
  yield 0.1;
  const eigen = symmetricEigenSteps(matrix, size, Math.min(most, size, n - 1));
  let found = eigen.next();
  while (found.done !== true) {
    yield 0.1 + 0.8 * found.value;
    found = eigen.next();
  }
  const { values, vectors } = found.value;
  let count = 0;
  while (count < values.length && values[count] > RANK * values[0]) count++;
  const components = new Float64Array(count * dims);
  for (let c = 0; c < count; c++) {
    if (n < dims) {
      for (let i = 0; i < n; i++) {
        const u = vectors[c * n + i];
        for (let j = 0; j < dims; j++) components[c * dims + j] += u * x[i * dims + j];
      }
    } else components.set(vectors.subarray(c * dims, (c + 1) * dims), c * dims);
    orthonormalise(components, c, dims);
    let largest = 0;
    for (let j = c * dims; j < (c + 1) * dims; j++) {
      if (Math.abs(components[j]) > Math.abs(largest)) largest = components[j];
    }
    if (largest < 0) for (let j = c * dims; j < (c + 1) * dims; j++) components[j] = -components[j];
    if (c % 16 === 15) yield 0.9 + (0.1 * c) / count;
  }
  return {
    dims,
    mean,
    count,
    components,
    variances: values.slice(0, count).map((value) => value / (n - 1)),
    totalVariance: trace / (n - 1),
  };
}

/** {@link pcaSteps} to its end. */
export function pca(embeddings: Embeddings, rows: RowIndex, most: number): Pca {
  const steps = pcaSteps(embeddings, rows, most);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Share of the variance in the first `k` components, in [0, 1]; null where the rows do not vary. */
export function varianceKept({ variances, totalVariance }: Pca, k: number): number | null {
  if (!(totalVariance > 0)) return null;
  return variances.subarray(0, k).reduce((sum, value) => sum + value, 0) / totalVariance;
}

/**
 * Coordinates of rows (of any embeddings of the same dims) in the first `k` components: rows.length × k row-major.
 *
 * @throws RangeError where dims differ or there are fewer than k components.
 */
export function projectRows(pca: Pca, embeddings: Embeddings, rows: RowIndex, k: number): Float64Array {
  const { dims, count, components, mean } = pca;
  if (embeddings.dims !== dims)
    throw new RangeError(`The components have ${dims} dimensions, the rows ${embeddings.dims}.`);
  if (!(k >= 0 && k <= count)) throw new RangeError(`There are ${count} components, not ${k}.`);
  const out = new Float64Array(rows.length * k);
  const offsets = Float64Array.from({ length: k }, (_, c) => dotAt(components, c * dims, mean, 0, dims));
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i] * dims;
    const factor = embeddings.scale[rows[i]];
    for (let c = 0; c < k; c++) {
      out[i * k + c] = factor * dotAt(components, c * dims, embeddings.values, from, dims) - offsets[c];
    }
  }
  return out;
}
