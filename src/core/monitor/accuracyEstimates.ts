import { confidenceOf } from '../metrics/confidence.ts';
import { Z_95 } from '../metrics/normal.ts';
import type { Estimate } from '../metrics/types.ts';
import { wilson } from '../metrics/wilson.ts';
import type { EstimatorId } from './estimators.ts';
import { checkLabels, checkProbabilities, checkSomeRows } from './inputError.ts';
import { calibrated, calibrationHelps, isotonicCalibrator, type Calibrator } from './isotonic.ts';

export interface ReferenceSettings {
  /** ŷ = [p ≥ threshold]; confidence is the probability of ŷ. */
  readonly threshold: number;
  /**
   * Calibration for CBPE: 'auto' fits it where that lowers the Brier score of held-out reference rows (NannyML compares
   * calibration errors instead).
   */
  readonly calibration: 'isotonic' | 'none' | 'auto';
}

/** What the estimates keep of the labelled reference. */
export interface AccuracyReference {
  readonly threshold: number;
  readonly rows: number;
  readonly errors: number;
  readonly accuracy: number;
  readonly meanConfidence: number;
  /** Variance of the mean of (right − confidence) over reference rows; 0 for one row. */
  readonly gapVariance: number;
  /** ATC's t: as many reference confidences lie below it as there are errors, fewer where confidences tie; +∞ if all are wrong. */
  readonly atcThreshold: number;
  /** Reference rows with confidence at least t, as a share: it is above `accuracy` where confidences tie at t. */
  readonly atcOnReference: number;
  /** Null where CBPE takes p as it is. */
  readonly calibrator: Calibrator | null;
}

/**
 * Studies a labelled reference, drawn as the rows were on which the probe is trusted.
 *
 * @throws MonitorInputError without rows, on scores outside [0, 1], NaN, or labels other than 0 and 1.
 */
export function accuracyReference(
  p: Float64Array,
  labels: Uint8Array,
  { threshold, calibration }: ReferenceSettings = { threshold: 0.5, calibration: 'auto' },
): AccuracyReference {
  checkSomeRows(p.length, 'reference');
  checkProbabilities(p, 'Reference');
  checkLabels(labels, p.length, 'reference');
  const n = p.length;
  const confidence = p.map((value) => confidenceOf(value, threshold, 'predicted'));
  const gaps = new Float64Array(n);
  let errors = 0;
  let confidenceSum = 0;
  for (let i = 0; i < n; i++) {
    const right = (p[i] >= threshold ? 1 : 0) === labels[i];
    if (!right) errors++;
    confidenceSum += confidence[i];
    gaps[i] = (right ? 1 : 0) - confidence[i];
  }
  const accuracy = (n - errors) / n;
  const meanConfidence = confidenceSum / n;
  let squares = 0;
  for (const gap of gaps) squares += (gap - (accuracy - meanConfidence)) ** 2;
  const ascending = confidence.slice().sort();
  const atcThreshold = errors < n ? ascending[errors] : Infinity;
  const helps = calibration === 'isotonic' || (calibration === 'auto' && calibrationHelps(labels, p));
  return {
    threshold,
    rows: n,
    errors,
    accuracy,
    meanConfidence,
    gapVariance: n > 1 ? squares / (n - 1) / n : 0,
    atcThreshold,
    atcOnReference: confidence.reduce((count, c) => count + (c >= atcThreshold ? 1 : 0), 0) / n,
    calibrator: helps ? isotonicCalibrator(labels, p) : null,
  };
}

/** What one unlabelled row adds to each estimate. */
export interface RowTerms {
  readonly confidence: number;
  /** Whether confidence is at least ATC's t. */
  readonly above: boolean;
  /** Calibrated probability of ŷ. */
  readonly expected: number;
}

/** Terms of one row; p in [0, 1]. */
export function rowTerms({ threshold, atcThreshold, calibrator }: AccuracyReference, p: number): RowTerms {
  const confidence = confidenceOf(p, threshold, 'predicted');
  const likely = calibrated(calibrator, p);
  return { confidence, above: confidence >= atcThreshold, expected: p >= threshold ? likely : 1 - likely };
}

export type AccuracyEstimates = { readonly [id in EstimatorId]: Estimate };

const NONE: Estimate = { value: null, low: null, high: null, reason: 'There are no rows to estimate the accuracy of.' };

/** value ± 1.96 standard errors, the interval cut to [0, 1], where accuracies lie. */
function around(value: number, variance: number): Estimate {
  const half = Z_95 * Math.sqrt(variance);
  return { value, low: Math.max(0, value - half), high: Math.min(1, value + half), reason: null };
}

/**
 * All four estimates of the probe's accuracy on unlabelled rows, each with a 95 % interval for the accuracy of these rows **if its
 * assumption holds**; none of them covers a broken assumption. Average confidence and CBPE: rows right independently with the
 * probability claimed. DoC: sampling of reference and rows; its value may leave [0, 1]. ATC: Wilson interval of the share.
 *
 * @returns Nulls with the reason without rows. Throws MonitorInputError on scores outside [0, 1] or NaN.
 */
export function estimateAccuracy(reference: AccuracyReference, p: Float64Array): AccuracyEstimates {
  checkProbabilities(p, 'Stream');
  const n = p.length;
  if (n === 0) return { 'average-confidence': NONE, 'difference-of-confidences': NONE, atc: NONE, cbpe: NONE };
  let confidence = 0;
  let confidenceNoise = 0;
  let squares = 0;
  let above = 0;
  let expected = 0;
  let expectedNoise = 0;
  for (let i = 0; i < n; i++) {
    const row = rowTerms(reference, p[i]);
    confidence += row.confidence;
    confidenceNoise += row.confidence * (1 - row.confidence);
    squares += row.confidence * row.confidence;
    above += row.above ? 1 : 0;
    expected += row.expected;
    expectedNoise += row.expected * (1 - row.expected);
  }
  const mean = confidence / n;
  const spread = n > 1 ? Math.max(0, squares / n - mean * mean) / (n - 1) : 0;
  return {
    'average-confidence': around(mean, confidenceNoise / (n * n)),
    'difference-of-confidences': around(
      reference.accuracy - (reference.meanConfidence - mean),
      reference.gapVariance + spread,
    ),
    atc: wilson(above, n),
    cbpe: around(expected / n, expectedNoise / (n * n)),
  };
}

/**
 * AUC that CBPE expects: every row is a positive with its calibrated probability, independently; rows of equal score tie. Null with
 * the reason where all are expected to be of one class.
 */
export function expectedAuc(reference: AccuracyReference, p: Float64Array): Pick<Estimate, 'value' | 'reason'> {
  checkProbabilities(p, 'Stream');
  if (p.length === 0) return { value: null, reason: NONE.reason };
  const ascending = p.slice().sort();
  let negatives = 0;
  let positives = 0;
  let wins = 0;
  for (let start = 0; start < ascending.length;) {
    let end = start;
    let tiePositives = 0;
    let tieNegatives = 0;
    const likely = calibrated(reference.calibrator, ascending[start]);
    while (end < ascending.length && ascending[end] === ascending[start]) {
      tiePositives += likely;
      tieNegatives += 1 - likely;
      end++;
    }
    wins += tiePositives * (negatives + tieNegatives / 2);
    negatives += tieNegatives;
    positives += tiePositives;
    start = end;
  }
  if (!(positives > 0 && negatives > 0)) return { value: null, reason: 'All rows are expected to be of one class.' };
  return { value: wins / (positives * negatives), reason: null };
}
