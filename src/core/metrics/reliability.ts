import { binRows } from './bins.ts';
import { confidences, correctness } from './confidence.ts';
import { consistencyBand, EXACT_ROWS, normalConsistencyBand } from './consistency.ts';
import { wilson } from './wilson.ts';
import type { BinnedRows, BinSettings } from './bins.ts';
import type { ConfidenceKind } from './confidence.ts';
import type { ReliabilityBin } from './types.ts';

/** 'top-label': confidence against being right. 'positive-class': p against label 1. */
export type CalibrationTarget = 'top-label' | 'positive-class';

export interface Forecasts {
  readonly forecast: Float64Array;
  readonly outcome: Uint8Array;
}

/** What is forecast, and what came out, under either target. For 'positive-class' these are p and the labels themselves. */
export function calibrationForecasts(
  labels: Uint8Array,
  p: Float64Array,
  target: CalibrationTarget,
  threshold = 0.5,
  kind: ConfidenceKind = 'max',
): Forecasts {
  if (target === 'positive-class') return { forecast: p, outcome: labels };
  return { forecast: confidences(p, threshold, kind), outcome: correctness(labels, p, threshold) };
}

/**
 * Groups the forecasts of the bins that are small enough for the exact consistency law. `starts[b]` … `starts[b + 1]` are those
 * of bin b (none where it has more than {@link EXACT_ROWS} rows).
 */
function gatherSmallBins(
  forecast: Float64Array,
  { sums, rowBin }: BinnedRows,
  starts: Uint32Array,
  gathered: Float64Array,
): void {
  let total = 0;
  for (let bin = 0; bin < sums.bins; bin++) {
    starts[bin] = total;
    if (sums.count[bin] <= EXACT_ROWS) total += sums.count[bin];
  }
  starts[sums.bins] = total;
  if (total === 0) return;
  const next = starts.slice(0, sums.bins);
  for (let i = 0; i < forecast.length; i++) {
    const bin = rowBin[i];
    if (sums.count[bin] <= EXACT_ROWS) gathered[next[bin]++] = forecast[i];
  }
}

/** Buffers of {@link reliabilityBins}, to be kept between calls. */
export interface ReliabilityScratch {
  readonly gathered: Float64Array;
  readonly law: Float64Array;
  readonly starts: Uint32Array;
}

/** Buffers for so many rows and bins. */
export function reliabilityScratch(rows: number, bins: number): ReliabilityScratch {
  return {
    gathered: new Float64Array(Math.min(rows, bins * EXACT_ROWS)),
    law: new Float64Array(EXACT_ROWS + 1),
    starts: new Uint32Array(bins + 1),
  };
}

/** Rows of the reliability diagram from rows that are binned already. */
export function reliabilityBins(
  forecast: Float64Array,
  binned: BinnedRows,
  scratch: ReliabilityScratch = reliabilityScratch(forecast.length, binned.sums.bins),
): ReliabilityBin[] {
  const { sums } = binned;
  gatherSmallBins(forecast, binned, scratch.starts, scratch.gathered);
  const bins: ReliabilityBin[] = [];
  for (let bin = 0; bin < sums.bins; bin++) {
    const count = sums.count[bin];
    const interval = wilson(sums.outcome[bin], count);
    const band =
      count > EXACT_ROWS
        ? normalConsistencyBand(count, sums.forecast[bin], sums.variance[bin])
        : consistencyBand(scratch.gathered, scratch.starts[bin], scratch.starts[bin] + count, scratch.law);
    bins.push({
      lower: sums.lower[bin],
      upper: sums.upper[bin],
      count,
      confidence: count === 0 ? null : sums.forecast[bin] / count,
      accuracy: interval.value,
      low: interval.low,
      high: interval.high,
      consistencyLow: band?.low ?? null,
      consistencyHigh: band?.high ?? null,
    });
  }
  return bins;
}

/**
 * The reliability diagram: per bin the mean forecast, the observed frequency with Wilson's 95 % interval, and the 90 %
 * consistency bar. A bin without rows has nulls.
 *
 * @param forecast Confidence or probability in [0, 1]; outside the bins' range throws a RangeError.
 * @param outcome 0/1, one a row.
 */
export function reliability(forecast: Float64Array, outcome: Uint8Array, settings: BinSettings): ReliabilityBin[] {
  return reliabilityBins(forecast, binRows(forecast, outcome, settings));
}
