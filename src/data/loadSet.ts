import { checkBothClasses, checkRowsAgree } from './checks.ts';
import { DataError, grouped } from './errors.ts';
import { parseLabels, type Labels } from './labelsCsv.ts';
import type { DataSet, DataVersion, FileInfo } from './manifest.ts';
import { parseNpyHeader, readNpy, type Destination, type NpyArray } from './npy.ts';
import { sha256Hex } from './sha256.ts';
import { decodeText } from './text.ts';

/** Called while bytes arrive; `total` is null where the server does not say. */
export type OnProgress = (received: number, total: number | null) => void;

/** Fetches a file that lies beside the manifest. */
export type FetchBytes = (path: string, onProgress?: OnProgress) => Promise<Uint8Array>;

export interface LoadedVersion extends NpyArray {
  /** Of the bytes that were read, equal to the manifest's. */
  readonly sha256: string;
}

const AGAIN = 'Reload the page; if it stays, this copy of the lab is damaged';

/**
 * Loads one version of a set and holds it against the manifest: size, hash, shape, number type. Throws DataError naming
 * what differs. `into` is as for readNpy.
 */
export async function loadVersion(
  set: DataSet,
  version: DataVersion,
  fetchBytes: FetchBytes,
  into?: Destination,
  onProgress?: OnProgress,
): Promise<LoadedVersion> {
  const bytes = await fetchChecked(version, fetchBytes, onProgress);
  // Before `into` is asked for room, which the caller has set aside for the manifest's shape.
  const header = parseNpyHeader(bytes, version.file);
  checkShape(set, version, header.rows, header.dims);
  const array = readNpy(bytes, version.file, into);
  if (array.dtype !== version.dtype) {
    throw new DataError(version.file, null, `it holds ${array.dtype}, the manifest says ${version.dtype}`, AGAIN);
  }
  return { ...array, sha256: version.sha256 };
}

/** Loads the labels of a set and holds them against the manifest: size, hash, number of rows, both classes. */
export async function loadLabels(set: DataSet, fetchBytes: FetchBytes, onProgress?: OnProgress): Promise<Labels> {
  const bytes = await fetchChecked(set.labels, fetchBytes, onProgress);
  const labels = parseLabels(decodeText(bytes, set.labels.file), set.labels.file);
  checkRowsAgree(`${set.id} embeddings`, set.rows, set.labels.file, labels.rows);
  checkBothClasses(labels.labels, set.labels.file);
  for (const column of set.sliceColumns) {
    if (!labels.columns.has(column)) throw new DataError(set.labels.file, null, `it has no column "${column}"`, AGAIN);
  }
  return labels;
}

async function fetchChecked(info: FileInfo, fetchBytes: FetchBytes, onProgress?: OnProgress): Promise<Uint8Array> {
  const bytes = await fetchBytes(info.file, onProgress);
  if (bytes.length !== info.bytes) {
    const start = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart().toLowerCase();
    if (start.startsWith('<!doctype html') || start.startsWith('<html')) {
      throw new DataError(info.file, null, 'the server answered with a web page instead of the file', AGAIN);
    }
    const wrong = `it is ${grouped(bytes.length)} bytes long, the manifest says ${grouped(info.bytes)}`;
    throw new DataError(info.file, null, wrong, AGAIN);
  }
  const hash = await sha256Hex(bytes);
  if (hash !== info.sha256) {
    const wrong = `its SHA-256 is ${hash.slice(0, 16)}…, the manifest says ${info.sha256.slice(0, 16)}…`;
    throw new DataError(info.file, null, wrong, AGAIN);
  }
  return bytes;
}

function checkShape(set: DataSet, version: DataVersion, rows: number, dims: number): void {
  if (rows === set.rows && dims === set.dims) return;
  const wrong = `it is ${grouped(rows)} × ${dims}, the manifest says ${grouped(set.rows)} × ${set.dims}`;
  throw new DataError(version.file, null, wrong, AGAIN);
}
