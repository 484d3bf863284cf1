import { DataError } from './errors.ts';
import { fields, type Fields } from './jsonFields.ts';
import type { NpyType } from './npyHeader.ts';

/** What ships with the lab: public/data/manifest.json. */
export interface Manifest {
  readonly schema: 1;
  readonly encoders: readonly EncoderInfo[];
  readonly sets: readonly DataSet[];
}

export interface EncoderInfo {
  readonly id: string;
  readonly title: string;
  readonly dims: number;
  readonly source: string;
  readonly attribution: string;
  readonly licence: string;
  readonly licenceUrl: string | null;
  readonly url: string | null;
}

export interface DataSet {
  readonly id: string;
  readonly title: string;
  /** Id of the encoder that made every version. */
  readonly encoder: string;
  readonly rows: number;
  readonly dims: number;
  /** What the rows of label 1 and label 0 are called, in a word or two. */
  readonly name1: string;
  readonly name0: string;
  /** What label 1 says about a row, in plain words. */
  readonly label1: string;
  readonly label0: string;
  readonly source: string;
  readonly attribution: string;
  readonly licence: string;
  /** Null where the sources have different licences; each is in `sources`. */
  readonly licenceUrl: string | null;
  readonly sources: readonly SourceInfo[];
  readonly labels: FileInfo;
  /** What a reader of any number on this set should know. */
  readonly notes: readonly string[];
  /** Columns of the labels file worth slicing by; any other column can slice too. */
  readonly sliceColumns: readonly string[];
  readonly defaultVersion: string;
  /** In the order in which they are shown. */
  readonly versions: readonly DataVersion[];
}

export interface SourceInfo {
  /** The value in the column `source` of the labels file. */
  readonly id: string;
  readonly title: string;
  /** The label that all its rows have; null where it has both. */
  readonly label: 0 | 1 | null;
  readonly rows: number;
  readonly attribution: string;
  readonly licence: string;
  readonly licenceUrl: string | null;
  readonly url: string | null;
}

export interface FileInfo {
  /** Name beside the manifest. */
  readonly file: string;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
  readonly bytes: number;
}

export interface DataVersion extends FileInfo {
  readonly id: string;
  readonly order: number;
  readonly title: string;
  /** What was done to the encoder, in plain words. */
  readonly changed: string;
  readonly dtype: NpyType;
}

const FILE = 'manifest.json';
const RELOAD = 'Reload the page; if it stays, this copy of the lab is damaged';
const TYPES: readonly NpyType[] = ['float16', 'float32', 'float64', 'int8', 'uint8'];

/**
 * Checks a parsed manifest.json whole (types, hashes, ids that must be unique or must exist, row counts that must add up)
 * and returns it. Throws DataError naming the field, e.g. "sets[1].versions[0].sha256".
 */
export function parseManifest(json: unknown, file = FILE): Manifest {
  const top = fields(json, '', file, RELOAD);
  if (top.number('schema') !== 1) throw top.wrong('schema', 'is not 1: it was made for another release of the lab');
  const encoders = top.list('encoders').map(encoder);
  const sets = top.list('sets').map((item) => dataSet(item, encoders));
  unique(top, 'encoders', encoders);
  unique(top, 'sets', sets);
  return { schema: 1, encoders, sets };
}

/** The set with this id. Throws DataError with the ids that there are. */
export function findSet(manifest: Manifest, id: string): DataSet {
  const set = manifest.sets.find((candidate) => candidate.id === id);
  if (set !== undefined) return set;
  throw new DataError(FILE, null, `there is no set "${id}"`, `Choose one of ${ids(manifest.sets)}`);
}

/** The version with this id, or the default one for null. Throws DataError with the ids that there are. */
export function findVersion(set: DataSet, id: string | null): DataVersion {
  const wanted = id ?? set.defaultVersion;
  const version = set.versions.find((candidate) => candidate.id === wanted);
  if (version !== undefined) return version;
  throw new DataError(FILE, null, `set "${set.id}" has no version "${wanted}"`, `Choose one of ${ids(set.versions)}`);
}

