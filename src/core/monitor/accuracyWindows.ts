import { type AccuracyReference, rowTerms } from './accuracyEstimates.ts';
import type { EstimatorId } from './estimators.ts';
import { checkLabels, checkProbabilities, checkWhole } from './inputError.ts';
import { type WindowedShare, windowedShare } from './windowedShare.ts';

export interface AccuracyWindows {
  /** Index t holds the window of rows t − window + 1 … t; NaN before it is full. */
  readonly window: number;
  readonly estimates: { readonly [id in EstimatorId]: Float64Array };
  /** Accuracy by the labels, with exact 95 % intervals; null where none are given. */
  readonly truth: WindowedShare | null;
}

/**
 * The four estimates and, where labels are given, the truth, over a sliding window of a stream. O(steps).
 *
 * @param labels One a step, or null.
 * @throws MonitorInputError on scores outside [0, 1], NaN, labels that do not fit, or a window that is no count.
 */
export function accuracyWindows(
  reference: AccuracyReference,
  p: Float64Array,
  labels: Uint8Array | null,
  window: number,
): AccuracyWindows {
  checkWhole(window, 1, 'The window');
  checkProbabilities(p, 'Stream');
  if (labels !== null) checkLabels(labels, p.length, 'stream');
  const steps = p.length;
  // Sums up to each step, so that no rounding gathers as rows leave the window.
  const [confidence, above, expected] = [0, 1, 2].map(() => new Float64Array(steps + 1));
  const right = new Uint8Array(steps);
  for (let t = 0; t < steps; t++) {
    const row = rowTerms(reference, p[t]);
    confidence[t + 1] = confidence[t] + row.confidence;
    above[t + 1] = above[t] + (row.above ? 1 : 0);
    expected[t + 1] = expected[t] + row.expected;
    if (labels !== null) right[t] = (p[t] >= reference.threshold ? 1 : 0) === labels[t] ? 1 : 0;
  }
  const mean = (sums: Float64Array): Float64Array =>
    Float64Array.from({ length: steps }, (_, t) =>
      t < window - 1 ? Number.NaN : (sums[t + 1] - sums[t + 1 - window]) / window,
    );
  const averageConfidence = mean(confidence);
  return {
    window,
    estimates: {
      'average-confidence': averageConfidence,
      'difference-of-confidences': averageConfidence.map(
        (value) => reference.accuracy - (reference.meanConfidence - value),
      ),
      atc: mean(above),
      cbpe: mean(expected),
    },
    truth: labels === null ? null : windowedShare(right, null, window),
  };
}
