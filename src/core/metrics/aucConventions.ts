import { Z_95 } from './normal.ts';
import type { RankedLabels } from './rankedLabels.ts';
import type { Estimate } from './types.ts';

/** Pairs (positive, negative) whose scores are exactly equal; mid-ranks count each one half. */
export function tiedPairs({ rows, label, startsTie }: RankedLabels): number {
  let pairs = 0;
  for (let start = 0; start < rows;) {
    let positives = label[start];
    let end = start + 1;
    while (end < rows && startsTie[end] === 0) positives += label[end++];
    pairs += positives * (end - start - positives);
    start = end;
  }
  return pairs;
}

/**
 * AUC with the 95 % Wald interval of Hanley and McNeil (1982), cut to [0, 1]: its variance comes from the AUC and the two
 * counts alone, as if the scores of both classes followed exponential laws. Without variance (AUC 0 or 1 of single rows)
 * the interval has no width. Nulls where a class is missing.
 */
export function hanleyMcNeil(auc: number | null, positives: number, negatives: number): Estimate {
  if (auc === null || positives === 0 || negatives === 0) {
    return { value: null, low: null, high: null, reason: 'AUC is undefined: one class has no rows.' };
  }
  const q1 = auc / (2 - auc);
  const q2 = (2 * auc * auc) / (1 + auc);
  const spread = auc * (1 - auc) + (positives - 1) * (q1 - auc * auc) + (negatives - 1) * (q2 - auc * auc);
  const half = Z_95 * Math.sqrt(Math.max(0, spread) / (positives * negatives));
  return { value: auc, low: Math.max(0, auc - half), high: Math.min(1, auc + half), reason: null };
}
