import { widthBin } from './bins.ts';
import { linspace } from './linspace.ts';
import type { Closed } from './bins.ts';
import type { ConfidenceKind } from './confidence.ts';
import type { ConfidenceHistogram } from './types.ts';

/** Edges of a confidence histogram: over [0.5, 1] for max(p, 1 − p), over [0, 1] for the confidence of ŷ. */
export function histogramEdges(bins: number, kind: ConfidenceKind): Float64Array {
  return linspace(kind === 'max' ? 0.5 : 0, 1, bins + 1);
}

/** Adds rows to `bars`: wrong rows of bar b at 2b, right ones at 2b + 1. Confidences must lie within the edges. */
export function addToHistogram(
  confidence: Float64Array,
  right: Uint8Array,
  rows: number,
  edges: Float64Array,
  rightClosed: boolean,
  bars: Uint32Array,
): void {
  for (let k = 0; k < rows; k++) bars[2 * widthBin(confidence[k], edges, rightClosed) + right[k]]++;
}

/**
 * Counts of right and wrong rows by confidence, in equal-width bins.
 *
 * @param confidence One a row; outside the range of the edges throws a RangeError.
 */
export function confidenceHistogram(
  confidence: Float64Array,
  correct: Uint8Array,
  bins: number,
  kind: ConfidenceKind = 'max',
  closed: Closed = 'right',
): ConfidenceHistogram {
  const edges = histogramEdges(bins, kind);
  const right = new Uint32Array(bins);
  const wrong = new Uint32Array(bins);
  for (let i = 0; i < confidence.length; i++) {
    const value = confidence[i];
    if (!(value >= edges[0] && value <= 1))
      throw new RangeError(`Row ${i} has confidence ${value}, outside [${edges[0]}, 1].`);
    const bin = widthBin(value, edges, closed === 'right');
    if (correct[i] === 1) right[bin]++;
    else wrong[bin]++;
  }
  return { edges, right, wrong };
}
