import type { RowMap } from '../linalg/kernels.ts';

/** Mean and population standard deviation of each feature, as scikit-learn's StandardScaler has them. */
export interface Scaler {
  readonly mean: Float64Array;
  /** Divisor of each feature; 1 where the feature is constant to rounding. */
  readonly std: Float64Array;
}

export interface LogisticOptions {
  /** scikit-learn's C, the inverse of the L2 penalty on the sum of losses; above 0. */
  readonly C: number;
  readonly standardize: boolean;
  /** 'balanced' weighs class c by n / (2·n_c). */
  readonly classWeight: 'balanced' | null;
  /** Where to start: a folded direction and bias; zeros when absent. It does not move the optimum. */
  readonly start?: { readonly weights: Float64Array; readonly bias: number } | null;
  /** Steps after which each stage of the fit ends, `converged` or not; 500 when absent. */
  readonly maxIterations?: number;
}

/** A fitted linear probe. */
export interface LinearProbe {
  readonly kind: 'logistic';
  /** Folded direction and bias: logit = weights · x + bias on the effective rows, whatever was standardised. */
  readonly weights: Float64Array;
  readonly bias: number;
  /** Coefficients on standardised features, as scikit-learn's pipeline has them; equal to the folded ones without a scaler. */
  readonly standardizedWeights: Float64Array;
  readonly standardizedBias: number;
  readonly scaler: Scaler | null;
  /** ‖weights‖, folded. */
  readonly weightNorm: number;
  /** Quasi-Newton and Newton steps, and products of the Hessian with a vector, summed over all stages of the fit. */
  readonly iterations: number;
  readonly hessianProducts: number;
  /** C·Σ s_i·log(1 + exp(−y_i z_i)) + ½‖standardizedWeights‖², y = ±1. */
  readonly objective: number;
  /** Euclidean norm of the gradient of `objective` on centred (or standardised) features, intercept included. */
  readonly gradientNorm: number;
  /** Size of the terms whose sum the gradient is: gradientNorm / gradientScale near 1e-16 is the rounding level. */
  readonly gradientScale: number;
  /** True where the gradient is at rounding level: at most 1e-12 of its scale. */
  readonly converged: boolean;
}

/** Losses of a network by epoch; index 0 is the first epoch. Mean weighted log losses in nats, without the penalty. */
export interface TrainingHistory {
  /** Over all training rows, with the weights at the end of each epoch. */
  readonly trainLoss: Float64Array;
  /** Over all validation rows; null where there are none. */
  readonly validationLoss: Float64Array | null;
}

/**
 * A trained network of one hidden layer: logit = outputWeights · relu(W x + hiddenBias) + outputBias on the effective
 * rows, whatever was standardised. Its fields bear other names than a linear probe's, so that neither is taken for the other.
 */
export interface MlpProbe {
  readonly kind: 'mlp';
  /** H, the number of hidden units. */
  readonly hidden: number;
  readonly dims: number;
  /** W, folded; row-major H × dims. */
  readonly hiddenWeights: Float64Array;
  /** Folded, length H. */
  readonly hiddenBias: Float64Array;
  /** Length H. */
  readonly outputWeights: Float64Array;
  readonly outputBias: number;
  /** Mean gradient of the logit over the clean training rows, length dims: the direction of drifts that follow the probe. */
  readonly direction: Float64Array;
  /** Weights and biases in all. */
  readonly parameters: number;
  readonly history: TrainingHistory;
  /** The epoch, counted from 1, whose weights these are: the one of the lowest monitored loss. */
  readonly bestEpoch: number;
  /** Whether `patience` ended training before the most epochs were done. */
  readonly stoppedEarly: boolean;
  /** Which loss decides: the validation rows', or the training rows' where there are no validation rows. */
  readonly monitored: 'validation' | 'training';
}

export type Probe = LinearProbe | MlpProbe;

export interface FitProgress {
  readonly iteration: number;
  readonly gradientNorm: number;
  readonly objective: number;
}

/** The heavy products of a fit with its training rows X (n × dims, effective rows in training order), in float64. */
export interface ProbeProducts {
  /** t = X·w + offset; `map` replaces t in blocks; out = Xᵀt; returns Σ t. */
  readonly fusedProduct: (w: Float64Array, offset: number, map: RowMap, out: Float64Array) => number;
  /** out = Xᵀ(h ∘ (X·v + offset)); returns Σ h ∘ (X·v + offset). */
  readonly hessianProduct: (h: Float64Array, v: Float64Array, offset: number, out: Float64Array) => number;
}

/** The same products from another device, in float32 or better. Arrays handed over are not written to while a call runs. */
export interface AsyncProbeProducts {
  /** X·w + offset, n values. */
  readonly margins: (w: Float64Array, offset: number) => Promise<Float32Array | Float64Array>;
  /** Xᵀr, dims values. */
  readonly transpose: (r: Float64Array) => Promise<Float32Array | Float64Array>;
  /**
   * Xᵀ(h ∘ (X·v + offset)) and Σ h ∘ (X·v + offset). All products of one Newton step bring the same array h with the
   * same contents, and another step brings another array: it may be kept on the device by identity.
   */
  readonly hessianProduct: (
    h: Float64Array,
    v: Float64Array,
    offset: number,
  ) => Promise<{ readonly product: Float32Array | Float64Array; readonly sum: number }>;
}
