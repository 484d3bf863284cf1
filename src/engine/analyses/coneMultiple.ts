import { createKernels } from '../../core/linalg/kernels.ts';
import { coneDirection, multipleForMeanCosine, type SolvedMultiple } from '../../data/cone.ts';
import type { Analysis } from './analysis.ts';

export interface ConeTarget {
  /** Mean pairwise cosine wanted, below 1. */
  readonly meanCosine: number;
  /** Seed of the cone's direction. */
  readonly seed: number;
}

/** The multiple of the cone that gives all rows of the dataset a mean pairwise cosine; the spec's own cone is left out. */
export const coneMultiple: Analysis<ConeTarget, SolvedMultiple> = async ({ experiment, spec, checkpoint }, options) => {
  const { embeddings } = await experiment.dataset({ ...spec.data, cone: null }, checkpoint);
  const { rows, dims } = embeddings;
  const kernels = createKernels(embeddings);
  const u = coneDirection(options.seed, dims);
  const lengths = new Float64Array(rows);
  const along = new Float64Array(rows);
  kernels.squaredNorms(null, lengths);
  await checkpoint(0, 'Solving for the cone');
  kernels.matVec(null, u, along);
  for (let r = 0; r < rows; r++) {
    lengths[r] = Math.sqrt(lengths[r]);
    along[r] = lengths[r] > 0 ? along[r] / lengths[r] : NaN;
  }
  const scaled = new Float64Array(rows);
  const unitRows = (weights: Float64Array, out: Float64Array): void => {
    for (let r = 0; r < rows; r++) scaled[r] = weights[r] / lengths[r];
    kernels.transposeVec(null, scaled, out);
  };
  return multipleForMeanCosine(options.meanCosine, u, along, unitRows, () => checkpoint(0, 'Solving for the cone'));
};
