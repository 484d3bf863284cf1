import type { Compressors, FileMetaData, SchemaTree } from 'hyparquet';
import { parquetSchema } from 'hyparquet';
import { getTreePath } from 'hyparquet/src/schema.js';
import { DataError, grouped, quote } from '../errors.ts';
import { wrongLength } from './csv.ts';
import { beyondSafe } from './elements.ts';
import { parquetColumn, type ParquetColumn } from './parquetColumn.ts';
import { guardedCodecs, parquetFooter, parquetSafely } from './parquetFile.ts';
import { parquetChunk, type ParquetChunk } from './parquetPages.ts';
import { groupRows, parquetField, shownType, type ParquetField } from './parquetSchema.ts';
import type { ByteSource, Cell, OpenedFile, OpenFormat, ReadCheckpoint, RowSink, WantedColumn } from './reading.ts';
import { blockRows, checkNames, pick, type Pick } from './wanted.ts';

const PREVIEW_ROWS = 8;
/** Rows among which a list is sought that is neither empty nor missing, to tell its length. */
const SOUGHT_ROWS = 1 << 16;
/** A page of every chosen column is held. */
const MAX_HELD = 1024 << 20;

/**
 * Opens a Parquet file: columns of numbers, booleans, texts and lists of numbers; others are left out and named. Reads
 * page by page, holding one of each chosen column, however large the row groups are.
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
  const firsts = new Map<string, readonly (readonly unknown[] | null)[]>();
  const fields: ParquetField[] = [];
  for (const { field, list } of wanted) {
    const { name } = field.column;
    const first = await firstRows(source, metadata, root, group, name, list);
    firsts.set(name, first.rows);
    if (!list) fields.push(field);
    else if (first.length !== null) fields.push({ ...field, column: { ...field.column, dims: first.length } });
    else leftOut.push(`Column ${quote(name)}: its first rows hold no lists.`);
  }
  if (fields.length === 0) {
    const wrong = `it has no column of numbers, texts or lists of numbers. ${leftOut[0] ?? ''}`;
    throw new DataError(file, null, wrong, 'Save the embeddings as lists of floats');
  }
  const shown = Math.min(...fields.map(({ column }) => firsts.get(column.name)?.length ?? 0));
  const preview = Array.from({ length: shown }, (_, r) =>
    Object.fromEntries(
      fields.map(({ column }) => {
        const row = firsts.get(column.name)?.[r] ?? null;
        const vector = column.kind === 'vector';
        return [column.name, vector ? numbers(row, column.dims ?? 0) : cellOf(row?.[0], r + 1, file)];
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
    read: (columns, sink, checkpoint) => readRows(source, metadata, root, fields, columns, sink, checkpoint),
  };
  return opened;
};

/** The first rows of a column as lists, and the length of the first list that has one; that is sought only in lists. */
async function firstRows(
  source: ByteSource,
  metadata: FileMetaData,
  root: SchemaTree,
  group: number,
  name: string,
  list: boolean,
): Promise<{ rows: (readonly unknown[] | null)[]; length: number | null }> {
  const { column } = await groupColumn(source, metadata, root, group, name);
  const rows: (readonly unknown[] | null)[] = [];
  let length: number | null = null;
  let row: unknown[] = [];
  await parquetSafely(source, async () => {
    await column.take(PREVIEW_ROWS, {
      value: (_, place, value) => (row[place] = value),
      end: (_, count) => {
        rows.push(count === null ? null : row);
        if (length === null && count !== null && count > 0) length = count;
        row = [];
      },
    });
    for (let sought = PREVIEW_ROWS; list && length === null && sought < SOUGHT_ROWS; sought *= 2) {
      await column.take(sought, {
        value: () => undefined,
        end: (_, count) => {
          if (length === null && count !== null && count > 0) length = count;
        },
      });
    }
  });
  return { rows, length };
}

/** A column of a row group, its data not looked at yet. Throws DataError. */
function groupColumn(
  source: ByteSource,
  metadata: FileMetaData,
  root: SchemaTree,
  group: number,
  name: string,
  codecs?: Map<string, Compressors>,
): Promise<{ chunk: ParquetChunk; column: ParquetColumn; list: boolean }> {
  return parquetSafely(source, async () => {
    const found = metadata.row_groups[group].columns.find(({ meta_data: meta }) => meta?.path_in_schema[0] === name);
    const meta = found?.meta_data;
    if (meta === undefined) throw new Error(`group ${group + 1} has no column ${quote(name)}`);
    if (found?.file_path) throw new Error('its columns stand in other files');
    const path = getTreePath(root, meta.path_in_schema);
    const compressors = codecs?.get(meta.codec) ?? (await guardedCodecs([meta.codec]));
    codecs?.set(meta.codec, compressors);
    const chunk = parquetChunk(source, meta, path, compressors);
    return { chunk, column: parquetColumn(chunk, path), list: path.length > 2 };
  });
}

