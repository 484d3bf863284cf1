import type { SeedSequence } from './seedSequence.ts';

const WARM_UP_ROUNDS = 12;

/**
 * Chris Doty-Humphrey's SFC64 (PractRand), seeded as NumPy seeds it: three 64-bit words and a counter that starts at 1,
 * then 12 rounds thrown away. Only adds, xors and shifts, done here on 32-bit halves.
 *
 * Source: numpy/random/src/sfc64/sfc64.h.
 */
export class Sfc64 {
  /** a, b, c and the counter d, each as its low and high half. Fill loops copy it to locals and write it back. */
  readonly state = new Int32Array(8);
  /** Halves of the 64 bits that {@link next64} drew last. */
  low = 0;
  high = 0;
  private hasUint32 = false;
  private uint32 = 0;

  constructor(seed: SeedSequence) {
    this.state.set(seed.generateUint64(3));
    this.state[6] = 1;
    for (let i = 0; i < WARM_UP_ROUNDS; i++) this.next64();
  }

  /** Draws 64 bits into {@link low} and {@link high}, each a signed 32-bit integer. */
  next64(): void {
    const s = this.state;
    const a0 = s[0];
    const b0 = s[2];
    const b1 = s[3];
    const c0 = s[4];
    const c1 = s[5];
    const d0 = s[6];
    const sum0 = (a0 + b0) | 0;
    const t0 = (sum0 + d0) | 0;
    const t1 = (s[1] + b1 + s[7] + carry(a0, b0, sum0) + carry(sum0, d0, t0)) | 0;
    s[6] = d0 + 1;
    if (d0 === -1) s[7]++;
    s[0] = b0 ^ ((b0 >>> 11) | (b1 << 21));
    s[1] = b1 ^ (b1 >>> 11);
    const e0 = c0 << 3;
    const n0 = (c0 + e0) | 0;
    s[2] = n0;
    s[3] = c1 + ((c1 << 3) | (c0 >>> 29)) + carry(c0, e0, n0);
    const r0 = (c0 << 24) | (c1 >>> 8);
    const m0 = (r0 + t0) | 0;
    s[4] = m0;
    s[5] = ((c1 << 24) | (c0 >>> 8)) + t1 + carry(r0, t0, m0);
    this.low = t0;
    this.high = t1;
  }

  /**
   * 32 bits, as a number from 0 to 2^32 − 1: the low half of a 64-bit draw, and at the next call its high half, which
   * waits through any 64-bit draws made between.
   */
  nextUint32(): number {
    if (this.hasUint32) {
      this.hasUint32 = false;
      return this.uint32;
    }
    this.next64();
    this.hasUint32 = true;
    this.uint32 = this.high >>> 0;
    return this.low >>> 0;
  }

  /** Uniform in [0, 1): the upper 53 bits of a 64-bit draw. */
  nextDouble(): number {
    this.next64();
    return ((this.high >>> 0) * 2097152 + (this.low >>> 11)) * 2 ** -53;
  }
}

/** The bit carried out of x + y, given their sum as a 32-bit integer. */
export function carry(x: number, y: number, sum: number): number {
  return ((x & y) | ((x | y) & ~sum)) >>> 31;
}
