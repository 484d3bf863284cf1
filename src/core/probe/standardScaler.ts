import type { RowIndex } from '../linalg/embeddings.ts';
import type { RowKernels } from '../linalg/kernels.ts';
import type { Scaler } from './types.ts';

export interface Moments {
  readonly mean: Float64Array;
  /** Population variance (divisor n). */
  readonly variance: Float64Array;
}

/** Mean and population variance of each feature over the given rows, in two passes. Throws RangeError without rows. */
export function featureMoments(kernels: RowKernels, rows: RowIndex): Moments {
  const n = rows.length;
  if (n === 0) throw new RangeError('Means need at least one row.');
  const { dims } = kernels.embeddings;
  const mean = new Float64Array(dims);
  const variance = new Float64Array(dims);
  kernels.transposeVec(rows, new Float64Array(n).fill(1), mean);
  for (let j = 0; j < dims; j++) mean[j] /= n;
  kernels.squaredDeviations(rows, mean, variance);
  for (let j = 0; j < dims; j++) variance[j] /= n;
  return { mean, variance };
}

/**
 * scikit-learn's StandardScaler from moments over n rows: the divisor is the population standard deviation, and 1 where
 * the variance is within rounding of a constant feature (var ≤ n·ε·var + (n·ε·mean)², Chan, Golub & LeVeque 1983).
 */
export function scalerFromMoments({ mean, variance }: Moments, n: number): Scaler {
  const std = variance.map((v, j) => {
    const bound = n * Number.EPSILON * v + (n * mean[j] * Number.EPSILON) ** 2;
    return v <= bound ? 1 : Math.sqrt(v);
  });
  return { mean, std };
}

/** Mean and divisor of each feature over the given rows, without a standardised copy. Throws RangeError without rows. */
export function standardScaler(kernels: RowKernels, rows: RowIndex): Scaler {
  return scalerFromMoments(featureMoments(kernels, rows), rows.length);
}
