/**
 * Rows of embeddings as they were read, with the factor each row is multiplied by.
 *
 * The effective row i is `scale[i] * values[i*dims .. (i+1)*dims]`. Keeping the values as read and the factor 1/‖x‖ in
 * float64 gives rows that are L2-normalised in float64 at the memory cost of float32.
 */
export interface Embeddings {
  /** Row-major, rows × dims. float16 files widen to Float32Array without loss; float64 files stay Float64Array. */
  readonly values: Float32Array | Float64Array;
  readonly rows: number;
  readonly dims: number;
  /** One factor a row; all ones where rows are used as given. */
  readonly scale: Float64Array;
}

/** Row numbers into an {@link Embeddings}, in the order in which results are given. */
export type RowIndex = Uint32Array;
