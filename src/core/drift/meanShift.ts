import type { DriftDefinition } from './definition.ts';
import { sharedDrift, trainingMean, unit } from './sharedDirection.ts';

export const meanShift: DriftDefinition = {
  id: 'mean-shift',
  source: 'The axis of the cone of embeddings (Ethayarajh 2019): the unit mean of the clean training rows',
  prepare: (settings, context) =>
    sharedDrift(
      unit(trainingMean(context), 'The mean of the training rows'),
      null,
      settings.renormalize,
      false,
      context,
    ),
};
