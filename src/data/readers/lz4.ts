const MAGIC = 0x184d2204;

/**
 * Decodes LZ4 frames (LZ4 frame format 1.6, without dictionaries) into exactly `size` bytes. Checksums are passed over.
 * Throws RangeError for broken data and for any other length.
 */
export function lz4Frames(bytes: Uint8Array, size: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out = new Uint8Array(size);
  let at = 0;
  let filled = 0;
  while (at < bytes.length) {
    if (view.getUint32(at, true) !== MAGIC) throw new RangeError('no LZ4 frame');
    const flags = view.getUint8(at + 4);
    if (flags >> 6 !== 1 || flags & 1) throw new RangeError('an LZ4 frame of an unknown kind');
    // Magic, flags, block size, header checksum, and the length of the content where it is given.
    at += 7 + (flags & 8 ? 8 : 0);
    for (;;) {
      const head = view.getUint32(at, true);
      at += 4;
      if (head === 0) break;
      const length = head & 0x7fffffff;
      if (at + length > bytes.length) throw new RangeError('an LZ4 block leaves the data');
      const block = bytes.subarray(at, at + length);
      if (head >>> 31) {
        if (filled + length > size) throw new RangeError('more data than promised');
        out.set(block, filled);
        filled += length;
      } else filled = lz4Block(block, out, filled);
      at += length + (flags & 16 ? 4 : 0);
    }
    at += flags & 4 ? 4 : 0;
  }
  if (filled !== size) throw new RangeError(`${filled} bytes came out, not ${size}`);
  return out;
}

/** Decodes one block behind what `out` holds; matches may reach into it. Gives the new end. */
export function lz4Block(block: Uint8Array, out: Uint8Array, start: number): number {
  let at = 0;
  let end = start;
  const length = (nibble: number): number => {
    let n = nibble;
    if (nibble !== 15) return n;
    for (let more = 255; more === 255; n += more) {
      if (at >= block.length) throw new RangeError('an LZ4 block ends early');
      more = block[at++];
    }
    return n;
  };
  while (at < block.length) {
    const token = block[at++];
    const literals = length(token >> 4);
    if (at + literals > block.length || end + literals > out.length) throw new RangeError('too many LZ4 literals');
    out.set(block.subarray(at, at + literals), end);
    at += literals;
    end += literals;
    if (at >= block.length) break;
    if (at + 2 > block.length) throw new RangeError('an LZ4 block ends early');
    const distance = block[at] | (block[at + 1] << 8);
    at += 2;
    const matched = length(token & 15) + 4;
    if (distance === 0 || distance > end || end + matched > out.length) throw new RangeError('a wrong LZ4 match');
    for (let k = 0; k < matched; k++, end++) out[end] = out[end - distance];
  }
  return end;
}
