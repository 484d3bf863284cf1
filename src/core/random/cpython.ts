import { Mt19937 } from './mt19937.ts';

const TWO_26 = 67108864;
const TWO_32 = 0x100000000;

/** The 32-bit words of |seed|, lowest first; 0 is one word. */
function keyOf(seed: number): number[] {
  if (!Number.isSafeInteger(seed))
    throw new RangeError(`A seed must be a whole number within ±(2^53 − 1); it is ${seed}.`);
  const size = Math.abs(seed);
  return size >= TWO_32 ? [size >>> 0, Math.floor(size / TWO_32)] : [size >>> 0];
}

/**
 * The part of Python's `random.Random(seed)` that the lab uses, drawing the same numbers in the same order (CPython 3.2 and
 * later): MT19937 under `init_by_array`.
 *
 * `seed` is a whole number within ±(2^53 − 1), else a RangeError; Python takes its absolute value.
 */
export class CPythonRandom {
  private readonly bits: Mt19937;

  constructor(seed: number) {
    this.bits = new Mt19937(keyOf(seed));
  }

  /** `getrandbits(32)`: a number from 0 to 2^32 − 1. */
  nextUint32(): number {
    return this.bits.nextUint32();
  }

  /** `random()`: uniform in [0, 1), a multiple of 2^−53. */
  random(): number {
    const high = this.bits.nextUint32() >>> 5;
    return (high * TWO_26 + (this.bits.nextUint32() >>> 6)) / 2 ** 53;
  }

  /** `randrange(n)`: a whole number from 0 to n − 1, by rejection; n is a whole number from 1 to 2^32 − 1, else a RangeError. */
  below(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n >= TWO_32) {
      throw new RangeError(`below needs a whole number from 1 to 2^32 − 1; it is ${n}.`);
    }
    const dropped = Math.clz32(n);
    let drawn: number;
    do {
      drawn = this.bits.nextUint32() >>> dropped;
    } while (drawn >= n);
    return drawn;
  }

  /** `shuffle(values)`, in place (Fisher and Yates from the end); returns `values`. */
  shuffle<T extends { [index: number]: V; readonly length: number }, V = T[number]>(values: T): T {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
    return values;
  }

  /** The numbers 0 … n − 1 as `shuffle(list(range(n)))` leaves them. */
  shuffledRange(n: number): Uint32Array {
    const order = new Uint32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    return this.shuffle(order);
  }
}