function ids(items: readonly { readonly id: string }[]): string {
  return items.map((item) => item.id).join(', ');
}

function encoder(of: Fields): EncoderInfo {
  return {
    id: of.text('id'),
    title: of.text('title'),
    dims: of.count('dims'),
    source: of.text('source'),
    attribution: of.text('attribution'),
    licence: of.text('licence'),
    licenceUrl: of.textOrNull('licenceUrl'),
    url: of.textOrNull('url'),
  };
}

function dataSet(of: Fields, encoders: readonly EncoderInfo[]): DataSet {
  const set: DataSet = {
    id: of.text('id'),
    title: of.text('title'),
    encoder: of.text('encoder'),
    rows: of.count('rows'),
    dims: of.count('dims'),
    name1: of.text('name1'),
    name0: of.text('name0'),
    label1: of.text('label1'),
    label0: of.text('label0'),
    source: of.text('source'),
    attribution: of.text('attribution'),
    licence: of.text('licence'),
    licenceUrl: of.textOrNull('licenceUrl'),
    sources: of.list('sources').map(source),
    labels: fileInfo(of.object('labels')),
    notes: of.texts('notes'),
    sliceColumns: of.texts('sliceColumns'),
    defaultVersion: of.text('defaultVersion'),
    versions: of
      .list('versions')
      .map(version)
      .sort((a, b) => a.order - b.order),
  };
  const made = encoders.find((candidate) => candidate.id === set.encoder);
  if (made === undefined) throw of.wrong('encoder', `names "${set.encoder}", which is not among encoders`);
  if (made.dims !== set.dims) throw of.wrong('dims', `is ${set.dims}, but its encoder gives ${made.dims}`);
  if (set.versions.length === 0) throw of.wrong('versions', 'is empty');
  unique(of, 'versions', set.versions);
  unique(of, 'sources', set.sources);
  if (!set.versions.some((candidate) => candidate.id === set.defaultVersion)) {
    throw of.wrong('defaultVersion', `names "${set.defaultVersion}", which is not among versions`);
  }
  const sum = set.sources.reduce((total, item) => total + item.rows, 0);
  if (sum !== set.rows) throw of.wrong('sources', `have ${sum} rows in all, not ${set.rows}`);
  return set;
}

function source(of: Fields): SourceInfo {
  const label = of.numberOrNull('label');
  if (label !== null && label !== 0 && label !== 1) throw of.wrong('label', 'is not 0, 1 or null');
  return {
    id: of.text('id'),
    title: of.text('title'),
    label,
    rows: of.count('rows'),
    attribution: of.text('attribution'),
    licence: of.text('licence'),
    licenceUrl: of.textOrNull('licenceUrl'),
    url: of.textOrNull('url'),
  };
}

function version(of: Fields): DataVersion {
  const dtype = TYPES.find((type) => type === of.text('dtype'));
  if (dtype === undefined) throw of.wrong('dtype', `is not one of ${TYPES.join(', ')}`);
  return {
    ...fileInfo(of),
    id: of.text('id'),
    order: of.number('order'),
    title: of.text('title'),
    changed: of.text('changed'),
    dtype,
  };
}

function fileInfo(of: Fields): FileInfo {
  const info = { file: of.text('file'), sha256: of.text('sha256'), bytes: of.count('bytes') };
  // A plain name: nothing can be fetched from outside the manifest's own folder.
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(info.file)) throw of.wrong('file', 'is not a plain file name');
  if (!/^[0-9a-f]{64}$/.test(info.sha256)) throw of.wrong('sha256', 'is not 64 lower-case hex digits');
  return info;
}

function unique(of: Fields, name: string, items: readonly { readonly id: string }[]): void {
  const seen = new Set<string>();
  for (const { id } of items) {
    if (seen.has(id)) throw of.wrong(name, `names "${id}" twice`);
    seen.add(id);
  }
}
