import { ScoreSorter } from './rank.ts';
import { rankLabels } from './rankedLabels.ts';
import type { RankedLabels } from './rankedLabels.ts';

/** How many rows there are of each class. */
export function classCounts(labels: Uint8Array): { positives: number; negatives: number } {
  let positives = 0;
  for (let i = 0; i < labels.length; i++) positives += labels[i];
  return { positives, negatives: labels.length - positives };
}

/**
 * Mann–Whitney statistic of sorted rows: pairs (positive, negative) in which the positive scores higher, ties counting one
 * half. Exact up to 2⁵³ pairs.
 */
export function concordantPairs({ rows, label, startsTie }: RankedLabels): number {
  let below = 0;
  let wins = 0;
  for (let start = 0; start < rows;) {
    let positives = label[start];
    let end = start + 1;
    while (end < rows && startsTie[end] === 0) positives += label[end++];
    const negatives = end - start - positives;
    wins += positives * (below + negatives / 2);
    below += negatives;
    start = end;
  }
  return wins;
}

/**
 * Area under the ROC curve, P(S₁ > S₀) + ½ P(S₁ = S₀), in [0, 1].
 *
 * Equals (Σ R_i − m(m+1)/2)/(mn) with mid-ranks R of the m positives among m + n rows (Mann and Whitney 1947).
 *
 * @param labels 0/1, one a row.
 * @param scores Any score that grows with class 1 (logit or probability), one a row; NaN throws.
 * @returns null where one class is missing.
 */
export function rocAuc(
  labels: Uint8Array,
  scores: Float64Array,
  sorter = new ScoreSorter(scores.length),
): number | null {
  const { positives, negatives } = classCounts(labels);
  if (positives === 0 || negatives === 0) return null;
  sorter.sort(scores);
  return concordantPairs(rankLabels(labels, sorter)) / (positives * negatives);
}
