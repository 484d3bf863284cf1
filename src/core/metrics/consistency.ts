import { Z_90 } from './normal.ts';

/** Up to this many rows in a bin the Poisson-binomial law is computed; above, its normal approximation. */
export const EXACT_ROWS = 500;
/** Probabilities below this at the ends of the law are dropped; 500 rows can lose 1e-19 of the mass. */
const NEGLIGIBLE = 1e-22;

/** The law of the number of successes among independent trials: `pmf[k]` for k in first … last, 0 elsewhere. */
export interface PoissonBinomial {
  readonly pmf: Float64Array;
  readonly first: number;
  readonly last: number;
}

/**
 * Exact Poisson-binomial law by dynamic programming over `probabilities[start … end−1]`, O(rows × spread).
 *
 * @param scratch At least end − start + 1 numbers; becomes `pmf`.
 */
export function poissonBinomial(
  probabilities: Float64Array,
  start = 0,
  end = probabilities.length,
  scratch: Float64Array = new Float64Array(end - start + 1),
): PoissonBinomial {
  scratch.fill(0, 0, end - start + 1);
  scratch[0] = 1;
  let first = 0;
  let last = 0;
  for (let i = start; i < end; i++) {
    const p = probabilities[i];
    const q = 1 - p;
    last++;
    scratch[last] = scratch[last - 1] * p;
    for (let k = last - 1; k > first; k--) scratch[k] = scratch[k] * q + scratch[k - 1] * p;
    scratch[first] *= q;
    while (first < last && scratch[first] < NEGLIGIBLE) scratch[first++] = 0;
    while (last > first && scratch[last] < NEGLIGIBLE) scratch[last--] = 0;
  }
  return { pmf: scratch, first, last };
}

/** Smallest k with P(K ≤ k) ≥ level; a probability that equals the level but for rounding (1e-12) counts as reaching it. */
export function quantile(law: PoissonBinomial, level: number): number {
  let cumulative = 0;
  for (let k = law.first; k < law.last; k++) {
    cumulative += law.pmf[k];
    if (cumulative >= level - 1e-12) return k;
  }
  return law.last;
}

export interface Band {
  readonly low: number;
  readonly high: number;
}

/**
 * 90 % consistency bar of a reliability bin (Bröcker and Smith 2007): the 5 % and 95 % quantiles of the observed frequency if
 * every row came out with the probability that was forecast for it. It answers "could this be calibrated?", where Wilson's
 * interval answers "where is the true frequency?". Computed from the law itself, without resampling: exact up to 500 rows;
 * above, from the normal law with continuity correction.
 *
 * @param forecasts Those of the bin are forecasts[start … end−1].
 * @param scratch At least 501 numbers.
 * @returns null for an empty bin.
 */
export function consistencyBand(
  forecasts: Float64Array,
  start = 0,
  end = forecasts.length,
  scratch: Float64Array = new Float64Array(EXACT_ROWS + 1),
): Band | null {
  const count = end - start;
  if (count === 0) return null;
  if (count > EXACT_ROWS) {
    let mean = 0;
    let variance = 0;
    for (let i = start; i < end; i++) {
      mean += forecasts[i];
      variance += forecasts[i] * (1 - forecasts[i]);
    }
    return normalConsistencyBand(count, mean, variance);
  }
  const law = poissonBinomial(forecasts, start, end, scratch);
  return { low: quantile(law, 0.05) / count, high: quantile(law, 0.95) / count };
}

/** The same bar from Σ f and Σ f(1 − f) alone, by the normal law with continuity correction. */
export function normalConsistencyBand(count: number, mean: number, variance: number): Band {
  const reach = Z_90 * Math.sqrt(Math.max(0, variance));
  const whole = (k: number): number => Math.min(count, Math.max(0, Math.ceil(k))) / count;
  return { low: whole(mean - reach - 0.5), high: whole(mean + reach - 0.5) };
}
