import type { Embeddings } from '../core/linalg/embeddings.ts';
import { allocateEmbeddings } from '../core/linalg/simdKernels.ts';
import { checkFinite, checkNormalizable, rowNorms } from '../data/checks.ts';
import { DataError } from '../data/errors.ts';
import { loadLabels, loadVersion, type FetchBytes } from '../data/loadSet.ts';
import { findSet, findVersion, parseManifest, type Manifest } from '../data/manifest.ts';
import { rowScale } from '../data/normalize.ts';
import { SYNTHETIC_PRESETS } from '../data/syntheticPresets.ts';
import type { DataSpec } from '../spec/types.ts';
import type { Checkpoint } from './backend.ts';
import type { DataSource, Dataset } from './dataset.ts';

/** Sets named by a manifest, and the synthetic generator; the bytes come from wherever `fetchBytes` finds them. */
export function createManifestSource(fetchBytes: FetchBytes): DataSource {
  let manifest: Promise<Manifest> | null = null;
  const readManifest = (): Promise<Manifest> => {
    manifest ??= fetchBytes('manifest.json').then((bytes) => parseManifest(parseJson(bytes)));
    manifest.catch(() => {
      manifest = null;
    });
    return manifest;
  };
  return {
    catalogue: async () => ({ ...(await readManifest()), presets: SYNTHETIC_PRESETS }),
    load: async (data, checkpoint) =>
      data.id === 'synthetic'
        ? (await import('./syntheticSource.ts')).synthetic(data, checkpoint)
        : shipped(await readManifest(), data, fetchBytes, checkpoint),
  };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new DataError(
      'manifest.json',
      null,
      'it is not JSON',
      'Reload the page; if it stays, this copy of the lab is damaged',
    );
  }
}

async function shipped(
  manifest: Manifest,
  data: DataSpec,
  fetchBytes: FetchBytes,
  checkpoint: Checkpoint,
): Promise<Dataset> {
  const set = findSet(manifest, data.id);
  const version = findVersion(set, data.version);
  const doing = `Loading ${set.title}, ${version.title}`;
  await checkpoint(0, doing);
  let arrived = 0;
  let room: Embeddings | null = null;
  const allocate = (rows: number, dims: number) => {
    const allocated = allocateEmbeddings(rows, dims);
    room = allocated;
    return allocated.values;
  };
  const loading = Promise.all([
    loadLabels(set, fetchBytes),
    loadVersion(set, version, fetchBytes, allocate, (received) => {
      arrived = received / version.bytes;
    }),
  ]);
  const [labels, loaded] = await watched(loading, () => checkpoint(Math.min(arrived, 0.95), doing));
  checkFinite(loaded.values, loaded.dims, version.file);
  if (data.normalize) checkNormalizable(rowNorms(loaded.values, loaded.rows, loaded.dims), version.file);
  return {
    id: set.id,
    version: version.id,
    title: set.title,
    embeddings: withScale(room ?? { ...loaded, scale: new Float64Array(loaded.rows) }, data.normalize),
    labels: labels.labels,
    split: labels.split,
    columns: labels.columns,
    sha256: loaded.sha256,
    name0: set.name0,
    name1: set.name1,
  };
}

/** Writes the row factors in place: the kernels know the rows by both arrays. */
function withScale(embeddings: Embeddings, normalize: boolean): Embeddings {
  const { values, rows, dims, scale } = embeddings;
  scale.set(rowScale(values, rows, dims, normalize));
  return embeddings;
}

/** Waits for a promise, reporting now and then; a checkpoint that throws ends the wait. */
async function watched<T>(work: Promise<T>, report: () => Promise<void>): Promise<T> {
  for (;;) {
    const tick = new Promise<'tick'>((resolve) => setTimeout(() => resolve('tick'), 50));
    const outcome = await Promise.race([work.then((value) => ({ value })), tick]);
    if (outcome !== 'tick') return outcome.value;
    await report();
  }
}
