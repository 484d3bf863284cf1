/**
 * `count` levels of `width` bits (1 … 8), from Parquet's hybrid of runs and packed bits (encoding RLE of its
 * specification). Throws RangeError where `bytes` end before, or a run has no length.
 */
export function readLevels(bytes: Uint8Array, width: number, count: number): Uint8Array {
  const out = new Uint8Array(count);
  const mask = (1 << width) - 1;
  let at = 0;
  let filled = 0;
  const byte = (): number => {
    if (at >= bytes.length) throw new RangeError('levels end early');
    return bytes[at++];
  };
  while (filled < count) {
    let head = 0;
    for (let shift = 0; ; shift += 7) {
      const part = byte();
      if (shift > 28) throw new RangeError('a run of levels is too long');
      head = (head | ((part & 127) << shift)) >>> 0;
      if (part < 128) break;
    }
    const run = head >>> 1;
    if (run === 0) throw new RangeError('a run of no levels');
    if ((head & 1) === 0) {
      const end = Math.min(count, filled + run);
      out.fill(byte() & mask, filled, end);
      filled = end;
      continue;
    }
    // Groups of eight levels in `width` bytes; the last may be filled up beyond the count.
    const end = Math.min(count, filled + 8 * run);
    const after = at + run * width;
    let bits = 0;
    let held = 0;
    for (; filled < end; filled++) {
      if (held < width) {
        bits |= byte() << held;
        held += 8;
      }
      out[filled] = bits & mask;
      bits >>>= width;
      held -= width;
    }
    at = after;
  }
  return out;
}
