import { checkFinite } from './checks.ts';
import { float16Table } from './float16.ts';
import { parseNpyHeader, type NpyHeader, type NpyType } from './npyHeader.ts';

export { parseNpyHeader };
export type { NpyHeader, NpyType };

export interface NpyArray {
  /** Row-major, rows × dims, whatever order the file has. Float64Array for float64 files, else Float32Array: exact. */
  readonly values: Float32Array | Float64Array;
  readonly rows: number;
  readonly dims: number;
  readonly dtype: NpyType;
}

/** Where the caller wants the numbers; the array it returns must hold rows × dims numbers. */
export type Destination = (rows: number, dims: number) => Float32Array;

const HOST_LITTLE = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * Reads a .npy file: float16, float32, float64, int8 or uint8, either byte order, C or Fortran order, one or two
 * dimensions (a one-dimensional array of n numbers is n rows × 1).
 *
 * `into` supplies the destination (memory of a WebAssembly module, say) and is not called for float64 files, which keep
 * their precision in a Float64Array. Without it a C-ordered float32 or float64 file may come back as a view of `bytes`.
 * Throws DataError for anything that is not such a file, and for NaN or infinity, with row and column.
 */
export function readNpy(bytes: Uint8Array, file: string, into?: Destination): NpyArray {
  const header = parseNpyHeader(bytes, file);
  const { rows, dims, dtype } = header;
  const values =
    header.fortranOrder && rows > 1 && dims > 1 ? readColumns(bytes, header, into) : readRows(bytes, header, into);
  checkFinite(values, dims, file);
  return { values, rows, dims, dtype };
}

function destination(header: NpyHeader, into: Destination | undefined): Float32Array | Float64Array {
  const length = header.rows * header.dims;
  if (header.dtype === 'float64') return new Float64Array(length);
  const out = into === undefined ? new Float32Array(length) : into(header.rows, header.dims);
  if (out.length !== length) throw new RangeError(`the destination holds ${out.length} numbers, not ${length}`);
  return out;
}

function readRows(bytes: Uint8Array, header: NpyHeader, into: Destination | undefined): Float32Array | Float64Array {
  const source = stored(bytes, header);
  if (source instanceof Float64Array || (source instanceof Float32Array && into === undefined)) return source;
  const out = destination(header, into);
  if (source instanceof Uint16Array) {
    const wide = float16Table();
    for (let i = 0; i < out.length; i++) out[i] = wide[source[i]];
  } else {
    out.set(source);
  }
  return out;
}

/** Fortran order: transposes in tiles, so that neither side is walked a cache line at a time. */
function readColumns(bytes: Uint8Array, header: NpyHeader, into: Destination | undefined): Float32Array | Float64Array {
  const { rows, dims } = header;
  const source = stored(bytes, header);
  const out = destination(header, into);
  const wide = source instanceof Uint16Array ? float16Table() : null;
  const tile = 32;
  for (let r0 = 0; r0 < rows; r0 += tile) {
    const r1 = Math.min(rows, r0 + tile);
    for (let c0 = 0; c0 < dims; c0 += tile) {
      const c1 = Math.min(dims, c0 + tile);
      for (let r = r0; r < r1; r++) {
        for (let c = c0; c < c1; c++) {
          const v = source[c * rows + r];
          out[r * dims + c] = wide === null ? v : wide[v];
        }
      }
    }
  }
  return out;
}

type Stored = Uint16Array | Float32Array | Float64Array | Int8Array | Uint8Array;

/** The numbers as the file stores them (float16 as bit patterns), in this machine's byte order. */
function stored(bytes: Uint8Array, header: NpyHeader): Stored {
  const { dtype, bytesPerValue: width, dataOffset } = header;
  const length = header.rows * header.dims;
  let buffer = bytes.buffer;
  let offset = bytes.byteOffset + dataOffset;
  const swap = width > 1 && header.littleEndian !== HOST_LITTLE;
  if (swap || offset % width !== 0) {
    const copy = bytes.slice(dataOffset);
    if (swap) reverseBytes(copy, width);
    buffer = copy.buffer;
    offset = copy.byteOffset;
  }
  if (dtype === 'float16') return new Uint16Array(buffer, offset, length);
  if (dtype === 'float32') return new Float32Array(buffer, offset, length);
  if (dtype === 'float64') return new Float64Array(buffer, offset, length);
  if (dtype === 'int8') return new Int8Array(buffer, offset, length);
  return new Uint8Array(buffer, offset, length);
}

function reverseBytes(bytes: Uint8Array, width: number): void {
  for (let start = 0; start < bytes.length; start += width) {
    for (let a = start, b = start + width - 1; a < b; a++, b--) {
      const kept = bytes[a];
      bytes[a] = bytes[b];
      bytes[b] = kept;
    }
  }
}
