import { DataError, grouped, quote } from '../errors.ts';
import type { BatchBuffers } from './arrowBuffers.ts';
import type { ArrowField, ArrowLayout } from './arrowSchema.ts';
import { wrongLength } from './csv.ts';
import { numbersOf } from './elements.ts';
import type { Cell } from './reading.ts';

type Numbers = Float32Array | Float64Array;

export interface Place {
  /** 0-based first row in the batch, and in the file. */
  readonly from: number;
  readonly fileRow: number;
  readonly rows: number;
  readonly file: string;
}

/** Whether each of the rows holds a value; null where all do. */
async function validity(buffers: BatchBuffers, buffer: number, from: number, rows: number): Promise<boolean[] | null> {
  const first = from >> 3;
  const bits = await buffers.read(buffer, first, (from + rows + 7) >> 3);
  if (bits === null || bits.length === 0) return null;
  return Array.from({ length: rows }, (_, r) => ((bits[((from + r) >> 3) - first] >> ((from + r) & 7)) & 1) === 1);
}

/** Bytes that must be there where rows are. */
async function need(
  buffers: BatchBuffers,
  buffer: number,
  start: number,
  end: number,
  place: Place,
): Promise<Uint8Array> {
  const bytes = await buffers.read(buffer, start, end);
  if (bytes !== null) return bytes;
  const wrong = `a batch of ${grouped(buffers.batch.rows)} rows holds no bytes for them`;
  throw new DataError(place.file, null, wrong, 'Copy or export it again');
}

/** The values of a column of one number or boolean a row; null as NaN. */
export async function numberValues(
  field: { readonly layout: ArrowLayout; readonly buffer: number },
  buffers: BatchBuffers,
  place: Place,
): Promise<Numbers> {
  const { layout, buffer } = field;
  const { from, rows, fileRow, file } = place;
  const valid = await validity(buffers, buffer, from, rows);
  let values: Numbers;
  if (layout.kind === 'boolean') {
    const first = from >> 3;
    const bits = await need(buffers, buffer + 1, first, (from + rows + 7) >> 3, place);
    values = Float32Array.from({ length: rows }, (_, r) => (bits[((from + r) >> 3) - first] >> ((from + r) & 7)) & 1);
  } else if (layout.kind === 'number') {
    const bytes = await need(buffers, buffer + 1, from * layout.width, (from + rows) * layout.width, place);
    // What stands under a null is anything.
    const clean = valid === null ? bytes : blank(bytes, valid, layout.width);
    values = numbersOf(clean, { type: layout.element, width: layout.width, littleEndian: true }, fileRow, 1, file);
  } else throw new RangeError(`no numbers: ${layout.kind}`);
  return valid === null ? values : withNaN(values, valid, 1);
}

function blank(bytes: Uint8Array, valid: readonly boolean[], width: number): Uint8Array {
  const copy = bytes.slice();
  valid.forEach((v, r) => {
    if (!v) copy.fill(0, r * width, (r + 1) * width);
  });
  return copy;
}

function withNaN(values: Numbers, valid: readonly boolean[], dims: number): Numbers {
  if (valid.every((v) => v)) return values;
  const copy = values.slice();
  valid.forEach((v, r) => {
    if (!v) copy.fill(NaN, r * dims, (r + 1) * dims);
  });
  return copy;
}

/** The places of `rows + 1` offsets, never falling. */
async function offsetsOf(buffers: BatchBuffers, buffer: number, width: 4 | 8, place: Place): Promise<number[]> {
  const { from, rows, file } = place;
  const bytes = await need(buffers, buffer, from * width, (from + rows + 1) * width, place);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const offsets: number[] = [];
  for (let i = 0; i <= rows; i++) {
    const offset = width === 4 ? view.getInt32(4 * i, true) : Number(view.getBigInt64(8 * i, true));
    if (!(offset >= (offsets[i - 1] ?? 0))) {
      throw new DataError(file, place.fileRow + i, 'its offsets run backwards', 'Copy or export it again');
    }
    offsets.push(offset);
  }
  return offsets;
}

/** Texts; null where there is none. */
async function textValues(field: TextPart, buffers: BatchBuffers, place: Place): Promise<Cell[]> {
  const valid = await validity(buffers, field.buffer, place.from, place.rows);
  const offsets = await offsetsOf(buffers, field.buffer + 1, field.offsetBytes, place);
  const bytes = (await buffers.read(field.buffer + 2, offsets[0], offsets[place.rows])) ?? new Uint8Array(0);
  if (bytes.length < offsets[place.rows] - offsets[0]) {
    throw new DataError(place.file, place.fileRow + 1, 'its texts are missing', 'Copy or export it again');
  }
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return Array.from({ length: place.rows }, (_, r) => {
    if (valid !== null && !valid[r]) return null;
    try {
      return decoder.decode(bytes.subarray(offsets[r] - offsets[0], offsets[r + 1] - offsets[0]));
    } catch {
      throw new DataError(place.file, place.fileRow + r + 1, 'its text is not UTF-8', 'Save it as UTF-8');
    }
  });
}

