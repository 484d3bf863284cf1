import type { RowIndex } from '../../linalg/embeddings.ts';
import type { RowKernels } from '../../linalg/kernels.ts';
import { dotAt } from '../../linalg/dot.ts';
import { Adam } from './adam.ts';
import { lossSlope } from './logLoss.ts';
import type { MlpParameters, MlpProblem } from './types.ts';

/** Rows scored at once: few enough that they stay in the processor's cache while every hidden unit reads them. */
const CHUNK = 128;

/** W and hiddenBias for the effective rows themselves: W_hj/std_j and b_h − Σ_j W_hj·mean_j/std_j. */
export function foldFirstLayer(
  { hiddenWeights, hiddenBias }: MlpParameters,
  { scaler: { mean, std }, dims }: Pick<MlpProblem, 'scaler' | 'dims'>,
  weights: Float64Array = new Float64Array(hiddenWeights.length),
  bias: Float64Array = new Float64Array(hiddenBias.length),
): { readonly weights: Float64Array; readonly bias: Float64Array } {
  for (let h = 0; h < bias.length; h++) {
    const at = h * dims;
    for (let j = 0; j < dims; j++) weights[at + j] = hiddenWeights[at + j] / std[j];
    bias[h] = hiddenBias[h] - dotAt(weights, at, mean, 0, dims);
  }
  return { weights, bias };
}

/**
 * The network in float64 on the row kernels, which read each row as it is stored: the scaler is folded into the first layer
 * before each pass, and the gradient unfolded after it, so that no standardised copy of the rows is made.
 */
export class Network {
  readonly gradient: MlpParameters;
  private readonly adam: readonly (readonly [Adam, Float64Array])[];
  private readonly folded: { readonly weights: Float64Array; readonly bias: Float64Array };
  private stale = true;
  private pre: readonly Float64Array[] = [];
  private logits: Float64Array = new Float64Array(0);

  constructor(
    private readonly kernels: RowKernels,
    private readonly problem: MlpProblem,
    readonly parameters: MlpParameters,
  ) {
    const { hiddenWeights, hiddenBias, outputWeights, outputBias } = parameters;
    const { learningRate } = problem.options;
    this.gradient = {
      hiddenWeights: new Float64Array(hiddenWeights.length),
      hiddenBias: new Float64Array(hiddenBias.length),
      outputWeights: new Float64Array(outputWeights.length),
      outputBias: new Float64Array(1),
    };
    this.adam = [
      [new Adam(hiddenWeights, learningRate), this.gradient.hiddenWeights],
      [new Adam(hiddenBias, learningRate), this.gradient.hiddenBias],
      [new Adam(outputWeights, learningRate), this.gradient.outputWeights],
      [new Adam(outputBias, learningRate), this.gradient.outputBias],
    ];
    this.folded = {
      weights: new Float64Array(hiddenWeights.length),
      bias: new Float64Array(hiddenBias.length),
    };
  }

  private fold(): void {
    if (!this.stale) return;
    foldFirstLayer(this.parameters, this.problem, this.folded.weights, this.folded.bias);
    this.stale = false;
  }

  /** What the hidden units take in, one array a unit, and the logits, of these rows. */
  private forward(rows: RowIndex): void {
    this.fold();
    const { dims } = this.problem;
    const { outputWeights, outputBias } = this.parameters;
    const n = rows.length;
    if (this.logits.length < n) {
      this.logits = new Float64Array(n);
      this.pre = Array.from(outputWeights, (): Float64Array => new Float64Array(n));
    }
    this.logits.fill(outputBias[0], 0, n);
    for (let h = 0; h < outputWeights.length; h++) {
      const z = this.pre[h];
      const v = outputWeights[h];
      const bias = this.folded.bias[h];
      this.kernels.matVec(rows, this.folded.weights.subarray(h * dims, (h + 1) * dims), z);
      for (let i = 0; i < n; i++) {
        z[i] += bias;
        if (z[i] > 0) this.logits[i] += v * z[i];
      }
    }
  }

  /** Fills {@link gradient} with that of the batch's mean weighted loss plus ½·l2·(‖W‖² + ‖v‖²). */
  differentiate(rows: RowIndex, labels: Uint8Array): void {
    const { dims, costs, scaler, options } = this.problem;
    const { mean, std } = scaler;
    const { hiddenWeights, outputWeights } = this.parameters;
    const { gradient } = this;
    const n = rows.length;
    this.forward(rows);
    const slopes = new Float64Array(n);
    let slopeSum = 0;
    for (let i = 0; i < n; i++) {
      slopes[i] = lossSlope(labels[i], this.logits[i], costs[labels[i]]) / n;
      slopeSum += slopes[i];
    }
    gradient.outputBias[0] = slopeSum;
    const into = new Float64Array(n);
    const raw = new Float64Array(dims);
    for (let h = 0; h < outputWeights.length; h++) {
      const z = this.pre[h];
      const v = outputWeights[h];
      let own = 0;
      let sum = 0;
      let active = false;
      for (let i = 0; i < n; i++) {
        const on = z[i] > 0;
        into[i] = on ? slopes[i] * v : 0;
        if (!on) continue;
        active = true;
        own += slopes[i] * z[i];
        sum += into[i];
      }
      gradient.outputWeights[h] = own + options.l2 * v;
      gradient.hiddenBias[h] = sum;
      if (active) this.kernels.transposeVec(rows, into, raw);
      else raw.fill(0);
      const at = h * dims;
      for (let j = 0; j < dims; j++) {
        gradient.hiddenWeights[at + j] = (raw[j] - mean[j] * sum) / std[j] + options.l2 * hiddenWeights[at + j];
      }
    }
  }

  /** One step of Adam on a batch. */
  step(rows: RowIndex, labels: Uint8Array): void {
    this.differentiate(rows, labels);
    for (const [adam, gradient] of this.adam) adam.step(gradient);
    this.stale = true;
  }

  /** Logits of all rows, chunk by chunk; yields after each. */
  *score(rows: RowIndex, out: Float64Array): Generator<void, void> {
    for (let first = 0; first < rows.length; first += CHUNK) {
      const chunk = rows.subarray(first, first + CHUNK);
      this.forward(chunk);
      out.set(this.logits.subarray(0, chunk.length), first);
      yield;
    }
  }
}
