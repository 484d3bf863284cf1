import type { WhyEntry } from '../../why/entry.ts';

export const compareDifference: WhyEntry = {
  title: 'Difference B − A',
  definition: 'How far a number of state B is from that of state A, with a 95 % interval.',
  formula: ['B − A', 'AUC: DeLong’s covariance; shares: paired rows or Newcombe; ECE and others: bootstrap'],
  source: 'DeLong et al. 1988; Newcombe 1998; Efron and Tibshirani 1993.',
  convention: 'Paired where both states measure the same rows; the method stands beside each interval.',
  misleads:
    'Two intervals that overlap do not mean that nothing changed: on the same rows the difference is known far better than either number.',
};

export const walk: WhyEntry = {
  title: 'Numbers of the walk',
  definition: 'What each checkpoint says when every one drifts the one before it.',
  formula: ['x_k = drift(x_{k − 1}), the probe of checkpoint 0 throughout'],
  source: 'arXiv 2603.01297 (cumulative drift); the way back: this lab.',
  convention:
    'Each step draws its own noise unless the same draw is asked for; re-centred and refitted probes are fitted on drifted training rows.',
  misleads: 'Independent steps partly cancel: k steps of σ turn a row about as far as one of σ√k, not kσ.',
};

export const figure: WhyEntry = {
  title: 'Numbers of the paper’s figures',
  definition: 'A value of the paper beside the one that this lab computes under a named reading.',
  formula: ['recomputed − published'],
  source: 'arXiv 2603.01297, figures 1 to 3.',
  convention: 'Published values are copied from the paper and marked so; recomputed ones come from the run shown.',
  misleads: 'The paper’s data are not public: agreement of shape can be expected, agreement of digits cannot.',
};

export const mlpLoss: WhyEntry = {
  title: 'Losses of the network',
  definition: 'Mean log loss after each pass over the training rows, on training and on validation rows.',
  formula: ['−mean(w·(y ln p + (1 − y) ln(1 − p)))', 'w: class weight, 1 where there is none'],
  source: 'Adam: Kingma and Ba 2015; early stopping: Prechelt 1998.',
  convention: 'Without the penalty; the weights kept are those of the lowest validation loss.',
  misleads: 'A low validation loss says nothing about rows that drift has moved away from the training data.',
};

export const mechanismAucSpread: WhyEntry = {
  title: 'Spread over mechanisms',
  definition: 'The highest AUC of any mechanism less the lowest, all at equal strength.',
  formula: ['max AUC − min AUC'],
  source: 'Test of the claim of mechanism invariance in arXiv 2603.01297.',
  convention: 'Strength is matched by displacement or by angle, as chosen.',
  misleads: 'A spread within the interval of one AUC is no evidence of a difference.',
};
