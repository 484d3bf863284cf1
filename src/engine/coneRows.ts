import { allocateEmbeddings } from '../core/linalg/simdKernels.ts';
import { coneSteps } from '../data/cone.ts';
import type { ConeSpec } from '../spec/types.ts';
import type { Checkpoint } from './backend.ts';
import type { Dataset } from './dataset.ts';

/** The same rows turned towards a common direction (data/cone.ts), in memory of their own. */
export async function withCone(
  base: Dataset,
  cone: ConeSpec,
  normalize: boolean,
  checkpoint: Checkpoint,
): Promise<Dataset> {
  const { embeddings } = base;
  const out = allocateEmbeddings(embeddings.rows, embeddings.dims);
  for (const share of coneSteps(embeddings, cone, normalize, out, base.title)) {
    await checkpoint(share, 'Turning the rows into a cone');
  }
  return { ...base, embeddings: out };
}
