import {
  checkEpsilon,
  checkFinite,
  checkPositive,
  checkSomeRows,
  checkWhole,
  MonitorInputError,
} from '../monitor/inputError.ts';
import { SortedWindow } from './sortedWindow.ts';

/** Parts of a threshold, for drawing; null where a method has none. */
export interface AdaptiveParts {
  /** Working error level α_t of adaptive conformal inference; it may leave [0, 1]. */
  readonly alpha: number | null;
  /** What the quantile tracker holds. */
  readonly proportional: number | null;
  /** What the integrator adds. */
  readonly integral: number | null;
  /** What the scorecaster foresees. */
  readonly forecast: number | null;
}

/** A method that moves its threshold as labels arrive. */
export interface AdaptiveMethod {
  /** For the next row; ±Infinity holds every label or none. */
  readonly threshold: number;
  readonly parts: AdaptiveParts;
  /**
   * Takes the label of one earlier row.
   *
   * @param score Its nonconformity under the true label.
   * @param error Whether its set, under the threshold of its own step, missed the label.
   */
  learn(score: number, error: boolean): void;
}

/**
 * Which order statistic a quantile at level 1 − α is. 'exact': the ⌈(1 − α)(n + 1)⌉-th, +∞ above n. 'numpy-higher':
 * `np.quantile(..., method='higher')`, the ⌈(n − 1)(1 − α)⌉ + 1-th, never +∞ for α > 0.
 */
export type AdaptiveQuantile = 'exact' | 'numpy-higher';

export interface AciSettings {
  readonly epsilon: number;
  /** Step γ of α_t, above 0; 0.005 in the paper. */
  readonly gamma: number;
  /** How many of the last scores make the quantile; null for all. */
  readonly window: number | null;
  readonly quantile: AdaptiveQuantile;
}

/**
 * Adaptive conformal inference (Gibbs & Candès 2021, eq. 2): α ← α + γ(ε − error) with each label; the threshold is the quantile
 * of past scores at level 1 − α, +∞ at α ≤ 0 and −∞ at α ≥ 1. The share of errors over T labels lies within
 * (max(α₁, 1 − α₁) + γ)/(γT) of ε whatever the stream does: a statement about the long run, not about any one row.
 *
 * @param past Scores to begin with, such as the calibration rows'; at least one.
 */
export function adaptiveConformal(past: Float64Array, settings: AciSettings): AdaptiveMethod {
  const { epsilon, gamma, window, quantile } = settings;
  checkEpsilon(epsilon);
  checkPositive(gamma, 'The step γ');
  if (window !== null) checkWhole(window, 1, 'The window of past scores');
  checkSomeRows(past.length, 'calibration');
  checkFinite(past, 'Calibration score');
  const scores = new SortedWindow(window);
  for (const score of past) scores.add(score);
  let alpha = epsilon;
  return {
    get threshold() {
      if (alpha <= 0) return Infinity;
      if (alpha >= 1) return -Infinity;
      const n = scores.count;
      const rank =
        quantile === 'exact' ? Math.ceil((1 - alpha) * (n + 1) - 1e-12 * n) : Math.ceil((n - 1) * (1 - alpha)) + 1;
      return scores.smallest(rank);
    },
    get parts() {
      return { alpha, proportional: null, integral: null, forecast: null };
    },
    learn(score, error) {
      alpha += gamma * (epsilon - (error ? 1 : 0));
      scores.add(score);
    },
  };
}

export interface PidSettings {
  readonly epsilon: number;
  /** Threshold to begin with; with a scorecaster, what is added to its first forecast. */
  readonly start: number;
  /** P: step η of the quantile tracker, above 0, in units of the score. */
  readonly eta: number;
  /** I: K_I and C_sat of K_I·tan(Σ(error − ε)·ln(t + 1)/(C_sat(t + 1))); null leaves the quantile tracker alone. */
  readonly integral: { readonly gain: number; readonly saturation: number } | null;
  /** D: forecasts the next score's 1 − ε quantile as that of the last `window` scores that came with labels; null for none. */
  readonly scorecaster: { readonly window: number } | null;
}

