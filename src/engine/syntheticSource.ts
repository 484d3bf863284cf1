import { allocateEmbeddings } from '../core/linalg/simdKernels.ts';
import { rowScale } from '../data/normalize.ts';
import { sha256Hex } from '../data/sha256.ts';
import { syntheticSteps } from '../data/synthetic.ts';
import type { DataSpec } from '../spec/types.ts';
import type { Checkpoint } from './backend.ts';
import type { Dataset } from './dataset.ts';
import { follow } from './follow.ts';

/** Rows drawn by the generator with the settings of a spec. */
export async function synthetic(data: DataSpec, checkpoint: Checkpoint): Promise<Dataset> {
  if (data.synthetic === null) throw new Error('data.synthetic is missing.');
  const { rows, dims } = data.synthetic;
  // Refuses what is too large before anything is said to be under way.
  const embeddings = allocateEmbeddings(rows, dims);
  await checkpoint(0, 'Drawing synthetic rows');
  const steps = syntheticSteps(data.synthetic, () => embeddings.values);
  const { labels } = await follow(steps, checkpoint, 0, 1, 'Drawing synthetic rows');
  embeddings.scale.set(rowScale(embeddings.values, rows, dims, data.normalize));
  const bytes = new Uint8Array(embeddings.values.buffer, embeddings.values.byteOffset, embeddings.values.byteLength);
  return {
    id: 'synthetic',
    version: data.version,
    title: 'Synthetic Gaussian classes',
    embeddings,
    labels,
    split: null,
    columns: new Map(),
    sha256: await sha256Hex(bytes),
    name0: 'class 0',
    name1: 'class 1',
  };
}
