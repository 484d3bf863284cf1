import { binRows, emptyBins } from './bins.ts';
import { calibrationErrors } from './calibrationError.ts';
import { EXACT_ROWS, poissonBinomial } from './consistency.ts';
import type { BinnedRows, BinSettings, BinSums } from './bins.ts';

const MEAN_ABSOLUTE_NORMAL = Math.sqrt(2 / Math.PI);

/**
 * Expected ECE of a perfectly calibrated probe with these forecasts: what finite n and M alone produce.
 *
 * Given the forecasts, the bins are fixed and the outcomes of a bin follow a Poisson-binomial law, so
 * E[ECE] = (1/n) Σ_b E|K_b − Σ f| exactly, without simulation. Bins of more than 500 rows use the normal mean absolute deviation.
 *
 * @returns null without rows.
 */
export function expectedNullEce(forecast: Float64Array, settings: BinSettings): number | null {
  return expectedNullEceOf(forecast, binRows(forecast, new Uint8Array(forecast.length), settings));
}

/** {@link expectedNullEce} of rows that are binned already. */
export function expectedNullEceOf(forecast: Float64Array, { sums, rowBin }: BinnedRows): number | null {
  const n = forecast.length;
  if (n === 0) return null;
  const members = new Float64Array(EXACT_ROWS);
  let total = 0;
  for (let bin = 0; bin < sums.bins; bin++) {
    const count = sums.count[bin];
    if (count === 0) continue;
    if (count > EXACT_ROWS) {
      total += MEAN_ABSOLUTE_NORMAL * Math.sqrt(sums.variance[bin]);
      continue;
    }
    let filled = 0;
    for (let i = 0; i < n; i++) if (rowBin[i] === bin) members[filled++] = forecast[i];
    const law = poissonBinomial(members, 0, count);
    for (let k = law.first; k <= law.last; k++) total += law.pmf[k] * Math.abs(k - sums.forecast[bin]);
  }
  return total / n;
}

/** Expected null ECE with the normal law in every bin: √(2/π) Σ_b √(Σ f(1 − f)) / n. O(bins); null without rows. */
export function normalNullEce(sums: BinSums): number | null {
  let n = 0;
  let total = 0;
  for (let bin = 0; bin < sums.bins; bin++) {
    n += sums.count[bin];
    total += Math.sqrt(sums.variance[bin]);
  }
  return n === 0 ? null : (MEAN_ABSOLUTE_NORMAL * total) / n;
}

/**
 * ECEs of a perfectly calibrated probe by simulation: outcome i is 1 with probability forecast[i], `replicates` times.
 *
 * @param uniform Fills its argument with uniform numbers in [0, 1); called once a replicate with an array of n.
 * @returns Sorted ascending, so that quantiles can be read off; empty without rows.
 */
export function simulateNullEce(
  forecast: Float64Array,
  settings: BinSettings,
  replicates: number,
  uniform: (out: Float64Array) => void,
): Float64Array {
  const n = forecast.length;
  if (n === 0) return new Float64Array(0);
  const { sums, rowBin } = binRows(forecast, new Uint8Array(n), settings);
  const drawn = { ...emptyBins(settings), count: sums.count, forecast: sums.forecast };
  const u = new Float64Array(n);
  const eces = new Float64Array(replicates);
  for (let r = 0; r < replicates; r++) {
    uniform(u);
    drawn.outcome.fill(0);
    for (let i = 0; i < n; i++) if (u[i] < forecast[i]) drawn.outcome[rowBin[i]]++;
    eces[r] = calibrationErrors(drawn).ece ?? 0;
  }
  return eces.sort();
}
