const POOL_SIZE = 4;
const INIT_A = 0x43b0d7e5;
const MULT_A = 0x931e8875;
const INIT_B = 0x8b51f9dd;
const MULT_B = 0x58f38ded;
const MIX_MULT_L = 0xca01f9dd;
const MIX_MULT_R = 0x4973f715;

/** The 32-bit words of a non-negative integer below 2^53, lowest first; 0 is one word. */
function words(value: number, what: string): number[] {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${what} must be a whole number from 0 to 2^53 − 1; it is ${value}.`);
  }
  const high = Math.floor(value / 0x100000000);
  return high > 0 ? [value >>> 0, high] : [value >>> 0];
}

function mix(x: number, y: number): number {
  const result = (Math.imul(MIX_MULT_L, x) - Math.imul(MIX_MULT_R, y)) | 0;
  return result ^ (result >>> 16);
}

/**
 * NumPy's `SeedSequence(entropy, spawn_key=spawnKey)` with its default pool of four words: O'Neill's seed_seq hashing,
 * which turns small seeds into well-mixed states.
 *
 * `entropy` and each part of `spawnKey` are whole numbers from 0 to 2^53 − 1; anything else throws a RangeError.
 * Source: numpy/random/bit_generator.pyx (M. E. O'Neill, "Developing a seed_seq alternative", 2015).
 */
export class SeedSequence {
  private readonly pool = new Int32Array(POOL_SIZE);

  constructor(entropy: number, spawnKey: readonly number[] = []) {
    const assembled = words(entropy, 'A seed');
    if (spawnKey.length > 0) {
      // Zeros up to the pool size keep a spawn key from colliding with a longer seed (NumPy 1.19, gh-16539).
      while (assembled.length < POOL_SIZE) assembled.push(0);
      for (const part of spawnKey) assembled.push(...words(part, 'A part of a spawn key'));
    }
    this.absorb(assembled);
  }

  private absorb(entropy: readonly number[]): void {
    const { pool } = this;
    let constant = INIT_A;
    const hash = (value: number): number => {
      const seen = value ^ constant;
      constant = Math.imul(constant, MULT_A);
      const product = Math.imul(seen, constant);
      return product ^ (product >>> 16);
    };
    for (let i = 0; i < POOL_SIZE; i++) pool[i] = hash(entropy[i] ?? 0);
    for (let from = 0; from < POOL_SIZE; from++) {
      for (let to = 0; to < POOL_SIZE; to++) {
        if (from !== to) pool[to] = mix(pool[to], hash(pool[from]));
      }
    }
    for (let from = POOL_SIZE; from < entropy.length; from++) {
      for (let to = 0; to < POOL_SIZE; to++) pool[to] = mix(pool[to], hash(entropy[from]));
    }
  }

  /** `generate_state(count, uint32)`: `count` words. */
  generateUint32(count: number): Uint32Array {
    const state = new Uint32Array(count);
    let constant = INIT_B;
    for (let i = 0; i < count; i++) {
      const seen = this.pool[i % POOL_SIZE] ^ constant;
      constant = Math.imul(constant, MULT_B);
      const product = Math.imul(seen, constant);
      state[i] = product ^ (product >>> 16);
    }
    return state;
  }

  /** `generate_state(count, uint64)` as 2 × `count` words: the low half of each 64-bit word, then its high half. */
  generateUint64(count: number): Uint32Array {
    return this.generateUint32(2 * count);
  }
}
