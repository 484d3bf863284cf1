import { DataError, quote } from '../errors.ts';
import { wrongLength } from './csv.ts';
import { beyondSafe } from './elements.ts';
import { jsonValues } from './jsonValues.ts';
import type {
  ByteSource,
  Cell,
  Column,
  ColumnKind,
  OpenedFile,
  OpenFormat,
  ReadCheckpoint,
  RowSink,
  WantedColumn,
} from './reading.ts';
import { textChunks } from './textChunks.ts';
import { numbersOfList } from './textNumbers.ts';
import { blockRows, checkNames, pick, type Pick } from './wanted.ts';

const PREVIEW_ROWS = 8;
/** Rows by which columns are found. */
const GUESS_ROWS = 100;
const FIRST_BYTES = 1 << 18;
const MAX_DEPTH = 6;
const MAX_COLUMNS = 100_000;

/** The steps from a row to a value; none where the row itself is the value. */
type Path = readonly (string | number)[];

interface Found {
  readonly path: Path;
  readonly column: Column;
}

/**
 * Opens JSON Lines, or one JSON list of objects: every value inside an object is a column, named by its path
 * (`data.embedding`, `response.body.data[0].embedding`); a list of numbers is a vector; a row that is a list of numbers is
 * the column 'values'. Columns are those of the first rows; a row that lacks one holds null there.
 */
export const openJsonl: OpenFormat = async (source) => {
  const file = source.name;
  const rows: unknown[] = [];
  const numbers: number[] = [];
  for await (const values of jsonValues(textChunks(source, FIRST_BYTES), file)) {
    for (const { value, row } of values.slice(0, GUESS_ROWS - rows.length)) {
      checkRow(value, row, file);
      rows.push(value);
      numbers.push(row);
    }
    if (rows.length >= PREVIEW_ROWS) break;
  }
  if (rows.length === 0) throw new DataError(file, null, 'it holds no rows', 'Give one JSON object a line');
  const found = columnsOf(rows, file);
  if (found.length === 0) {
    throw new DataError(file, numbers[0], 'it holds no values', 'Write objects such as {"embedding": [0.1, 0.2]}');
  }
  const columns = found.map(({ column }) => column);
  checkNames(
    columns.map(({ name }) => name),
    numbers[0],
    file,
  );
  const preview = rows.slice(0, PREVIEW_ROWS).map((row, r) =>
    Object.fromEntries(
      found.map(({ path, column }) => {
        const value = at(row, path);
        const list = column.kind === 'vector' && Array.isArray(value) ? numbersOfList(value) : null;
        if (list === null && column.kind === 'vector' && typeof value === 'object' && value !== null) {
          throw notList(value, column.name, numbers[r], file);
        }
        return [column.name, list ?? cellOf(value, column.name, numbers[r], file)];
      }),
    ),
  );
  const opened: OpenedFile = {
    name: file,
    format: 'jsonl',
    bytes: source.size,
    rows: null,
    columns,
    preview,
    read: (wanted, sink, checkpoint) => readRows(source, found, wanted, sink, checkpoint),
  };
  return opened;
};

/** Every path to a value in the first rows, in the order in which they are met. */
function columnsOf(rows: readonly unknown[], file: string): Found[] {
  const paths = new Map<string, { path: Path; values: unknown[] }>();
  const walk = (value: unknown, path: Path): void => {
    if (isObject(value) && path.length < MAX_DEPTH) {
      for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
    } else if (Array.isArray(value) && value.length === 1 && isObject(value[0]) && path.length < MAX_DEPTH) {
      walk(value[0], [...path, 0]);
    } else {
      const name = nameOf(path);
      const known = paths.get(name);
      if (known !== undefined) known.values.push(value);
      else if (paths.size < MAX_COLUMNS) paths.set(name, { path, values: [value] });
      else throw new DataError(file, null, 'its rows have more than 100,000 values', 'Write an embedding as one list');
    }
  };
  for (const row of rows) walk(row, []);
  return [...paths].flatMap(([name, { path, values }]): Found[] => {
    const shape = kindOf(values);
    return shape === null ? [] : [{ path, column: { name, ...shape } }];
  });
}

function nameOf(path: Path): string {
  const name = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return path.length === 0 ? 'values' : name.slice(1);
}

