import { logit } from './sigmoid.ts';
import type { ConfidenceKind } from './confidence.ts';
import type { CalibrationTarget } from './reliability.ts';

export interface BoundarySettings {
  readonly threshold: number;
  readonly highConfidence: number;
  readonly target: CalibrationTarget;
  readonly confidence: ConfidenceKind;
}

/**
 * Logits at which a row changes what is counted: the threshold, both logits at which confidence is τ, and the bin edges (for
 * top-label bins an edge of confidence c stands at both logit(c) and −logit(c)). Finite ones, ascending.
 */
export function boundaryLogits(settings: BoundarySettings, edges: ArrayLike<number>): Float64Array {
  const tau = logit(settings.highConfidence);
  const found = [logit(settings.threshold), tau, -tau];
  for (let k = 0; k < edges.length; k++) {
    const edge = logit(edges[k]);
    found.push(edge);
    if (settings.target === 'top-label') found.push(-edge);
  }
  return Float64Array.from([...new Set(found.filter(Number.isFinite))]).sort();
}

/** Number of rows whose logit lies within `tolerance` (≥ 0, in logits) of one of the ascending boundaries. */
export function countNear(logits: Float64Array, boundaries: Float64Array, tolerance: number): number {
  let count = 0;
  for (let i = 0; i < logits.length; i++) {
    const z = logits[i];
    let low = 0;
    let high = boundaries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (boundaries[middle] < z) low = middle + 1;
      else high = middle;
    }
    const above = low < boundaries.length && boundaries[low] - z <= tolerance;
    const below = low > 0 && z - boundaries[low - 1] <= tolerance;
    if (above || below) count++;
  }
  return count;
}

/**
 * {@link countNear} by binary search, of logits whose row numbers ascending by logit stand in `order`. What is within the
 * tolerance of one boundary is a stretch of that order, also in rounded arithmetic, because rounding keeps the order.
 */
export function countNearSorted(
  logits: Float64Array,
  order: Uint32Array,
  boundaries: Float64Array,
  tolerance: number,
): number {
  const n = logits.length;
  let count = 0;
  let counted = 0;
  for (const boundary of boundaries) {
    let low = counted;
    for (let high = n; low < high;) {
      const middle = (low + high) >>> 1;
      const z = logits[order[middle]];
      if (z <= boundary && !(boundary - z <= tolerance)) low = middle + 1;
      else high = middle;
    }
    let end = low;
    for (let high = n; end < high;) {
      const middle = (end + high) >>> 1;
      const z = logits[order[middle]];
      if (z <= boundary || z - boundary <= tolerance) end = middle + 1;
      else high = middle;
    }
    count += end - low;
    counted = end;
  }
  return count;
}
