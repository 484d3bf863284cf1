import { brier } from './brier.ts';
import { ScoreSorter } from './rank.ts';

/**
 * CORP: calibration without bins (Dimitriadis, Gneiting and Jordan 2021). Isotonic regression of the labels on p gives the
 * calibrated curve; brier = miscalibration − discrimination + uncertainty holds exactly.
 */
export interface Corp {
  /** MCB ≥ 0: what recalibration by the isotonic curve would take off the Brier score. */
  readonly miscalibration: number;
  /** DSC ≥ 0: what the recalibrated forecast gains over the base rate. */
  readonly discrimination: number;
  /** UNC: the Brier score of the base rate, π(1 − π). */
  readonly uncertainty: number;
  /** Distinct forecasts, ascending. */
  readonly forecast: Float64Array;
  /** Isotonic frequency of class 1 at each of them, non-decreasing. */
  readonly calibrated: Float64Array;
}

/** CORP by pool-adjacent-violators on the distinct forecasts; null without rows. NaN throws. */
export function corp(labels: Uint8Array, p: Float64Array, sorter = new ScoreSorter(p.length)): Corp | null {
  const n = labels.length;
  const score = brier(labels, p);
  if (score === null) return null;
  sorter.sort(p);
  const { order, startsTie } = sorter;
  let distinct = 0;
  for (let k = 0; k < n; k++) distinct += startsTie[k];
  const forecast = new Float64Array(distinct);
  // Blocks of pooled forecasts: label sum, row count, and one past the last distinct forecast.
  const sums = new Float64Array(distinct);
  const counts = new Float64Array(distinct);
  const ends = new Uint32Array(distinct);
  let blocks = 0;
  let seen = 0;
  let positives = 0;
  for (let start = 0; start < n;) {
    let end = start + 1;
    let sum = labels[order[start]];
    while (end < n && startsTie[end] === 0) sum += labels[order[end++]];
    forecast[seen++] = p[order[start]];
    sums[blocks] = sum;
    counts[blocks] = end - start;
    ends[blocks] = seen;
    blocks++;
    // Pool while the block before is not lower; cross-multiplied, so that integers decide.
    while (blocks > 1 && sums[blocks - 2] * counts[blocks - 1] >= sums[blocks - 1] * counts[blocks - 2]) {
      sums[blocks - 2] += sums[blocks - 1];
      counts[blocks - 2] += counts[blocks - 1];
      ends[blocks - 2] = ends[blocks - 1];
      blocks--;
    }
    positives += sum;
    start = end;
  }
  const calibrated = new Float64Array(distinct);
  const base = positives / n;
  let pooledScore = 0;
  let discrimination = 0;
  let from = 0;
  for (let block = 0; block < blocks; block++) {
    const rate = sums[block] / counts[block];
    calibrated.fill(rate, from, ends[block]);
    from = ends[block];
    // Within a block Σ(rate − y)² = count·rate(1 − rate).
    pooledScore += counts[block] * rate * (1 - rate);
    discrimination += counts[block] * (rate - base) ** 2;
  }
  return {
    miscalibration: score - pooledScore / n,
    discrimination: discrimination / n,
    uncertainty: base * (1 - base),
    forecast,
    calibrated,
  };
}
