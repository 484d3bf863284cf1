import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { Crc32 } from '../crc32.ts';
import { fixtureBytes } from './fixtureFiles.ts';

/** Numbers a row. */
export const LARGE_DIMS = 384;

/** A file that is written piece by piece. `at` is how long it is so far. */
interface Output {
  at: number;
  put(bytes: Uint8Array | string): void;
}

function written(path: string, write: (to: Output) => void): void {
  const file = openSync(path, 'w');
  const to: Output = {
    at: 0,
    put(bytes) {
      const buffer = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
      for (let from = 0; from < buffer.length;) from += writeSync(file, buffer, from);
      this.at += buffer.length;
    },
  };
  try {
    write(to);
  } finally {
    closeSync(file);
  }
}

/** Rows `first` and following: multiples of 1/1024 from −4 to 4, from a hash, so that they hardly compress. */
export function largeValues(rows: number, first: number): Float32Array {
  const out = new Float32Array(rows * LARGE_DIMS);
  for (let r = 0; r < rows; r++) {
    const seed = createHash('sha512')
      .update(String(first + r))
      .digest();
    for (let c = 0; c < LARGE_DIMS; c++) out[r * LARGE_DIMS + c] = ((seed[c % 64] * 257 + c * 7919) % 8192) / 1024 - 4;
  }
  return out;
}

const bytesOf = (array: Float32Array): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

const CHUNK = 1000;

function putValues(to: Output, rows: number): void {
  for (let first = 0; first < rows; first += CHUNK) to.put(bytesOf(largeValues(Math.min(CHUNK, rows - first), first)));
}

function npyHeader(rows: number, fortran: boolean): Uint8Array {
  const said = `{'descr': '<f4', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${rows}, ${LARGE_DIMS}), }`;
  const text = said.padEnd(117, ' ') + '\n';
  return Buffer.concat([Buffer.from([0x93, 78, 85, 77, 80, 89, 1, 0, text.length, 0]), Buffer.from(text)]);
}

const npy = (fortran: boolean) => (path: string, rows: number) =>
  written(path, (to) => {
    to.put(npyHeader(rows, fortran));
    putValues(to, rows);
  });

function npz(path: string, rows: number): void {
  const all: Uint8Array[] = [npyHeader(rows, false)];
  for (let first = 0; first < rows; first += CHUNK)
    all.push(bytesOf(largeValues(Math.min(CHUNK, rows - first), first)));
  const plain = Buffer.concat(all);
  const packed = deflateRawSync(plain, { level: 1 });
  const sum = new Crc32();
  sum.add(plain);
  const name = Buffer.from('embeddings.npy');
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt32LE(sum.value, 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(plain.length, 18);
  fields.writeUInt16LE(name.length, 22);
  written(path, (to) => {
    to.put(Buffer.concat([Buffer.from('PK\x03\x04'), fields, name]));
    to.put(packed);
    const start = to.at;
    to.put(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, Buffer.alloc(14), name]));
    const end = Buffer.alloc(18);
    end.writeUInt16LE(1, 4);
    end.writeUInt16LE(1, 6);
    end.writeUInt32LE(to.at - start, 8);
    end.writeUInt32LE(start, 12);
    to.put(Buffer.concat([Buffer.from('PK\x05\x06'), end]));
  });
}

function texts(path: string, head: string, rows: number, line: (row: Float32Array) => string): void {
  written(path, (to) => {
    to.put(head);
    for (let first = 0; first < rows; first += CHUNK) {
      const count = Math.min(CHUNK, rows - first);
      const block = largeValues(count, first);
      const lines = Array.from({ length: count }, (_, r) => line(block.subarray(r * LARGE_DIMS, (r + 1) * LARGE_DIMS)));
      to.put(lines.join('\n') + '\n');
    }
  });
}

function safetensors(path: string, rows: number): void {
  const said = { embeddings: { dtype: 'F32', shape: [rows, LARGE_DIMS], data_offsets: [0, rows * LARGE_DIMS * 4] } };
  const text = JSON.stringify(said);
  const header = text.padEnd(Math.ceil(text.length / 8) * 8, ' ');
  written(path, (to) => {
    const length = Buffer.alloc(8);
    length.writeUInt32LE(header.length, 0);
    to.put(length);
    to.put(header);
    putValues(to, rows);
  });
}

/** One batch as large as the file: the stream that pyarrow wrote of 7 rows, with larger lengths. */
function arrow(path: string, rows: number): void {
  const small = Buffer.from(fixtureBytes('one-batch.arrows'));
  const body = 7 * LARGE_DIMS * 4;
  const end = small.length - 8;
  const head = Buffer.from(small.subarray(0, end - body));
  for (const [from, to] of [
    [7, rows],
    [7 * LARGE_DIMS, rows * LARGE_DIMS],
    [body, rows * LARGE_DIMS * 4],
  ]) {
    const [old, now] = [from, to].map((value) => {
      const bytes = Buffer.alloc(8);
      bytes.writeUInt32LE(value);
      return bytes;
    });
    for (let at = head.indexOf(old); at >= 0; at = head.indexOf(old, at + 8)) now.copy(head, at);
  }
  written(path, (to) => {
    to.put(head);
    putValues(to, rows);
    to.put(small.subarray(end));
  });
}

