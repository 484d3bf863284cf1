import type { DecodedArray, FileMetaData } from 'hyparquet';
import { parquetSchema } from 'hyparquet';
import { DataError, quote } from '../errors.ts';
import { wrongLength } from './csv.ts';
import { beyondSafe } from './elements.ts';
import { parquetFooter, parquetSafely, readFirstPages, readGroup } from './parquetFile.ts';
import { groupRows, parquetField, shownType, type ParquetField } from './parquetSchema.ts';
import type { ByteSource, Cell, OpenedFile, OpenFormat, ReadCheckpoint, RowSink, WantedColumn } from './reading.ts';
import { blockRows, checkNames, pick, type Pick } from './wanted.ts';

const PREVIEW_ROWS = 8;

/**
 * Opens a Parquet file: columns of numbers, booleans, texts and lists of numbers; others are left out and named. Reads
 * row group by row group, holding the chosen columns of one.
 */
export const openParquet: OpenFormat = async (source) => {
  const file = source.name;
  const metadata = await parquetFooter(source);
  const sizes = groupRows(metadata);
  if (sizes.some((rows) => !(Number.isSafeInteger(rows) && rows >= 0))) {
    throw new DataError(file, null, 'its footer gives no number of rows', 'Copy or export it again');
  }
  const rows = sizes.reduce((sum, n) => sum + n, 0);
  if (rows === 0) throw new DataError(file, null, 'it holds no rows', 'Save at least one row');
  const root = await parquetSafely(source, async () => parquetSchema(metadata));
  checkNames(
    root.children.map((child) => child.element.name),
    null,
    file,
  );

  const known = root.children.map((child) => ({ child, found: parquetField(child) }));
  const leftOut = known
    .filter(({ found }) => found === null)
    .map(({ child }) => `Column ${quote(child.element.name)}: its type ${shownType(child)} is not read.`);
  const wanted = known.flatMap(({ found }) => (found === null ? [] : [found]));
  const group = sizes.findIndex((n) => n > 0);
  const names = wanted.map(({ field }) => field.column.name);
  const pages = await readFirstPages(source, metadata, group, names, PREVIEW_ROWS);
  const fields = wanted.flatMap(({ field, list }): ParquetField[] => {
    if (!list) return [field];
    const dims = firstLength(pages.get(field.column.name) ?? []);
    if (dims !== null) return [{ ...field, column: { ...field.column, dims } }];
    leftOut.push(`Column ${quote(field.column.name)}: its first rows hold no lists.`);
    return [];
  });
  if (fields.length === 0) {
    const wrong = `it has no column of numbers, texts or lists of numbers. ${leftOut[0] ?? ''}`;
    throw new DataError(file, null, wrong, 'Save the embeddings as lists of floats');
  }
  const cursors = fields.map(({ column }) => cursor(pages.get(column.name) ?? []));
  const shown = Math.min(PREVIEW_ROWS, sizes[group], ...cursors.map((c) => c.rows));
  const preview = Array.from({ length: shown }, (_, r) =>
    Object.fromEntries(
      fields.map(({ column }, c) => {
        const value = cursors[c].at(r);
        return [column.name, column.kind === 'vector' ? numbers(value, column.dims ?? 0) : cellOf(value, r + 1, file)];
      }),
    ),
  );
  const opened: OpenedFile = {
    name: file,
    format: 'parquet',
    bytes: source.size,
    rows,
    columns: fields.map(({ column }) => column),
    leftOut,
    preview,
    read: (columns, sink, checkpoint) => readRows(source, metadata, fields, columns, sink, checkpoint),
  };
  return opened;
};

function firstLength(pages: readonly DecodedArray[]): number | null {
  for (const page of pages) {
    for (let r = 0; r < page.length; r++) {
      const value: unknown = page[r];
      const length = lengthOf(value);
      if (length !== null && length > 0) return length;
    }
  }
  return null;
}

