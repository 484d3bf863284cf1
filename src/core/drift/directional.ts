import { stream } from '../random/streams.ts';
import type { DriftDefinition, DriftSettings } from './definition.ts';
import { sharedDrift, trainingMeanDifference, unit } from './sharedDirection.ts';
import type { DriftContext } from './types.ts';

/** The unit direction of a common shift; 'opposed' gives ŵ, which class 1 goes against and class 0 along. */
export function shiftDirection(
  { direction, seed }: Pick<DriftSettings, 'direction' | 'seed'>,
  context: DriftContext,
): Float64Array {
  switch (direction) {
    case 'random':
      return unit(
        stream(seed, 'direction').standardNormal(new Float64Array(context.embeddings.dims)),
        'The random draw',
      );
    case 'along-probe':
    case 'opposed':
      return unit(context.weights, 'The probe');
    case 'against-probe':
      return unit(context.weights, 'The probe').map((value) => -value);
    case 'class-mean':
      return unit(trainingMeanDifference(context), 'The difference of the class means');
  }
}

export const directional: DriftDefinition = {
  id: 'directional',
  source: 'arXiv 2603.01297, eq. 8 (direction random); the other directions are this lab’s',
  prepare: (settings, context) => {
    const v = shiftDirection(settings, context);
    const { direction, renormalize } = settings;
    const signs = direction === 'opposed' ? Int8Array.from(context.labels, (label) => (label === 1 ? -1 : 1)) : null;
    const followsProbe = direction !== 'random' && direction !== 'class-mean';
    return sharedDrift(v, signs, renormalize, followsProbe, context);
  },
};
