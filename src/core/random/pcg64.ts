import type { BitSource } from './bounded.ts';
import type { SeedSequence } from './seedSequence.ts';

/** The multiplier 0x2360ed051fc65da44385df649fccf645 in 32-bit limbs, lowest first. */
const M0 = 0x9fccf645;
const M1 = 0x4385df64;
const M2 = 0x1fc65da4;
const M3 = 0x2360ed05;
const TWO_32 = 0x100000000;

/** The upper 32 bits of a 64-bit product of two unsigned 32-bit numbers. */
function upperHalf(x: number, y: number): number {
  const x0 = x & 0xffff;
  const x1 = x >>> 16;
  const y0 = y & 0xffff;
  const y1 = y >>> 16;
  const middle = x1 * y0 + ((x0 * y0) >>> 16);
  // Both sums stay below 2^32.
  const low = x0 * y1 + (middle & 0xffff);
  return x1 * y1 + (middle >>> 16) + (low >>> 16);
}

/**
 * M. E. O'Neill's PCG64 (XSL-RR 128/64), seeded as NumPy's `default_rng(seed)` seeds it: a 128-bit linear congruential
 * generator, done here on four 32-bit limbs.
 *
 * Source: numpy/random/src/pcg64/pcg64.h.
 */
export class Pcg64 implements BitSource {
  /** Four limbs of the state, lowest first. */
  private readonly state = new Uint32Array(4);
  private readonly increment = new Uint32Array(4);
  /** Halves of the 64 bits that {@link next64} drew last, each a signed 32-bit integer. */
  low = 0;
  high = 0;
  private hasUint32 = false;
  private uint32 = 0;

  constructor(seed: SeedSequence) {
    // Four 64-bit words: state high, state low, sequence high, sequence low.
    const words = seed.generateUint64(4);
    const inc = this.increment;
    inc.set([words[6], words[7], words[4], words[5]]);
    for (let i = 3; i > 0; i--) inc[i] = (inc[i] << 1) | (inc[i - 1] >>> 31);
    inc[0] = (inc[0] << 1) | 1;
    this.step();
    this.add([words[2], words[3], words[0], words[1]]);
    this.step();
  }

  private add(limbs: ArrayLike<number>): void {
    let carry = 0;
    for (let i = 0; i < 4; i++) {
      const sum = this.state[i] + limbs[i] + carry;
      this.state[i] = sum;
      carry = sum >= TWO_32 ? 1 : 0;
    }
  }

  private step(): void {
    const s = this.state;
    const inc = this.increment;
    const a = s[0];
    const b = s[1];
    const c = s[2];
    const d = s[3];
    const r0 = (Math.imul(a, M0) >>> 0) + inc[0];
    const r1 = upperHalf(a, M0) + (Math.imul(a, M1) >>> 0) + (Math.imul(b, M0) >>> 0) + inc[1] + (r0 >= TWO_32 ? 1 : 0);
    const r2 =
      upperHalf(a, M1) +
      upperHalf(b, M0) +
      (Math.imul(a, M2) >>> 0) +
      (Math.imul(b, M1) >>> 0) +
      (Math.imul(c, M0) >>> 0) +
      inc[2] +
      Math.floor(r1 / TWO_32);
    const r3 =
      upperHalf(a, M2) +
      upperHalf(b, M1) +
      upperHalf(c, M0) +
      (Math.imul(a, M3) >>> 0) +
      (Math.imul(b, M2) >>> 0) +
      (Math.imul(c, M1) >>> 0) +
      (Math.imul(d, M0) >>> 0) +
      inc[3] +
      Math.floor(r2 / TWO_32);
    s[0] = r0;
    s[1] = r1;
    s[2] = r2;
    s[3] = r3;
  }

  /** Draws 64 bits into {@link low} and {@link high}. */
  next64(): void {
    this.step();
    const s = this.state;
    const x0 = s[0] ^ s[2];
    const x1 = s[1] ^ s[3];
    const turn = s[3] >>> 26;
    const from = turn & 32 ? x1 : x0;
    const other = turn & 32 ? x0 : x1;
    const by = turn & 31;
    this.low = by === 0 ? from : (from >>> by) | (other << (32 - by));
    this.high = by === 0 ? other : (other >>> by) | (from << (32 - by));
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
