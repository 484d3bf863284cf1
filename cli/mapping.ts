import { guessMapping, type MappingGuess, type MappingRoles } from '../src/data/own/guessMapping.ts';
import { guessUnsafe, labelValues } from '../src/data/own/labels.ts';
import { previewTexts } from '../src/data/own/candidates.ts';
import type { Mapping } from '../src/data/own/own.ts';
import { quote } from '../src/data/errors.ts';
import type { OpenedFile } from '../src/data/readers/reading.ts';
import { UsageError } from './errors.ts';

export interface Mapped {
  readonly mapping: Mapping;
  readonly guess: MappingGuess;
}

const HOW =
  'Write --map as JSON, such as \'{"embeddings":{"file":0,"columns":["emb"]},"label":{"file":0,"column":"toxic","unsafe":"1"}}\'';

/**
 * The mapping of files: what --map says, and for the rest a guess. Where the first rows do not show both labels, the
 * label column is read to tell which value is the unsafe one. Throws UsageError naming file and remedy.
 */
export async function mappingOf(
  files: readonly OpenedFile[],
  map: string | null,
  roles: MappingRoles = {},
): Promise<Mapped> {
  const guess = guessMapping(files, roles);
  const given = map === null ? {} : parseMap(map, files);
  const parts = { ...guess.parts, ...given };
  const missing = parts.embeddings === null ? 'embeddings' : parts.label === null ? 'label' : null;
  const target = roles.target !== undefined && parts.target === null ? 'target' : null;
  const lacking = missing ?? target;
  if (lacking !== null || parts.embeddings === null || parts.label === null) {
    const problem = guess.notes.find(({ about, level }) => about === lacking && level === 'problem');
    const index = lacking === 'label' ? roles.label : lacking === 'target' ? roles.target : roles.embeddings;
    const named = (index === undefined ? files : [files[index]]).map(({ name }) => name).join(', ');
    throw new UsageError(`${named}: ${problem?.message ?? `no ${lacking} was found.`} ${HOW}.`);
  }
  const mapping: Mapping = { ...parts, embeddings: parts.embeddings, label: parts.label };
  const said = 'label' in given && given.label?.unsafe !== undefined;
  return { mapping: said ? mapping : await withUnsafe(files, mapping), guess };
}

/** Settles the unsafe value by all values of the column where the first rows show fewer than two. */
async function withUnsafe(files: readonly OpenedFile[], mapping: Mapping): Promise<Mapping> {
  const { label } = mapping;
  const file = files[label.file];
  const shown = file?.columns.some(({ name }) => name === label.column) ? previewTexts(file, label.column) : [];
  const seen = new Set(shown.filter((text) => text !== null));
  const values = seen.size === 2 ? [...seen] : (await labelValues(file, label.column)).values.map(({ text }) => text);
  return { ...mapping, label: { ...label, unsafe: guessUnsafe(values as string[]).unsafe } };
}

type Fields = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const KEYS = ['embeddings', 'target', 'label', 'ids', 'split', 'text', 'slices'] as const;

/** The parts of a mapping that a person wrote. Throws UsageError naming the part. */
function parseMap(text: string, files: readonly OpenedFile[]): Partial<Mapping> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--map is not JSON (${(error as Error).message}). ${HOW}.`);
  }
  if (!isObject(json)) throw new UsageError(`--map is not a JSON object. ${HOW}.`);
  const strange = Object.keys(json).find((key) => !(KEYS as readonly string[]).includes(key));
  if (strange !== undefined) {
    throw new UsageError(`--map: ${quote(strange)} is no part of a mapping. The parts are ${KEYS.join(', ')}.`);
  }
  const wrong = (part: string, wanted: string) =>
    new UsageError(`--map: ${part} should be ${wanted}; files are counted from 0, in the order given. ${HOW}.`);
  const isFile = (value: unknown): value is number =>
    typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < files.length;
  const vectors = (part: string, value: unknown) => {
    if (!isObject(value)) throw wrong(part, '{"file":0,"columns":["…"]}');
    const { file, columns } = value;
    const isList = Array.isArray(columns) && columns.every((name) => typeof name === 'string');
    if (!isFile(file) || !isList) throw wrong(part, '{"file":0,"columns":["…"]}');
    return { file, columns: columns as string[] };
  };
  const column = (part: string, value: unknown) => {
    if (!isObject(value) || !isFile(value.file) || typeof value.column !== 'string') {
      throw wrong(part, '{"file":0,"column":"…"}');
    }
    return { file: value.file, column: value.column };
  };
  const out: { -readonly [K in keyof Mapping]?: Mapping[K] } = {};
  if ('embeddings' in json) out.embeddings = vectors('embeddings', json.embeddings);
  if ('target' in json) out.target = json.target === null ? null : vectors('target', json.target);
  if ('label' in json) {
    const label = column('label', json.label);
    const { unsafe } = json.label as Fields;
    const isText = typeof unsafe === 'string' || typeof unsafe === 'number' || typeof unsafe === 'boolean';
    if (unsafe !== undefined && !isText) throw wrong('label.unsafe', 'the value that counts as label 1');
    out.label = { ...label, unsafe: unsafe === undefined ? (undefined as never) : String(unsafe) };
  }
  if ('ids' in json) {
    const { ids } = json;
    const isList = Array.isArray(ids) && ids.every((id) => id === null || typeof id === 'string');
    if (!isList || ids.length !== files.length) throw wrong('ids', 'a column or null for each file');
    out.ids = ids as (string | null)[];
  }
  for (const part of ['split', 'text'] as const) {
    if (part in json) out[part] = json[part] === null ? null : column(part, json[part]);
  }
  if ('slices' in json) {
    if (!Array.isArray(json.slices)) throw wrong('slices', 'a list of {"file":0,"column":"…"}');
    out.slices = json.slices.map((slice) => column('slices', slice));
  }
  return out;
}