async function readRows(
  source: ByteSource,
  metadata: FileMetaData,
  root: SchemaTree,
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
  const step = blockRows(picks);
  const sizes = groupRows(metadata);
  const total = sizes.reduce((sum, n) => sum + n, 0);
  let done = 0;
  for (let group = 0; group < sizes.length; group++) {
    if (sizes[group] === 0) continue;
    const columns = await groupColumns(source, metadata, root, group, picks, sizes[group]);
    for (let from = 0; from < sizes[group]; from += step) {
      const rows = Math.min(step, sizes[group] - from);
      const block = new Map<string, Float32Array | Float64Array | readonly Cell[]>();
      for (const [i, p] of picks.entries()) {
        const { values, taken } = await parquetSafely(source, () =>
          valuesOf(columns[i], fields[p.index], p, rows, done, file),
        );
        if (taken < rows) throw otherRows(source, p.column.name, from + taken, group, sizes[group]);
        block.set(p.column.name, values);
      }
      await sink({ first: done, rows, columns: block });
      done += rows;
      await checkpoint?.({ bytes: Math.round((source.size * done) / total), rows: done });
    }
    for (const [i, p] of picks.entries()) {
      const ended = await parquetSafely(source, () => columns[i].ended());
      if (!ended) throw otherRows(source, p.column.name, `more than ${grouped(sizes[group])}`, group, sizes[group]);
    }
  }
  return done;
}

/** The chosen columns of a group, after the headers of all their pages are held against the footer and the file. */
async function groupColumns(
  source: ByteSource,
  metadata: FileMetaData,
  root: SchemaTree,
  group: number,
  picks: readonly Pick[],
  rows: number,
): Promise<ParquetColumn[]> {
  const columns: ParquetColumn[] = [];
  const codecs = new Map<string, Compressors>();
  let held = 0;
  for (const {
    column: { name },
  } of picks) {
    const { chunk, column, list } = await groupColumn(source, metadata, root, group, name, codecs);
    held += await parquetSafely(source, () => chunk.check());
    if (!list && chunk.values !== rows) throw otherRows(source, name, chunk.values, group, rows);
    columns.push(column);
  }
  if (held > MAX_HELD) {
    const wrong = `the pages of the chosen columns have ${grouped(held)} bytes, which would be held at once`;
    throw new DataError(source.name, null, wrong, 'Save smaller groups: df.to_parquet(file, row_group_size=10000)');
  }
  return columns;
}

function otherRows(source: ByteSource, name: string, found: number | string, group: number, rows: number): DataError {
  const wrong = `column ${quote(name)} has ${found} rows in group ${group + 1}, not ${rows}`;
  return new DataError(source.name, null, wrong, 'Copy or export it again');
}

/** The next rows of a column; fewer are taken where it ends. `fileRow` rows of the file come before. */
async function valuesOf(
  from: ParquetColumn,
  { column, single }: ParquetField,
  { as, dims }: Pick,
  rows: number,
  fileRow: number,
  file: string,
): Promise<{ values: Float32Array | Float64Array | readonly Cell[]; taken: number }> {
  const { name, kind } = column;
  const check = (row: number, length: number | null): void => {
    if (length !== null && length !== dims) throw wrongLength(length, dims, name, fileRow + row + 1, file);
  };
  if (as === 'cell') {
    const cells = new Array<Cell>(rows).fill(null);
    const taken = await from.take(rows, {
      value(row, place, value) {
        if (place === 0) cells[row] = cellOf(value, fileRow + row + 1, file);
      },
      end: check,
    });
    return { values: cells, taken };
  }
  const values = single ? new Float32Array(rows * dims) : new Float64Array(rows * dims);
  const taken = await from.take(rows, {
    value(row, place, value) {
      if (place < dims) values[row * dims + place] = number(value, name, fileRow + row + 1, file);
    },
    end(row, length) {
      if (length === null && kind === 'vector') values.fill(NaN, row * dims, (row + 1) * dims);
      else check(row, length);
    },
  });
  return { values, taken };
}

function numbers(row: readonly unknown[] | null, dims: number): number[] {
  if (row === null) return new Array<number>(dims).fill(NaN);
  return row.map((v) => (v === null || v === undefined ? NaN : Number(v)));
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
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return safe(value, row, file);
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value;
  throw new DataError(file, row, 'it holds what is no single value', 'Choose another column');
}
