import { DataError, grouped } from '../errors.ts';
import { arrowSchema, type ArrowSchema } from './arrowSchema.ts';
import { FlatTable } from './flatbuffer.ts';
import type { ByteSource } from './reading.ts';

export type Codec = 'none' | 'lz4' | 'zstd';

/** Rows of all columns, or the values of a dictionary: where its buffers stand in the file. */
export interface ArrowBatch {
  readonly rows: number;
  /** Of each node: rows, and how many of them are null. */
  readonly nodes: readonly (readonly number[])[];
  /** Start and length in the file, of each buffer. */
  readonly buffers: readonly (readonly [start: number, length: number])[];
  readonly codec: Codec;
  /** The dictionary whose values these are; null for rows. */
  readonly dictionary: { readonly id: number; readonly delta: boolean } | null;
  /** Where it ends in the file. */
  readonly end: number;
}

export interface ArrowMessages {
  readonly schema: ArrowSchema;
  /** In the order of the file, dictionaries before the rows that use them. */
  readonly batches: readonly ArrowBatch[];
}

const MAGIC = 'ARROW1';
const SCHEMA = 1;
const DICTIONARY = 2;
const RECORDS = 3;
const MAX_METADATA = 64 << 20;
const SAVE = 'Save it again with pyarrow.feather.write_feather(table, file)';

/**
 * Finds the schema and the batches of an Arrow IPC file (Feather version 2 is one) or stream; reads their descriptions
 * only. Every place is checked against the size of the file. Throws DataError.
 */
export async function arrowMessages(source: ByteSource): Promise<ArrowMessages> {
  try {
    const head = await source.read(0, Math.min(source.size, 8));
    return textAt(head, 0) === MAGIC ? await fileMessages(source) : await streamMessages(source, 0);
  } catch (error) {
    if (error instanceof RangeError) throw broken(source, `its description is damaged (${error.message})`);
    throw error;
  }
}

async function fileMessages(source: ByteSource): Promise<ArrowMessages> {
  const cut = (): DataError => broken(source, 'it is cut short: the mark ARROW1 at its end is missing');
  if (source.size < 22) throw cut();
  const tail = await source.read(source.size - 10, source.size);
  if (textAt(tail, 4) !== MAGIC) throw cut();
  const length = new DataView(tail.buffer, tail.byteOffset).getInt32(0, true);
  if (length <= 0 || length > source.size - 18 || length > MAX_METADATA) {
    throw broken(source, `its footer is said to be ${grouped(length)} bytes long`);
  }
  const footer = FlatTable.root(await source.read(source.size - 10 - length, source.size - 10));
  const schema = footer.table(1);
  if (schema === null) throw broken(source, 'its footer names no columns');
  const batches: ArrowBatch[] = [];
  for (const [offset, metadata] of [...footer.structs(2, 3), ...footer.structs(3, 3)]) {
    // A block's length of metadata is 32 bits wide, followed by 4 bytes of padding.
    const found = await messageAt(source, offset, offset + (metadata & 0x7fffffff));
    const batch = found === null ? null : batchOf(source, found);
    if (batch === null) throw broken(source, 'its footer points to what is no batch');
    batches.push(batch);
  }
  return { schema: arrowSchema(schema), batches };
}

async function streamMessages(source: ByteSource, start: number): Promise<ArrowMessages> {
  let schema: ArrowSchema | null = null;
  const batches: ArrowBatch[] = [];
  for (let at = start; at < source.size;) {
    const message = await messageAt(source, at, null);
    if (message === null) break;
    const header = message.table.table(2);
    if (message.table.int8(1) === SCHEMA && header !== null) schema ??= arrowSchema(header);
    const batch = batchOf(source, message);
    if (batch !== null) batches.push(batch);
    at = message.bodyStart + message.table.int64(3);
    if (!(at <= source.size)) throw broken(source, 'it is cut short inside a batch');
  }
  if (schema === null) throw broken(source, 'it names no columns');
  return { schema, batches };
}

interface Message {
  readonly table: FlatTable;
  readonly bodyStart: number;
}

/** Null at the mark of the end of a stream. */
async function messageAt(source: ByteSource, at: number, end: number | null): Promise<Message | null> {
  if (!(at >= 0 && at + 8 <= source.size)) throw broken(source, 'it is cut short between two batches');
  const prefix = await source.read(at, at + 8);
  const view = new DataView(prefix.buffer, prefix.byteOffset, 8);
  // Before version 0.15 the length stood alone.
  const old = view.getUint32(0, true) !== 0xffffffff;
  const length = view.getInt32(old ? 0 : 4, true);
  if (length === 0) return null;
  const start = at + (old ? 4 : 8);
  const stop = start + length;
  if (length > 0 && length <= MAX_METADATA && stop > source.size) {
    throw broken(source, 'it is cut short inside the description of a batch');
  }
  if (length < 0 || length > MAX_METADATA || (end !== null && end > source.size)) {
    throw broken(source, `a batch is said to have a description of ${grouped(length)} bytes`);
  }
  return { table: FlatTable.root(await source.read(start, stop)), bodyStart: stop };
}

function batchOf(source: ByteSource, { table, bodyStart }: Message): ArrowBatch | null {
  const kind = table.int8(1);
  const header = table.table(2);
  if ((kind !== DICTIONARY && kind !== RECORDS) || header === null) return null;
  const records = kind === RECORDS ? header : header.table(1);
  if (records === null) throw new RangeError('a dictionary without values');
  const end = bodyStart + table.int64(3);
  const compression = records.table(3);
  const codec = compression === null ? 'none' : (['lz4', 'zstd'] as const)[compression.int8(0)];
  if (codec === undefined) throw broken(source, 'it is compressed by an unknown method');
  const rows = records.int64(0);
  if (!(Number.isSafeInteger(rows) && rows >= 0)) throw new RangeError('a number of rows');
  return {
    rows,
    nodes: records.structs(1, 2),
    buffers: records.structs(2, 2).map(([offset, length]) => {
      const start = bodyStart + offset;
      if (!(offset >= 0 && length >= 0 && start + length <= Math.min(end, source.size))) {
        throw broken(source, 'numbers of a batch are said to stand beyond the file: it is cut short or damaged');
      }
      return [start, length] as const;
    }),
    codec,
    dictionary: kind === DICTIONARY ? { id: header.int64(0), delta: header.int8(2) !== 0 } : null,
    end,
  };
}

function textAt(bytes: Uint8Array, start: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + MAGIC.length));
}

function broken(source: ByteSource, wrong: string): DataError {
  return new DataError(source.name, null, wrong, SAVE);
}
