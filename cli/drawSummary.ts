import { quantilesInPlace } from '../src/core/drift/quantiles.ts';

/** One number over several draws of the drift. */
export interface Summary {
  /** Over the draws where the number is defined, as the quantiles; null where there is none. */
  readonly mean: number | null;
  /** Quantiles with linear interpolation, as NumPy's default. */
  readonly p5: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  /** In how many draws the number is defined. */
  readonly defined: number;
}

export function summarize(values: readonly (number | null)[]): Summary {
  const known = Float64Array.from(values.filter((value) => value !== null));
  const defined = known.length;
  if (defined === 0) return { mean: null, p5: null, p50: null, p95: null, defined };
  const mean = known.reduce((sum, value) => sum + value, 0) / defined;
  const [p5, p50, p95] = quantilesInPlace(known, defined, [0.05, 0.5, 0.95]);
  return { mean, p5, p50, p95, defined };
}
