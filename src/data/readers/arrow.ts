import { DataError, quote } from '../errors.ts';
import { batchBuffers, type BatchBuffers } from './arrowBuffers.ts';
import { arrowMessages, type ArrowBatch, type ArrowMessages } from './arrowMessages.ts';
import { arrowColumn, type ArrowField } from './arrowSchema.ts';
import { cellValues, listLengths, numberValues, vectorValues, type Place } from './arrowValues.ts';
import type {
  ByteSource,
  Cell,
  Column,
  OpenedFile,
  OpenFormat,
  ReadCheckpoint,
  RowSink,
  WantedColumn,
} from './reading.ts';
import { blockRows, checkNames, pick, type Pick } from './wanted.ts';

const PREVIEW_ROWS = 8;
/** Rows in which a list is looked for that is not null, to tell the length of all. */
const LENGTH_ROWS = 1024;

interface ReadColumn {
  readonly field: ArrowField;
  readonly column: Column;
}

type Words = Map<number, readonly Cell[]>;

/**
 * Opens an Arrow IPC file or stream, or a Feather file of version 2, plain or compressed with LZ4 or Zstandard: columns
 * of numbers, booleans, texts (also from a dictionary), fixed-size lists and lists of numbers; others are left out and
 * named. Holds one record batch's worth of a column at most, and of plain files only the rows of a block.
 */
export const openArrow: OpenFormat = async (source) => {
  const file = source.name;
  const messages = await arrowMessages(source);
  if (!messages.schema.littleEndian) {
    throw new DataError(file, null, 'its numbers are in big-endian order', 'Save it again on a common machine');
  }
  const records = messages.batches.filter((batch) => batch.dictionary === null);
  const rows = records.reduce((sum, batch) => sum + batch.rows, 0);
  if (rows === 0) throw new DataError(file, null, 'it holds no rows', 'Save at least one row');
  checkNames(
    messages.schema.fields.map((field) => field.name),
    null,
    file,
  );

  const read: ReadColumn[] = [];
  const leftOut: string[] = [];
  for (const field of messages.schema.fields) {
    const column = arrowColumn(field, await dimsOf(field, records, source));
    if (column !== null) read.push({ field, column });
    else leftOut.push(`Column ${quote(field.name)}: its type ${field.type} is not read.`);
  }
  if (read.length === 0) {
    const wrong = `it has no column of numbers, texts or lists of numbers. ${leftOut[0] ?? ''}`;
    throw new DataError(file, null, wrong, 'Save the embeddings as lists of floats');
  }
  const opened: Omit<OpenedFile, 'preview'> = {
    name: file,
    format: 'arrow',
    bytes: source.size,
    rows,
    columns: read.map(({ column }) => column),
    leftOut,
    read: (wanted, sink, checkpoint) => readRows(source, messages, read, wanted, sink, checkpoint),
  };
  return { ...opened, preview: await previewOf(source, messages, read) };
};

/** The length of the first list of a column that is not null; null for other columns and where all are null. */
async function dimsOf(field: ArrowField, records: readonly ArrowBatch[], source: ByteSource): Promise<number | null> {
  if (field.layout.kind !== 'list' || field.dictionary !== null) return null;
  for (const batch of records) {
    if (batch.rows === 0) continue;
    const place = { from: 0, fileRow: 0, rows: Math.min(batch.rows, LENGTH_ROWS), file: source.name };
    const lengths = await listLengths(field, batchBuffers(source, batch), place);
    const found = lengths.find((length) => length !== null && length > 0);
    if (found !== undefined) return found;
  }
  return null;
}

