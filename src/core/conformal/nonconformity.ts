import { checkLabels, checkProbabilities, checkSomeRows, MonitorInputError } from '../monitor/inputError.ts';

/** 1 − P(label) of one row: p where the label is 0, 1 − p where it is 1. */
export function nonconformity(p: number, label: number): number {
  return label === 1 ? 1 - p : p;
}

export interface CalibrationOptions {
  /**
   * 'refuse' throws where all calibration rows have one label: coverage would be promised for that class alone. 'allow' takes
   * them, as the published experiment does.
   */
  readonly oneClass: 'refuse' | 'allow';
}

/**
 * Nonconformity of every calibration row under its true label, in [0, 1] (LAC; Sadinle, Lei & Wasserman 2019).
 *
 * @param p Probability of class 1, one a row.
 * @throws MonitorInputError without rows, on scores outside [0, 1] or NaN, on labels other than 0 and 1, and on one class
 * unless allowed.
 */
export function calibrationScores(
  p: Float64Array,
  labels: Uint8Array,
  { oneClass }: CalibrationOptions = { oneClass: 'refuse' },
): Float64Array {
  checkSomeRows(p.length, 'calibration');
  checkProbabilities(p, 'Calibration');
  checkLabels(labels, p.length, 'calibration');
  if (oneClass === 'refuse' && labels.every((label) => label === labels[0])) {
    throw new MonitorInputError(
      `All ${p.length} calibration rows have label ${labels[0]}: nothing is promised for rows of label ${1 - labels[0]}. ` +
        'Calibrate on rows of both classes, or choose "as published", which calibrates on one.',
    );
  }
  return p.map((value, i) => nonconformity(value, labels[i]));
}
