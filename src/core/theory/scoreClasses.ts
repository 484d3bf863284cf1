import type { SecondScore } from './driftAlgebra.ts';
import type { ScoreClasses } from './masterFormula.ts';

const BOTH = 'Both classes need at least two rows with different scores.';

/** Statistics, or why there are none. */
export type Measured<T> =
  { readonly value: T; readonly reason: null } | { readonly value: null; readonly reason: string };

interface Moments {
  readonly count: readonly [number, number];
  readonly mean: readonly [number, number];
}

function moments(values: Float64Array, labels: Uint8Array): Moments {
  const count: [number, number] = [0, 0];
  const sum: [number, number] = [0, 0];
  for (let k = 0; k < values.length; k++) {
    const y = labels[k] === 1 ? 1 : 0;
    count[y]++;
    sum[y] += values[k];
  }
  return { count, mean: [sum[0] / count[0], sum[1] / count[1]] };
}

/** Within-class (co)variances of two score vectors, with divisor n − 1. */
function covariances(a: Float64Array, b: Float64Array, labels: Uint8Array, ma: Moments, mb: Moments): [number, number] {
  const sum: [number, number] = [0, 0];
  for (let k = 0; k < a.length; k++) {
    const y = labels[k] === 1 ? 1 : 0;
    sum[y] += (a[k] - ma.mean[y]) * (b[k] - mb.mean[y]);
  }
  return [sum[0] / (ma.count[0] - 1), sum[1] / (ma.count[1] - 1)];
}

/**
 * Class statistics of s = w·x/‖w‖ from the products w·x of unit rows, for the master formula; k = ‖w‖ > 0. null with the
 * reason where a class has fewer than two rows or no spread.
 */
export function measureScoreClasses(s: Float64Array, labels: Uint8Array, k: number, b: number): Measured<ScoreClasses> {
  if (!(k > 0)) return { value: null, reason: 'The probe has no direction: all its weights are zero.' };
  const m = moments(s, labels);
  if (m.count[0] < 2 || m.count[1] < 2) return { value: null, reason: BOTH };
  const [v0, v1] = covariances(s, s, labels, m, m);
  if (!(v0 > 0 && v1 > 0)) return { value: null, reason: BOTH };
  return {
    value: {
      mean0: m.mean[0] / k,
      mean1: m.mean[1] / k,
      sd0: Math.sqrt(v0) / k,
      sd1: Math.sqrt(v1) / k,
      pi1: m.count[1] / s.length,
      k,
      b,
    },
    reason: null,
  };
}

/**
 * The second score q = w·d/‖w‖ of the same rows and its covariance with s, averaged over the classes. null with the reason
 * where a class has fewer than two rows.
 */
export function measureSecondScore(
  s: Float64Array,
  wd: Float64Array,
  labels: Uint8Array,
  k: number,
): Measured<SecondScore> {
  if (!(k > 0)) return { value: null, reason: 'The probe has no direction: all its weights are zero.' };
  const ms = moments(s, labels);
  const mq = moments(wd, labels);
  if (ms.count[0] < 2 || ms.count[1] < 2) return { value: null, reason: BOTH };
  const [v0, v1] = covariances(wd, wd, labels, mq, mq);
  const [c0, c1] = covariances(s, wd, labels, ms, mq);
  return {
    value: {
      mean0: mq.mean[0] / k,
      mean1: mq.mean[1] / k,
      variance: (v0 + v1) / (2 * k * k),
      covariance: (c0 + c1) / (2 * k * k),
    },
    reason: null,
  };
}
