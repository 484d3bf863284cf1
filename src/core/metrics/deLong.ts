import { classCounts, concordantPairs } from './auc.ts';
import { twoSidedP, Z_95 } from './normal.ts';
import { ScoreSorter } from './rank.ts';
import { rankLabels } from './rankedLabels.ts';
import type { RankedLabels } from './rankedLabels.ts';
import type { Estimate } from './types.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface DeLong {
  /** null where one class is missing. */
  readonly auc: number | null;
  /** Variance of the AUC estimate; null with fewer than two rows of a class. 0 is degenerate: see `reason`. */
  readonly variance: number | null;
  /** 95 %, cut to [0, 1]. */
  readonly wald: Interval | null;
  /** 95 %, symmetric in logit(AUC); null where variance is null or 0. */
  readonly logit: Interval | null;
  /**
   * Where AUC is exactly 0 or 1, the one-sided 95 % bound that k = min(m, n) disjoint pairs, all ordered alike, still give:
   * 0.05^(1/k) as lower bound of AUC 1 (about 1 − 3/k, the rule of three), 1 − 0.05^(1/k) as upper bound of AUC 0. Else null.
   */
  readonly oneSidedBound: number | null;
  /** Why the logit interval is null, in words. */
  readonly reason: string | null;
}

const clip = (value: number): number => Math.min(1, Math.max(0, value));

/**
 * Structural components of the AUC from sorted scores (DeLong et al. 1988): for a positive row the share of negatives that it
 * outranks, for a negative row the share of positives that outrank it, ties one half. Written to `out` in row order.
 */
export function structuralComponents(labels: Uint8Array, sorter: ScoreSorter, out: Float64Array): void {
  const { order, startsTie } = sorter;
  const n = labels.length;
  const { positives: m, negatives } = classCounts(labels);
  let positivesBelow = 0;
  let negativesBelow = 0;
  for (let start = 0; start < n;) {
    let positives = labels[order[start]];
    let end = start + 1;
    while (end < n && startsTie[end] === 0) positives += labels[order[end++]];
    const tied = end - start - positives;
    const ofPositive = (negativesBelow + tied / 2) / negatives;
    const ofNegative = (m - positivesBelow - positives / 2) / m;
    for (let k = start; k < end; k++) out[order[k]] = labels[order[k]] === 1 ? ofPositive : ofNegative;
    positivesBelow += positives;
    negativesBelow += tied;
    start = end;
  }
}

/** (Σ over positives of (a−ā)(b−b̄))/(m−1)/m + the same over negatives; a and b are structural components. */
function covariance(labels: Uint8Array, a: Float64Array, b: Float64Array, m: number, n: number): number {
  const sumA = [0, 0];
  const sumB = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    sumA[labels[i]] += a[i];
    sumB[labels[i]] += b[i];
  }
  const meanA0 = sumA[0] / n;
  const meanA1 = sumA[1] / m;
  const meanB0 = sumB[0] / n;
  const meanB1 = sumB[1] / m;
  let over0 = 0;
  let over1 = 0;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === 1) over1 += (a[i] - meanA1) * (b[i] - meanB1);
    else over0 += (a[i] - meanA0) * (b[i] - meanB0);
  }
  return over1 / (m - 1) / m + over0 / (n - 1) / n;
}

/**
 * The same variance of one score, straight from the sorted rows: the mean component of either class is the AUC itself, and
 * every row of a group of ties has the same one. Squares are of counts of rows, divided once at the end.
 */
function varianceOf({ rows, positives: m, negatives: n, label, startsTie }: RankedLabels, concordant: number): number {
  const meanBelow = concordant / m;
  const meanAbove = concordant / n;
  let over0 = 0;
  let over1 = 0;
  let positivesAbove = m;
  let negativesBelow = 0;
  for (let start = 0; start < rows;) {
    let positives = label[start];
    let end = start + 1;
    while (end < rows && startsTie[end] === 0) positives += label[end++];
    const negatives = end - start - positives;
    const below = negativesBelow + negatives / 2 - meanBelow;
    const above = positivesAbove - positives / 2 - meanAbove;
    over1 += positives * below * below;
    over0 += negatives * above * above;
    positivesAbove -= positives;
    negativesBelow += negatives;
    start = end;
  }
  return over1 / (n * n) / (m - 1) / m + over0 / (m * m) / (n - 1) / n;
}

