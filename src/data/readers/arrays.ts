import { DataError, grouped, quote } from '../errors.ts';
import { cellsOf, kindOf, numbersOf, type Elements } from './elements.ts';
import type {
  ByteSource,
  Cell,
  Column,
  FormatId,
  OpenedFile,
  ReadCheckpoint,
  RowSink,
  WantedColumn,
} from './reading.ts';
import { blockRows, pick, type Pick } from './wanted.ts';

/** The bytes of consecutive rows, row-major; asked for in order, from row 0 on. */
export interface RowBytes {
  rows(first: number, count: number): Promise<Uint8Array>;
  close(): void;
}

/** An array of a file: one column. */
export interface StoredArray {
  readonly name: string;
  readonly rows: number;
  /** Null for one dimension. */
  readonly dims: number | null;
  /** As the file says it. */
  readonly type: string;
  readonly elements: Elements;
  open(): Promise<RowBytes>;
}

const PREVIEW_ROWS = 8;
/** Longer rows are no embeddings, and a block holds whole rows. */
const MAX_ROW_BYTES = 32 << 20;

/** Rows of an array in C order at the start of a source. */
export function rowsInOrder(source: ByteSource, rowBytes: number): RowBytes {
  return {
    rows: (first, count) => source.read(first * rowBytes, (first + count) * rowBytes),
    close() {},
  };
}

/** Rows of an array in Fortran order at the start of a source: gathers a slice of every column. */
export function rowsOfColumns(source: ByteSource, rows: number, dims: number, width: number): RowBytes {
  const together = 64;
  return {
    async rows(first, count) {
      const out = new Uint8Array(count * dims * width);
      for (let from = 0; from < dims; from += together) {
        const to = Math.min(dims, from + together);
        const columns: Promise<Uint8Array>[] = [];
        for (let c = from; c < to; c++) {
          const start = (c * rows + first) * width;
          columns.push(source.read(start, start + count * width));
        }
        const slices = await Promise.all(columns);
        for (let r = 0; r < count; r++) {
          let at = (r * dims + from) * width;
          for (const slice of slices) {
            for (let k = r * width; k < (r + 1) * width; k++) out[at++] = slice[k];
          }
        }
      }
      return out;
    },
    close() {},
  };
}

/** The file whose columns are these arrays, all of `rows` rows. */
export async function openArrays(
  source: ByteSource,
  format: FormatId,
  arrays: readonly StoredArray[],
  leftOut: readonly string[] = [],
): Promise<OpenedFile> {
  const rows = arrays[0].rows;
  for (const array of arrays) checkRowBytes(array, source.name);
  const columns = arrays.map(columnOf);
  const file: Omit<OpenedFile, 'preview'> = {
    name: source.name,
    format,
    bytes: source.size,
    rows,
    columns,
    leftOut,
    read: (wanted, sink, checkpoint) => readArrays(source, arrays, columns, wanted, sink, checkpoint),
  };
  return { ...file, preview: await previewOf(arrays, columns, source.name) };
}

function checkRowBytes({ name, dims, elements }: StoredArray, file: string): void {
  if ((dims ?? 1) * elements.width <= MAX_ROW_BYTES) return;
  const wrong = `a row of ${quote(name)} has ${grouped(dims ?? 1)} values of ${elements.width} bytes`;
  throw new DataError(file, null, wrong, 'Give rows × numbers, not numbers × rows: save x.T, or reshape it');
}

function columnOf({ name, dims, type, elements }: StoredArray): Column {
  return dims === null ? { name, kind: kindOf(elements.type), dims: null, type } : { name, kind: 'vector', dims, type };
}

async function previewOf(
  arrays: readonly StoredArray[],
  columns: readonly Column[],
  file: string,
): Promise<OpenedFile['preview']> {
  const count = Math.min(PREVIEW_ROWS, arrays[0].rows);
  const preview = Array.from({ length: count }, (): Record<string, Cell | readonly number[]> => ({}));
  for (let a = 0; a < arrays.length; a++) {
    const { name, dims, elements } = arrays[a];
    const bytes = await arrays[a].open();
    try {
      const raw = await bytes.rows(0, count);
      const values = dims === null ? cellsOf(raw, elements, 0, file) : numbersOf(raw, elements, 0, dims, file);
      preview.forEach((row, r) => {
        const numbers =
          columns[a].kind === 'vector'
            ? Array.from(values.slice(r * (dims ?? 1), (r + 1) * (dims ?? 1)), Number)
            : null;
        Object.defineProperty(row, name, { value: numbers ?? values[r], enumerable: true });
      });
    } finally {
      bytes.close();
    }
  }
  return preview;
}

async function readArrays(
  source: ByteSource,
  arrays: readonly StoredArray[],
  columns: readonly Column[],
  wanted: readonly WantedColumn[],
  sink: RowSink,
  checkpoint: ReadCheckpoint | undefined,
): Promise<number> {
  const picks = pick(columns, wanted, source.name);
  const total = arrays[0].rows;
  const step = blockRows(picks);
  const opened = new Map<number, RowBytes>();
  try {
    for (const { index } of picks) if (!opened.has(index)) opened.set(index, await arrays[index].open());
    for (let first = 0; first < total; first += step) {
      const rows = Math.min(step, total - first);
      const raw = new Map<number, Uint8Array>();
      for (const [index, bytes] of opened) raw.set(index, await bytes.rows(first, rows));
      const block = new Map<string, Float32Array | Float64Array | readonly Cell[]>();
      for (const p of picks) {
        const bytes = raw.get(p.index);
        if (bytes !== undefined) block.set(p.column.name, decoded(bytes, arrays[p.index], p, first, source.name));
      }
      await sink({ first, rows, columns: block });
      const done = first + rows;
      await checkpoint?.({ bytes: Math.round((source.size * done) / total), rows: done });
    }
  } finally {
    for (const bytes of opened.values()) bytes.close();
  }
  return total;
}

function decoded(
  bytes: Uint8Array,
  { elements, dims }: StoredArray,
  { as }: Pick,
  first: number,
  file: string,
): Float32Array | Float64Array | readonly Cell[] {
  return as === 'cell' ? cellsOf(bytes, elements, first, file) : numbersOf(bytes, elements, first, dims ?? 1, file);
}

/** Throws DataError unless all arrays have equally many rows, which makes them columns of one table. */
export function checkEqualRows(arrays: readonly StoredArray[], file: string): void {
  const other = arrays.find((array) => array.rows !== arrays[0].rows);
  if (other === undefined) return;
  const [a, b] = [arrays[0], other].map(({ name, rows }) => `${quote(name)} has ${grouped(rows)}`);
  const wrong = `its arrays have unequal numbers of rows: ${a}, ${b}`;
  throw new DataError(file, null, wrong, 'Save arrays of the same rows in one file, others in a file of their own');
}
