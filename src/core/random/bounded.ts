import type { Sfc64 } from './sfc64.ts';

/** A source of random bits in NumPy's manner: 64 at a time, or 32 with the other half kept for the next call. */
export type BitSource = Pick<Sfc64, 'next64' | 'nextUint32' | 'low' | 'high'>;

const TWO_32 = 0x100000000;
const MASK_64 = 0xffffffffffffffffn;

/**
 * Fills `out` with whole numbers uniform on [low, low + range], as NumPy's `Generator.integers` draws them for int64
 * (`random_bounded_uint64_fill`, Lemire 2019): 32-bit draws while range < 2^32, 64-bit draws above.
 */
export function fillBounded(bits: BitSource, low: number, range: number, out: Float64Array): void {
  if (range === 0) out.fill(low);
  else if (range < TWO_32 - 1) fillBounded32(bits, low, range + 1, out);
  else if (range === TWO_32 - 1) for (let i = 0; i < out.length; i++) out[i] = low + bits.nextUint32();
  else fillBounded64(bits, low, range + 1, out);
}

function fillBounded32(bits: BitSource, low: number, span: number, out: Float64Array): void {
  const threshold = (TWO_32 - span) % span;
  for (let i = 0; i < out.length; i++) {
    let u: number;
    let leftover: number;
    do {
      u = bits.nextUint32();
      leftover = Math.imul(u, span) >>> 0;
    } while (leftover < threshold);
    // The float64 product is off by less than 2^11, so taking its exact low half away leaves a multiple of 2^32 to round to.
    out[i] = low + Math.round((u * span - leftover) / TWO_32);
  }
}

/** Ranges above 2^32 are rare here, so plain 128-bit products serve. */
function fillBounded64(bits: BitSource, low: number, span: number, out: Float64Array): void {
  const wide = BigInt(span);
  const threshold = (MASK_64 + 1n - wide) % wide;
  for (let i = 0; i < out.length; i++) {
    let product: bigint;
    do {
      bits.next64();
      product = ((BigInt(bits.high >>> 0) << 32n) | BigInt(bits.low >>> 0)) * wide;
    } while ((product & MASK_64) < threshold);
    out[i] = low + Number(product >> 64n);
  }
}

/** The numbers 0 … n − 1 shuffled, by Fisher and Yates from the end with masked rejection (NumPy's `random_interval`). */
export function shuffledRange(bits: BitSource, n: number): Uint32Array {
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  for (let i = n - 1; i > 0; i--) {
    const mask = -1 >>> Math.clz32(i);
    let j: number;
    do {
      j = (bits.nextUint32() & mask) >>> 0;
    } while (j > i);
    const kept = order[j];
    order[j] = order[i];
    order[i] = kept;
  }
  return order;
}
