/** NumPy adds up to this many numbers in one go, in eight interleaved sums. */
const BLOCK = 128;

/**
 * The sum of values[from … to − 1] in the order in which `numpy.sum` adds them (pairwise, blocks of at most 128, eight
 * accumulators), so that its last bits are NumPy's. The sum of nothing is 0.
 *
 * Source: `pairwise_sum` in numpy/core/src/umath/loops_utils.h.src.
 */
export function numpySum(values: Float64Array, from = 0, to: number = values.length): number {
  const n = to - from;
  if (n < 8) {
    let sum = 0;
    for (let i = from; i < to; i++) sum += values[i];
    return sum;
  }
  if (n > BLOCK) {
    let half = Math.floor(n / 2);
    half -= half % 8;
    return numpySum(values, from, from + half) + numpySum(values, from + half, to);
  }
  let r0 = values[from];
  let r1 = values[from + 1];
  let r2 = values[from + 2];
  let r3 = values[from + 3];
  let r4 = values[from + 4];
  let r5 = values[from + 5];
  let r6 = values[from + 6];
  let r7 = values[from + 7];
  const whole = to - (n % 8);
  for (let i = from + 8; i < whole; i += 8) {
    r0 += values[i];
    r1 += values[i + 1];
    r2 += values[i + 2];
    r3 += values[i + 3];
    r4 += values[i + 4];
    r5 += values[i + 5];
    r6 += values[i + 6];
    r7 += values[i + 7];
  }
  let sum = r0 + r1 + (r2 + r3) + (r4 + r5 + (r6 + r7));
  for (let i = whole; i < to; i++) sum += values[i];
  return sum;
}

/** `numpy.mean` of values[from … to − 1], to the last bit; null of nothing. */
export function numpyMean(values: Float64Array, from = 0, to: number = values.length): number | null {
  return to > from ? numpySum(values, from, to) / (to - from) : null;
}
