import type { Embeddings, RowIndex } from '../../core/linalg/embeddings.ts';
import { Z_95 } from '../../core/metrics/normal.ts';
import { silhouetteWork } from '../../core/metrics/silhouette.ts';
import type { Estimate } from '../../core/metrics/types.ts';
import { stream } from '../../core/random/streams.ts';
import type { Checkpoint } from '../backend.ts';
import { follow } from '../follow.ts';

/** Most rows that distances between all pairs, and the covariance, are made of; the seed of the split picks them. */
export const LARGEST_SAMPLE = 2000;

/** `count` of n positions by `stream(seed, 'separability').permutation(n)`, ascending; all where n is no more. */
export function pick(n: number, count: number, seed: number): Uint32Array {
  if (n <= count) return Uint32Array.from({ length: n }, (_, k) => k);
  return stream(seed, 'separability').permutation(n).slice(0, count).sort();
}

/**
 * Mean silhouette of the given rows, one label each, with mean ± 1.96 standard errors of the row values, as if rows were
 * independent; null where a class has no rows. From `from` to `to` of the whole work.
 */
export async function silhouetteEstimate(
  table: Embeddings,
  rows: RowIndex,
  labels: Uint8Array,
  distance: 'euclidean' | 'cosine',
  checkpoint: Checkpoint,
  from: number,
  to: number,
): Promise<Estimate> {
  const work = silhouetteWork(table, rows, labels, distance);
  const { mean, standardError } = await follow(work, checkpoint, from, to, 'Comparing rows');
  if (mean === null || standardError === null) {
    return { value: mean, low: null, high: null, reason: 'A class has no rows.' };
  }
  const half = Z_95 * standardError;
  return { value: mean, low: mean - half, high: mean + half, reason: null };
}
