const N = 624;
const M = 397;
const UPPER = 0x80000000;
const LOWER = 0x7fffffff;
const TWIST = 0x9908b0df;

/**
 * The Mersenne Twister MT19937 (Matsumoto & Nishimura 1998), seeded from a list of 32-bit words by `init_by_array`, as in the
 * authors' reference version of 2002.
 */
export class Mt19937 {
  private readonly state = new Uint32Array(N);
  private next = N;

  /** @param key At least one 32-bit word; an empty key is a RangeError. */
  constructor(key: readonly number[]) {
    if (key.length === 0) throw new RangeError('A key of MT19937 needs at least one word.');
    const s = this.state;
    s[0] = 19650218;
    for (let i = 1; i < N; i++) s[i] = Math.imul(1812433253, s[i - 1] ^ (s[i - 1] >>> 30)) + i;
    let i = 1;
    let j = 0;
    for (let k = Math.max(N, key.length); k > 0; k--) {
      s[i] = (s[i] ^ Math.imul(s[i - 1] ^ (s[i - 1] >>> 30), 1664525)) + key[j] + j;
      if (++i === N) {
        s[0] = s[N - 1];
        i = 1;
      }
      if (++j === key.length) j = 0;
    }
    for (let k = N - 1; k > 0; k--) {
      s[i] = (s[i] ^ Math.imul(s[i - 1] ^ (s[i - 1] >>> 30), 1566083941)) - i;
      if (++i === N) {
        s[0] = s[N - 1];
        i = 1;
      }
    }
    s[0] = UPPER;
  }

  private refill(): void {
    const s = this.state;
    for (let i = 0; i < N; i++) {
      const y = (s[i] & UPPER) | (s[i === N - 1 ? 0 : i + 1] & LOWER);
      s[i] = s[i < N - M ? i + M : i + M - N] ^ (y >>> 1) ^ (y & 1 ? TWIST : 0);
    }
    this.next = 0;
  }

  /** 32 bits, as a number from 0 to 2^32 − 1. */
  nextUint32(): number {
    if (this.next === N) this.refill();
    let y = this.state[this.next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }
}
