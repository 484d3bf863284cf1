import { sortedQuantile } from '../metrics/overlap.ts';
import { checkEpsilon, checkFinite, checkSomeRows } from '../monitor/inputError.ts';

/**
 * How the threshold q comes from n calibration scores. 'exact': the ⌈(1 − ε)(n + 1)⌉-th smallest, +∞ where that exceeds n;
 * coverage of an exchangeable row is at least 1 − ε (Vovk et al. 2005; Lei et al. 2018). 'as-published': linear interpolation at
 * level min(1, ⌈(1 − ε)(n + 1)⌉/n), never above the largest score; it promises nothing where n < 1/ε − 1.
 */
export type QuantileRule = 'exact' | 'as-published';

export interface SplitThreshold {
  /** A label is in the set of a row where its nonconformity is at most q; +∞ holds every label, "abstain always". */
  readonly q: number;
  /** ⌈(1 − ε)(n + 1)⌉; above n means that q is +∞ under the exact rule. */
  readonly rank: number;
  /** Calibration rows. */
  readonly n: number;
  /** Fewest calibration rows that leave q finite at this ε: ⌈1/ε⌉ − 1. */
  readonly fewestRows: number;
}

/** ε is a decimal that someone typed: a product within this much of a whole number is that number. */
const WHOLE = 1e-12;

function ceiling(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) <= WHOLE * Math.max(1, whole) ? whole : Math.ceil(value);
}

/** ⌈(1 − ε)(n + 1)⌉, without the rounding of binary fractions: 9 for n = 9, ε = 0.1. */
export function conformalRank(n: number, epsilon: number): number {
  checkEpsilon(epsilon);
  return ceiling((1 - epsilon) * (n + 1));
}

/**
 * The threshold q from calibration scores (any order).
 *
 * @throws MonitorInputError without scores, on a score that is not finite, or where ε is not in (0, 1).
 */
export function splitThreshold(scores: Float64Array, epsilon: number, rule: QuantileRule = 'exact'): SplitThreshold {
  checkEpsilon(epsilon);
  checkSomeRows(scores.length, 'calibration');
  checkFinite(scores, 'Calibration score');
  const n = scores.length;
  const ascending = scores.slice().sort();
  const rank = conformalRank(n, epsilon);
  const fewestRows = ceiling(1 / epsilon) - 1;
  if (rule === 'exact') return { q: rank > n ? Infinity : ascending[rank - 1], rank, n, fewestRows };
  // The published rank is the plain float64 ceiling.
  const level = Math.min(1, Math.ceil((1 - epsilon) * (n + 1)) / n);
  return { q: sortedQuantile(ascending, level), rank, n, fewestRows };
}
