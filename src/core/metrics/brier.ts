import { binRows } from './bins.ts';
import type { BinSettings } from './bins.ts';

/** Mean (p − y)², in [0, 1]; null without rows. */
export function brier(labels: Uint8Array, p: Float64Array): number | null {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    const gap = p[i] - labels[i];
    sum += gap * gap;
  }
  return labels.length === 0 ? null : sum / labels.length;
}

/**
 * Exact binned decomposition of the Brier score (Stephenson, Coelho and Jolliffe 2008):
 * brier = reliability − resolution + uncertainty + withinBinVariance − withinBinCovariance.
 * The usual three terms leave out the last two, so they add up only where all forecasts of a bin are equal.
 */
export interface BrierDecomposition {
  readonly brier: number;
  readonly reliability: number;
  readonly resolution: number;
  readonly uncertainty: number;
  readonly withinBinVariance: number;
  /** Twice the mean within-bin covariance of forecast and outcome. */
  readonly withinBinCovariance: number;
}

/** Five-term decomposition over the bins given; null without rows. */
export function brierDecomposition(
  labels: Uint8Array,
  p: Float64Array,
  settings: BinSettings,
): BrierDecomposition | null {
  const n = labels.length;
  const total = brier(labels, p);
  if (total === null) return null;
  const { sums, rowBin } = binRows(p, labels, settings);
  let positives = 0;
  for (let i = 0; i < n; i++) positives += labels[i];
  const base = positives / n;
  let reliability = 0;
  let resolution = 0;
  for (let bin = 0; bin < sums.bins; bin++) {
    const count = sums.count[bin];
    if (count === 0) continue;
    const forecast = sums.forecast[bin] / count;
    const outcome = sums.outcome[bin] / count;
    reliability += (count * (forecast - outcome) ** 2) / n;
    resolution += (count * (outcome - base) ** 2) / n;
  }
  let variance = 0;
  let covariance = 0;
  for (let i = 0; i < n; i++) {
    const bin = rowBin[i];
    const f = p[i] - sums.forecast[bin] / sums.count[bin];
    variance += f * f;
    covariance += f * (labels[i] - sums.outcome[bin] / sums.count[bin]);
  }
  return {
    brier: total,
    reliability,
    resolution,
    uncertainty: base * (1 - base),
    withinBinVariance: variance / n,
    withinBinCovariance: (2 * covariance) / n,
  };
}
