import { parquetMetadataAsync, snappyUncompress } from 'hyparquet';
import type { AsyncBuffer, CompressionCodec, Compressors, FileMetaData } from 'hyparquet';
import { DataError, grouped } from '../errors.ts';
import { lz4Block } from './lz4.ts';
import type { ByteSource } from './reading.ts';

const SAVE = 'Save it again with df.to_parquet(file)';
const MAX_METADATA = 64 << 20;
/** What hyparquet throws on damaged files is of any kind; a DataError passes. */
export async function parquetSafely<T>(source: ByteSource, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof DataError) throw error;
    // Where damage leads its code astray, the message is about that code and tells a person nothing.
    const astray = !(error instanceof Error) || error instanceof TypeError || error instanceof RangeError;
    const why = astray ? 'its parts do not fit together' : error.message;
    throw new DataError(source.name, null, `it cannot be read as Parquet (${why})`, SAVE);
  }
}

/** The footer of a Parquet file, its places checked against the size of the file. Throws DataError. */
export async function parquetFooter(source: ByteSource): Promise<FileMetaData> {
  const cut = 'it is cut short: the mark PAR1 at its end is missing';
  if (source.size < 12) throw new DataError(source.name, null, cut, 'Copy or download it again');
  const tail = await source.read(source.size - 8, source.size);
  if (String.fromCharCode(...tail.subarray(4)) !== 'PAR1') {
    throw new DataError(source.name, null, cut, 'Copy or download it again');
  }
  const length = new DataView(tail.buffer, tail.byteOffset).getUint32(0, true);
  if (length > source.size - 12 || length > MAX_METADATA) {
    throw new DataError(source.name, null, `its footer is said to be ${grouped(length)} bytes long`, SAVE);
  }
  return parquetSafely(source, () =>
    parquetMetadataAsync(asyncBuffer(source), { initialFetchSize: length + 8, geoparquet: false }),
  );
}

function asyncBuffer(source: ByteSource): AsyncBuffer {
  return {
    byteLength: source.size,
    async slice(start, end = source.size) {
      if (!(start >= 0 && start <= end && end <= source.size)) throw new RangeError('bytes beyond the file');
      return new Uint8Array(await source.read(start, end)).buffer;
    },
  };
}

/** How to decompress pages of these codecs; loads only what they need. */
export async function guardedCodecs(codecs: readonly CompressionCodec[]): Promise<Compressors> {
  const rest = codecs.filter((codec) => !['UNCOMPRESSED', 'SNAPPY', 'ZSTD', 'LZ4_RAW'].includes(codec));
  const extra: Compressors = rest.length > 0 ? (await import('hyparquet-compressors')).compressors : {};
  const zstd = codecs.includes('ZSTD') ? (await import('./zstd.ts')).zstdFrame : undefined;
  return {
    ...Object.fromEntries(rest.map((codec) => [codec, extra[codec]])),
    SNAPPY(input, length) {
      const out = new Uint8Array(length);
      snappyUncompress(input, out);
      return out;
    },
    ...(zstd === undefined ? {} : { ZSTD: zstd }),
    LZ4_RAW(input, length) {
      const out = new Uint8Array(length);
      if (lz4Block(input, out, 0) !== length) throw new RangeError('an LZ4 page has another length');
      return out;
    },
  };
}
