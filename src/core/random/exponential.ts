import { EXPONENTIAL_TAIL, FE_DOUBLE, KE_DOUBLE, WE_DOUBLE } from './exponentialTables.ts';
import { log1p } from './log1p.ts';
import type { Sfc64 } from './sfc64.ts';

/** One standard exponential by NumPy's ziggurat, which takes the layer (bits 3–10) and r (bits 11–63) from 64 random bits. */
export function standardExponential(bits: Sfc64): number {
  for (;;) {
    bits.next64();
    const { low } = bits;
    const layer = (low >>> 3) & 255;
    const r = (bits.high >>> 0) * 2097152 + (low >>> 11);
    const x = r * WE_DOUBLE[layer];
    if (r < KE_DOUBLE[layer]) return x;
    if (layer === 0) return EXPONENTIAL_TAIL - log1p(-bits.nextDouble());
    const edge = FE_DOUBLE[layer];
    if ((FE_DOUBLE[layer - 1] - edge) * bits.nextDouble() + edge < Math.exp(-x)) return x;
  }
}
