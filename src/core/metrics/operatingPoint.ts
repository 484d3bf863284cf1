import { wilson } from './wilson.ts';
import type { Confusion, Estimate } from './types.ts';

/** Counts of ŷ = [p ≥ threshold] against the labels. scikit-learn's logistic `predict` differs only where p is exactly ½. */
export function confusionAt(labels: Uint8Array, p: Float64Array, threshold: number): Confusion {
  let tp = 0;
  let fp = 0;
  let positives = 0;
  for (let i = 0; i < labels.length; i++) {
    positives += labels[i];
    if (p[i] >= threshold) {
      if (labels[i] === 1) tp++;
      else fp++;
    }
  }
  return { tp, fp, tn: labels.length - positives - fp, fn: positives - tp };
}

export interface OperatingPoint {
  readonly confusion: Confusion;
  /** Share of rows that are right; null without rows. */
  readonly accuracy: number | null;
  /** Mean of the recalls of the classes that have rows (all of one class: its recall alone); null without rows. */
  readonly balancedAccuracy: number | null;
  /** Of the rows called positive, the share that are; 0 where no row is called positive (zero_division = 0). */
  readonly precision: number | null;
  /** Of the positives, the share found; 0 where there are none (zero_division = 0). */
  readonly recall: number | null;
  /** 2tp/(2tp + fp + fn); 0 where that is 0/0. */
  readonly f1: number | null;
  /** Matthews correlation in [−1, 1]; 0 where a margin of the table is 0. */
  readonly mcc: number | null;
  /** false-positive rate; null without negatives. */
  readonly fpr: number | null;
  /** true-positive rate; null without positives. */
  readonly tpr: number | null;
}

/** Every rate of one confusion table; all null where the table is empty. */
export function operatingPoint(confusion: Confusion): OperatingPoint {
  const { tp, fp, tn, fn } = confusion;
  const positives = tp + fn;
  const negatives = tn + fp;
  const n = positives + negatives;
  const tpr = positives === 0 ? null : tp / positives;
  const fpr = negatives === 0 ? null : fp / negatives;
  if (n === 0) {
    const none = { accuracy: null, balancedAccuracy: null, precision: null, recall: null, f1: null, mcc: null };
    return { confusion, ...none, fpr, tpr };
  }
  const tnr = negatives === 0 ? null : tn / negatives;
  const margins = (tp + fp) * positives * negatives * (tn + fn);
  return {
    confusion,
    accuracy: (tp + tn) / n,
    balancedAccuracy: tpr === null ? tnr : tnr === null ? tpr : (tpr + tnr) / 2,
    precision: tp + fp === 0 ? 0 : tp / (tp + fp),
    recall: tpr ?? 0,
    f1: tp === 0 ? 0 : (2 * tp) / (2 * tp + fp + fn),
    mcc:
      margins === 0 ? 0 : (tp * tn - fp * fn) / (Math.sqrt((tp + fp) * positives) * Math.sqrt(negatives * (tn + fn))),
    fpr,
    tpr,
  };
}

/** Accuracy with its Wilson 95 % interval. */
export function accuracyEstimate(confusion: Confusion): Estimate {
  const { tp, fp, tn, fn } = confusion;
  return wilson(tp + tn, tp + fp + tn + fn);
}
