import { corp } from '../metrics/corp.ts';
import { checkLabels, checkProbabilities, checkSomeRows } from './inputError.ts';

/** A non-decreasing map of probabilities: linear between knots, constant beyond the first and the last. */
export interface Calibrator {
  /** Distinct, ascending. */
  readonly knots: Float64Array;
  readonly values: Float64Array;
}

/**
 * Isotonic regression of labels on p (pool adjacent violators), as scikit-learn's IsotonicRegression(out_of_bounds='clip') has
 * it. Throws MonitorInputError without rows, on scores outside [0, 1], NaN or labels other than 0 and 1.
 */
export function isotonicCalibrator(labels: Uint8Array, p: Float64Array): Calibrator {
  checkSomeRows(p.length, 'reference');
  checkProbabilities(p, 'Reference');
  checkLabels(labels, p.length, 'reference');
  const fit = corp(labels, p);
  return fit === null
    ? { knots: new Float64Array(), values: new Float64Array() }
    : { knots: fit.forecast, values: fit.calibrated };
}

/** The calibrated probability of one row; p itself where the calibrator is null. */
export function calibrated(calibrator: Calibrator | null, p: number): number {
  if (calibrator === null) return p;
  const { knots, values } = calibrator;
  const last = knots.length - 1;
  if (p <= knots[0]) return values[0];
  if (p >= knots[last]) return values[last];
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (knots[middle] <= p) low = middle;
    else high = middle;
  }
  const share = (p - knots[low]) / (knots[high] - knots[low]);
  return values[low] + share * (values[high] - values[low]);
}

const FOLDS = 5;

/**
 * Whether isotonic calibration lowers the Brier score of rows it has not seen: five folds, the k-th row of each class in fold
 * k mod 5. False where a class has fewer than five rows.
 */
export function calibrationHelps(labels: Uint8Array, p: Float64Array): boolean {
  const seen = [0, 0];
  const fold = Uint8Array.from(labels, (label) => seen[label]++ % FOLDS);
  if (Math.min(...seen) < FOLDS) return false;
  let plain = 0;
  let corrected = 0;
  for (let f = 0; f < FOLDS; f++) {
    const rows = Array.from(fold.keys()).filter((i) => fold[i] !== f);
    const calibrator = isotonicCalibrator(
      Uint8Array.from(rows, (i) => labels[i]),
      Float64Array.from(rows, (i) => p[i]),
    );
    for (let i = 0; i < p.length; i++) {
      if (fold[i] !== f) continue;
      plain += (p[i] - labels[i]) ** 2;
      corrected += (calibrated(calibrator, p[i]) - labels[i]) ** 2;
    }
  }
  return corrected < plain;
}
