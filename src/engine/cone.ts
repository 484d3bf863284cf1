import { anisotropySteps } from '../core/linalg/meanCosine.ts';
import type { DataSpec } from '../spec/types.ts';
import type { Checkpoint } from './backend.ts';
import type { Dataset } from './dataset.ts';
import { follow } from './follow.ts';

/** Measures the mean pairwise cosine of a dataset; each is measured once. */
export function cosineMeter(): (dataset: Dataset, checkpoint: Checkpoint) => Promise<number | null> {
  const known = new WeakMap<Dataset, number | null>();
  return async (dataset, checkpoint) => {
    const found = known.get(dataset);
    if (found !== undefined) return found;
    const steps = anisotropySteps(dataset.embeddings);
    const { meanCosine } = await follow(steps, checkpoint, 0, 1, 'Measuring the cone of the rows');
    known.set(dataset, meanCosine);
    return meanCosine;
  };
}

/** Whether a key of a preparation (keys.ts) belongs to a cone other than that of `data`: rows that need not be kept. */
export function belongsToAnotherCone(key: string, data: DataSpec): boolean {
  const [kept] = JSON.parse(key) as [DataSpec];
  return kept.cone !== null && JSON.stringify(kept) !== JSON.stringify(data);
}
