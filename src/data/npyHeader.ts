import { DataError, grouped, quote } from './errors.ts';
import { parsePythonLiteral, type PythonLiteral } from './pythonLiteral.ts';

export type NpyType = 'float16' | 'float32' | 'float64' | 'int8' | 'uint8';

export interface NpyHeader {
  readonly dtype: NpyType;
  readonly littleEndian: boolean;
  readonly fortranOrder: boolean;
  readonly rows: number;
  /** Numbers a row; 1 for a one-dimensional array. */
  readonly dims: number;
  /** Where the numbers start, in bytes. */
  readonly dataOffset: number;
  readonly bytesPerValue: 1 | 2 | 4 | 8;
}

const TYPES: Readonly<Record<string, readonly [NpyType, 1 | 2 | 4 | 8]>> = {
  f2: ['float16', 2],
  f4: ['float32', 4],
  f8: ['float64', 8],
  i1: ['int8', 1],
  u1: ['uint8', 1],
};
const MAX_HEADER = 1 << 20;
const SAVE = 'Save it again with numpy.save(file, x.astype("float32"))';

/** Number types that a column of a .npy file may have beyond those of embeddings. */
export type NpyColumnType =
  NpyType | 'int16' | 'uint16' | 'int32' | 'uint32' | 'int64' | 'uint64' | 'bool' | 'utf32' | 'bytes';

/** As {@link NpyHeader}, of any type that a column may have; `dims` is null for a one-dimensional array. */
export interface NpyColumnHeader {
  readonly dtype: NpyColumnType;
  /** As the file says it, such as "<f4". */
  readonly descr: string;
  readonly littleEndian: boolean;
  readonly fortranOrder: boolean;
  readonly rows: number;
  readonly dims: number | null;
  readonly dataOffset: number;
  /** For text, the room of one cell. */
  readonly bytesPerValue: number;
}

/**
 * Reads the header of a .npy file (NumPy's format, versions 1 to 3) and checks that the file holds as many bytes as the
 * header promises. Throws DataError on anything else; never looks past `bytes`.
 */
export function parseNpyHeader(bytes: Uint8Array, file: string): NpyHeader {
  const span = npyHeaderSpan(bytes, bytes.length, file);
  const dict = headerDict(headerText(bytes, span, file), file);
  const { dtype, bytesPerValue, littleEndian } = elementType(dict.get('descr'), file);
  const fortranOrder = fortran(dict, file);
  const [rows, dims = 1] = shapeOf(dict.get('shape'), file);
  checkLength(rows, dims, dtype, bytesPerValue, bytes.length - span.end, file);
  return { dtype, littleEndian, fortranOrder, rows, dims, dataOffset: span.end, bytesPerValue };
}

/**
 * As {@link parseNpyHeader}, for a file of `size` bytes of which `bytes` are the first, at least up to `end` of
 * {@link npyHeaderSpan}; integers of any width, bool and fixed-width text are known too.
 */
export function parseNpyColumnHeader(bytes: Uint8Array, size: number, file: string): NpyColumnHeader {
  const span = npyHeaderSpan(bytes, size, file);
  const dict = headerDict(headerText(bytes, span, file), file);
  const descr = dict.get('descr');
  const type = columnType(descr) ?? elementType(descr, file);
  const fortranOrder = fortran(dict, file);
  const [rows, dims = null] = shapeOf(dict.get('shape'), file);
  checkLength(rows, dims ?? 1, type.dtype, type.bytesPerValue, size - span.end, file);
  return { ...type, descr: String(descr), fortranOrder, rows, dims, dataOffset: span.end };
}

export interface NpyHeaderSpan {
  readonly version: number;
  readonly start: number;
  readonly end: number;
}

/** Bytes that say how long the header is. */
export const NPY_PREFIX = 12;

/** Where the text of the header stands, told by the first {@link NPY_PREFIX} bytes of a file of `size`. */
export function npyHeaderSpan(bytes: Uint8Array, size: number, file: string): NpyHeaderSpan {
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
  if (size === 0) throw new DataError(file, null, 'it is empty', 'Give a .npy file that numpy.save wrote');
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    throw new DataError(file, null, 'it is a zip archive (.npz?), not a .npy array', 'Save one array with numpy.save');
  }
  if (magic.some((byte, i) => i < bytes.length && bytes[i] !== byte)) {
    throw new DataError(
      file,
      null,
      'it is not a .npy file: it does not start with the mark \\x93NUMPY',
      'Give a .npy file that numpy.save wrote',
    );
  }
  const cut = (): DataError =>
    new DataError(file, null, 'it is cut short inside its header', 'Copy or export it again');
  if (bytes.length < 8) throw cut();
  const [major, minor] = [bytes[6], bytes[7]];
  if (major < 1 || major > 3 || minor !== 0) {
    throw new DataError(file, null, `its format version ${major}.${minor} is not 1.0, 2.0 or 3.0`, SAVE);
  }
  const start = major === 1 ? 10 : 12;
  if (bytes.length < start) throw cut();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MAX_HEADER) {
    throw new DataError(file, null, `its header is said to be ${grouped(length)} bytes long`, SAVE);
  }
  if (size < start + length) throw cut();
  return { version: major, start, end: start + length };
}

function headerText(bytes: Uint8Array, span: NpyHeaderSpan, file: string): string {
  if (bytes.length < span.end) {
    throw new DataError(file, null, 'it is cut short inside its header', 'Copy or export it again');
  }
  // Versions 1 and 2 are Latin-1, version 3 is UTF-8; what we accept of them is ASCII.
  return new TextDecoder(span.version === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(span.start, span.end));
}

