/**
 * The x in [0, largest] at which a function that grows from f(0) ≤ target is `target`, to a relative 1e-10, from a guess above 0:
 * widens a bracket around the guess, then the Illinois form of false position. About 10 calls of f. null where f(largest) is
 * below the target.
 */
export function rootOfIncreasing(
  f: (x: number) => number,
  target: number,
  guess: number,
  largest: number,
): number | null {
  let low = 0;
  let below = f(0) - target;
  if (below >= 0) return 0;
  let high = Math.min(largest, Math.max(guess, Number.MIN_VALUE));
  let above = f(high) - target;
  while (above < 0) {
    if (high >= largest) return null;
    [low, below] = [high, above];
    high = Math.min(largest, 1.5 * high);
    above = f(high) - target;
  }
  let [weightLow, weightHigh] = [below, above];
  let side = 0;
  for (let i = 0; i < 100 && high - low > 1e-10 * high && weightHigh !== weightLow; i++) {
    const cut = low - (weightLow * (high - low)) / (weightHigh - weightLow);
    const x = cut > low && cut < high ? cut : (low + high) / 2;
    const value = f(x) - target;
    if (value === 0 || Math.abs(value) <= 1e-13 * Math.abs(target)) return x;
    if (value < 0) {
      [low, weightLow] = [x, value];
      if (side < 0) weightHigh /= 2;
      side = -1;
    } else {
      [high, weightHigh] = [x, value];
      if (side > 0) weightLow /= 2;
      side = 1;
    }
  }
  return (low + high) / 2;
}
