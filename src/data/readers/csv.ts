import { DataError, grouped, quote } from '../errors.ts';
import { csvRecords, isBlank, type CsvRecord } from './csvRecords.ts';
import { guessDelimiter, guessKind, namesOf, type Header } from './csvGuess.ts';
import { beyondSafe } from './elements.ts';
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
import { textChunks } from './textChunks.ts';
import { losesDigits, numberIn, numbersIn } from './textNumbers.ts';
import { blockRows, checkNames, pick, type Pick } from './wanted.ts';

const PREVIEW_ROWS = 8;
/** Rows by which the kinds of columns are guessed, and the bytes in which they are looked for. */
const GUESS_ROWS = 100;
const FIRST_BYTES = 1 << 16;

/**
 * Opens comma-, semicolon-, bar- or tab-separated UTF-8 text, with a header or, where the first line holds numbers only,
 * without one. All rows must have equally many cells.
 */
export const openCsv: OpenFormat = async (source) => {
  const file = source.name;
  const { delimiter, header, rows } = await readFirst(source);
  if (rows.length === 0) {
    throw new DataError(file, null, 'it has a header and no rows', 'Add one line a row');
  }
  const columns = header.names.map((name, c): Column => {
    const { kind, dims } = guessKind(rows.map((row) => row.cells[c]));
    return { name, kind, dims, type: 'text' };
  });
  const opened: OpenedFile = {
    name: file,
    format: delimiter === '\t' ? 'tsv' : 'csv',
    bytes: source.size,
    rows: null,
    columns,
    preview: rows.slice(0, PREVIEW_ROWS).map((row) => previewOf(row, columns)),
    read: (wanted, sink, checkpoint) => readRows(source, delimiter, header, columns, wanted, sink, checkpoint),
  };
  return opened;
};

interface First {
  readonly delimiter: string;
  readonly header: Header;
  readonly rows: readonly CsvRecord[];
}

/** The header and the first rows, all of the header's length. */
async function readFirst(source: ByteSource): Promise<First> {
  const file = source.name;
  const start = await textChunks(source, FIRST_BYTES).next();
  const delimiter = guessDelimiter(start ?? '', file);
  const found: CsvRecord[] = [];
  for await (const records of csvRecords(textChunks(source, FIRST_BYTES), delimiter, file)) {
    found.push(...records);
    if (found.length > PREVIEW_ROWS) break;
  }
  const first = found.findIndex((record) => !isBlank(record));
  if (first === -1) {
    throw new DataError(file, null, 'it is empty', 'Give a header line with the names of columns, then one line a row');
  }
  const header = namesOf(found[first], found[first + 1]);
  checkNames(header.names, found[first].line, file);
  const rows = found.slice(first + (header.written ? 1 : 0), first + 1 + GUESS_ROWS);
  for (const row of rows) checkCount(row, header.names.length, file);
  return { delimiter, header, rows };
}

function previewOf(row: CsvRecord, columns: readonly Column[]): Readonly<Record<string, Cell | readonly number[]>> {
  return Object.fromEntries(
    columns.map(({ name, kind }, c) => [
      name,
      kind === 'vector' ? (numbersIn(row.cells[c]) ?? []) : cellOf(row.cells[c]),
    ]),
  );
}

async function readRows(
  source: ByteSource,
  delimiter: string,
  header: Header,
  columns: readonly Column[],
  wanted: readonly WantedColumn[],
  sink: RowSink,
  checkpoint: ReadCheckpoint | undefined,
): Promise<number> {
  const file = source.name;
  const picks = pick(columns, wanted, file);
  const step = blockRows(picks);
  const chunks = textChunks(source);
  let block = newBlock(picks, step);
  let rows = 0;
  let filled = 0;
  let inHeader = true;

  const flush = async (): Promise<void> => {
    if (filled > 0) {
      const given = picks.map((p, i): [string, Filled] => [p.column.name, firstRows(block[i], filled, p.dims)]);
      await sink({ first: rows - filled, rows: filled, columns: new Map(given) });
      block = newBlock(picks, step);
      filled = 0;
    }
    await checkpoint?.({ bytes: chunks.bytes, rows });
  };
  for await (const records of csvRecords(chunks, delimiter, file)) {
    for (const record of records) {
      if (inHeader) {
        // Empty lines above the header are no rows.
        if (isBlank(record)) continue;
        inHeader = false;
        if (header.written) continue;
      }
      checkCount(record, columns.length, file);
      for (let i = 0; i < picks.length; i++) put(block[i], filled, picks[i], record, file);
      filled++;
      rows++;
      if (filled === step) await flush();
    }
    await checkpoint?.({ bytes: chunks.bytes, rows });
  }
  await flush();
  return rows;
}

