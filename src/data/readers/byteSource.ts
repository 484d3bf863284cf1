import { DataError } from '../errors.ts';
import type { ByteSource } from './reading.ts';

/** A buffer as a source; what it reads are views of `bytes`. */
export function bytesSource(bytes: Uint8Array, name: string): ByteSource {
  return {
    name,
    size: bytes.length,
    read: async (start, end) => bytes.subarray(start, end),
  };
}

/** A File or Blob as a source. A read throws DataError where the file changed or went away after it was chosen. */
export function blobSource(blob: Blob, name: string): ByteSource {
  return {
    name,
    size: blob.size,
    async read(start, end) {
      const gone = (): DataError =>
        new DataError(name, null, 'it can no longer be read: it was moved or changed meanwhile', 'Choose it again');
      const bytes = await blob
        .slice(start, end)
        .arrayBuffer()
        .catch(() => Promise.reject(gone()));
      if (bytes.byteLength !== end - start) throw gone();
      return new Uint8Array(bytes);
    },
  };
}

/** The bytes start … end − 1 of a source as a source. */
export function windowSource(source: ByteSource, start: number, end: number): ByteSource {
  return {
    name: source.name,
    size: end - start,
    read: (from, to) => source.read(start + from, start + to),
  };
}
