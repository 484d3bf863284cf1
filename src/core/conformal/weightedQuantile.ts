import { ascendingOrder } from '../metrics/rank.ts';
import { checkEpsilon, checkFinite, checkSomeRows, MonitorInputError } from '../monitor/inputError.ts';
import { pairwiseSum } from './pairwiseSum.ts';

/** A share of the total weight within this much of the level reaches it: sums of weights are off by about n·ε. */
const ROUNDING = 1e-12;

/** Calibration scores with their density ratios, sorted by score. */
export interface WeightedCalibration {
  readonly scores: Float64Array;
  /** In the order of `scores`. */
  readonly weights: Float64Array;
  /** Running sums of `weights`. */
  readonly running: Float64Array;
  /** Σ w. */
  readonly total: number;
  /** Σ w added as NumPy adds it in row order, for what is replayed to the last bit. */
  readonly numpyTotal: number;
}

function checkWeights(weights: Float64Array, what: string): void {
  checkFinite(weights, what);
  const negative = weights.findIndex((w) => w < 0);
  if (negative >= 0)
    throw new MonitorInputError(`${what} ${negative + 1} is ${weights[negative]}; weights are 0 or more.`);
}

/**
 * Sorts calibration scores with their weights.
 *
 * @param weights w(x_i) = f_test(x_i)/f_calibration(x_i), known up to one common factor; 0 or more, not all 0.
 * @throws MonitorInputError without rows, where lengths differ, on scores or weights that are not finite or negative.
 */
export function weightedCalibration(scores: Float64Array, weights: Float64Array): WeightedCalibration {
  checkSomeRows(scores.length, 'calibration');
  checkFinite(scores, 'Calibration score');
  if (weights.length !== scores.length) {
    throw new MonitorInputError(`There are ${scores.length} calibration scores but ${weights.length} weights.`);
  }
  checkWeights(weights, 'Calibration weight');
  const order = ascendingOrder(scores);
  const sorted = Float64Array.from(order, (row) => weights[row]);
  const running = new Float64Array(sorted.length);
  let total = 0;
  for (let i = 0; i < sorted.length; i++) running[i] = total += sorted[i];
  if (!(total > 0))
    throw new MonitorInputError('All calibration weights are 0: no calibration row looks like a test row.');
  return {
    scores: Float64Array.from(order, (row) => scores[row]),
    weights: sorted,
    running,
    total,
    numpyTotal: pairwiseSum(weights),
  };
}

/** w(x)/(Σw + w(x)): the mass that weighted conformal prediction leaves at +∞ for a test row of weight w(x); in [0, 1). */
export function massAtInfinity({ total }: WeightedCalibration, testWeight: number): number {
  return testWeight / (total + testWeight);
}

/** First index whose running sum is at least `wanted`; running.length where none is. */
function firstReaching(running: Float64Array, wanted: number): number {
  let low = 0;
  let high = running.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (running[middle] >= wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The threshold for a test row of weight w(x): the smallest score whose share of Σw + w(x) reaches 1 − ε, +∞ where none does
 * (Tibshirani, Barber, Candès & Ramdas 2019, Lemma 3 and Corollary 1). With the true density ratio, coverage is at least 1 − ε.
 *
 * @param testWeight In the same units as the calibration weights; 0 or more.
 */
export function weightedThreshold(calibration: WeightedCalibration, testWeight: number, epsilon: number): number {
  checkEpsilon(epsilon);
  if (!(testWeight >= 0 && testWeight < Infinity)) {
    throw new MonitorInputError(`The weight of a test row must be finite and 0 or more; it is ${testWeight}.`);
  }
  const all = calibration.total + testWeight;
  const at = firstReaching(calibration.running, (1 - epsilon) * all - ROUNDING * all);
  return at < calibration.scores.length ? calibration.scores[at] : Infinity;
}

/** {@link weightedThreshold} of every test row. */
export function weightedThresholds(
  calibration: WeightedCalibration,
  testWeights: Float64Array,
  epsilon: number,
): Float64Array {
  return testWeights.map((weight) => weightedThreshold(calibration, weight, epsilon));
}

export interface PublishedThreshold {
  readonly q: number;
  /** Rank of q among the scores, from 1. */
  readonly rank: number;
  /** Whether the level was reached; where not, q is the largest score in place of +∞. */
  readonly reached: boolean;
}

/**
 * The threshold as published (Leong 2026): every test row has weight 1, shares w/(Σw + 1) are added one by one in float64, and
 * the largest score stands in where no sum reaches 1 − ε. Its roundings are kept: 300 weights of 0.1 at ε = 0.1 stop at rank 280
 * (93.3 %), where exact arithmetic stops at 279 (93.0 %).
 */
export function publishedWeightedThreshold(calibration: WeightedCalibration, epsilon: number): PublishedThreshold {
  checkEpsilon(epsilon);
  const { scores, weights, numpyTotal } = calibration;
  const all = numpyTotal + 1;
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    sum += weights[i] / all;
    if (sum >= 1 - epsilon) return { q: scores[i], rank: i + 1, reached: true };
  }
  return { q: scores[scores.length - 1], rank: scores.length, reached: false };
}

/**
 * Kish's effective sample size (Σw)²/Σw², from 1 to n: how many equal weights would leave as much noise. Null where all weights
 * are 0. It is n where all weights are alike, also where all lie on a clip: read it beside the share that is clipped.
 */
export function effectiveSampleSize(weights: Float64Array): number | null {
  let sum = 0;
  let squares = 0;
  for (const w of weights) {
    sum += w;
    squares += w * w;
  }
  return squares > 0 ? (sum * sum) / squares : null;
}