/**
 * Conformal PID control (Angelopoulos, Candès & Tibshirani 2023, eq. 4 to 8): with each label the tracker takes a step η(error − ε)
 * of the pinball loss; the integrator pushes back against the sum of errors, without bound as it nears saturation; a scorecaster,
 * where there is one, is added to both. With integral and scorecaster null it is the quantile tracker, whose long-run share of
 * errors is ε where scores are bounded. t counts labels that came.
 *
 * The scorecaster is the plainest one, a trailing quantile; the paper also fits forecasting models.
 *
 * @param past Scores for the scorecaster to begin with; not read without one.
 */
export function conformalPid(past: Float64Array, settings: PidSettings): AdaptiveMethod {
  const { epsilon, start, eta, integral, scorecaster } = settings;
  checkEpsilon(epsilon);
  checkPositive(eta, 'The step η');
  checkFinite([start], 'The threshold to start from, number');
  if (integral !== null) {
    checkPositive(integral.gain, 'The gain K_I');
    checkPositive(integral.saturation, 'The saturation C_sat');
  }
  let seen: SortedWindow | null = null;
  if (scorecaster !== null) {
    checkWhole(scorecaster.window, 1, 'The window of the scorecaster');
    checkSomeRows(past.length, 'calibration');
    checkFinite(past, 'Calibration score');
    seen = new SortedWindow(scorecaster.window);
    for (const score of past) seen.add(score);
  }
  let tracked = start;
  let pushed = 0;
  let sum = 0;
  let labels = 0;
  const forecast = (): number => (seen === null ? 0 : seen.smallest(Math.ceil((1 - epsilon) * seen.count - 1e-12)));
  return {
    get threshold() {
      return forecast() + tracked + pushed;
    },
    get parts() {
      return {
        alpha: null,
        proportional: tracked,
        integral: integral === null ? null : pushed,
        forecast: seen === null ? null : forecast(),
      };
    },
    learn(score, error) {
      const miss = (error ? 1 : 0) - epsilon;
      tracked += eta * miss;
      sum += miss;
      labels++;
      if (integral !== null) {
        const angle = (sum * Math.log(labels + 1)) / (integral.saturation * (labels + 1));
        pushed = Math.abs(angle) >= Math.PI / 2 ? Math.sign(angle) * Infinity : integral.gain * Math.tan(angle);
      }
      seen?.add(score);
    },
  };
}

/** One run of a method along a stream. All arrays have one entry a step; NaN where a part does not exist. */
export interface AdaptiveRun {
  readonly thresholds: Float64Array;
  /** 1 where the set under that step's threshold misses the label, whether or not the label ever came. */
  readonly errors: Uint8Array;
  readonly alpha: Float64Array;
  readonly proportional: Float64Array;
  readonly integral: Float64Array;
  readonly forecast: Float64Array;
  /** Labels that came before the end. */
  readonly labels: number;
}

/** Which labels come, and when. */
export interface LabelArrivals {
  /** 1 where the label of that step is asked for. */
  readonly asked: Uint8Array;
  /** Steps between a row and its label; 0: before the next row. */
  readonly delay: number;
}

/**
 * Runs a method along the scores of a stream. At each step the threshold is fixed first; then the label of `delay` steps ago comes,
 * if it was asked for, with the error that was made then.
 *
 * @param scores Nonconformity under the true label, one a step.
 */
export function runAdaptive(method: AdaptiveMethod, scores: Float64Array, arrivals: LabelArrivals): AdaptiveRun {
  checkFinite(scores, 'Stream score');
  checkWhole(arrivals.delay, 0, 'The delay of labels');
  const { asked, delay } = arrivals;
  const steps = scores.length;
  if (asked.length !== steps) {
    throw new MonitorInputError(`There are ${steps} steps but ${asked.length} entries on which labels come.`);
  }
  const errors = new Uint8Array(steps);
  const [thresholds, alpha, proportional, integral, forecast] = [0, 1, 2, 3, 4].map(() => new Float64Array(steps));
  let labels = 0;
  for (let t = 0; t < steps; t++) {
    const { parts } = method;
    thresholds[t] = method.threshold;
    alpha[t] = parts.alpha ?? Number.NaN;
    proportional[t] = parts.proportional ?? Number.NaN;
    integral[t] = parts.integral ?? Number.NaN;
    forecast[t] = parts.forecast ?? Number.NaN;
    errors[t] = scores[t] > thresholds[t] ? 1 : 0;
    const due = t - delay;
    if (due >= 0 && asked[due] === 1) {
      method.learn(scores[due], errors[due] === 1);
      labels++;
    }
  }
  return { thresholds, errors, alpha, proportional, integral, forecast, labels };
}
