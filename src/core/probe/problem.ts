import { dot } from '../linalg/dot.ts';
import type { RowIndex } from '../linalg/embeddings.ts';
import type { RowKernels } from '../linalg/kernels.ts';
import { rowCosts } from './classWeights.ts';
import { featureMoments, scalerFromMoments } from './standardScaler.ts';
import type { LogisticOptions, Scaler } from './types.ts';

/**
 * One training problem. Parameters θ have length dims + 1: coefficients on the features (x − mean)/std, then the
 * intercept. Without standardisation std is 1 and the features are still centred: the intercept is not penalised, so
 * that moves no optimum, and it takes the common direction of a narrow cone of rows out of the Hessian.
 */
export interface Problem {
  readonly kernels: RowKernels;
  readonly rows: RowIndex;
  readonly labels: Uint8Array;
  /** Factor of each row's loss. */
  readonly costs: Float64Array;
  readonly dims: number;
  readonly mean: Float64Array;
  readonly std: Float64Array;
  /** Mean square of each centred feature. */
  readonly energy: Float64Array;
  /** Root mean square length of a row of raw features over std, by which a rounded sum over rows may be off. */
  readonly reach: number;
  readonly standardized: boolean;
}

export function makeProblem(
  kernels: RowKernels,
  rows: RowIndex,
  labels: Uint8Array,
  options: LogisticOptions,
): Problem {
  const { dims } = kernels.embeddings;
  if (labels.length !== rows.length) {
    throw new RangeError(`There are ${rows.length} training rows but ${labels.length} labels.`);
  }
  const costs = rowCosts(labels, options.C, options.classWeight);
  const moments = featureMoments(kernels, rows);
  const std = options.standardize ? scalerFromMoments(moments, rows.length).std : new Float64Array(dims).fill(1);
  const { mean, variance } = moments;
  const energy = variance.map((v, j) => v / (std[j] * std[j]));
  let reach2 = 1;
  for (let j = 0; j < dims; j++) reach2 += energy[j] + (mean[j] / std[j]) ** 2;
  if (!Number.isFinite(reach2)) throw new RangeError('The training rows hold values that are not finite numbers.');
  return {
    kernels,
    rows,
    labels,
    costs,
    dims,
    mean,
    std,
    energy,
    reach: Math.sqrt(reach2),
    standardized: options.standardize,
  };
}

/** Direction and offset on raw rows for parameters θ, the direction written to `u`: X̃θ = X·u + offset. */
export function foldParameters({ dims, mean, std }: Problem, theta: Float64Array, u: Float64Array): number {
  for (let j = 0; j < dims; j++) u[j] = theta[j] / std[j];
  return theta[dims] - dot(mean, u);
}

/** Parameters θ whose folded form is the given one. */
export function unfoldParameters({ dims, mean, std }: Problem, weights: Float64Array, bias: number): Float64Array {
  if (weights.length !== dims) throw new RangeError(`Starting weights have length ${weights.length}, not ${dims}.`);
  const theta = new Float64Array(dims + 1);
  for (let j = 0; j < dims; j++) theta[j] = weights[j] * std[j];
  theta[dims] = bias + dot(mean, weights);
  return theta;
}

/** From Xᵀr and Σr to X̃ᵀr with the intercept's component last: out = ((Xᵀr − mean·Σr)/std, Σr). */
export function standardizeProduct(
  { dims, mean, std }: Problem,
  product: Float64Array,
  sum: number,
  out: Float64Array,
): void {
  for (let j = 0; j < dims; j++) out[j] = (product[j] - mean[j] * sum) / std[j];
  out[dims] = sum;
}

export function problemScaler({ mean, std, standardized }: Problem): Scaler | null {
  return standardized ? { mean, std } : null;
}
