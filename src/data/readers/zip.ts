import { DataError, grouped, quote } from '../errors.ts';
import { windowSource } from './byteSource.ts';
import type { ByteSource } from './reading.ts';

export interface ZipMember {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc32: number;
  /** In the archive. */
  readonly storedSize: number;
  /** As the archive says it. */
  readonly size: number;
  readonly headerOffset: number;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const MAX_COMMENT = 65_535;
const MAX_DIRECTORY = 16 << 20;

/** Names of the members of a zip archive. Throws DataError for a broken one. */
export async function zipNames(source: ByteSource): Promise<string[]> {
  return (await zipMembers(source)).map((member) => member.name);
}

/**
 * The directory of a zip archive (PKWARE's APPNOTE 6.3, with ZIP64), every length checked against the size of the file.
 * Throws DataError for a broken one.
 */
export async function zipMembers(source: ByteSource): Promise<ZipMember[]> {
  const { offset, size } = await directory(source);
  if (size > MAX_DIRECTORY) throw broken(source, `its directory is said to be ${grouped(size)} bytes long`);
  const bytes = await source.read(offset, offset + size);
  const view = viewOf(bytes);
  const members: ZipMember[] = [];
  for (let at = 0; at + 46 <= bytes.length && view.getUint32(at, true) === ENTRY;) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((k) => view.getUint16(at + k, true));
    const end = at + 46 + nameLength + extraLength + commentLength;
    if (end > bytes.length) throw broken(source, 'its directory is cut short');
    const extraAt = at + 46 + nameLength;
    const wide = zip64Fields(bytes.subarray(extraAt, extraAt + extraLength));
    // The wide fields stand in this order, each only where the narrow one is full.
    const field = (k: number): number => {
      const narrow = view.getUint32(at + k, true);
      return narrow === 0xffffffff ? (wide.shift() ?? narrow) : narrow;
    };
    const size = field(24);
    const storedSize = field(20);
    const headerOffset = field(42);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, extraAt));
    if (headerOffset + 30 + storedSize > source.size) {
      throw broken(source, `member ${quote(name)} is said to end beyond the file`);
    }
    const encrypted = (view.getUint16(at + 8, true) & 1) === 1;
    const crc32 = view.getUint32(at + 16, true);
    members.push({ name, method: view.getUint16(at + 10, true), encrypted, crc32, storedSize, size, headerOffset });
    at = end;
  }
  return members;
}

/** The bytes of a member as they stand in the archive. */
export async function storedBytes(source: ByteSource, member: ZipMember): Promise<ByteSource> {
  const view = viewOf(await source.read(member.headerOffset, member.headerOffset + 30));
  const start = member.headerOffset + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  if (view.getUint32(0, true) !== LOCAL || start + member.storedSize > source.size) {
    throw broken(source, `member ${quote(member.name)} does not stand where the directory says`);
  }
  return windowSource(source, start, start + member.storedSize);
}

async function directory(source: ByteSource): Promise<{ offset: number; size: number }> {
  const from = Math.max(0, source.size - END_BYTES - MAX_COMMENT);
  const tail = await source.read(from, source.size);
  const view = viewOf(tail);
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (view.getUint32(at, true) !== END || at + END_BYTES + view.getUint16(at + 20, true) > tail.length) continue;
    let size = view.getUint32(at + 12, true);
    let offset = view.getUint32(at + 16, true);
    if (at >= 20 && view.getUint32(at - 20, true) === LOCATOR_64) {
      const recordAt = Number(view.getBigUint64(at - 12, true));
      if (!(recordAt + 56 <= source.size)) throw broken(source, 'its ZIP64 record is said to stand beyond the file');
      const record = viewOf(await source.read(recordAt, recordAt + 56));
      if (record.getUint32(0, true) !== END_64) throw broken(source, 'its ZIP64 record is not where it is said to be');
      size = Number(record.getBigUint64(40, true));
      offset = Number(record.getBigUint64(48, true));
    }
    if (!(offset + size <= source.size)) throw broken(source, 'its directory is said to stand beyond the file');
    return { offset, size };
  }
  throw new DataError(source.name, null, 'it is a zip archive that is cut short', 'Copy or download it again');
}

function zip64Fields(extra: Uint8Array): number[] {
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length;) {
    const length = Math.min(view.getUint16(at + 2, true), extra.length - at - 4);
    if (view.getUint16(at, true) === 1) {
      return Array.from({ length: length >> 3 }, (_, i) => Number(view.getBigUint64(at + 4 + 8 * i, true)));
    }
    at += 4 + length;
  }
  return [];
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function broken(source: ByteSource, wrong: string): DataError {
  return new DataError(source.name, null, `it is a broken zip archive: ${wrong}`, 'Copy or export it again');
}