/** Thrift's compact protocol, as much as Parquet's footer and page headers take. */
type Thrift = number | bigint | string | { readonly list: readonly Thrift[] } | { readonly fields: Fields };
type Fields = Readonly<Record<number, Thrift>>;

function varint(value: bigint): number[] {
  const out: number[] = [];
  let rest = value;
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128);
  return [...out, Number(rest)];
}

function thrift(value: Thrift): { type: number; bytes: number[] } {
  // A number is an i32, a bigint an i64; none here is negative.
  if (typeof value === 'number') return { type: 5, bytes: varint(2n * BigInt(value)) };
  if (typeof value === 'bigint') return { type: 6, bytes: varint(2n * value) };
  if (typeof value === 'string') return { type: 8, bytes: [...varint(BigInt(value.length)), ...Buffer.from(value)] };
  if ('list' in value) {
    const items = value.list.map(thrift);
    return { type: 9, bytes: [(items.length << 4) | items[0].type, ...items.flatMap(({ bytes }) => bytes)] };
  }
  const out: number[] = [];
  let last = 0;
  for (const [id, field] of Object.entries(value.fields)) {
    const { type, bytes } = thrift(field);
    out.push(((Number(id) - last) << 4) | type, ...bytes);
    last = Number(id);
  }
  return { type: 12, bytes: [...out, 0] };
}

/** Levels that are all `level`, but for the entries that `starts` names, which are 0: as runs, behind their length. */
function runs(entries: number, level: number, starts: readonly number[]): Buffer {
  const out: number[] = [];
  let at = 0;
  const run = (count: number, value: number): void => {
    if (count > 0) out.push(...varint(2n * BigInt(count)), value);
  };
  for (const start of starts) {
    run(start - at, level);
    run(1, 0);
    at = start + 1;
  }
  run(entries - at, level);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(out.length);
  return Buffer.concat([length, Buffer.from(out)]);
}

/** Values a page: no multiple of {@link LARGE_DIMS}, so that rows cross from one page to the next. */
const PAGE = 250_000;

/**
 * One row group of one column list<float>, plain and uncompressed, as pyarrow lays it out. Its pages say that they inflate
 * to `said` bytes where that is given.
 */
export function largeParquet(path: string, rows: number, said?: number): void {
  const total = rows * LARGE_DIMS;
  written(path, (to) => {
    to.put('PAR1');
    let held = new Float32Array(0);
    let next = 0;
    for (let from = 0; from < total; from += PAGE) {
      const count = Math.min(PAGE, total - from);
      while (held.length < count) {
        const more = largeValues(Math.min(CHUNK, rows - next), next);
        next += CHUNK;
        const joined = new Float32Array(held.length + more.length);
        joined.set(held);
        joined.set(more, held.length);
        held = joined;
      }
      const starts: number[] = [];
      for (let row = Math.ceil(from / LARGE_DIMS); row * LARGE_DIMS < from + count; row++) {
        starts.push(row * LARGE_DIMS - from);
      }
      const body = Buffer.concat([runs(count, 1, starts), runs(count, 3, []), bytesOf(held.slice(0, count))]);
      held = held.slice(count);
      const page = { fields: { 1: count, 2: 0, 3: 3, 4: 3 } };
      to.put(Buffer.from(thrift({ fields: { 1: 0, 2: said ?? body.length, 3: body.length, 5: page } }).bytes));
      to.put(body);
    }
    const size = BigInt(to.at - 4);
    const schema: Thrift[] = [
      { fields: { 4: 'schema', 5: 1 } },
      { fields: { 3: 1, 4: 'embedding', 5: 1, 6: 3 } },
      { fields: { 3: 2, 4: 'list', 5: 1 } },
      { fields: { 1: 4, 3: 1, 4: 'element' } },
    ];
    const names: Thrift = { list: ['embedding', 'list', 'element'] };
    const meta = { 1: 4, 2: { list: [0, 3] }, 3: names, 4: 0, 5: BigInt(total), 6: size, 7: size, 9: 4n };
    const group = { 1: { list: [{ fields: { 2: 4n, 3: { fields: meta } } }] }, 2: size, 3: BigInt(rows) };
    const footer = thrift({ fields: { 1: 1, 2: { list: schema }, 3: BigInt(rows), 4: { list: [{ fields: group }] } } });
    to.put(Buffer.from(footer.bytes));
    const end = Buffer.alloc(8, 'PAR1', 'latin1');
    end.writeUInt32LE(footer.bytes.length, 0);
    end.write('PAR1', 4, 'latin1');
    to.put(end);
  });
}

/** Writes a file of `rows` rows with one embedding of {@link LARGE_DIMS} numbers each, by format. */
export const LARGE_FILES: Readonly<Record<string, (path: string, rows: number) => void>> = {
  'c.npy': npy(false),
  'fortran.npy': npy(true),
  'deflated.npz': npz,
  'wide.csv': (path, rows) =>
    texts(path, Array.from({ length: LARGE_DIMS }, (_, c) => `d${c}`).join(',') + '\n', rows, (row) => row.join(',')),
  'lists.jsonl': (path, rows) => texts(path, '', rows, (row) => `{"embedding":[${row.join(',')}]}`),
  'one.safetensors': safetensors,
  'batch.arrows': arrow,
  'group.parquet': largeParquet,
};
