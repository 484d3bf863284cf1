import { classCounts } from './auc.ts';
import { ScoreSorter } from './rank.ts';

export interface PrecisionRecallCurve {
  /** One for each distinct score, ascending thresholds, then the closing point: precision 1, recall 0. */
  readonly precision: Float64Array;
  readonly recall: Float64Array;
  /** Distinct scores, ascending; one shorter than the rates. */
  readonly thresholds: Float64Array;
  /** Σ (R_k − R_{k−1}) P_k over distinct thresholds, no interpolation; null where there are no positives. */
  readonly averagePrecision: number | null;
}

/**
 * Precision and recall at every distinct score ("positive" is score ≥ threshold), and average precision.
 * Without positives recall is 1 by scikit-learn's convention and averagePrecision is null. NaN scores throw.
 */
export function precisionRecall(
  labels: Uint8Array,
  scores: Float64Array,
  sorter = new ScoreSorter(scores.length),
): PrecisionRecallCurve {
  sorter.sort(scores);
  const { order, startsTie } = sorter;
  const n = labels.length;
  const { positives } = classCounts(labels);
  let distinct = 0;
  for (let k = 0; k < n; k++) distinct += startsTie[k];
  const precision = new Float64Array(distinct + 1);
  const recall = new Float64Array(distinct + 1);
  const thresholds = new Float64Array(distinct);
  precision[distinct] = 1;
  let tp = 0;
  let at = distinct;
  let averagePrecision = 0;
  for (let k = n - 1; k >= 0; k--) {
    const row = order[k];
    tp += labels[row];
    if (startsTie[k] === 1) {
      at--;
      precision[at] = tp / (n - k);
      recall[at] = positives === 0 ? 1 : tp / positives;
      thresholds[at] = scores[row];
      averagePrecision += (recall[at] - recall[at + 1]) * precision[at];
    }
  }
  return { precision, recall, thresholds, averagePrecision: positives === 0 ? null : averagePrecision };
}
