const LEAVES = 8;
const BLOCK = 128;

/** Σ values as `numpy.sum` adds contiguous float64: eight running sums up to 128 values, halves above; the same bits. */
export function pairwiseSum(values: Float64Array, from = 0, count = values.length): number {
  if (count < LEAVES) {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += values[from + i];
    return sum;
  }
  if (count <= BLOCK) {
    const r = values.slice(from, from + LEAVES);
    const whole = count - (count % LEAVES);
    for (let i = LEAVES; i < whole; i += LEAVES) for (let k = 0; k < LEAVES; k++) r[k] += values[from + i + k];
    let sum = r[0] + r[1] + (r[2] + r[3]) + (r[4] + r[5] + (r[6] + r[7]));
    for (let i = whole; i < count; i++) sum += values[from + i];
    return sum;
  }
  let half = Math.floor(count / 2);
  half -= half % LEAVES;
  return pairwiseSum(values, from, half) + pairwiseSum(values, from + half, count - half);
}
