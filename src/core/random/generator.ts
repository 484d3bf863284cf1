import { fillBounded, shuffledRange } from './bounded.ts';
import type { Sfc64 } from './sfc64.ts';
import { fillStandardNormal, standardNormal } from './ziggurat.ts';

/**
 * The part of `numpy.random.Generator` over SFC64 that the lab uses, drawing the same numbers in the same order
 * (NumPy 1.24, float64). Every call moves one shared stream on, so the order of calls matters as it does in NumPy.
 */
export class Generator {
  readonly bits: Sfc64;

  constructor(bits: Sfc64) {
    this.bits = bits;
  }

  /** `random()`: one uniform in [0, 1). */
  random1(): number {
    return this.bits.nextDouble();
  }

  /** `random(out.length)`: fills `out` with uniforms in [0, 1) and returns it. */
  random(out: Float64Array): Float64Array {
    for (let i = 0; i < out.length; i++) out[i] = this.bits.nextDouble();
    return out;
  }

  /** `standard_normal()`: one draw. */
  standardNormal1(): number {
    return standardNormal(this.bits);
  }

  /** `standard_normal(out.length)`: fills `out` and returns it. A matrix fills row by row. */
  standardNormal(out: Float64Array): Float64Array {
    fillStandardNormal(this.bits, out);
    return out;
  }

  /**
   * `integers(low, high, n)`: n whole numbers uniform on [low, high). Both ends are safe integers, and high − low is
   * from 1 to 2^53; else a RangeError.
   */
  integers(low: number, high: number, n: number): Float64Array {
    // Not high − low, which rounds 2^53 + 1 down to 2^53.
    const range = high - 1 - low;
    if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || range < 0 || range > Number.MAX_SAFE_INTEGER) {
      throw new RangeError(
        `Integers need whole ends with low < high, at most 2^53 apart; they are ${low} and ${high}.`,
      );
    }
    const out = new Float64Array(n);
    fillBounded(this.bits, low, range, out);
    return out;
  }

  /** `permutation(n)`: the numbers 0 … n − 1 in random order, n from 0 to 2^32 − 1; else a RangeError. */
  permutation(n: number): Uint32Array {
    if (!Number.isInteger(n) || n < 0 || n > 0xffffffff) {
      throw new RangeError(`A permutation needs a whole length from 0 to 2^32 − 1; it is ${n}.`);
    }
    return shuffledRange(this.bits, n);
  }
}
