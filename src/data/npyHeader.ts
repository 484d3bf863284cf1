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

/**
 * Reads the header of a .npy file (NumPy's format, versions 1 to 3) and checks that the file holds as many bytes as the
 * header promises. Throws DataError on anything else; never looks past `bytes`.
 */
export function parseNpyHeader(bytes: Uint8Array, file: string): NpyHeader {
  const { text, dataOffset } = headerText(bytes, file);
  const dict = headerDict(text, file);
  const { dtype, bytesPerValue, littleEndian } = elementType(dict.get('descr'), file);

  const fortranOrder = dict.get('fortran_order');
  if (typeof fortranOrder !== 'boolean') {
    throw new DataError(file, null, 'its header does not say fortran_order True or False', SAVE);
  }
  const [rows, dims] = shapeOf(dict.get('shape'), file);

  const expected = rows * dims * bytesPerValue;
  const found = bytes.length - dataOffset;
  if (found !== expected) {
    const promise = `the header promises ${grouped(rows)} × ${grouped(dims)} ${dtype} numbers, ${grouped(expected)} bytes`;
    throw found < expected
      ? new DataError(
          file,
          null,
          `it is cut short: ${promise}, but ${grouped(found)} follow`,
          'Copy or export it again',
        )
      : new DataError(file, null, `it is too long: ${promise}, but ${grouped(found)} follow`, 'Save one array a file');
  }
  return { dtype, littleEndian, fortranOrder, rows, dims, dataOffset, bytesPerValue };
}

function headerText(bytes: Uint8Array, file: string): { text: string; dataOffset: number } {
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
  if (bytes.length === 0) throw new DataError(file, null, 'it is empty', 'Give a .npy file that numpy.save wrote');
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
  if (bytes.length < start + length) throw cut();
  const raw = bytes.subarray(start, start + length);
  // Versions 1 and 2 are Latin-1, version 3 is UTF-8; what we accept of them is ASCII.
  return { text: new TextDecoder(major === 3 ? 'utf-8' : 'latin1').decode(raw), dataOffset: start + length };
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

function shapeOf(shape: PythonLiteral | undefined, file: string): readonly [number, number] {
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
  return [rows, dims];
}
