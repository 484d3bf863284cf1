import type { Embeddings, RowIndex } from '../linalg/embeddings.ts';

/** Writes effective row `row` (scale · values) to out (length dims). */
export function readRow(embeddings: Embeddings, row: number, out: Float64Array): void {
  const { values, dims, scale } = embeddings;
  const factor = scale[row];
  const start = row * dims;
  for (let j = 0; j < dims; j++) out[j] = factor * values[start + j];
}

/** Per-class means and sums of squared deviations of each dimension. */
export interface ClassMoments {
  readonly dims: number;
  /** Rows of class 0 and 1. */
  readonly counts: readonly [number, number];
  readonly means: readonly [Float64Array, Float64Array];
  /** Σ (x_j − mean_j)² over the rows of the class. */
  readonly squares: readonly [Float64Array, Float64Array];
}

/**
 * Moments of the rows given, in two passes (means first), so that nothing cancels.
 *
 * @param labels One 0/1 for each of `rows`, in that order.
 */
export function classMoments(embeddings: Embeddings, rows: RowIndex, labels: Uint8Array): ClassMoments {
  const { dims } = embeddings;
  const counts: [number, number] = [0, 0];
  const means: [Float64Array, Float64Array] = [new Float64Array(dims), new Float64Array(dims)];
  const squares: [Float64Array, Float64Array] = [new Float64Array(dims), new Float64Array(dims)];
  const x = new Float64Array(dims);
  for (let i = 0; i < rows.length; i++) {
    readRow(embeddings, rows[i], x);
    const mean = means[labels[i]];
    counts[labels[i]]++;
    for (let j = 0; j < dims; j++) mean[j] += x[j];
  }
  for (const c of [0, 1]) for (let j = 0; j < dims; j++) means[c][j] /= Math.max(1, counts[c]);
  for (let i = 0; i < rows.length; i++) {
    readRow(embeddings, rows[i], x);
    const mean = means[labels[i]];
    const square = squares[labels[i]];
    for (let j = 0; j < dims; j++) {
      const gap = x[j] - mean[j];
      square[j] += gap * gap;
    }
  }
  return { dims, counts, means, squares };
}
