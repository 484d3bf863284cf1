import type { WhyEntry } from '../../why/entry.ts';
import { labelled } from './labelled.ts';

export const ece: WhyEntry = {
  title: 'ECE (expected calibration error)',
  definition:
    'How far, on average over bins of confidence, the stated confidence is from the share that is right. 0 is calibrated.',
  formula: ['ECE = Σ (rows in bin / n) · |share right in bin − mean confidence in bin|'],
  source: 'Naeini, Cooper and Hauskrecht 2015; Guo et al. 2017, eq. 3; arXiv 2603.01297, eq. 18.',
  convention: ({ metrics: { bins, binning, closed, target, confidence } }) =>
    `${bins} bins ${binning === 'width' ? `of equal width on [0, 1], ${closed === 'right' ? '(a, b]' : '[a, b)'}` : 'of equally many rows'}; ` +
    (target !== 'top-label'
      ? 'p of class 1 against the label.'
      : confidence === 'max'
        ? 'confidence max(p, 1 − p) against being right.'
        : 'probability of the answer against being right.'),
  misleads:
    'With few rows it is above 0 even for a calibrated probe, by as much as “expected of a calibrated probe” below says; and gaps of opposite sign within a bin cancel.',
  conventions: {
    metric: 'ece',
    format: 'decimal',
    words: labelled({
      'target-top-label': 'Confidence against being right (top label)',
      'target-positive-class': 'p of class 1 against the label',
      'closed-right': 'Bins (a, b]',
      'closed-left': 'Bins [a, b)',
      bins: '{} bins',
      'binning-width': 'Bins of equal width',
      'binning-mass': 'Bins of equally many rows',
      'upper-half': 'Bins on [½, 1], where confidence can be',
      smooth: 'SmoothECE: a kernel in place of bins (Błasiok and Nakkiran 2023)',
      'null-ece': 'Expected of a calibrated probe with these confidences, by chance alone',
      corp: 'CORP miscalibration: Brier points that recalibration would save',
    }),
  },
};
