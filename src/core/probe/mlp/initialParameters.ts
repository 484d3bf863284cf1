import { stream } from '../../random/streams.ts';
import type { MlpParameters } from './types.ts';

/**
 * First parameters: He normal (He et al. 2015, eq. 10), standard deviation √(2 / inputs), biases 0. With
 * g = stream(seed, 'mlp'): W = g.standard_normal((hidden, dims))·√(2/dims), then v = g.standard_normal(hidden)·√(2/hidden).
 */
export function initialParameters(dims: number, hidden: number, seed: number): MlpParameters {
  const generator = stream(seed, 'mlp');
  const scaled = (length: number, inputs: number): Float64Array => {
    const deviation = Math.sqrt(2 / inputs);
    return generator.standardNormal(new Float64Array(length)).map((draw) => draw * deviation);
  };
  const hiddenWeights = scaled(hidden * dims, dims);
  return {
    hiddenWeights,
    hiddenBias: new Float64Array(hidden),
    outputWeights: scaled(hidden, hidden),
    outputBias: new Float64Array(1),
  };
}
