const NEGATIVE_ZERO = 0x80000000 | 0;
const LANES = [
  { seed: 0x2545f491, multiply: 0x85ebca6b, rotate: 13 },
  { seed: 0x9e3779b9, multiply: 0xc2b2ae35, rotate: 17 },
] as const;

const rotl = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

/** The last rounds of MurmurHash3 (Appleby 2011), which spread every bit. */
function finished(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * Hashes rows of numbers: equal rows have equal hashes, and 0 equals −0. `values` is row-major; writes one hash of 53 bits,
 * a whole number, for each row to `out` from `at` on. Another `salt` gives other hashes.
 */
export function hashRows(
  values: Float32Array | Float64Array,
  dims: number,
  salt: number,
  out: Float64Array,
  at: number,
): void {
  const words = new Int32Array(values.buffer, values.byteOffset, values.byteLength / 4);
  const width = values.BYTES_PER_ELEMENT === 8 ? 2 : 1;
  const rows = values.length / dims;
  for (let row = 0, i = 0; row < rows; row++) {
    let a: number = LANES[0].seed ^ salt;
    let b: number = LANES[1].seed ^ salt;
    for (const end = i + dims * width; i < end; i++) {
      let word = words[i];
      // Of float64 the second word holds the sign.
      if (word === NEGATIVE_ZERO && (width === 1 || ((i & 1) === 1 && words[i - 1] === 0))) word = 0;
      a = Math.imul(rotl(a ^ word, LANES[0].rotate), LANES[0].multiply) + 0x52dce729;
      b = Math.imul(rotl(b ^ word, LANES[1].rotate), LANES[1].multiply) + 0x38495ab5;
    }
    out[at + row] = (finished(a) >>> 0) * 2 ** 21 + (finished(b) >>> 11);
  }
}

/** The values that stand more than once. */
export function repeated(hashes: Float64Array): Set<number> {
  const sorted = hashes.slice().sort();
  const found = new Set<number>();
  for (let i = 1; i < sorted.length; i++) if (sorted[i] === sorted[i - 1]) found.add(sorted[i]);
  return found;
}