/** Takes the values of a dictionary into `words`, in place of those it had or behind them. */
async function readDictionary(
  source: ByteSource,
  messages: ArrowMessages,
  batch: ArrowBatch,
  words: Words,
): Promise<void> {
  const { id, delta } = batch.dictionary ?? { id: 0, delta: false };
  const layout = messages.schema.dictionaries.get(id);
  if (layout === undefined || layout.kind === 'other' || layout.kind === 'list' || layout.kind === 'fixed-list') return;
  const part: ArrowField = { name: '', type: '', layout, dictionary: null, node: 0, buffer: 0 };
  const buffers = batchBuffers(source, batch);
  const found: Cell[] = delta ? [...(words.get(id) ?? [])] : [];
  const step = 1 << 16;
  for (let from = 0; from < batch.rows; from += step) {
    const place = { from, fileRow: 0, rows: Math.min(step, batch.rows - from), file: source.name };
    for (const cell of await cellValues(part, buffers, place, words)) found.push(cell);
  }
  words.set(id, found);
}

async function previewOf(
  source: ByteSource,
  messages: ArrowMessages,
  columns: readonly ReadColumn[],
): Promise<OpenedFile['preview']> {
  const words: Words = new Map();
  const preview: Record<string, Cell | readonly number[]>[] = [];
  for (const batch of messages.batches) {
    if (batch.dictionary !== null) {
      await readDictionary(source, messages, batch, words);
      continue;
    }
    const rows = Math.min(PREVIEW_ROWS - preview.length, batch.rows);
    if (rows <= 0) continue;
    const buffers = batchBuffers(source, batch);
    const place = { from: 0, fileRow: preview.length, rows, file: source.name };
    const added = Array.from({ length: rows }, (): Record<string, Cell | readonly number[]> => ({}));
    for (const { field, column } of columns) {
      const dims = column.dims;
      const values =
        dims !== null
          ? await vectorValues(field, dims, buffers, place)
          : await cellValues(field, buffers, place, words);
      added.forEach((row, r) => {
        const value = dims === null ? values[r] : Array.from(values.slice(r * dims, (r + 1) * dims), Number);
        Object.defineProperty(row, column.name, { value, enumerable: true });
      });
    }
    preview.push(...added);
    if (preview.length >= PREVIEW_ROWS) break;
  }
  return preview;
}

async function readRows(
  source: ByteSource,
  messages: ArrowMessages,
  columns: readonly ReadColumn[],
  wanted: readonly WantedColumn[],
  sink: RowSink,
  checkpoint: ReadCheckpoint | undefined,
): Promise<number> {
  const picks = pick(
    columns.map(({ column }) => column),
    wanted,
    source.name,
  );
  const step = blockRows(picks);
  const words: Words = new Map();
  let rows = 0;
  for (const batch of messages.batches) {
    if (batch.dictionary !== null) {
      await readDictionary(source, messages, batch, words);
      continue;
    }
    const buffers = batchBuffers(source, batch);
    for (let from = 0; from < batch.rows; from += step) {
      const place = { from, fileRow: rows, rows: Math.min(step, batch.rows - from), file: source.name };
      const block = new Map<string, Float32Array | Float64Array | readonly Cell[]>();
      for (const p of picks) block.set(p.column.name, await valuesOf(columns[p.index].field, p, buffers, place, words));
      await sink({ first: rows, rows: place.rows, columns: block });
      rows += place.rows;
      await checkpoint?.({ bytes: Math.min(source.size, batch.end), rows });
    }
  }
  return rows;
}

async function valuesOf(
  field: ArrowField,
  { column, as }: Pick,
  buffers: BatchBuffers,
  place: Place,
  words: Words,
): Promise<Float32Array | Float64Array | readonly Cell[]> {
  if (column.kind === 'vector') {
    const values = await vectorValues(field, column.dims ?? 1, buffers, place);
    return as === 'cell' ? Array.from(values) : values;
  }
  if (as === 'cell') return cellValues(field, buffers, place, words);
  if (column.kind === 'text') {
    const wrong = `column ${quote(column.name)} holds text where numbers are wanted`;
    throw new DataError(place.file, place.fileRow + 1, wrong, 'Choose a column of numbers');
  }
  return numberValues(field, buffers, place);
}