interface TextPart {
  readonly buffer: number;
  readonly offsetBytes: 4 | 8;
}

/** Values of a column of one value a row. `dictionaries` holds the texts of those that are written as places. */
export async function cellValues(
  field: ArrowField,
  buffers: BatchBuffers,
  place: Place,
  dictionaries: ReadonlyMap<number, readonly Cell[]>,
): Promise<Cell[]> {
  const { layout, dictionary } = field;
  if (dictionary !== null) {
    const words = dictionaries.get(dictionary.id) ?? [];
    const places = await numberValues({ layout: dictionary.index, buffer: field.buffer }, buffers, place);
    return Array.from(places, (index, r) => {
      if (Number.isNaN(index)) return null;
      if (index >= 0 && index < words.length) return words[index];
      const wrong = `it names value ${grouped(index)} of a dictionary of ${grouped(words.length)}`;
      throw new DataError(place.file, place.fileRow + r + 1, wrong, 'Copy or export it again');
    });
  }
  if (layout.kind === 'text')
    return textValues({ buffer: field.buffer, offsetBytes: layout.offsetBytes }, buffers, place);
  const valid = await validity(buffers, field.buffer, place.from, place.rows);
  const values = await numberValues(field, buffers, place);
  return Array.from(values, (v, r) => (valid !== null && !valid[r] ? null : layout.kind === 'boolean' ? v === 1 : v));
}

/** How many numbers the list of each row holds; null where the list itself is null. */
export async function listLengths(field: ArrowField, buffers: BatchBuffers, place: Place): Promise<(number | null)[]> {
  if (field.layout.kind !== 'list') throw new RangeError('no list');
  const valid = await validity(buffers, field.buffer, place.from, place.rows);
  const offsets = await offsetsOf(buffers, field.buffer + 1, field.layout.offsetBytes, place);
  return Array.from({ length: place.rows }, (_, r) =>
    valid !== null && !valid[r] ? null : offsets[r + 1] - offsets[r],
  );
}

/** rows × dims numbers of a column of lists, row-major; a null list and null numbers as NaN. */
export async function vectorValues(
  field: ArrowField,
  dims: number,
  buffers: BatchBuffers,
  place: Place,
): Promise<Numbers> {
  const { layout, buffer, name } = field;
  const { from, rows, file, fileRow } = place;
  if (layout.kind !== 'list' && layout.kind !== 'fixed-list') throw new RangeError('no list');
  const child = (start: number, count: number, size: number): Promise<Numbers> => {
    const part = { kind: 'number', element: layout.element, width: layout.width } as const;
    const childBuffer = buffer + (layout.kind === 'list' ? 2 : 1);
    // An integer that is too long is named by the row in which it stands.
    return numberValues({ layout: part, buffer: childBuffer }, buffers, {
      from: start,
      rows: count,
      fileRow,
      file,
    }).catch((error: unknown) => {
      if (!(error instanceof DataError) || error.row === null) throw error;
      const row = fileRow + Math.floor((error.row - 1 - fileRow) / size) + 1;
      throw new DataError(file, row, `a number in ${quote(name)} is beyond ±2^53`, 'Save floats, or text');
    });
  };
  const valid = await validity(buffers, buffer, from, rows);
  if (layout.kind === 'fixed-list') {
    const values = await child(from * dims, rows * dims, dims);
    return valid === null ? values : withNaN(values, valid, dims);
  }
  const offsets = await offsetsOf(buffers, buffer + 1, layout.offsetBytes, place);
  for (let r = 0; r < rows; r++) {
    const length = offsets[r + 1] - offsets[r];
    if (length !== dims && (valid === null || valid[r])) throw wrongLength(length, dims, name, fileRow + r + 1, file);
  }
  const numbers = await child(offsets[0], offsets[rows] - offsets[0], dims);
  if (valid === null || valid.every((v) => v)) return numbers;
  const out = numbers instanceof Float64Array ? new Float64Array(rows * dims) : new Float32Array(rows * dims);
  for (let r = 0; r < rows; r++) {
    if (!valid[r]) out.fill(NaN, r * dims, (r + 1) * dims);
    else out.set(numbers.subarray(offsets[r] - offsets[0], offsets[r + 1] - offsets[0]), r * dims);
  }
  return out;
}
