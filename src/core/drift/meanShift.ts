import type { DriftDefinition } from './definition.ts';
import { sharedDrift, trainingMean, unit } from './sharedDirection.ts';

export const meanShift: DriftDefinition = {
  id: 'mean-shift',
  label: 'Mean shift',
  description:
    'Every text is moved along the direction that all texts have in common, so that the cone they lie in tightens.',
  source: 'The axis of the cone of embeddings (Ethayarajh 2019): the unit mean of the clean training rows',
  sigmaMeaning: 'Length of the move as a share of the row length.',
  prepare: (settings, context) =>
    sharedDrift(
      unit(trainingMean(context), 'The mean of the training rows'),
      null,
      settings.renormalize,
      false,
      context,
    ),
};
