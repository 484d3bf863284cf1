import type { RowIndex } from '../../linalg/embeddings.ts';
import type { RowKernels } from '../../linalg/kernels.ts';
import type { MlpProbe } from '../types.ts';
import { foldFirstLayer } from './network.ts';
import type { MlpOutcome, MlpParameters, MlpProblem } from './types.ts';

const CHUNK = 128;

/** Folds the scaler into the first layer and adds what goes with a trained network; yields now and then. */
export function* assembleMlp(
  kernels: RowKernels,
  problem: MlpProblem,
  parameters: MlpParameters,
  outcome: MlpOutcome,
): Generator<void, MlpProbe> {
  const { dims, training } = problem;
  const { weights, bias } = foldFirstLayer(parameters, problem);
  const { outputWeights, outputBias } = parameters;
  const hidden = bias.length;
  const direction = yield* meanGradient(kernels, training.rows, weights, bias, outputWeights);
  return {
    kind: 'mlp',
    hidden,
    dims,
    hiddenWeights: weights,
    hiddenBias: bias,
    outputWeights: outputWeights.slice(),
    outputBias: outputBias[0],
    direction,
    parameters: hidden * (dims + 2) + 1,
    ...outcome,
  };
}

/**
 * Mean over `rows` of ∂logit/∂x = Σ_h v_h·[unit h is on]·W_h, length dims: the weights where the network is linear, and the
 * direction in which its logits rise fastest on average elsewhere. Zeros where every unit is off on every row.
 */
export function* meanGradient(
  kernels: RowKernels,
  rows: RowIndex,
  weights: Float64Array,
  bias: Float64Array,
  outputWeights: Float64Array,
): Generator<void, Float64Array> {
  const { dims } = kernels.embeddings;
  const on = new Float64Array(bias.length);
  const z = new Float64Array(CHUNK);
  for (let first = 0; first < rows.length; first += CHUNK) {
    const chunk = rows.subarray(first, first + CHUNK);
    for (let h = 0; h < bias.length; h++) {
      kernels.matVec(chunk, weights.subarray(h * dims, (h + 1) * dims), z);
      for (let i = 0; i < chunk.length; i++) if (z[i] + bias[h] > 0) on[h]++;
    }
    yield;
  }
  const direction = new Float64Array(dims);
  for (let h = 0; h < bias.length; h++) {
    const share = (outputWeights[h] * on[h]) / rows.length;
    const at = h * dims;
    for (let j = 0; j < dims; j++) direction[j] += share * weights[at + j];
  }
  return direction;
}