type Filled = Float64Array | readonly Cell[];

function newBlock(picks: readonly Pick[], rows: number): (Float64Array | Cell[])[] {
  return picks.map((p) => (p.as === 'cell' ? [] : new Float64Array(rows * p.dims)));
}

function firstRows(values: Float64Array | Cell[], rows: number, dims: number): Filled {
  return values instanceof Float64Array ? values.subarray(0, rows * dims) : values;
}

function put(
  out: Float64Array | Cell[],
  row: number,
  { column, index, as, dims }: Pick,
  record: CsvRecord,
  file: string,
): void {
  const cell = record.cells[index];
  if (!(out instanceof Float64Array)) {
    out.push(cellOf(cell));
  } else if (as === 'vector' && column.kind === 'vector') {
    putVector(out, row * dims, dims, cell, column.name, record.line, file);
  } else {
    const value = column.kind === 'vector' ? onlyOne(cell) : numberIn(cell);
    if (value === null) throw notNumber(cell, column.name, record.line, file);
    if (losesDigits(cell, value)) throw beyondSafe(cell, record.line, file);
    out[row] = value;
  }
}

function onlyOne(cell: string): number | null {
  const values = numbersIn(cell);
  return values?.length === 1 ? values[0] : null;
}

function putVector(
  out: Float64Array,
  at: number,
  dims: number,
  cell: string,
  name: string,
  line: number,
  file: string,
): void {
  if (cell.trim() === '') {
    out.fill(NaN, at, at + dims);
    return;
  }
  const values = numbersIn(cell);
  if (values === null) {
    if (cell.includes('...')) {
      const wrong = `the array in column ${quote(name)} was shortened with "..." when it was written`;
      throw new DataError(file, line, wrong, 'Write lists: df[column] = df[column].map(list), then save again');
    }
    const wrong = `column ${quote(name)} holds ${quote(cell)}, not a list of numbers such as [0.1, 0.2]`;
    throw new DataError(file, line, wrong, 'Mend that row');
  }
  if (values.length !== dims) throw wrongLength(values.length, dims, name, line, file);
  out.set(values, at);
}

/** The error for an array that is shorter or longer than those of the first rows. */
export function wrongLength(found: number, dims: number, name: string, row: number, file: string): DataError {
  const wrong = `the array in ${quote(name)} has ${grouped(found)} numbers where that of the first row has ${grouped(dims)}`;
  return new DataError(file, row, wrong, 'Give arrays of equal length');
}

function notNumber(cell: string, name: string, line: number, file: string): DataError {
  const wrong = `column ${quote(name)} holds ${quote(cell)}, which is no number`;
  return new DataError(file, line, wrong, 'Write a number with a decimal point, or leave the cell empty');
}

/** As written; null where empty. A copy of its own, where a long text would keep the piece it was cut from. */
function cellOf(text: string): Cell {
  if (text === '') return null;
  return text.length < 13 ? text : ` ${text}`.slice(1);
}

function checkCount(record: CsvRecord, expected: number, file: string): void {
  const found = record.cells.length;
  if (found === expected) return;
  if (isBlank(record)) {
    throw new DataError(file, record.line, 'the line is empty', 'Remove it: every line is one row');
  }
  const wrong = `it has ${grouped(found)} ${found === 1 ? 'cell' : 'cells'} where the first line has ${grouped(expected)}`;
  throw new DataError(file, record.line, wrong, 'Quote cells that hold the separator, and fill every column');
}
