import { DataError, grouped, quote } from '../errors.ts';
import { NPY_PREFIX, npyHeaderSpan, parseNpyColumnHeader, type NpyColumnHeader } from '../npyHeader.ts';
import { checkEqualRows, openArrays, type RowBytes, type StoredArray } from './arrays.ts';
import { bytesSource } from './byteSource.ts';
import { inflate } from './inflate.ts';
import { npyArray, npyRows, readNpyHeader } from './npy.ts';
import type { ByteSource, OpenFormat } from './reading.ts';
import { storedBytes, zipMembers, type ZipMember } from './zip.ts';

/** Embeddings hardly deflate at all; a member that does so by more than this is refused once it is large. */
const MAX_RATIO = 100;
const LARGE = 64 << 20;
const ZEROS = 'Save the arrays without compression, with numpy.savez';

/**
 * Opens a .npz archive of NumPy: every array is a column, named as in the archive; all must have equally many rows. An
 * array that can be no column (three dimensions, objects) is left out and named. Deflated arrays in C order are inflated
 * as their rows are read; one in Fortran order is held whole.
 */
export const openNpz: OpenFormat = async (source) => {
  const members = (await zipMembers(source)).filter((member) => member.name.endsWith('.npy'));
  const arrays: StoredArray[] = [];
  const leftOut: string[] = [];
  let reason: DataError | null = null;
  for (const member of members) {
    try {
      arrays.push(await arrayOf(source, member));
    } catch (error) {
      if (!(error instanceof DataError) || !isNoColumn(error)) throw error;
      reason ??= error;
      leftOut.push(error.message);
    }
  }
  if (reason !== null && arrays.length === 0) throw reason;
  if (arrays.length === 0) {
    throw new DataError(source.name, null, 'it holds no arrays', 'Save some with numpy.savez(file, x=x, y=y)');
  }
  const names = arrays.map((array) => array.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new DataError(source.name, null, `two arrays are named ${quote(twice)}`, 'Give every array its own name');
  }
  checkEqualRows(arrays, source.name);
  return openArrays(source, 'npz', arrays, leftOut);
};

/** What an array holds keeps it from being a column; the file is sound. */
function isNoColumn(error: DataError): boolean {
  return /: it (has \d+ dimensions|holds (Python objects|a structured array|numbers of type|texts in two))/.test(
    error.message,
  );
}

async function arrayOf(source: ByteSource, member: ZipMember): Promise<StoredArray> {
  const name = member.name.slice(0, -'.npy'.length);
  const file = `${source.name}, array ${quote(name)}`;
  if (member.encrypted) throw new DataError(file, null, 'it is encrypted', 'Save it without a password');
  const stored = { ...(await storedBytes(source, member)), name: file };
  if (member.method === 0) {
    if (member.size !== member.storedSize) {
      throw new DataError(file, null, 'it is said to have two sizes', 'Copy or export it again');
    }
    const header = await readNpyHeader(stored);
    return npyArray(name, header, async () => npyRows(stored, header), file);
  }
  if (member.method !== 8) {
    throw new DataError(file, null, `it is compressed by method ${member.method}, not deflated`, ZEROS);
  }
  checkRatio(member, file);
  const header = await inflatedHeader(stored, member, file);
  return npyArray(name, header, () => inflatedRows(stored, member, header, file), file);
}

/** Deflate cannot do better than 1,032 to 1, and a large member that comes near is a trap or nothing but zeros. */
function checkRatio({ size, storedSize }: ZipMember, file: string): void {
  const ratio = size / Math.max(1, storedSize);
  if (ratio > 1100 || (ratio > MAX_RATIO && size > LARGE)) {
    const wrong = `it is said to inflate from ${grouped(storedSize)} to ${grouped(size)} bytes`;
    throw new DataError(file, null, wrong, ZEROS);
  }
}

async function inflatedHeader(stored: ByteSource, member: ZipMember, file: string): Promise<NpyColumnHeader> {
  const stream = inflate(stored, member.size, member.crc32, file);
  try {
    const prefix = await stream.take(Math.min(member.size, NPY_PREFIX));
    const { end } = npyHeaderSpan(prefix, member.size, file);
    const head = new Uint8Array(Math.max(end, prefix.length));
    head.set(prefix);
    if (end > prefix.length) head.set(await stream.take(end - prefix.length), prefix.length);
    return parseNpyColumnHeader(head, member.size, file);
  } finally {
    stream.close();
  }
}

async function inflatedRows(
  stored: ByteSource,
  member: ZipMember,
  header: NpyColumnHeader,
  file: string,
): Promise<RowBytes> {
  const stream = inflate(stored, member.size, member.crc32, file);
  const { rows, dims, bytesPerValue, dataOffset, fortranOrder } = header;
  if (fortranOrder && dims !== null && dims > 1) {
    if (member.size > LARGE && member.size > 2 * stored.size) {
      const wrong = `it is in Fortran order and inflates to ${grouped(member.size)} bytes, which would be held at once`;
      throw new DataError(file, null, wrong, 'Save it with numpy.ascontiguousarray(x)');
    }
    const bytes = await stream.take(member.size);
    await stream.end();
    return npyRows(bytesSource(bytes, file), header);
  }
  await stream.take(dataOffset);
  const rowBytes = (dims ?? 1) * bytesPerValue;
  return {
    async rows(first, count) {
      const bytes = await stream.take(count * rowBytes);
      if (first + count === rows) await stream.end();
      return bytes;
    },
    close: stream.close,
  };
}
