import { log1p } from './log1p.ts';
import { carry, type Sfc64 } from './sfc64.ts';
import { FI_DOUBLE, KI_DOUBLE, NORMAL_TAIL, NORMAL_TAIL_INVERSE, WI_DOUBLE } from './normalTables.packed.ts';

/**
 * NumPy's ziggurat of the normal (numpy/random/src/distributions/distributions.c; Marsaglia & Tsang 2000). A normal takes from 64
 * random bits the layer (bits 0–7), the sign (bit 8) and |r| (bits 9–60).
 */

/** Widths of the normal's layers, then the same with a minus: bits 0–8 of a draw pick the layer and the sign at once. */
const WI_SIGNED = new Float64Array(512);
for (let i = 0; i < 256; i++) {
  WI_SIGNED[i] = WI_DOUBLE[i];
  WI_SIGNED[i + 256] = -WI_DOUBLE[i];
}

/** One standard normal. */
export function standardNormal(bits: Sfc64): number {
  for (;;) {
    bits.next64();
    const { low } = bits;
    const r = (bits.high & 0x1fffffff) * 8388608 + (low >>> 9);
    const layer = low & 255;
    const x = r * WI_SIGNED[low & 511];
    if (r < KI_DOUBLE[layer]) return x;
    const drawn = outsideLayer(bits, layer, low, x);
    if (drawn === drawn) return drawn;
  }
}

/** A normal outside the layer's inner box: 0.7 % of draws. NaN where the draw is rejected. `low` is its low half. */
function outsideLayer(bits: Sfc64, layer: number, low: number, x: number): number {
  if (layer === 0) {
    for (;;) {
      const xx = -NORMAL_TAIL_INVERSE * log1p(-bits.nextDouble());
      const yy = -log1p(-bits.nextDouble());
      // The sign of the tail is bit 8 of |r|, which is bit 17 of the draw.
      if (yy + yy > xx * xx) return (low >>> 17) & 1 ? -(NORMAL_TAIL + xx) : NORMAL_TAIL + xx;
    }
  }
  const edge = FI_DOUBLE[layer];
  return (FI_DOUBLE[layer - 1] - edge) * bits.nextDouble() + edge < Math.exp(-0.5 * x * x) ? x : NaN;
}

/** Draws filled at one call of the inner loop: short enough that engines compile the whole loop, not its middle. */
const BLOCK = 8192;

/** Fills `out` with standard normals. */
export function fillStandardNormal(bits: Sfc64, out: Float64Array): void {
  for (let from = 0; from < out.length; from += BLOCK) {
    fillNormalBlock(bits, out, from, Math.min(from + BLOCK, out.length));
  }
}

/** The generator's rounds (`Sfc64.next64`) written out, with its state in locals: the lab's hottest loop of draws. */
function fillNormalBlock(bits: Sfc64, out: Float64Array, from: number, to: number): void {
  const { state } = bits;
  const width = WI_SIGNED;
  const bound = KI_DOUBLE;
  let a0 = state[0];
  let a1 = state[1];
  let b0 = state[2];
  let b1 = state[3];
  let c0 = state[4];
  let c1 = state[5];
  let d0 = state[6];
  let d1 = state[7];
  for (let i = from; i < to;) {
    const sum0 = (a0 + b0) | 0;
    const low = (sum0 + d0) | 0;
    const high = (a1 + b1 + d1 + carry(a0, b0, sum0) + carry(sum0, d0, low)) | 0;
    d0 = (d0 + 1) | 0;
    d1 = (d1 + (d0 === 0 ? 1 : 0)) | 0;
    a0 = b0 ^ ((b0 >>> 11) | (b1 << 21));
    a1 = b1 ^ (b1 >>> 11);
    const e0 = c0 << 3;
    b0 = (c0 + e0) | 0;
    b1 = (c1 + ((c1 << 3) | (c0 >>> 29)) + carry(c0, e0, b0)) | 0;
    const r0 = (c0 << 24) | (c1 >>> 8);
    const r1 = (c1 << 24) | (c0 >>> 8);
    c0 = (r0 + low) | 0;
    c1 = (r1 + high + carry(r0, low, c0)) | 0;

    const r = (high & 0x1fffffff) * 8388608 + (low >>> 9);
    const layer = low & 255;
    const x = r * width[low & 511];
    if (r < bound[layer]) {
      out[i++] = x;
      continue;
    }
    state[0] = a0;
    state[1] = a1;
    state[2] = b0;
    state[3] = b1;
    state[4] = c0;
    state[5] = c1;
    state[6] = d0;
    state[7] = d1;
    const drawn = outsideLayer(bits, layer, low, x);
    if (drawn === drawn) out[i++] = drawn;
    a0 = state[0];
    a1 = state[1];
    b0 = state[2];
    b1 = state[3];
    c0 = state[4];
    c1 = state[5];
    d0 = state[6];
    d1 = state[7];
  }
  state[0] = a0;
  state[1] = a1;
  state[2] = b0;
  state[3] = b1;
  state[4] = c0;
  state[5] = c1;
  state[6] = d0;
  state[7] = d1;
}
