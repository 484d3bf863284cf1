import type { RowShape, RowStore } from '../../data/own/rows.ts';
import type { NewFile } from './disk.ts';

/** Rows in a file of the private file system, in this machine's own byte order: it never leaves the machine. */
export function rowFile(file: NewFile, { rows, dims, dtype }: RowShape): RowStore {
  const Numbers = dtype === 'float64' ? Float64Array : Float32Array;
  const bytesOfRow = dims * Numbers.BYTES_PER_ELEMENT;
  let buffer = new Uint8Array(0);
  return {
    ...{ rows, dims, dtype },
    write: (first, { buffer: memory, byteOffset, byteLength }) =>
      file.write(new Uint8Array(memory, byteOffset, byteLength), first * bytesOfRow),
    async read(first, count) {
      const bytes = count * bytesOfRow;
      if (buffer.length < bytes) buffer = new Uint8Array(bytes);
      await file.read(buffer.subarray(0, bytes), first * bytesOfRow);
      return new Numbers(buffer.buffer, 0, count * dims);
    },
  };
}
