import type { RowKernels } from '../../linalg/kernels.ts';
import { rowCosts } from '../classWeights.ts';
import { standardScaler } from '../standardScaler.ts';
import type { Scaler } from '../types.ts';
import type { LabelledRows, MlpOptions, MlpProblem } from './types.ts';

/**
 * Throws RangeError where labels are not 0 or 1, or of one class only among the training rows, where lengths differ, or
 * where a training row holds a value that is not finite.
 */
export function mlpProblem(
  kernels: RowKernels,
  training: LabelledRows,
  validation: LabelledRows,
  options: MlpOptions,
): MlpProblem {
  const { dims } = kernels.embeddings;
  for (const { rows, labels } of [training, validation]) {
    if (rows.length !== labels.length)
      throw new RangeError(`There are ${rows.length} rows but ${labels.length} labels.`);
  }
  const perRow = rowCosts(training.labels, 1, options.classWeight);
  const scaler: Scaler = options.standardize
    ? standardScaler(kernels, training.rows)
    : { mean: new Float64Array(dims), std: new Float64Array(dims).fill(1) };
  const squares = new Float64Array(training.rows.length);
  kernels.squaredNorms(training.rows, squares);
  if (!squares.every(Number.isFinite)) {
    throw new RangeError('The training rows hold values that are not finite numbers.');
  }
  const costs = [perRow[training.labels.indexOf(0)], perRow[training.labels.indexOf(1)]] as const;
  return { dims, training, validation, costs, scaler, options };
}
