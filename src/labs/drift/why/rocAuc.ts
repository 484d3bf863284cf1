import type { WhyEntry } from '../../why/entry.ts';
import { labelled } from './labelled.ts';

export const rocAuc: WhyEntry = {
  title: 'AUC (area under the ROC curve)',
  definition:
    'The share of pairs, one row of class 1 and one of class 0, in which the probe gives the row of class 1 the higher score. 1 is a perfect ranking, ½ is chance.',
  formula: [
    'AUC = (R₁ − m(m + 1)/2) / (m·n)',
    'R₁: sum of mid-ranks of the m rows of class 1 among all rows; n: rows of class 0',
  ],
  source:
    'Mann and Whitney 1947; Hanley and McNeil 1982; interval: DeLong, DeLong and Clarke-Pearson 1988, on the logit scale.',
  convention:
    'Ranked by logit, since probabilities of confident rows are equal in float64. A tie counts one half. The interval is DeLong’s, for a fixed probe on new rows.',
  misleads: 'It looks at order alone: a shift that all rows share leaves it untouched while accuracy falls to chance.',
  conventions: {
    metric: 'rocAuc',
    format: 'decimal',
    words: labelled({
      'ties-half': 'Ties count one half (mid-ranks), DeLong interval',
      'ties-lost': 'Every tie lost',
      'ties-won': 'Every tie won',
      'hanley-mcneil': 'The same, with the interval of Hanley and McNeil',
      'gaussian-auc': 'Φ(d′/√2): the AUC if the logits of both classes were Gaussian',
      'average-precision': 'Average precision (chance is the share of class 1)',
    }),
  },
};
