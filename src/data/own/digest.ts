import { sha256Hex } from '../sha256.ts';
import type { OwnDigests, OwnTable } from './own.ts';
import type { RowReader } from './rows.ts';

/** Bytes that are hashed at once. Part of the digest's definition: changing it changes every digest. */
const PIECE = 1 << 24;
/** Hex digits that a spec carries. */
const DIGITS = 16;

/**
 * A digest of bytes that come one after another: SHA-256 over the SHA-256 digests, joined, of consecutive pieces of 16 MiB,
 * the last one shorter; the first 16 hex digits of it. No bytes at all have no pieces. In Python:
 *
 *     def digest(data, piece=1 << 24):
 *         parts = [hashlib.sha256(data[i:i + piece]).digest() for i in range(0, len(data), piece)]
 *         return hashlib.sha256(b"".join(parts)).hexdigest()[:16]
 *
 *     digest(f"{rows} {dims} float32\n".encode() + x.astype("<f4").tobytes())                      # embeddings
 *     digest(y.astype("u1").tobytes() + ("\n".join(split).encode() if split else b""))            # labels
 *
 * where x has the rows as used, in their order (float64 and "<f8" where the lab keeps float64), and y is 0 or 1.
 */
export class Digest {
  private readonly piece: Uint8Array<ArrayBuffer>;
  private filled = 0;
  private readonly parts: string[] = [];

  /** `pieceBytes` is another length for tests alone. */
  constructor(pieceBytes = PIECE) {
    this.piece = new Uint8Array(pieceBytes);
  }

  async update(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const take = Math.min(bytes.length - at, this.piece.length - this.filled);
      this.piece.set(bytes.subarray(at, at + take), this.filled);
      this.filled += take;
      at += take;
      if (this.filled === this.piece.length) await this.close();
    }
  }

  /** The digest of all bytes so far; nothing can be added after it. */
  async hex(): Promise<string> {
    if (this.filled > 0) await this.close();
    const joined = this.parts.join('');
    const bytes = Uint8Array.from({ length: joined.length / 2 }, (_, i) =>
      parseInt(joined.slice(2 * i, 2 * i + 2), 16),
    );
    return (await sha256Hex(bytes)).slice(0, DIGITS);
  }

  private async close(): Promise<void> {
    this.parts.push(await sha256Hex(this.piece.subarray(0, this.filled)));
    this.filled = 0;
  }
}

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Numbers as little-endian bytes; a view of them on the machines that store them so. */
export function littleEndian(values: Float32Array | Float64Array): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  if (LITTLE_ENDIAN) return bytes;
  const swapped = bytes.slice();
  const width = values.BYTES_PER_ELEMENT;
  for (let at = 0; at < swapped.length; at += width) swapped.subarray(at, at + width).reverse();
  return swapped;
}

/** The digest of rows of embeddings, read block by block. `onRows` is told how many were read. */
export async function rowsDigest(reader: RowReader, onRows?: (rows: number) => void | Promise<void>): Promise<string> {
  const { rows, dims, dtype } = reader;
  const digest = new Digest();
  await digest.update(new TextEncoder().encode(`${rows} ${dims} ${dtype}\n`));
  const step = Math.max(1, Math.floor(BLOCK_NUMBERS / dims));
  for (let first = 0; first < rows; first += step) {
    const count = Math.min(step, rows - first);
    await digest.update(littleEndian(await reader.read(first, count)));
    await onRows?.(first + count);
  }
  return digest.hex();
}

const BLOCK_NUMBERS = 1 << 20;

/** The digest of labels and, where the data has one, its split. */
export async function labelsDigest({ labels, split }: Pick<OwnTable, 'labels' | 'split'>): Promise<string> {
  const digest = new Digest();
  await digest.update(labels);
  if (split) await digest.update(new TextEncoder().encode(split.join('\n')));
  return digest.hex();
}

/** All digests of rows that are ready for the engine. */
export async function ownDigests(
  table: Pick<OwnTable, 'rows' | 'dims' | 'labels' | 'split'>,
  base: RowReader,
  target: RowReader | null,
  onRows?: (rows: number) => void | Promise<void>,
): Promise<OwnDigests> {
  return {
    rows: table.rows,
    dims: table.dims,
    embeddings: await rowsDigest(base, onRows),
    labels: await labelsDigest(table),
    target: target && (await rowsDigest(target, (rows) => onRows?.(base.rows + rows))),
  };
}
