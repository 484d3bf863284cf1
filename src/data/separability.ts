/** Rows with the factor each is multiplied by; structurally the core's Embeddings. */
interface Rows {
  readonly values: Float32Array | Float64Array;
  readonly rows: number;
  readonly dims: number;
  readonly scale: Float64Array;
}

/**
 * The paper's Fisher value (arXiv 2603.01297, eq. 26): ‖μ₁−μ₀‖² / (mean(σ₀²) + mean(σ₁²)), means over dimensions of the
 * variance within each class (divisor n). Null where a class has no row or nothing varies.
 *
 * The sample value lies above the population's by about 2·dims/rows for classes of equal size (noise in both means).
 */
export function fisher(x: Rows, labels: Uint8Array): number | null {
  const { values, rows, dims, scale } = x;
  const sums = [new Float64Array(dims), new Float64Array(dims)];
  const counts = [0, 0];
  for (let r = 0, i = 0; r < rows; r++) {
    const sum = sums[labels[r]];
    counts[labels[r]]++;
    for (let j = 0; j < dims; j++, i++) sum[j] += scale[r] * values[i];
  }
  if (counts[0] === 0 || counts[1] === 0) return null;
  let between = 0;
  for (let j = 0; j < dims; j++) {
    sums[0][j] /= counts[0];
    sums[1][j] /= counts[1];
    between += (sums[1][j] - sums[0][j]) ** 2;
  }
  // Second pass about the means: under a narrow cone E[x²] − E[x]² would cancel.
  const within = [0, 0];
  for (let r = 0, i = 0; r < rows; r++) {
    const mean = sums[labels[r]];
    let squares = 0;
    for (let j = 0; j < dims; j++, i++) squares += (scale[r] * values[i] - mean[j]) ** 2;
    within[labels[r]] += squares;
  }
  const variance = (within[0] / counts[0] + within[1] / counts[1]) / dims;
  return variance > 0 ? between / variance : null;
}
