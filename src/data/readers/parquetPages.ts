import type { ColumnMetaData, Compressors, DecodedArray, SchemaTree } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { convert, DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { decompressPage, readDataPage } from 'hyparquet/src/datapage.js';
import { readPlain } from 'hyparquet/src/plain.js';
import { getMaxDefinitionLevel, getMaxRepetitionLevel } from 'hyparquet/src/schema.js';
import { DataError, grouped, quote } from '../errors.ts';
import { readLevels } from './parquetLevels.ts';
import type { ByteSource } from './reading.ts';

const SAVE = 'Save it again with df.to_parquet(file)';
/** A page that inflates to more than this must not do so by more than {@link MAX_RATIO}. */
const LARGE = 16 << 20;
const MAX_RATIO = 300;
/**
 * A page is decoded at once: at most four times its bytes are held meanwhile (packed, inflated, its values moved to where
 * they may start, its levels). DuckDB writes pages of up to 100 MB, other programs of about 1 MB.
 */
const MAX_PAGE_BYTES = 256 << 20;
const MAX_PAGE_VALUES = 64 << 20;
/** Read at once to find a header, and at most where statistics make it long. */
const WINDOW = 8 << 10;
const MAX_WINDOW = 16 << 20;

type Header = ReturnType<typeof parquetHeader>;

/** The values of one data page: one entry for every level, or for every value where a column has none. */
export interface ParquetPage {
  readonly entries: number;
  /** 0 begins a row, 1 continues its list; null where every entry is a row. */
  readonly repetition: Uint8Array | null;
  /** How far each entry is defined; null where every entry has a value. */
  readonly definition: Uint8Array | null;
  /** The values there are, in order. */
  readonly values: DecodedArray;
}

/** The pages of one column in one row group, in order. `path` leads from the schema's root to the column's leaf. */
export interface ParquetChunk {
  /** The values said to be in it, nulls among them. */
  readonly values: number;
  /** Bytes of the largest page, from its header; walks the headers of all pages. Throws DataError. */
  check(): Promise<number>;
  /** Decodes the next data page; null behind the last one. Throws DataError, and what hyparquet throws. */
  next(): Promise<ParquetPage | null>;
}

interface Place {
  readonly header: Header;
  readonly start: number;
  readonly end: number;
}

/** Throws DataError where the chunk leaves the file or is said to hold more values than its bytes allow. */
export function parquetChunk(
  source: ByteSource,
  meta: ColumnMetaData,
  path: readonly SchemaTree[],
  compressors: Compressors,
): ParquetChunk {
  const name = quote(meta.path_in_schema[0]);
  const fail = (wrong: string, remedy = SAVE): DataError =>
    new DataError(source.name, null, `column ${name}: ${wrong}`, remedy);
  const start = Number(meta.dictionary_page_offset || meta.data_page_offset);
  const length = Number(meta.total_compressed_size);
  if (!(start >= 0 && length >= 0 && start + length <= source.size)) {
    throw fail('its data is said to stand beyond the file');
  }
  // A run of one value costs a few bytes however long it is; rows that cost so little hold nothing.
  const most = (1 << 20) + 64 * length;
  const promised = Number(meta.num_values);
  if (!(promised >= 0 && promised <= most)) {
    throw fail(`${grouped(promised)} values are said to fill ${grouped(length)} bytes`);
  }

  /** The places of the pages, dictionaries among them, until the promised values are there. */
  function walk(): () => Promise<Place | null> {
    let at = start;
    let values = 0;
    let window = new Uint8Array(0);
    let from = start;
    const end = start + length;
    return async () => {
      if (at >= end - 1 || values >= promised) {
        if (values !== promised) throw fail(`its pages hold ${grouped(values)} values, not ${grouped(promised)}`);
        return null;
      }
      let size = WINDOW;
      for (;;) {
        const reader = { view: new DataView(window.buffer, window.byteOffset, window.byteLength), offset: at - from };
        const whole = from + window.length >= end || size > MAX_WINDOW;
        if (reader.offset < window.length) {
          let header: Header | null = null;
          try {
            header = parquetHeader(reader);
          } catch (error) {
            // Unless the window cuts the header off.
            if (whole) throw error;
          }
          if (header !== null) {
            const body = from + reader.offset;
            at = body + checked(header, end - body);
            values += (header.data_page_header ?? header.data_page_header_v2)?.num_values ?? 0;
            return { header, start: body, end: at };
          }
          size *= 16;
        }
        from = at;
        window = new Uint8Array(await source.read(at, Math.min(end, at + size)));
      }
    };
  }

  /** Bytes of the page in the file. */
  function checked(header: Header, left: number): number {
    const { compressed_page_size: packed, uncompressed_page_size: size } = header;
    if (!(packed >= 0 && size >= 0 && packed <= left)) throw fail('a page leaves the file');
    if (size > LARGE && size > MAX_RATIO * packed) {
      throw fail(`a page is said to inflate from ${grouped(packed)} to ${grouped(size)} bytes`);
    }
    const count = (header.data_page_header ?? header.data_page_header_v2)?.num_values ?? 0;
    const words = header.dictionary_page_header?.num_values ?? 0;
    if (!(count >= 0 && words >= 0 && words <= most)) throw fail('a page is said to hold a negative number of values');
    if (size > MAX_PAGE_BYTES || Math.max(count, words) > MAX_PAGE_VALUES) {
      const wrong = `a page has ${grouped(size)} bytes and ${grouped(count)} values, which would be held at once`;
      throw fail(wrong, 'Save smaller pages: df.to_parquet(file, row_group_size=10000, data_page_size=1048576)');
    }
    return packed;
  }

  const next = walk();
  const decode = pageDecoder(meta, path, compressors);
  return {
    values: promised,
    async check() {
      const place = walk();
      let largest = 0;
      for (let page = await place(); page !== null; page = await place()) {
        largest = Math.max(largest, page.header.uncompressed_page_size);
      }
      return largest;
    },
    async next() {
      for (;;) {
        const place = await next();
        if (place === null) return null;
        const page = decode(place.header, await source.read(place.start, place.end));
        if (page !== null && page.entries > 0) return page;
      }
    },
  };
}

/** Decodes one page after another; keeps the dictionary, for which it gives null. */
function pageDecoder(
  meta: ColumnMetaData,
  path: readonly SchemaTree[],
  compressors: Compressors,
): (header: Header, bytes: Uint8Array) => ParquetPage | null {
  const { codec, type } = meta;
  const { element } = path[path.length - 1];
  const [maxRepetition, maxDefinition] = [getMaxRepetitionLevel([...path]), getMaxDefinitionLevel([...path])];
  // The levels are read here, so the decoder of values is told of a column without any.
  const plain = { pathInSchema: meta.path_in_schema, type, element, schemaPath: [], codec, parsers: DEFAULT_PARSERS };
  let dictionary: DecodedArray | null = null;

  const inflated = (bytes: Uint8Array, size: number): Uint8Array => {
    const page = decompressPage(bytes, size, codec, compressors);
    // What is said to reach beyond the page must not find other bytes of the file there.
    return page.byteLength === page.buffer.byteLength ? page : page.slice();
  };
  const valuesOf = (bytes: Uint8Array, count: number, encoding: Encoding): DecodedArray => {
    if (count === 0) return [];
    const shown = {
      num_values: count,
      encoding,
      definition_level_encoding: encoding,
      repetition_level_encoding: encoding,
    };
    const { dataPage } = readDataPage(bytes, shown, plain);
    if (!encoding.endsWith('_DICTIONARY')) return compact(convert(dataPage, plain));
    if (dictionary === null) throw new Error('a page refers to a dictionary that is missing');
    return looked(dataPage, dictionary);
  };
  const levels = (bytes: Uint8Array, most: number, count: number): Uint8Array | null =>
    most === 0 ? null : readLevels(bytes, 32 - Math.clz32(most), count);

  return (header, bytes) => {
    const size = header.uncompressed_page_size;
    if (header.type === 'DICTIONARY_PAGE') {
      const words = header.dictionary_page_header?.num_values ?? 0;
      const page = inflated(bytes, size);
      const reader = { view: new DataView(page.buffer, page.byteOffset, page.byteLength), offset: 0 };
      dictionary = compact(convert(readPlain(reader, type, words, element.type_length), plain));
      return null;
    }
    const first = header.data_page_header;
    if (header.type === 'DATA_PAGE' && first !== undefined) {
      const page = inflated(bytes, size);
      const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
      let at = 0;
      const take = (most: number): Uint8Array | null => {
        if (most === 0) return null;
        const span = view.getUint32(at, true);
        if (at + 4 + span > page.length) throw new RangeError('levels leave their page');
        at += 4 + span;
        return levels(page.subarray(at - span, at), most, first.num_values);
      };
      const repetition = take(maxRepetition);
      const definition = take(maxDefinition);
      const count = defined(definition, maxDefinition, first.num_values);
      const values = valuesOf(page.subarray(at), count, first.encoding);
      return paged(first.num_values, count, repetition, definition, values);
    }
    const second = header.data_page_header_v2;
    if (header.type !== 'DATA_PAGE_V2' || second === undefined) throw new Error(`a page of type ${header.type}`);
    const { num_values: entries, repetition_levels_byte_length: r, definition_levels_byte_length: d } = second;
    if (!(r >= 0 && d >= 0 && r + d <= bytes.length)) throw new RangeError('levels leave their page');
    const repetition = levels(bytes.subarray(0, r), maxRepetition, entries);
    const definition = levels(bytes.subarray(r, r + d), maxDefinition, entries);
    const count = defined(definition, maxDefinition, entries);
    const rest = bytes.subarray(r + d);
    // Where all is null there may be nothing to decompress.
    const whole = second.is_compressed === false ? rest.slice() : count > 0 ? inflated(rest, size - r - d) : rest;
    return paged(entries, count, repetition, definition, valuesOf(whole, count, second.encoding));
  };
}

type Encoding = NonNullable<Header['data_page_header']>['encoding'];

function defined(definition: Uint8Array | null, most: number, entries: number): number {
  if (definition === null) return entries;
  let count = 0;
  for (const level of definition) if (level === most) count++;
  return count;
}

function paged(
  entries: number,
  count: number,
  repetition: Uint8Array | null,
  definition: Uint8Array | null,
  values: DecodedArray,
): ParquetPage {
  if (values.length !== count) throw new RangeError(`a page holds ${values.length} values, not ${count}`);
  return { entries, repetition, definition: count === entries ? null : definition, values };
}

/** Numbers that came as a list take half the room as float64. */
function compact(values: DecodedArray): DecodedArray {
  return Array.isArray(values) && values.length > 0 && values.every((v) => typeof v === 'number')
    ? Float64Array.from(values)
    : values;
}

function looked(places: DecodedArray, dictionary: DecodedArray): DecodedArray {
  const out = emptyLike(dictionary, places.length);
  for (let i = 0; i < places.length; i++) {
    const place = Number(places[i]);
    if (!(place < dictionary.length)) throw new RangeError(`word ${place} of a dictionary of ${dictionary.length}`);
    out[i] = dictionary[place];
  }
  return out;
}

function emptyLike(values: DecodedArray, length: number): DecodedArray {
  if (values instanceof Float32Array) return new Float32Array(length);
  if (values instanceof Float64Array) return new Float64Array(length);
  if (values instanceof Int32Array) return new Int32Array(length);
  return new Array<unknown>(length);
}
