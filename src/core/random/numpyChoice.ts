import { fillBounded } from './bounded.ts';
import { Pcg64 } from './pcg64.ts';
import { SeedSequence } from './seedSequence.ts';

/**
 * The part of NumPy's `default_rng(seed)` that the monitor paper's martingale study uses, drawing the same numbers in the same
 * order (NumPy 1.24). Indices are drawn from 32-bit halves, of which one may wait; `random()` takes 64 new bits and leaves it.
 *
 * `seed` is a whole number from 0 to 2^53 − 1, else a RangeError.
 */
export class NumpyDefaultRng {
  readonly bits: Pcg64;
  private readonly one = new Float64Array(1);

  constructor(seed: number) {
    this.bits = new Pcg64(new SeedSequence(seed));
  }

  /** `random()`: uniform in [0, 1). */
  random(): number {
    return this.bits.nextDouble();
  }

  /** `integers(0, n)`, and the position that `choice` of n values takes; n is a whole number from 1 to 2^53, else a RangeError. */
  index(n: number): number {
    return this.indices(n, this.one)[0];
  }

  /** `integers(0, n, out.length)`, or the positions that `choice` takes with replacement: fills `out` and returns it. */
  indices(n: number, out: Float64Array): Float64Array {
    if (!Number.isInteger(n) || n < 1 || n - 1 > Number.MAX_SAFE_INTEGER) {
      throw new RangeError(`An index needs a whole number of values, at least 1; there are ${n}.`);
    }
    fillBounded(this.bits, 0, n - 1, out);
    return out;
  }
}
