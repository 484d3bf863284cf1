const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const L1 = 6.66666666666673513e-1;
const L2 = 3.999999999940941908e-1;
const L3 = 2.857142874366239149e-1;
const L4 = 2.222219843214978396e-1;
const L5 = 1.818357216161805012e-1;
const L6 = 1.531383769920937332e-1;
const L7 = 1.479819860511658591e-1;

/** Below this the argument is reduced by a power of two: −(1 − √½), cut to the high word of its float64. */
const REDUCED_BELOW = -0.2928934097290039;
/** Upper 20 mantissa bits of √2. */
const SQRT2_BITS = 0x6a09e;

const bits = new DataView(new ArrayBuffer(8));

/**
 * log(1 + x) for x in (−1, 0], the same to the last bit in every browser, within one unit in the last place.
 *
 * `Math.log1p` may differ in its last bit from engine to engine, and the tails of the ziggurat are sums of it. This is
 * the method and the constants of FDLIBM (Sun Microsystems 1993, s_log1p.c), the polynomial summed in pairs as the C
 * library of Linux sums it. That library fuses multiply and add where the processor can, and then rounds about 4
 * arguments in 10,000 the other way; that changes the last bit of a normal less than once in 10 million draws (in 60
 * million, never).
 */
export function log1p(x: number): number {
  if (x > -(2 ** -29)) return x > -(2 ** -54) ? x : x - x * x * 0.5;
  if (x > REDUCED_BELOW) return unreduced(x);

  const u = 1 + x;
  bits.setFloat64(0, u);
  const word = bits.getInt32(0);
  let k = (word >> 20) - 1023;
  const lost = (x - (u - 1)) / u;
  const mantissa = word & 0xfffff;
  let nearOne: boolean;
  if (mantissa < SQRT2_BITS) {
    bits.setInt32(0, mantissa | 0x3ff00000);
    nearOne = mantissa === 0;
  } else {
    k += 1;
    bits.setInt32(0, mantissa | 0x3fe00000);
    nearOne = (0x100000 - mantissa) >> 2 === 0;
  }
  const f = bits.getFloat64(0) - 1;
  const half = 0.5 * f * f;
  if (nearOne) {
    if (f === 0) return k * LN2_HIGH + (lost + k * LN2_LOW);
    const r = half * (1 - 0.66666666666666666 * f);
    return k * LN2_HIGH - (r - (k * LN2_LOW + lost) - f);
  }
  const s = f / (2 + f);
  return k * LN2_HIGH - (half - (s * (half + remainder(s * s)) + (k * LN2_LOW + lost)) - f);
}

function unreduced(x: number): number {
  const half = 0.5 * x * x;
  const s = x / (2 + x);
  return x - (half - s * (half + remainder(s * s)));
}

/** The remainder of log(1 + f) after f − f²/2, as a polynomial in z = (f / (2 + f))². */
function remainder(z: number): number {
  const z2 = z * z;
  const z4 = z2 * z2;
  const z6 = z4 * z2;
  return z * L1 + z2 * (L2 + z * L3) + z4 * (L4 + z * L5) + z6 * (L6 + z * L7);
}
