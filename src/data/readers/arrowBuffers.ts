import { DataError, grouped } from '../errors.ts';
import type { ArrowBatch } from './arrowMessages.ts';
import { lz4Frames } from './lz4.ts';
import type { ByteSource } from './reading.ts';

/** The buffers of one batch; those that are compressed are inflated once and kept until the batch is done. */
export interface BatchBuffers {
  readonly batch: ArrowBatch;
  /** Bytes start … end − 1 of a buffer; null where the buffer is left out, as that of nulls is where there are none. */
  read(buffer: number, start: number, end: number): Promise<Uint8Array | null>;
}

/** A buffer that inflates to more than this must not do so by more than {@link MAX_RATIO}. */
const LARGE = 64 << 20;
const MAX_RATIO = 300;

/** Throws DataError for a buffer shorter than what is asked of it and for broken compressed data. */
export function batchBuffers(source: ByteSource, batch: ArrowBatch): BatchBuffers {
  const inflated = new Map<number, Uint8Array>();
  const broken = (wrong: string): DataError => new DataError(source.name, null, wrong, 'Copy or export it again');

  const whole = async (buffer: number, start: number, length: number): Promise<Uint8Array> => {
    const known = inflated.get(buffer);
    if (known !== undefined) return known;
    const bytes = await source.read(start, start + length);
    if (length < 8) throw broken('a compressed buffer is cut short');
    const size = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0, true));
    const packed = bytes.subarray(8);
    // Minus one marks a buffer that was left as it is.
    if (size !== -1 && !(size >= 0 && (size <= LARGE || size <= MAX_RATIO * packed.length))) {
      throw broken(`a buffer is said to inflate from ${grouped(packed.length)} to ${grouped(size)} bytes`);
    }
    const out = size === -1 ? packed : await inflate(packed, size, batch.codec, broken);
    inflated.set(buffer, out);
    return out;
  };
  return {
    batch,
    async read(buffer, from, to) {
      const place = batch.buffers[buffer];
      if (place === undefined) throw broken('a batch has fewer buffers than its columns need');
      const [start, length] = place;
      if (length === 0) return from === to ? new Uint8Array(0) : null;
      const bytes = batch.codec === 'none' ? null : await whole(buffer, start, length);
      if (to > (bytes === null ? length : bytes.length)) {
        throw broken(`a batch of ${grouped(batch.rows)} rows holds too few bytes for them`);
      }
      return bytes === null ? source.read(start + from, start + to) : bytes.subarray(from, to);
    },
  };
}

async function inflate(
  packed: Uint8Array,
  size: number,
  codec: ArrowBatch['codec'],
  broken: (wrong: string) => DataError,
): Promise<Uint8Array> {
  try {
    if (codec === 'lz4') return lz4Frames(packed, size);
    const { zstdFrame } = await import('./zstd.ts');
    return zstdFrame(packed, size);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw broken(`a compressed buffer is broken (${error.message})`);
  }
}
