import { allocateEmbeddings } from '../../core/linalg/simdKernels.ts';
import type { Embeddings } from '../../core/linalg/embeddings.ts';
import { DataError, grouped } from '../../data/errors.ts';
import { rowScale } from '../../data/normalize.ts';
import type { ByteSource } from '../../data/readers/reading.ts';
import type { DataSpec, OwnSpec } from '../../spec/types.ts';
import type { Checkpoint } from '../backend.ts';
import type { Dataset } from '../dataset.ts';
import { openOpfs, webLocks } from './opfs.ts';
import { Library, type OwnVersion } from './library.ts';

/** A spec names rows that this browser does not keep. */
export class MissingOwnData extends Error {
  constructor(own: OwnSpec) {
    const shape = `${grouped(own.rows)} × ${grouped(own.dims)} embeddings`;
    const versions = own.target === null ? shape : `${shape} in two versions`;
    super(
      `This link needs files that are not here: ${versions} with labels (${own.embeddings.slice(0, 8)}…). ` +
        'Drop them on the page, or open them; nothing is uploaded.',
    );
    this.name = 'MissingOwnData';
  }
}

const PIECE = 8 << 20;

/** The rows that a person brought, from this browser's own disk. */
export async function loadOwnHere(data: DataSpec, checkpoint: Checkpoint): Promise<Dataset> {
  return loadOwn(data, new Library(await openOpfs(), webLocks()), checkpoint);
}

/**
 * Rows of a kept dataset, read piece by piece into the memory that the kernels work in: at no time two copies. Throws
 * {@link MissingOwnData} where nothing is kept under the digests of the spec.
 */
export async function loadOwn(data: DataSpec, library: Library, checkpoint: Checkpoint): Promise<Dataset> {
  const { own } = data;
  const version = data.version as OwnVersion;
  if (own === null) {
    throw new DataError('data.own', null, 'it is missing', 'Open your files under “Own data…”');
  }
  if (version !== 'base' && !(version === 'target' && own.target !== null)) {
    throw new DataError('data.version', null, `own data has no version "${version}"`, 'Choose base');
  }
  const kept = await library.find(own);
  if (!kept) throw new MissingOwnData(own);
  const { about, table } = kept;
  const doing = `Reading ${about.title}${version === 'target' ? ', newer version' : ''}`;
  await checkpoint(0, doing);
  const { rows, dims } = table;
  const embeddings: Embeddings =
    about.dtype === 'float64'
      ? { rows, dims, values: new Float64Array(rows * dims), scale: new Float64Array(rows) }
      : allocateEmbeddings(rows, dims);
  await fill(embeddings.values, await kept.rows(version), about.title, (share) => checkpoint(share, doing));
  embeddings.scale.set(rowScale(embeddings.values, rows, dims, data.normalize, about.title));
  return {
    id: 'own',
    version,
    title: about.title,
    embeddings,
    labels: table.labels,
    split: table.split,
    columns: table.columns,
    sha256: version === 'target' && own.target !== null ? own.target : own.embeddings,
    name0: table.name0,
    name1: table.name1,
  };
}

/** Files hold little-endian numbers, as every machine with a browser does. */
async function fill(
  values: Float32Array | Float64Array,
  file: ByteSource,
  title: string,
  report: (share: number) => Promise<void>,
): Promise<void> {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  for (let at = 0; at < bytes.length; at += PIECE) {
    const end = Math.min(bytes.length, at + PIECE);
    try {
      bytes.set(await file.read(at, end), at);
    } catch (cause) {
      const said = cause instanceof Error ? cause.message : String(cause);
      throw new DataError(title, null, `the browser could not read what it kept (${said})`, 'Try again');
    }
    await report(0.9 * (end / bytes.length));
  }
}
