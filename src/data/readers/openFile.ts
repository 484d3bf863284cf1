import { DataError } from '../errors.ts';
import type { ByteSource, FormatId, OpenedFile, OpenFormat } from './reading.ts';
import { sniff, zipKind, type Foreign } from './sniff.ts';

const READERS: Readonly<Record<FormatId, () => Promise<OpenFormat>>> = {
  npy: async () => (await import('./npy.ts')).openNpy,
  npz: async () => (await import('./npz.ts')).openNpz,
  safetensors: async () => (await import('./safetensors.ts')).openSafetensors,
  arrow: async () => (await import('./arrow.ts')).openArrow,
  parquet: async () => (await import('./parquet.ts')).openParquet,
  jsonl: async () => (await import('./jsonl.ts')).openJsonl,
  csv: async () => (await import('./csv.ts')).openCsv,
  tsv: async () => (await import('./csv.ts')).openCsv,
};

const EXTENSIONS: Readonly<Record<string, FormatId>> = {
  npy: 'npy',
  npz: 'npz',
  csv: 'csv',
  txt: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  json: 'jsonl',
  parquet: 'parquet',
  pq: 'parquet',
  arrow: 'arrow',
  feather: 'arrow',
  ipc: 'arrow',
  arrows: 'arrow',
  safetensors: 'safetensors',
};

const TEXTS: readonly FormatId[] = ['csv', 'tsv', 'jsonl'];
const READABLE = '.npy, .npz, .csv, .tsv, .jsonl, .parquet, .arrow, .feather or .safetensors';
const HEAD_BYTES = 4096;

/**
 * Opens a file of any format that the lab reads, told by its first bytes, else by the extension of its name, and loads
 * the reader of that format. Throws DataError where it is none of them, saying what it looks like.
 */
export async function openFile(source: ByteSource): Promise<OpenedFile> {
  const format = await formatOf(source);
  return (await READERS[format]())(source);
}

/** The format of a file. Throws DataError where the lab does not read it. */
export async function formatOf(source: ByteSource): Promise<FormatId> {
  const file = source.name;
  if (source.size === 0) throw new DataError(file, null, 'it is empty', `Give a file with rows: ${READABLE}`);
  const head = await source.read(0, Math.min(source.size, HEAD_BYTES));
  const sniffed = sniff(head, source.size);
  const extension = /\.([a-z0-9]+)$/i.exec(file)?.[1].toLowerCase() ?? '';
  const named = Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : null;

  if (sniffed === 'zip') {
    const { zipNames } = await import('./zip.ts');
    const kind = zipKind(await zipNames(source));
    if (kind === 'npz') return 'npz';
    throw refused(file, kind);
  }
  if (sniffed === 'text') {
    if (named !== null && TEXTS.includes(named)) return named;
    // A name that tells nothing, such as labels or labels.dat; one that promises numbers is not believed blindly.
    if (named === null) return 'csv';
    throw new DataError(file, null, `it is text, not ${article(extension)} file`, 'Name it .csv if it is a table');
  }
  if (sniffed === 'unknown') {
    if (named !== null && !TEXTS.includes(named)) return named;
    if (named === null) throw new DataError(file, null, 'its format is not known', `Give ${READABLE}`);
    const wrong = `it is not text in UTF-8, as ${article(extension)} file is`;
    throw new DataError(file, null, wrong, `Save it as UTF-8 ("CSV UTF-8" in a spreadsheet), or give ${READABLE}`);
  }
  if ('foreign' in sniffed) throw refused(file, sniffed.foreign);
  // A line of a .csv may begin with a bracket.
  return sniffed.format === 'jsonl' && ['csv', 'tsv', 'tab'].includes(extension) ? (named ?? 'csv') : sniffed.format;
}

function refused(file: string, { what, remedy }: Foreign): DataError {
  return new DataError(file, null, `it is ${what}`, remedy);
}

function article(extension: string): string {
  return `a .${extension}`;
}
