import { DataError, quote } from '../errors.ts';
import { float16Table } from '../float16.ts';
import type { Cell, ColumnKind } from './reading.ts';

/** How one value of an array file is stored. */
export type ElementType =
  | 'float16'
  | 'bfloat16'
  | 'float32'
  | 'float64'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'bool'
  | 'utf32'
  | 'bytes';

export interface Elements {
  readonly type: ElementType;
  /** In bytes. */
  readonly width: number;
  readonly littleEndian: boolean;
}

const HOST_LITTLE = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** The kind of a column of one such value a row. */
export function kindOf(type: ElementType): ColumnKind {
  if (type === 'bool') return 'boolean';
  return type === 'utf32' || type === 'bytes' ? 'text' : 'number';
}

/**
 * Stored values as numbers: exact, as float32 where every value of the type is one, else as float64. bool gives 0 and 1.
 * `firstRow` (0-based) and `dims` name the row of an integer beyond ±2^53, a DataError. The result may be a view of `bytes`.
 */
export function numbersOf(
  bytes: Uint8Array,
  { type, width, littleEndian }: Elements,
  firstRow: number,
  dims: number,
  file: string,
): Float32Array | Float64Array {
  const { buffer, byteOffset } = inHostOrder(bytes, width, littleEndian);
  const n = bytes.length / width;
  switch (type) {
    case 'float32':
      return new Float32Array(buffer, byteOffset, n);
    case 'float64':
      return new Float64Array(buffer, byteOffset, n);
    case 'float16': {
      const [table, bits] = [float16Table(), new Uint16Array(buffer, byteOffset, n)];
      const out = new Float32Array(n);
      for (let i = 0; i < n; i++) out[i] = table[bits[i]];
      return out;
    }
    case 'bfloat16': {
      const bits = new Uint16Array(buffer, byteOffset, n);
      const out = new Float32Array(n);
      const words = new Uint32Array(out.buffer);
      for (let i = 0; i < n; i++) words[i] = bits[i] << 16;
      return out;
    }
    case 'int8':
      return Float32Array.from(new Int8Array(buffer, byteOffset, n));
    case 'uint8':
      return Float32Array.from(new Uint8Array(buffer, byteOffset, n));
    case 'int16':
      return Float32Array.from(new Int16Array(buffer, byteOffset, n));
    case 'uint16':
      return Float32Array.from(new Uint16Array(buffer, byteOffset, n));
    case 'int32':
      return Float64Array.from(new Int32Array(buffer, byteOffset, n));
    case 'uint32':
      return Float64Array.from(new Uint32Array(buffer, byteOffset, n));
    case 'int64':
    case 'uint64':
      return longs(bytes, type === 'int64', littleEndian, firstRow, dims, file);
    case 'bool':
      return Float32Array.from(bytes, (byte, i) => {
        if (byte <= 1) return byte;
        const wrong = `a true or false is stored as ${byte}, not 0 or 1`;
        throw new DataError(file, firstRow + Math.floor(i / dims) + 1, wrong, 'Copy or export it again');
      });
    case 'utf32':
    case 'bytes':
      throw new DataError(file, firstRow + 1, 'it holds text where numbers are wanted', 'Choose a column of numbers');
  }
}

/** One stored value a row as cells. */
export function cellsOf(bytes: Uint8Array, elements: Elements, firstRow: number, file: string): readonly Cell[] {
  const { type, width, littleEndian } = elements;
  if (type !== 'utf32' && type !== 'bytes') {
    const numbers = Array.from(numbersOf(bytes, elements, firstRow, 1, file));
    return type === 'bool' ? numbers.map((v) => v === 1) : numbers;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const step = type === 'utf32' ? 4 : 1;
  const cells: string[] = [];
  for (let at = 0; at < bytes.length; at += width) {
    let end = at + width;
    const code = (p: number): number => (step === 4 ? view.getUint32(p, littleEndian) : bytes[p]);
    while (end > at && code(end - step) === 0) end -= step;
    let text = '';
    for (let p = at; p < end; p += step) {
      const point = code(p);
      if (point > (step === 4 ? 0x10ffff : 0x7f)) {
        const wrong = step === 4 ? 'it holds text that is not Unicode' : 'it holds bytes that are not ASCII text';
        throw new DataError(file, firstRow + cells.length + 1, wrong, 'Save the texts with x.astype("U")');
      }
      text += String.fromCodePoint(point);
    }
    cells.push(text);
  }
  return cells;
}

/** `bytes` in this machine's order at an address that a typed array can view; `bytes` itself where it is so already. */
function inHostOrder(bytes: Uint8Array, width: number, littleEndian: boolean): Uint8Array {
  const swap = littleEndian !== HOST_LITTLE && width > 1;
  if (!swap && bytes.byteOffset % width === 0) return bytes;
  const copy = bytes.slice();
  if (!swap) return copy;
  for (let start = 0; start < copy.length; start += width) {
    for (let a = start, b = start + width - 1; a < b; a++, b--) {
      const kept = copy[a];
      copy[a] = copy[b];
      copy[b] = kept;
    }
  }
  return copy;
}

function longs(
  bytes: Uint8Array,
  signed: boolean,
  little: boolean,
  firstRow: number,
  dims: number,
  file: string,
): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out = new Float64Array(bytes.length / 8);
  for (let i = 0; i < out.length; i++) {
    const [highAt, lowAt] = little ? [i * 8 + 4, i * 8] : [i * 8, i * 8 + 4];
    const high = signed ? view.getInt32(highAt, little) : view.getUint32(highAt, little);
    const value = high * 2 ** 32 + view.getUint32(lowAt, little);
    if (!Number.isSafeInteger(value)) {
      const exact = signed ? view.getBigInt64(i * 8, little) : view.getBigUint64(i * 8, little);
      throw beyondSafe(exact, firstRow + Math.floor(i / dims) + 1, file);
    }
    out[i] = value;
  }
  return out;
}

/** The error for an integer that a number of JavaScript cannot hold exactly. */
export function beyondSafe(value: bigint | string, row: number, file: string): DataError {
  const wrong = `the whole number ${quote(String(value))} is beyond ±2^53 and would lose digits`;
  return new DataError(file, row, wrong, 'Save that column as text');
}