/** {@link deLong} of rows that are sorted already; `concordant` is their {@link concordantPairs}. O(n), without a buffer. */
export function deLongFromRanked(ranked: RankedLabels, concordant: number): DeLong {
  const { positives: m, negatives: n } = ranked;
  const none = { wald: null, logit: null, oneSidedBound: null };
  if (m === 0 || n === 0) {
    const missing = m === 0 ? (n === 0 ? 'no rows' : 'no positives') : 'no negatives';
    return { auc: null, variance: null, ...none, reason: `AUC is undefined: there are ${missing}.` };
  }
  const auc = concordant / (m * n);
  const k = Math.min(m, n);
  const oneSidedBound = auc === 1 ? 0.05 ** (1 / k) : auc === 0 ? 1 - 0.05 ** (1 / k) : null;
  if (k < 2) {
    const reason = 'A class has a single row, so the sample variance is undefined.';
    return { auc, variance: null, ...none, oneSidedBound, reason };
  }
  const variance = varianceOf(ranked, concordant);
  const half = Z_95 * Math.sqrt(variance);
  const wald = { low: clip(auc - half), high: clip(auc + half) };
  if (oneSidedBound !== null) {
    const side = auc === 1 ? 'above' : 'below';
    const reason =
      `Degenerate: every pair is ordered alike, so the DeLong variance is 0. ` +
      `${k} disjoint pairs put the AUC ${side} ${oneSidedBound.toFixed(3)} at 95 % (one-sided).`;
    return { auc, variance, wald, logit: null, oneSidedBound, reason };
  }
  if (variance === 0) {
    const reason =
      'Degenerate: all rows of a class take the same place among the other class, so the DeLong variance is 0.';
    return { auc, variance, wald, logit: null, oneSidedBound, reason };
  }
  const centre = Math.log(auc / (1 - auc));
  const spread = half / (auc * (1 - auc));
  const logit = { low: 1 / (1 + Math.exp(spread - centre)), high: 1 / (1 + Math.exp(-spread - centre)) };
  return { auc, variance, wald, logit, oneSidedBound, reason: null };
}

/**
 * AUC with DeLong's variance (DeLong, DeLong and Clarke-Pearson 1988; ddof 1) and two 95 % intervals, in O(n log n).
 * Intervals are for the AUC of the population that the rows are drawn from, with the probe held fixed.
 */
export function deLong(labels: Uint8Array, scores: Float64Array, sorter = new ScoreSorter(scores.length)): DeLong {
  sorter.sort(scores);
  const ranked = rankLabels(labels, sorter);
  return deLongFromRanked(ranked, concordantPairs(ranked));
}

/** AUC with the logit-transformed DeLong 95 % interval. */
export function aucEstimate(result: DeLong): Estimate {
  const { auc, logit, reason } = result;
  return { value: auc, low: logit?.low ?? null, high: logit?.high ?? null, reason };
}

export interface PairedDeLong {
  readonly aucA: number | null;
  readonly aucB: number | null;
  /** var(A), cov(A, B), var(B); null with fewer than two rows of a class. */
  readonly covariance: readonly [number, number, number] | null;
  /** AUC of A minus AUC of B, with its 95 % Wald interval. */
  readonly difference: Estimate;
  readonly variance: number | null;
  readonly z: number | null;
  /** Two-sided, of the hypothesis that both AUCs are equal. */
  readonly p: number | null;
}

/** Two scores of the same rows (before and after drift): DeLong's paired comparison of their AUCs. */
export function pairedDeLong(labels: Uint8Array, a: Float64Array, b: Float64Array): PairedDeLong {
  const { positives: m, negatives: n } = classCounts(labels);
  const sorter = new ScoreSorter(labels.length);
  const resultA = deLong(labels, a, sorter);
  const resultB = deLong(labels, b, sorter);
  if (resultA.auc === null || resultB.auc === null || m < 2 || n < 2) {
    const value = resultA.auc === null || resultB.auc === null ? null : resultA.auc - resultB.auc;
    const difference = { value, low: null, high: null, reason: resultA.reason };
    return { aucA: resultA.auc, aucB: resultB.auc, covariance: null, difference, variance: null, z: null, p: null };
  }
  const componentsA = new Float64Array(labels.length);
  const componentsB = new Float64Array(labels.length);
  sorter.sort(a);
  structuralComponents(labels, sorter, componentsA);
  sorter.sort(b);
  structuralComponents(labels, sorter, componentsB);
  const varA = covariance(labels, componentsA, componentsA, m, n);
  const varB = covariance(labels, componentsB, componentsB, m, n);
  const between = covariance(labels, componentsA, componentsB, m, n);
  // The variance of the difference itself: varA + varB − 2 cov loses all digits where both scores nearly agree.
  for (let i = 0; i < labels.length; i++) componentsB[i] = componentsA[i] - componentsB[i];
  const variance = covariance(labels, componentsB, componentsB, m, n);
  const value = resultA.auc - resultB.auc;
  if (variance === 0) {
    const reason = 'Degenerate: both scores order the rows alike, so the variance of the difference is 0.';
    const difference = { value, low: null, high: null, reason };
    return {
      aucA: resultA.auc,
      aucB: resultB.auc,
      covariance: [varA, between, varB],
      difference,
      variance,
      z: null,
      p: null,
    };
  }
  const error = Math.sqrt(variance);
  const z = value / error;
  const difference = { value, low: value - Z_95 * error, high: value + Z_95 * error, reason: null };
  return {
    aucA: resultA.auc,
    aucB: resultB.auc,
    covariance: [varA, between, varB],
    difference,
    variance,
    z,
    p: twoSidedP(z),
  };
}

/**
 * Standard error of an AUC from the AUC and the class sizes alone (Hanley and McNeil 1982, exponential model): for published
 * AUCs without rows. null where a class is missing.
 */
export function hanleyMcNeilError(auc: number, positives: number, negatives: number): number | null {
  if (positives < 1 || negatives < 1) return null;
  const q1 = auc / (2 - auc);
  const q2 = (2 * auc * auc) / (1 + auc);
  const spread = auc * (1 - auc) + (positives - 1) * (q1 - auc * auc) + (negatives - 1) * (q2 - auc * auc);
  return Math.sqrt(Math.max(0, spread) / (positives * negatives));
}
