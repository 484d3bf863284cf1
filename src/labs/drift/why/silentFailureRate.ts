import type { WhyEntry } from '../../why/entry.ts';
import { labelled } from './labelled.ts';

export const silentFailureRate: WhyEntry = {
  title: 'Silent-failure rate',
  definition: 'Of the errors, the share made with confidence above τ: those that a confidence check lets through.',
  formula: ['#(wrong and confidence > τ) / #wrong'],
  source: 'arXiv 2603.01297, eqs. 15 to 17, with τ = 0.8 (eq. 16 has “τ or more”). Interval: Wilson 1927.',
  convention: ({ metrics }) =>
    `τ = ${metrics.highConfidence}, strictly above. Wrong means wrong at threshold ${metrics.threshold}. Undefined where there are no errors.`,
  misleads:
    'It is a share of the errors, so it can be high with two errors in a thousand rows: read it beside the accuracy.',
  conventions: {
    metric: 'silentFailureRate',
    format: 'share',
    words: labelled({
      'of-errors': 'Share of the errors',
      'of-all-rows': 'Share of all rows that are wrong and confident',
      'wrong-given-confident': 'P(wrong | confident): share of the confident rows that are wrong',
      'tau-or-more': 'Confidence ≥ {} in place of > {}',
      tau: 'Share of the errors, τ = {}',
    }),
  },
};
