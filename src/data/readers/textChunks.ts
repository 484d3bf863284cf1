import { DataError } from '../errors.ts';
import type { ByteSource } from './reading.ts';

/** UTF-8 text of a source, piece by piece. */
export interface TextChunks {
  /** The next piece, null at the end; never splits a character. Throws DataError for bytes that are not UTF-8 text. */
  next(): Promise<string | null>;
  /** Bytes read so far. */
  readonly bytes: number;
}

const REMEDY = 'Save it as UTF-8 ("CSV UTF-8" in a spreadsheet)';

/** Decodes `source` in pieces of `size` bytes; drops a byte order mark. */
export function textChunks(source: ByteSource, size = 1 << 20): TextChunks {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let at = 0;
  let ended = false;
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      throw new DataError(source.name, null, 'it is not UTF-8 text', REMEDY);
    }
  };
  return {
    get bytes() {
      return at;
    },
    async next() {
      if (ended) return null;
      if (at >= source.size) {
        ended = true;
        return decode();
      }
      const end = Math.min(source.size, at + size);
      const bytes = await source.read(at, end);
      const [a, b] = [bytes[0], bytes[1]];
      if (at === 0 && ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))) {
        throw new DataError(source.name, null, 'it is UTF-16 text', REMEDY);
      }
      at = end;
      return decode(bytes);
    },
  };
}