async function readRows(
  source: ByteSource,
  metadata: FileMetaData,
  fields: readonly ParquetField[],
  wanted: readonly WantedColumn[],
  sink: RowSink,
  checkpoint: ReadCheckpoint | undefined,
): Promise<number> {
  const file = source.name;
  const picks = pick(
    fields.map(({ column }) => column),
    wanted,
    file,
  );
  const names = [...new Set(picks.map((p) => p.column.name))];
  const step = blockRows(picks);
  const sizes = groupRows(metadata);
  const total = sizes.reduce((sum, n) => sum + n, 0);
  let done = 0;
  for (let group = 0; group < sizes.length; group++) {
    if (sizes[group] === 0) continue;
    const pages = await readGroup(source, metadata, group, names);
    const cursors = picks.map((p) => cursor(pages.get(p.column.name) ?? []));
    for (const [i, c] of cursors.entries()) {
      if (c.rows === sizes[group]) continue;
      const wrong = `column ${quote(picks[i].column.name)} has ${c.rows} rows in group ${group + 1}, not ${sizes[group]}`;
      throw new DataError(file, null, wrong, 'Copy or export it again');
    }
    for (let from = 0; from < sizes[group]; from += step) {
      const rows = Math.min(step, sizes[group] - from);
      const block = new Map<string, Float32Array | Float64Array | readonly Cell[]>();
      picks.forEach((p, i) =>
        block.set(p.column.name, valuesOf(cursors[i], fields[p.index], p, from, rows, done, file)),
      );
      await sink({ first: done, rows, columns: block });
      done += rows;
      await checkpoint?.({ bytes: Math.round((source.size * done) / total), rows: done });
    }
  }
  return done;
}

/** Rows of a column over its pages; asked for in any order, quickest forwards. */
interface Cursor {
  readonly rows: number;
  at(row: number): unknown;
}

function cursor(pages: readonly DecodedArray[]): Cursor {
  let page = 0;
  let start = 0;
  return {
    rows: pages.reduce((sum, p) => sum + p.length, 0),
    at(row) {
      if (row < start) [page, start] = [0, 0];
      while (page < pages.length && row - start >= pages[page].length) start += pages[page++].length;
      return pages[page]?.[row - start];
    },
  };
}

function valuesOf(
  from: Cursor,
  { column, single }: ParquetField,
  { as, dims }: Pick,
  first: number,
  rows: number,
  fileRow: number,
  file: string,
): Float32Array | Float64Array | readonly Cell[] {
  if (as === 'cell') return Array.from({ length: rows }, (_, r) => cellOf(from.at(first + r), fileRow + r + 1, file));
  const out = single ? new Float32Array(rows * dims) : new Float64Array(rows * dims);
  for (let r = 0; r < rows; r++) {
    const value = from.at(first + r);
    if (column.kind !== 'vector') {
      out[r] = number(value, column.name, fileRow + r + 1, file);
    } else if (value === null || value === undefined) {
      out.fill(NaN, r * dims, (r + 1) * dims);
    } else {
      const length = lengthOf(value);
      if (length !== dims) throw wrongLength(length ?? 1, dims, column.name, fileRow + r + 1, file);
      const list = value as ArrayLike<unknown>;
      for (let c = 0; c < dims; c++) out[r * dims + c] = number(list[c], column.name, fileRow + r + 1, file);
    }
  }
  return out;
}

function lengthOf(value: unknown): number | null {
  if (Array.isArray(value)) return value.length;
  return ArrayBuffer.isView(value) && 'length' in value && typeof value.length === 'number' ? value.length : null;
}

function numbers(value: unknown, dims: number): number[] {
  if (lengthOf(value) === null) return new Array<number>(dims).fill(NaN);
  return Array.from(value as ArrayLike<unknown>, (v) => (v === null ? NaN : Number(v)));
}

function number(value: unknown, name: string, row: number, file: string): number {
  if (typeof value === 'number') return value;
  if (value === null || value === undefined) return NaN;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint') return safe(value, row, file);
  throw new DataError(file, row, `column ${quote(name)} holds ${quote(String(value))}, not a number`, 'Choose another');
}

function safe(value: bigint, row: number, file: string): number {
  const rounded = Number(value);
  if (!Number.isSafeInteger(rounded)) throw beyondSafe(value, row, file);
  return rounded;
}

function cellOf(value: unknown, row: number, file: string): Cell {
  const one: unknown = lengthOf(value) === 1 ? (value as ArrayLike<unknown>)[0] : value;
  if (one === null || one === undefined) return null;
  if (typeof one === 'bigint') return safe(one, row, file);
  if (typeof one === 'number' || typeof one === 'boolean' || typeof one === 'string') return one;
  throw new DataError(file, row, 'it holds what is no single value', 'Choose another column');
}
