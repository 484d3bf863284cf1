/** 'max' is max(p, 1 − p); 'predicted' is the probability of ŷ = [p ≥ threshold]. They differ only where threshold ≠ ½. */
export type ConfidenceKind = 'max' | 'predicted';

/** Confidence of one row; p in [0, 1]. */
export function confidenceOf(p: number, threshold: number, kind: ConfidenceKind): number {
  if (kind === 'max') return Math.max(p, 1 - p);
  return p >= threshold ? p : 1 - p;
}

/** Confidence of every row. */
export function confidences(
  p: Float64Array,
  threshold = 0.5,
  kind: ConfidenceKind = 'max',
  out = new Float64Array(p.length),
): Float64Array {
  for (let i = 0; i < p.length; i++) out[i] = confidenceOf(p[i], threshold, kind);
  return out;
}

/** 1 where ŷ = [p ≥ threshold] equals the label. */
export function correctness(
  labels: Uint8Array,
  p: Float64Array,
  threshold = 0.5,
  out = new Uint8Array(p.length),
): Uint8Array {
  for (let i = 0; i < p.length; i++) out[i] = (p[i] >= threshold ? 1 : 0) === labels[i] ? 1 : 0;
  return out;
}

/** Mean; null of no rows. */
export function mean(values: Float64Array): number | null {
  if (values.length === 0) return null;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}
