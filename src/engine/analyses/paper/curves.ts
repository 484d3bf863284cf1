/** 1 − v/v₀ for each value of a curve, relative to its first; NaN where either is undefined or the first is 0. */
export function relativeDrop(values: Float64Array): Float64Array {
  const first = values[0];
  return values.map((value) => (first === 0 ? NaN : 1 - value / first));
}

/** The first x at which y reaches `level`, by a straight line from the point before; null where it never does. */
export function firstCrossing(x: Float64Array, y: Float64Array, level: number): number | null {
  for (let i = 0; i < y.length; i++) {
    if (!(y[i] >= level)) continue;
    if (i === 0) return x[0];
    const share = (level - y[i - 1]) / (y[i] - y[i - 1]);
    return Number.isFinite(share) ? x[i - 1] + share * (x[i] - x[i - 1]) : x[i];
  }
  return null;
}

/** Σ of the values up to each one. */
export function runningSum(values: readonly number[]): Float64Array {
  let sum = 0;
  return Float64Array.from(values, (value) => (sum += value));
}
