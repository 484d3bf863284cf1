import { deLong } from '../metrics/deLong.ts';
import { Z_95 } from '../metrics/normal.ts';
import { wilson } from '../metrics/wilson.ts';
import type { Estimate } from '../metrics/types.ts';

const undefinedEstimate = (reason: string): Estimate => ({ value: null, low: null, high: null, reason });

function meanAndVariance(values: ArrayLike<number>): { readonly mean: number; readonly variance: number } {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i];
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i] - mean) ** 2;
  return { mean, variance: squares / (n - 1) };
}

function around(value: number, variance: number, why: string): Estimate {
  if (!(variance > 0)) return { value, low: null, high: null, reason: why };
  const half = Z_95 * Math.sqrt(variance);
  return { value, low: value - half, high: value + half, reason: null };
}

/**
 * Mean of b − a over the same rows, with the normal 95 % interval d̄ ± 1.96·s_d/√n, s_d with ddof 1. For 0/1 values this is the
 * interval of the difference of two dependent shares that McNemar's test belongs to.
 */
export function pairedMeanDifference(a: ArrayLike<number>, b: ArrayLike<number>): Estimate {
  if (a.length !== b.length) throw new RangeError(`Paired rows: ${a.length} and ${b.length}.`);
  if (a.length === 0) return undefinedEstimate('There are no rows.');
  const { mean, variance } = meanAndVariance(Float64Array.from(a, (value, i) => b[i] - value));
  return around(mean, variance / a.length, 'Every row differs by the same, so the variance is 0 or undefined.');
}

/** Mean of b minus mean of a over different rows, with the normal 95 % interval of Welch's standard error. */
export function meanDifference(a: ArrayLike<number>, b: ArrayLike<number>): Estimate {
  if (a.length === 0 || b.length === 0) return undefinedEstimate('There are no rows on one side.');
  const [one, two] = [meanAndVariance(a), meanAndVariance(b)];
  const variance = one.variance / a.length + two.variance / b.length;
  return around(two.mean - one.mean, variance, 'A side has fewer than two rows, or nothing varies.');
}

/** Share of b minus share of a, of different rows: Newcombe's hybrid 95 % interval from both Wilson intervals (1998, method 10). */
export function newcombe(a: { readonly k: number; readonly n: number }, b: typeof a): Estimate {
  const [one, two] = [wilson(a.k, a.n), wilson(b.k, b.n)];
  if (one.value === null || two.value === null || one.low === null || one.high === null) {
    return undefinedEstimate('There are no rows on one side.');
  }
  const value = two.value - one.value;
  const low = value - Math.hypot(two.value - (two.low ?? 0), one.high - one.value);
  const high = value + Math.hypot((two.high ?? 1) - two.value, one.value - one.low);
  return { value, low, high, reason: null };
}

/** AUC of b minus AUC of a, of different rows: DeLong's variances add up; normal 95 % interval. */
export function aucDifference(labelsA: Uint8Array, a: Float64Array, labelsB: Uint8Array, b: Float64Array): Estimate {
  const [one, two] = [deLong(labelsA, a), deLong(labelsB, b)];
  if (one.auc === null || two.auc === null) return undefinedEstimate(one.reason ?? two.reason ?? 'A class is missing.');
  const variance = one.variance === null || two.variance === null ? NaN : one.variance + two.variance;
  return around(two.auc - one.auc, variance, 'A class has fewer than two rows, or the variance is 0.');
}
