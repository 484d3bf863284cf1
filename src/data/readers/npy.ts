import { DataError } from '../errors.ts';
import { NPY_PREFIX, npyHeaderSpan, parseNpyColumnHeader, type NpyColumnHeader } from '../npyHeader.ts';
import { openArrays, rowsInOrder, rowsOfColumns, type RowBytes, type StoredArray } from './arrays.ts';
import { windowSource } from './byteSource.ts';
import type { Elements } from './elements.ts';
import type { ByteSource, OpenFormat } from './reading.ts';

/** Opens a .npy file: its one array is the column 'values'. */
export const openNpy: OpenFormat = async (source) => {
  const header = await readNpyHeader(source);
  return openArrays(source, 'npy', [npyArray('values', header, async () => npyRows(source, header), source.name)]);
};

/** The header of a .npy file, checked against the size of the file. */
export async function readNpyHeader(source: ByteSource): Promise<NpyColumnHeader> {
  const prefix = await source.read(0, Math.min(source.size, NPY_PREFIX));
  const { end } = npyHeaderSpan(prefix, source.size, source.name);
  return parseNpyColumnHeader(await source.read(0, end), source.size, source.name);
}

export function npyElements({ dtype, bytesPerValue, littleEndian }: NpyColumnHeader): Elements {
  return { type: dtype, width: bytesPerValue, littleEndian };
}

/** Throws DataError for texts in two dimensions. */
export function npyArray(
  name: string,
  header: NpyColumnHeader,
  open: () => Promise<RowBytes>,
  file: string,
): StoredArray {
  const { rows, dims, dtype, descr } = header;
  const text = dtype === 'utf32' || dtype === 'bytes';
  if (text && dims !== null) {
    throw new DataError(file, null, 'it holds texts in two dimensions', 'Save numbers, or one text a row');
  }
  return { name, rows, dims, type: text ? descr : dtype, elements: npyElements(header), open };
}

/** The rows of a .npy file that can be read at any place. */
export function npyRows(source: ByteSource, header: NpyColumnHeader): RowBytes {
  const { rows, dims, bytesPerValue, dataOffset, fortranOrder } = header;
  const data = windowSource(source, dataOffset, source.size);
  return fortranOrder && dims !== null && dims > 1 && rows > 1
    ? rowsOfColumns(data, rows, dims, bytesPerValue)
    : rowsInOrder(data, (dims ?? 1) * bytesPerValue);
}
