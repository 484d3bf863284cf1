import { parquetMetadataAsync, parquetRead, snappyUncompress } from 'hyparquet';
import type {
  AsyncBuffer,
  ColumnChunk,
  ColumnMetaData,
  CompressionCodec,
  Compressors,
  DecodedArray,
  FileMetaData,
} from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { DataError, grouped, quote } from '../errors.ts';
import { lz4Block } from './lz4.ts';
import type { ByteSource } from './reading.ts';

const SAVE = 'Save it again with df.to_parquet(file)';
/**
 * Decoded at once. Lists become JavaScript arrays, which with their levels take over four times their bytes of a heap that
 * ends at 4 GB: 0.92 GB in one group exhaust it.
 */
const MAX_GROUP_BYTES = 384 * 1024 * 1024;
const MAX_METADATA = 64 << 20;
/** A page that inflates to more than this must not do so by more than {@link MAX_RATIO}. */
const LARGE = 16 << 20;
const MAX_RATIO = 300;

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

/** Of the first rows, no more is read of a column than this. */
const FIRST_BYTES = 8 << 20;
/** Pages are taken until they inflate to this, for the first rows. */
const FIRST_INFLATED = 1 << 20;

/**
 * The first pages of these columns in one row group: at least one row, usually some hundred. The last row may be cut
 * short where not all pages were taken, and is left out of lists. Throws DataError.
 */
export async function readFirstPages(
  source: ByteSource,
  metadata: FileMetaData,
  group: number,
  columns: readonly string[],
  rows: number,
): Promise<Map<string, DecodedArray[]>> {
  const chosen = metadata.row_groups[group];
  const cut = new Set<string>();
  const chunks: ColumnChunk[] = [];
  for (const chunk of chosen.columns) {
    const meta = chunk.meta_data;
    if (meta === undefined || !columns.includes(meta.path_in_schema[0])) continue;
    const { packed } = await parquetSafely(source, () => checkChunk(source, meta, true));
    if (BigInt(packed) < meta.total_compressed_size) cut.add(meta.path_in_schema[0]);
    chunks.push({ ...chunk, meta_data: { ...meta, total_compressed_size: BigInt(packed) } });
  }
  const shorter = { ...metadata, row_groups: [{ ...chosen, columns: chunks }] };
  const pages = await decode(source, shorter, columns, chunks, 0, Math.min(rows, Number(chosen.num_rows)));
  for (const name of cut) {
    const last = pages.get(name)?.at(-1);
    if (Array.isArray(last) && last.length > 1 && Array.isArray(last[last.length - 1])) last.pop();
  }
  return pages;
}

/**
 * The pages of these columns in one row group, in order. First the headers of all pages are held against what the footer
 * and the file's size allow. Throws DataError.
 */
export async function readGroup(
  source: ByteSource,
  metadata: FileMetaData,
  group: number,
  columns: readonly string[],
): Promise<Map<string, DecodedArray[]>> {
  const { row_groups: groups } = metadata;
  const first = groups.slice(0, group).reduce((sum, g) => sum + Number(g.num_rows), 0);
  const chunks = groups[group].columns.filter(
    ({ meta_data: meta }) => meta !== undefined && columns.includes(meta.path_in_schema[0]),
  );
  let bytes = 0;
  for (const { meta_data: meta } of chunks) {
    if (meta !== undefined) bytes += (await parquetSafely(source, () => checkChunk(source, meta, false))).inflated;
  }
  if (bytes > MAX_GROUP_BYTES) {
    const wrong = `row group ${group + 1} has ${grouped(bytes)} bytes in the chosen columns, which would be held at once`;
    throw new DataError(source.name, null, wrong, 'Save smaller groups: df.to_parquet(file, row_group_size=10000)');
  }
  return decode(source, metadata, columns, chunks, first, first + Number(groups[group].num_rows));
}

function decode(
  source: ByteSource,
  metadata: FileMetaData,
  columns: readonly string[],
  chunks: readonly ColumnChunk[],
  rowStart: number,
  rowEnd: number,
): Promise<Map<string, DecodedArray[]>> {
  const pages = new Map<string, DecodedArray[]>(columns.map((name) => [name, []]));
  const codecs = new Set(chunks.flatMap(({ meta_data: meta }) => (meta === undefined ? [] : [meta.codec])));
  return parquetSafely(source, async () => {
    await parquetRead({
      file: asyncBuffer(source),
      metadata,
      columns: [...columns],
      rowStart,
      rowEnd,
      compressors: await guardedCodecs([...codecs]),
      geoparquet: false,
      onChunk: ({ columnName, columnData }) => pages.get(columnName)?.push(columnData),
    });
    return pages;
  });
}

/**
 * Walks the headers of a chunk's pages: all of them, or those of the first rows. Gives the bytes that they take in the
 * file and inflate to.
 */
async function checkChunk(
  source: ByteSource,
  meta: ColumnMetaData,
  onlyFirst: boolean,
): Promise<{ packed: number; inflated: number }> {
  const name = quote(meta.path_in_schema[0]);
  const fail = (wrong: string): DataError => new DataError(source.name, null, `column ${name}: ${wrong}`, SAVE);
  const start = Number(meta.dictionary_page_offset || meta.data_page_offset);
  const length = Number(meta.total_compressed_size);
  if (!(start >= 0 && length >= 0 && start + length <= source.size)) {
    throw fail('its data is said to stand beyond the file');
  }
  // A run of one value costs a few bytes however long it is; rows that cost so little hold nothing.
  const most = (1 << 20) + 64 * length;
  const promised = Number(meta.num_values);
  if (!(promised >= 0 && promised <= most))
    throw fail(`${grouped(promised)} values are said to fill ${grouped(length)} bytes`);
  const bytes = await source.read(start, start + (onlyFirst ? Math.min(length, FIRST_BYTES) : length));
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  let values = 0;
  let inflated = 0;
  while (reader.offset < bytes.length - 1 && values < promised) {
    const header = parquetHeader(reader);
    const { compressed_page_size: packed, uncompressed_page_size: size } = header;
    // A first page so large is read whole.
    if (bytes.length < length && reader.offset + packed > bytes.length) return checkChunk(source, meta, false);
    if (!(packed >= 0 && size >= 0 && reader.offset + packed <= bytes.length)) throw fail('a page leaves the file');
    if (size > LARGE && size > MAX_RATIO * packed) {
      throw fail(`a page is said to inflate from ${grouped(packed)} to ${grouped(size)} bytes`);
    }
    inflated += size;
    reader.offset += packed;
    const count = (header.data_page_header ?? header.data_page_header_v2)?.num_values ?? 0;
    const words = header.dictionary_page_header?.num_values ?? 0;
    if (!(count >= 0 && words >= 0 && words <= most)) throw fail('a page is said to hold a negative number of values');
    values += count;
    if (onlyFirst && inflated >= FIRST_INFLATED && values > 0) return { packed: reader.offset, inflated };
  }
  if (bytes.length < length && values < promised) return checkChunk(source, meta, false);
  if (values !== promised) throw fail(`its pages hold ${grouped(values)} values, not ${grouped(promised)}`);
  return { packed: length, inflated };
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

/** Loads only what the codecs in use need. */
async function guardedCodecs(codecs: readonly CompressionCodec[]): Promise<Compressors> {
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
