import { DataError, grouped, quote } from '../errors.ts';
import { checkEqualRows, openArrays, rowsInOrder, type StoredArray } from './arrays.ts';
import { windowSource } from './byteSource.ts';
import type { ElementType } from './elements.ts';
import type { ByteSource, OpenFormat } from './reading.ts';

const TYPES: Readonly<Record<string, readonly [ElementType, number]>> = {
  F16: ['float16', 2],
  BF16: ['bfloat16', 2],
  F32: ['float32', 4],
  F64: ['float64', 8],
  I8: ['int8', 1],
  U8: ['uint8', 1],
  I16: ['int16', 2],
  U16: ['uint16', 2],
  I32: ['int32', 4],
  U32: ['uint32', 4],
  I64: ['int64', 8],
  U64: ['uint64', 8],
  BOOL: ['bool', 1],
};
/** The format's own limit. */
const MAX_HEADER = 100_000_000;
const SAVE = 'Save it again with safetensors.numpy.save_file({"embeddings": x}, file)';

/**
 * Opens a .safetensors file (length of the header, header of JSON, data): every tensor of one or two dimensions is a
 * column, and all must have equally many rows. Others are left out and named. Throws DataError for offsets that overlap,
 * leave the file or do not fit the shape.
 */
export const openSafetensors: OpenFormat = async (source) => {
  const { header, start } = await readHeader(source);
  const arrays: StoredArray[] = [];
  const leftOut: string[] = [];
  const spans: (readonly [begin: number, end: number, name: string])[] = [];
  for (const [name, entry] of header) {
    if (name === '__metadata__') continue;
    const { dtype, shape, begin, end } = tensorOf(name, entry, source.name);
    if (end > source.size - start) {
      const wrong = `tensor ${quote(name)} is said to end at byte ${grouped(end)} of ${grouped(source.size - start)}`;
      throw new DataError(source.name, null, wrong, 'Copy or download it again');
    }
    spans.push([begin, end, name]);
    const known = Object.hasOwn(TYPES, dtype) ? TYPES[dtype] : null;
    const numbers = shape.reduce((product, n) => product * n, 1);
    if (known !== null && numbers * known[1] !== end - begin) {
      const wrong = `tensor ${quote(name)} of shape (${shape.join(', ')}) and type ${dtype} is said to fill ${grouped(end - begin)} bytes`;
      throw new DataError(source.name, null, wrong, SAVE);
    }
    if (known === null) leftOut.push(`Tensor ${quote(name)}: its type ${quote(dtype)} is not read.`);
    else if (shape.length !== 1 && shape.length !== 2) {
      leftOut.push(`Tensor ${quote(name)}: it has ${shape.length} dimensions, not one or two.`);
    } else if (numbers === 0) leftOut.push(`Tensor ${quote(name)}: it is empty.`);
    else {
      const [rows, dims = null] = shape;
      const [type, width] = known;
      const data = windowSource(source, start + begin, start + end);
      const open = async (): ReturnType<StoredArray['open']> => rowsInOrder(data, (dims ?? 1) * width);
      arrays.push({ name, rows, dims, type: dtype, elements: { type, width, littleEndian: true }, open });
    }
  }
  checkSpans(spans, source.name);
  if (arrays.length === 0) {
    const wrong = leftOut.length === 0 ? 'it holds no tensors' : `it holds no rows of numbers. ${leftOut[0]}`;
    throw new DataError(source.name, null, wrong, SAVE);
  }
  checkEqualRows(arrays, source.name);
  return openArrays(source, 'safetensors', arrays, leftOut);
};

async function readHeader(source: ByteSource): Promise<{ header: Map<string, unknown>; start: number }> {
  const file = source.name;
  if (source.size < 10)
    throw new DataError(file, null, 'it is cut short inside its header', 'Copy or download it again');
  const prefix = await source.read(0, 8);
  const length = Number(new DataView(prefix.buffer, prefix.byteOffset, 8).getBigUint64(0, true));
  if (length > source.size - 8 || length > MAX_HEADER) {
    const wrong = `its header is said to be ${grouped(length)} bytes long, and the file has ${grouped(source.size)}`;
    throw new DataError(file, null, wrong, 'Copy or download it again');
  }
  const bytes = await source.read(8, 8 + length);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new DataError(file, null, 'its header is not JSON', SAVE);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new DataError(file, null, 'its header is not a JSON object', SAVE);
  }
  return { header: new Map(Object.entries(json)), start: 8 + length };
}

interface Tensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function tensorOf(name: string, entry: unknown, file: string): Tensor {
  const wrong = (what: string): DataError =>
    new DataError(file, null, `its header gives tensor ${quote(name)} no ${what}`, SAVE);
  if (typeof entry !== 'object' || entry === null) throw wrong('description');
  const get = new Map<string, unknown>(Object.entries(entry));
  const [dtype, shape, offsets] = [get.get('dtype'), get.get('shape'), get.get('data_offsets')];
  if (typeof dtype !== 'string') throw wrong('dtype');
  if (!isSizes(shape) || !Number.isSafeInteger(shape.reduce((a, b) => a * b, 8))) throw wrong('shape of whole numbers');
  if (!isSizes(offsets) || offsets.length !== 2 || offsets[0] > offsets[1]) throw wrong('data_offsets from … to');
  return { dtype, shape, begin: offsets[0], end: offsets[1] };
}

function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

/** Tensors must not share bytes. */
function checkSpans(spans: readonly (readonly [number, number, string])[], file: string): void {
  const sorted = [...spans].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i][0] >= sorted[i - 1][1]) continue;
    const wrong = `tensors ${quote(sorted[i - 1][2])} and ${quote(sorted[i][2])} are said to share bytes`;
    throw new DataError(file, null, wrong, SAVE);
  }
}
