/**
 * Signal-to-noise ratio of a logit under per-coordinate Gaussian noise (arXiv 2603.01297, eqs. 21–23):
 * f(x + ε) = (w·x + b) + w·ε with w·ε ~ N(0, ‖w‖²σ²), so SNR = f(x)²/(‖w‖²σ²). It leaves renormalisation out.
 *
 * @param weightNorm ‖w‖ of the folded probe, > 0.
 * @param sigma Standard deviation of the noise in each coordinate.
 * @returns null where ‖w‖σ is not above 0: without noise, or without a direction to feel it.
 */
export function signalToNoise(logit: number, weightNorm: number, sigma: number): number | null {
  if (!(weightNorm * sigma > 0)) return null;
  return (logit / (weightNorm * sigma)) ** 2;
}

/** Mean of {@link signalToNoise} over rows; null without rows, and where ‖w‖σ is not above 0. */
export function meanSignalToNoise(logits: Float64Array, weightNorm: number, sigma: number): number | null {
  if (logits.length === 0 || !(weightNorm * sigma > 0)) return null;
  let squares = 0;
  for (let i = 0; i < logits.length; i++) squares += logits[i] * logits[i];
  return squares / logits.length / (weightNorm * sigma) ** 2;
}

/** The paper's estimate 1/(dσ²), from ‖w‖ ≈ √d and |f| ≈ 1 (eqs. 23 and 24; its example d = 896, σ = 0.02 gives 2.79). */
export function paperSignalToNoise(dims: number, sigma: number): number {
  return 1 / (dims * sigma * sigma);
}
