import { DataError, grouped } from '../errors.ts';
import { Crc32 } from './crc32.ts';
import type { ByteSource } from './reading.ts';

/** Bytes that come one after another. */
export interface ByteStream {
  /** The next `count` bytes, which may be a view of what the next call overwrites nothing of. */
  take(count: number): Promise<Uint8Array>;
  /** Throws DataError unless nothing is left and the checksum holds. */
  end(): Promise<void>;
  close(): void;
}

/** So small that a piece cannot inflate to more than about 16 MB: deflate reaches 1,032 to 1 at most. */
const PIECE = 1 << 14;

/**
 * Inflates raw deflate data piece by piece, as its bytes are taken. `size` is how many must come out and `crc32` their
 * checksum. Throws DataError, naming `file`, for data that is broken, longer or shorter.
 */
export function inflate(source: ByteSource, size: number, crc32: number, file: string): ByteStream {
  const broken = (wrong: string): DataError => new DataError(file, null, wrong, 'Copy or export it again');
  let at = 0;
  const input = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        if (at >= source.size) {
          controller.close();
          return;
        }
        const end = Math.min(source.size, at + PIECE);
        // A copy, because the stream may take the memory for its own.
        const piece = new Uint8Array(await source.read(at, end));
        at = end;
        controller.enqueue(piece);
      },
    },
    { highWaterMark: 1 },
  );
  const reader = input.pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const sum = new Crc32();
  let rest = new Uint8Array(0);
  let total = 0;

  const more = async (): Promise<Uint8Array | null> => {
    let result: ReadableStreamReadResult<Uint8Array>;
    try {
      result = await reader.read();
    } catch (error) {
      if (error instanceof DataError) throw error;
      throw broken('its compressed data is broken or cut short');
    }
    if (result.done) return null;
    total += result.value.length;
    if (total > size) throw broken(`it inflates to more than the ${grouped(size)} bytes that it is said to hold`);
    sum.add(result.value);
    return result.value;
  };
  return {
    async take(count) {
      const out = new Uint8Array(count);
      let filled = 0;
      while (filled < count) {
        if (rest.length === 0) {
          const next = await more();
          if (next === null) throw broken(`it inflates to ${grouped(total)} bytes, not ${grouped(size)}`);
          rest = next as Uint8Array<ArrayBuffer>;
        }
        const part = rest.subarray(0, count - filled);
        out.set(part, filled);
        filled += part.length;
        rest = rest.subarray(part.length);
      }
      return out;
    },
    async end() {
      while (rest.length > 0 || (await more()) !== null) throw broken('more data follows than its header promises');
      if (sum.value !== crc32) throw broken('its checksum does not hold: the data was damaged');
    },
    close: () => void reader.cancel().catch(() => undefined),
  };
}
