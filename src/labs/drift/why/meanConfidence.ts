import type { WhyEntry } from '../../why/entry.ts';
import { labelled } from './labelled.ts';

export const meanConfidence: WhyEntry = {
  title: 'Mean confidence',
  definition: 'How sure the probe says it is of its answers, averaged over the rows. It needs no labels.',
  formula: ['confidence = max(p, 1 − p)', 'mean over all measured rows'],
  source: 'Maximum softmax probability: Hendrycks and Gimpel 2017; Guo et al. 2017.',
  convention: ({ metrics }) =>
    metrics.confidence === 'max'
      ? 'max(p, 1 − p), whatever the threshold is.'
      : `The probability of the answer given at threshold ${metrics.threshold}; it can be below ½.`,
  misleads: 'It says nothing about being right: noise on standardised features makes it rise while accuracy falls.',
  conventions: {
    metric: 'meanConfidence',
    format: 'share',
    words: labelled({
      'confidence-max': 'max(p, 1 − p)',
      'confidence-predicted': 'Probability of the answer at the threshold',
      margin: '2·|p − ½|: 0 is a coin toss, 1 is certain',
    }),
  },
};
