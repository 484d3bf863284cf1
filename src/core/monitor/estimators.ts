/** The four estimates of accuracy without labels. */
export type EstimatorId = 'average-confidence' | 'difference-of-confidences' | 'atc' | 'cbpe';

export interface EstimatorText {
  readonly id: EstimatorId;
  readonly name: string;
  readonly definition: string;
  /** When it is right. */
  readonly assumes: string;
  /** What it cannot see. */
  readonly blindTo: string;
  readonly source: string;
}

const CONFIDENCE_ALONE =
  'It reads the confidences alone: a drift that leaves or raises them is invisible, however many answers it turns.';

export const ESTIMATORS: readonly EstimatorText[] = [
  {
    id: 'average-confidence',
    name: 'Average confidence',
    definition: 'The mean of the probability that the probe gives its own answer.',
    assumes:
      'The probe is calibrated on the rows it now sees: of the answers given with probability c, a share c is right.',
    blindTo: CONFIDENCE_ALONE,
    source: 'Hendrycks & Gimpel 2017; named so in Guillory et al. 2021',
  },
  {
    id: 'difference-of-confidences',
    name: 'Difference of confidences (DoC)',
    definition: 'Accuracy on the reference, minus the fall of mean confidence from the reference to now.',
    assumes: 'Accuracy falls by as much as mean confidence does. Miscalibration on the reference cancels.',
    blindTo: CONFIDENCE_ALONE,
    source: 'Guillory et al. 2021, the unregressed form',
  },
  {
    id: 'atc',
    name: 'Average thresholded confidence (ATC)',
    definition:
      'The share of rows whose confidence is at least t, where as many reference rows lie below t as the probe gets wrong there.',
    assumes: 'The share of errors equals the share of confidences below t, after the drift as before it.',
    blindTo:
      CONFIDENCE_ALONE +
      ' With two classes, maximum confidence and negative entropy order rows alike, so both versions of ATC give one number.',
    source: 'Garg et al. 2022, eq. 1',
  },
  {
    id: 'cbpe',
    name: 'Confidence-based performance estimation (CBPE)',
    definition: 'The mean calibrated probability of the answer given; calibration is isotonic, on the reference.',
    assumes: 'P(label | score) is what it was on the reference (covariate shift of the scores alone).',
    blindTo:
      CONFIDENCE_ALONE + ' Where calibrated probabilities agree with the answers, it cannot fall below one half.',
    source: 'NannyML; Białek et al. 2024',
  },
];
