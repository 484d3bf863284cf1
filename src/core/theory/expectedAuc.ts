/**
 * The AUC to expect when independent Gaussian noise of standard deviation ν is added to every score, for any scores
 * whatever: the mean over pairs (one row of each class) of Φ((s₁ − s₀)/(√2 ν)). No Gaussian classes are assumed, and a
 * common attenuation cancels.
 */
import { normalCdf } from './normal.ts';

/** Pairs summed one by one; about 50 ns each. */
const PAIRS = 4_000_000;
/** Beyond this many units of √2 ν a pair counts as 0 or 1: Φ(−8.5) is below 1e-17. */
const REACH = 8.5;
/** Grid points to one unit of √2 ν. */
const FINENESS = 32;
/**
 * Bound on the error of the binned form. Cubic interpolation on a grid of step h = 1/32 is off by at most
 * (9/16)h⁴/24 · max|Φ⁗|, max|Φ⁗| = 0.551; once for one class directly and once for the other through weights whose sizes
 * sum to at most 1.25.
 */
const BINNED_ERROR = ((9 / 16) * 0.551 * (1 + 1.25)) / (24 * FINENESS ** 4);

export interface ExpectedAuc {
  /** null where a class is empty or a score is not finite. */
  readonly value: number | null;
  /** How it was summed: 'pairs' is exact to rounding. */
  readonly method: 'pairs' | 'binned';
  /** Bound on the error of the method, beside rounding. */
  readonly error: number;
  readonly reason: string | null;
}

const undefinedBecause = (reason: string): ExpectedAuc => ({ value: null, method: 'pairs', error: 0, reason });

/**
 * Expected AUC of scores `negatives` (class 0) and `positives` (class 1) under noise of standard deviation `nu` ≥ 0, in the
 * unit of the scores. At nu = 0 it is the AUC itself, ties as one half. Sums only the pairs near enough to be undecided;
 * where those are more than `mostPairs` (four million unless given), both classes are binned (error below 3e-8).
 */
export function expectedAuc(
  negatives: Float64Array,
  positives: Float64Array,
  nu: number,
  mostPairs = PAIRS,
): ExpectedAuc {
  if (!(nu >= 0)) throw new RangeError('The standard deviation of noise must be zero or more.');
  if (negatives.length === 0 || positives.length === 0) return undefinedBecause('Only one class is present.');
  const s0 = negatives.slice().sort();
  const s1 = positives.slice().sort();
  for (const s of [s0, s1]) {
    if (!Number.isFinite(s[0]) || !Number.isFinite(s[s.length - 1])) return undefinedBecause('A score is not finite.');
  }
  const unit = Math.SQRT2 * nu;
  const near = undecidedPairs(s0, s1, REACH * unit);
  if (near > mostPairs) return { value: binned(s0, s1, unit), method: 'binned', error: BINNED_ERROR, reason: null };
  return { value: byPairs(s0, s1, unit), method: 'pairs', error: 0, reason: null };
}

/** How many pairs lie within `reach` of each other; both arrays ascending. */
function undecidedPairs(s0: Float64Array, s1: Float64Array, reach: number): number {
  let from = 0;
  let to = 0;
  let pairs = 0;
  for (let i = 0; i < s1.length; i++) {
    while (from < s0.length && s0[from] < s1[i] - reach) from++;
    while (to < s0.length && s0[to] <= s1[i] + reach) to++;
    pairs += to - from;
  }
  return pairs;
}

function byPairs(s0: Float64Array, s1: Float64Array, unit: number): number {
  const reach = REACH * unit;
  let from = 0;
  let to = 0;
  let sum = 0;
  for (let i = 0; i < s1.length; i++) {
    const s = s1[i];
    while (from < s0.length && s0[from] < s - reach) from++;
    while (to < s0.length && s0[to] <= s + reach) to++;
    sum += from;
    for (let k = from; k < to; k++) sum += s === s0[k] ? 0.5 : normalCdf((s - s0[k]) / unit);
  }
  return sum / (s0.length * s1.length);
}

/** Weights of the four grid points around each score, by cubic Lagrange interpolation; point i stands for low + i·step. */
function bin(scores: Float64Array, low: number, step: number, points: number): Float64Array {
  const weights = new Float64Array(points);
  for (let k = 0; k < scores.length; k++) {
    const position = (scores[k] - low) / step;
    const i = Math.min(points - 3, Math.floor(position));
    const t = position - i;
    weights[i - 1] -= (t * (t - 1) * (t - 2)) / 6;
    weights[i] += ((t + 1) * (t - 1) * (t - 2)) / 2;
    weights[i + 1] -= ((t + 1) * t * (t - 2)) / 2;
    weights[i + 2] += ((t + 1) * t * (t - 1)) / 6;
  }
  return weights;
}

/**
 * Moves scores together where the union of both classes has a gap so wide that every pair across it is decided, in place;
 * both ascending. The grid then stays small whatever the outliers, and no term of the sum changes.
 */
function closeGaps(s0: Float64Array, s1: Float64Array, widest: number): void {
  let i = 0;
  let k = 0;
  let removed = 0;
  let before = Math.min(s0[0], s1[0]);
  while (i < s0.length || k < s1.length) {
    const first = k >= s1.length || (i < s0.length && s0[i] <= s1[k]);
    const score = first ? s0[i] : s1[k];
    if (score - before > widest) removed += score - before - widest;
    before = score;
    if (first) s0[i++] = score - removed;
    else s1[k++] = score - removed;
  }
}

function binned(s0: Float64Array, s1: Float64Array, unit: number): number {
  closeGaps(s0, s1, (REACH + 1) * unit);
  const step = unit / FINENESS;
  const low = Math.min(s0[0], s1[0]) - 2 * step;
  const high = Math.max(s0[s0.length - 1], s1[s1.length - 1]) + 2 * step;
  const points = Math.ceil((high - low) / step) + 2;
  const w0 = bin(s0, low, step, points);
  const w1 = bin(s1, low, step, points);
  const band = Math.ceil(REACH * FINENESS);
  const phi = Float64Array.from({ length: 2 * band + 1 }, (_, i) => normalCdf((i - band) / FINENESS));
  // below[i]: weight of class 0 at points before i.
  const below = new Float64Array(points + 1);
  for (let i = 0; i < points; i++) below[i + 1] = below[i] + w0[i];
  let sum = 0;
  for (let i = 0; i < points; i++) {
    if (w1[i] === 0) continue;
    const from = Math.max(0, i - band);
    const to = Math.min(points - 1, i + band);
    let near = 0;
    for (let k = from; k <= to; k++) near += w0[k] * phi[i - k + band];
    sum += w1[i] * (below[from] + near);
  }
  return sum / (s0.length * s1.length);
}
