import type { WhyEntry } from '../../why/entry.ts';
import { labelled } from './labelled.ts';

export const accuracy: WhyEntry = {
  title: 'Accuracy',
  definition: 'The share of rows whose answer at the decision threshold is their label.',
  formula: ['accuracy = (TP + TN) / n', 'answer 1 where p ≥ threshold'],
  source: 'Standard. Interval: Wilson 1927.',
  convention: ({ metrics }) =>
    `Answer 1 where p ≥ ${metrics.threshold}. The interval is Wilson’s 95 %, for the probability that a new row is answered rightly.`,
  misleads:
    'Where one class is rare, always answering the other class looks good: compare with “always the larger class”.',
  conventions: {
    metric: 'accuracy',
    format: 'share',
    words: labelled(
      {
        threshold: 'Accuracy at threshold {}',
        'threshold-validation': 'Accuracy at the threshold that is best on the clean validation rows ({})',
        balanced: 'Balanced accuracy: the mean of both classes’ recall',
        majority: 'Always the larger class, whatever the row',
        f1: 'F1 of class 1',
        mcc: 'Matthews correlation (−1 to 1)',
      },
      { f1: 'decimal', mcc: 'decimal' },
    ),
  },
};