function fortran(dict: ReadonlyMap<string, PythonLiteral>, file: string): boolean {
  const order = dict.get('fortran_order');
  if (typeof order === 'boolean') return order;
  throw new DataError(file, null, 'its header does not say fortran_order True or False', SAVE);
}

function checkLength(rows: number, dims: number, dtype: string, width: number, found: number, file: string): void {
  const expected = rows * dims * width;
  if (found === expected) return;
  const what = dtype === 'utf32' || dtype === 'bytes' ? 'texts' : `${dtype} numbers`;
  const promise = `the header promises ${grouped(rows)} × ${grouped(dims)} ${what}, ${grouped(expected)} bytes`;
  throw found < expected
    ? new DataError(file, null, `it is cut short: ${promise}, but ${grouped(found)} follow`, 'Copy or export it again')
    : new DataError(file, null, `it is too long: ${promise}, but ${grouped(found)} follow`, 'Save one array a file');
}

const COLUMN_TYPES: Readonly<Record<string, readonly [NpyColumnType, number]>> = {
  ...TYPES,
  i2: ['int16', 2],
  u2: ['uint16', 2],
  i4: ['int32', 4],
  u4: ['uint32', 4],
  i8: ['int64', 8],
  u8: ['uint64', 8],
  b1: ['bool', 1],
};

function columnType(
  descr: PythonLiteral | undefined,
): Pick<NpyColumnHeader, 'dtype' | 'bytesPerValue' | 'littleEndian'> | null {
  if (typeof descr !== 'string') return null;
  const parts = /^([<>|])([a-zA-Z])([0-9]{1,7})$/.exec(descr);
  if (parts === null) return null;
  const [, order, kind, size] = parts;
  const littleEndian = order !== '>';
  if (kind === 'U' && order !== '|' && size !== '0')
    return { dtype: 'utf32', bytesPerValue: 4 * Number(size), littleEndian };
  if (kind === 'S' && order === '|' && size !== '0')
    return { dtype: 'bytes', bytesPerValue: Number(size), littleEndian };
  const code = kind + size;
  if (!Object.hasOwn(COLUMN_TYPES, code)) return null;
  const [dtype, bytesPerValue] = COLUMN_TYPES[code];
  return order === '|' && bytesPerValue > 1 ? null : { dtype, bytesPerValue, littleEndian };
}

function headerDict(text: string, file: string): ReadonlyMap<string, PythonLiteral> {
  let literal: PythonLiteral;
  try {
    literal = parsePythonLiteral(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new DataError(file, null, `its header cannot be read: ${error.message}`, SAVE);
  }
  if (!(literal instanceof Map)) throw new DataError(file, null, 'its header is not a Python dict', SAVE);
  return literal;
}

function elementType(
  descr: PythonLiteral | undefined,
  file: string,
): Pick<NpyHeader, 'dtype' | 'bytesPerValue' | 'littleEndian'> {
  if (Array.isArray(descr)) {
    throw new DataError(
      file,
      null,
      'it holds a structured array (named fields)',
      'Save one plain two-dimensional array',
    );
  }
  if (typeof descr !== 'string') throw new DataError(file, null, 'its header names no number type (descr)', SAVE);
  const order = descr.slice(0, 1);
  const code = descr.slice(1);
  if (code.startsWith('O')) {
    throw new DataError(file, null, 'it holds Python objects, which can run code when read, so it is not opened', SAVE);
  }
  const known = Object.hasOwn(TYPES, code) ? TYPES[code] : undefined;
  const orderKnown = order === '<' || order === '>' || (order === '|' && known?.[1] === 1);
  if (known === undefined || !orderKnown) {
    const wrong = `it holds numbers of type ${quote(descr)}, not float16, float32, float64, int8 or uint8`;
    throw new DataError(file, null, wrong, SAVE);
  }
  return { dtype: known[0], bytesPerValue: known[1], littleEndian: order !== '>' };
}

function shapeOf(shape: PythonLiteral | undefined, file: string): readonly [number, number?] {
  if (!Array.isArray(shape)) throw new DataError(file, null, 'its header gives no shape', SAVE);
  const sizes: readonly PythonLiteral[] = shape;
  const named = `(${sizes.map(String).join(', ').slice(0, 60)})`;
  if (sizes.length !== 1 && sizes.length !== 2) {
    const wrong = `it has ${sizes.length} dimensions, shape ${named}, not two (rows × numbers)`;
    const remedy = sizes.length > 2 ? 'Reshape to two first: x.reshape(len(x), -1)' : 'Save an array of rows';
    throw new DataError(file, null, wrong, remedy);
  }
  const [rows, dims = 1] = sizes;
  if (typeof rows !== 'number' || typeof dims !== 'number' || !(rows >= 0) || !(dims >= 0)) {
    throw new DataError(file, null, `its shape ${named} is not made of whole numbers`, SAVE);
  }
  if (rows === 0 || dims === 0) {
    throw new DataError(file, null, `it is an empty array of shape ${named}`, 'Save at least one row');
  }
  if (!Number.isSafeInteger(rows * dims * 8)) {
    throw new DataError(file, null, `its shape ${named} is larger than any file`, 'Copy or export it again');
  }
  return sizes.length === 1 ? [rows] : [rows, dims];
}