/** Null for what is no column: objects deep down, lists of anything but numbers. */
function kindOf(values: readonly unknown[]): Omit<Column, 'name'> | null {
  const filled = values.filter((value) => value !== null);
  const kinds = new Set(filled.map((value) => (Array.isArray(value) ? 'vector' : typeof value)));
  if (kinds.has('vector')) {
    const first = filled.find((value) => Array.isArray(value) && value.length > 0);
    if (kinds.size > 1 || !Array.isArray(first) || numbersOfList(first) === null) return null;
    return { kind: 'vector', dims: first.length, type: 'array' };
  }
  if (kinds.has('object')) return null;
  const named: Readonly<Record<string, ColumnKind>> = { number: 'number', boolean: 'boolean', string: 'text' };
  const [only = 'string'] = kinds;
  const kind = kinds.size > 1 ? 'mixed' : named[only];
  return { kind, dims: null, type: kinds.size === 0 ? 'null' : [...kinds].join(' or ') };
}

async function readRows(
  source: ByteSource,
  found: readonly Found[],
  wanted: readonly WantedColumn[],
  sink: RowSink,
  checkpoint: ReadCheckpoint | undefined,
): Promise<number> {
  const file = source.name;
  const picks = pick(
    found.map(({ column }) => column),
    wanted,
    file,
  );
  const step = blockRows(picks);
  const chunks = textChunks(source);
  const fresh = (): (Float64Array | Cell[])[] =>
    picks.map((p) => (p.as === 'cell' ? [] : new Float64Array(step * p.dims)));
  let block = fresh();
  let filled = 0;
  let rows = 0;

  const flush = async (): Promise<void> => {
    if (filled === 0) return;
    const given = picks.map((p, i) => {
      const values = block[i];
      return [p.column.name, values instanceof Float64Array ? values.subarray(0, filled * p.dims) : values] as const;
    });
    await sink({ first: rows - filled, rows: filled, columns: new Map(given) });
    block = fresh();
    filled = 0;
  };
  for await (const values of jsonValues(chunks, file)) {
    for (const { value, row } of values) {
      checkRow(value, row, file);
      picks.forEach((p, i) => put(block[i], filled, p, at(value, found[p.index].path), row, file));
      filled++;
      rows++;
      if (filled === step) await flush();
    }
    await checkpoint?.({ bytes: chunks.bytes, rows });
  }
  await flush();
  await checkpoint?.({ bytes: chunks.bytes, rows });
  return rows;
}

function put(out: Float64Array | Cell[], place: number, p: Pick, value: unknown, row: number, file: string): void {
  const { name, kind } = p.column;
  const single = kind === 'vector' && p.as !== 'vector' && Array.isArray(value) && value.length === 1;
  const one: unknown = single ? value[0] : value;
  if (!(out instanceof Float64Array)) {
    out.push(cellOf(one, name, row, file));
  } else if (p.as === 'vector' && kind === 'vector' && value !== null && value !== undefined) {
    const list = Array.isArray(value) ? numbersOfList(value) : null;
    if (list === null) throw notList(value, name, row, file);
    if (list.length !== p.dims) throw wrongLength(list.length, p.dims, name, row, file);
    out.set(list, place * p.dims);
  } else if (one === null || one === undefined) {
    out.fill(NaN, place * p.dims, (place + 1) * p.dims);
  } else if (typeof one === 'number') {
    out[place] = exact(one, row, file);
  } else if (typeof one === 'boolean' && kind === 'boolean') {
    out[place] = one ? 1 : 0;
  } else {
    const wrong = `${quote(name)} is ${shown(one)}, not a number`;
    throw new DataError(file, row, wrong, 'Write a number, or null where there is none');
  }
}

function notList(value: unknown, name: string, row: number, file: string): DataError {
  return new DataError(file, row, `${quote(name)} is ${shown(value)}, not a list of numbers`, 'Mend that row');
}

function cellOf(value: unknown, name: string, row: number, file: string): Cell {
  if (value === undefined || value === null || typeof value === 'string' || typeof value === 'boolean') {
    return value ?? null;
  }
  if (typeof value === 'number') return exact(value, row, file);
  throw new DataError(file, row, `${quote(name)} is ${shown(value)}, not one value`, 'Mend that row');
}

/** A whole number beyond ±2^53 may have lost digits when it was parsed. */
function exact(value: number, row: number, file: string): number {
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21) {
    throw beyondSafe(String(value), row, file);
  }
  return value;
}

/** The value at a path; undefined where a step leads nowhere. */
function at(row: unknown, path: Path): unknown {
  let value = row;
  for (const step of path) {
    if (typeof step === 'number') value = Array.isArray(value) ? value[step] : undefined;
    else value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkRow(value: unknown, row: number, file: string): void {
  if (isObject(value) || Array.isArray(value)) return;
  throw new DataError(file, row, `it is ${shown(value)}, not an object`, 'Write one JSON object a line');
}

function shown(value: unknown): string {
  return quote(JSON.stringify(value) ?? 'nothing');
}
