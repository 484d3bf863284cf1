/** The p-quantile of the values (p in [0, 1]), linear between neighbours as NumPy's default; NaN for none. */
export function quantile(values: readonly number[], p: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const at = p * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
export const p95 = (values: readonly number[]): number => quantile(values, 0.95);

/** Milliseconds of each of `repeats` calls, after `warmUp` calls that are not counted. */
export function timed(call: (repeat: number) => void, repeats: number, warmUp = 2): number[] {
  for (let k = 0; k < warmUp; k++) call(k);
  return Array.from({ length: repeats }, (_, k) => {
    const began = performance.now();
    call(k + warmUp);
    return performance.now() - began;
  });
}

/** Milliseconds that one promise took, and what it brought. */
export async function timedOnce<T>(work: () => T | Promise<T>): Promise<{ readonly ms: number; readonly value: T }> {
  const began = performance.now();
  const value = await work();
  return { ms: performance.now() - began, value };
}
