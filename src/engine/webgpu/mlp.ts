import { createKernels } from '../../core/linalg/kernels.ts';
import { ADAM } from '../../core/probe/mlp/adam.ts';
import { assembleMlp } from '../../core/probe/mlp/assemble.ts';
import { initialParameters } from '../../core/probe/mlp/initialParameters.ts';
import { meanLogLoss } from '../../core/probe/mlp/logLoss.ts';
import { mlpProblem } from '../../core/probe/mlp/problem.ts';
import { mlpSchedule } from '../../core/probe/mlp/schedule.ts';
import type { LabelledRows, MlpParameters, MlpProblem } from '../../core/probe/mlp/types.ts';
import type { Embeddings } from '../../core/linalg/embeddings.ts';
import type { MlpProbe } from '../../core/probe/types.ts';
import type { Checkpoint, MlpFitRequest } from '../backend.ts';
import { trainingCheckpoint } from '../mlp/progress.ts';
import { matrixProduct } from './programs.ts';
import type { Session } from './session.ts';
import * as tf from './tf.ts';

/** Rows scored at once at the end of an epoch. */
const SCORED_ROWS = 1024;
/** Steps that may wait on the GPU before the next is sent: few enough that Cancel is heard at once. */
const STEPS_AHEAD = 8;

/** Names of variables must differ from all others that tfjs knows. */
let trainings = 0;

/**
 * The network in float32 on the GPU: tfjs's variables, operations and Adam, gradients written out (two layers need no
 * automatic ones). Each batch is standardised in float64 here, rounded, and sent.
 */
class GpuNetwork {
  private readonly variables: { readonly [K in keyof MlpParameters]: tf.Variable };
  private readonly adam: tf.AdamOptimizer;

  constructor(
    private readonly problem: MlpProblem,
    private readonly embeddings: Embeddings,
    first: MlpParameters,
  ) {
    const { dims, options } = problem;
    const { hidden, learningRate } = options;
    const training = ++trainings;
    const variable = (name: string, values: Float64Array, rows: number, columns: number): tf.Variable =>
      tf.tidy(() =>
        tf.variable(tf.tensor2d(Float32Array.from(values), [rows, columns]), true, `lab-mlp-${training}-${name}`),
      );
    this.variables = {
      hiddenWeights: variable('W', first.hiddenWeights, hidden, dims),
      hiddenBias: variable('b', first.hiddenBias, 1, hidden),
      outputWeights: variable('v', first.outputWeights, hidden, 1),
      outputBias: variable('c', first.outputBias, 1, 1),
    };
    this.adam = new tf.AdamOptimizer(learningRate, ADAM.beta1, ADAM.beta2, ADAM.epsilon);
  }

  /** Features of these rows, standardised in float64 and rounded to float32. */
  private features(rows: Uint32Array): tf.Tensor2D {
    const { dims, scaler } = this.problem;
    const { mean, std } = scaler;
    const { values, scale } = this.embeddings;
    const out = new Float32Array(rows.length * dims);
    for (let i = 0; i < rows.length; i++) {
      const from = rows[i] * dims;
      const factor = scale[rows[i]];
      const to = i * dims;
      for (let j = 0; j < dims; j++) out[to + j] = (factor * values[from + j] - mean[j]) / std[j];
    }
    return tf.tensor2d(out, [rows.length, dims]);
  }

  private forward(x: tf.Tensor2D) {
    const { hiddenWeights, hiddenBias, outputWeights, outputBias } = this.variables;
    const into: tf.Tensor2D = tf.add(matrixProduct(x, hiddenWeights as unknown as tf.Tensor2D, 'second'), hiddenBias);
    const out = tf.relu(into);
    const logits: tf.Tensor2D = tf.add(matrixProduct(out, outputWeights as unknown as tf.Tensor2D), outputBias);
    return { into, out, logits };
  }

  /** Gives the commands of one step on these rows. */
  step(rows: Uint32Array, labels: Uint8Array): void {
    const { costs, options } = this.problem;
    const { hiddenWeights, hiddenBias, outputWeights, outputBias } = this.variables;
    const n = rows.length;
    tf.tidy(() => {
      const x = this.features(rows);
      const column = (value: (label: number) => number): tf.Tensor2D =>
        tf.tensor2d(Float32Array.from(labels, value), [n, 1]);
      const { into, out, logits } = this.forward(x);
      const misses = tf.sub(
        tf.sigmoid(logits),
        column((label) => label),
      );
      const slopes: tf.Tensor2D = tf.mul(
        misses,
        column((label) => costs[label] / n),
      );
      const ones = column(() => 1);
      const back = tf.mul(matrixProduct(slopes, outputWeights as unknown as tf.Tensor2D, 'second'), tf.step(into));
      const penalised = (gradient: tf.Tensor2D, weights: tf.Variable): tf.Tensor2D =>
        tf.add(gradient, tf.mul(weights, tf.tensor1d([options.l2])));
      const gradients: [tf.Variable, tf.Tensor2D][] = [
        [hiddenWeights, penalised(matrixProduct(back as tf.Tensor2D, x, 'first'), hiddenWeights)],
        [hiddenBias, matrixProduct(ones, back as tf.Tensor2D, 'first')],
        [outputWeights, penalised(matrixProduct(out, slopes, 'first'), outputWeights)],
        [outputBias, matrixProduct(ones, slopes, 'first')],
      ];
      this.adam.applyGradients(gradients.map(([{ name }, tensor]) => ({ name, tensor })));
    });
  }

  /** Logits of these rows. All commands are given before the first await. */
  logits(rows: Uint32Array): Promise<Float32Array> {
    return tf.readBack(() => tf.flat(this.forward(this.features(rows)).logits));
  }

  async parameters(): Promise<MlpParameters> {
    const { hiddenWeights, hiddenBias, outputWeights, outputBias } = this.variables;
    const reading = [hiddenWeights, hiddenBias, outputWeights, outputBias].map((variable) => variable.data());
    const [w, b, v, c] = (await Promise.all(reading)).map((values) => Float64Array.from(values));
    return { hiddenWeights: w, hiddenBias: b, outputWeights: v, outputBias: c };
  }

  dispose(): void {
    for (const variable of Object.values(this.variables)) variable.dispose();
    this.adam.dispose();
  }
}

/**
 * Trains the network on the GPU in float32 by the same order of rows, formulas and early stop as the float64 reference. The
 * order of every sum is fixed, so one device gives the same weights each time. What follows from the weights (the folded
 * first layer, the direction) is float64.
 */
export async function trainMlp(
  session: Session,
  { embeddings, rows, labels, validation, probe }: MlpFitRequest,
  checkpoint: Checkpoint,
): Promise<MlpProbe> {
  const { standardize, classWeight, mlp } = probe;
  const kernels = createKernels(embeddings);
  const training = { rows, labels };
  const problem = mlpProblem(kernels, training, validation, { ...mlp, standardize, classWeight });
  const report = trainingCheckpoint(checkpoint);
  const network = new GpuNetwork(problem, embeddings, initialParameters(problem.dims, mlp.hidden, mlp.seed));
  let best: MlpParameters | null = null;
  let ahead = 0;

  async function lossOf(set: LabelledRows, between: () => Promise<void>): Promise<number> {
    const logits = new Float32Array(set.rows.length);
    for (let first = 0; first < set.rows.length; first += SCORED_ROWS) {
      await between();
      const chunk = set.rows.subarray(first, first + SCORED_ROWS);
      logits.set(await session.run(() => network.logits(chunk)), first);
    }
    return meanLogLoss(set.labels, logits, problem.costs);
  }

  try {
    const schedule = mlpSchedule(rows.length, validation.rows.length > 0, problem.options);
    for (;;) {
      const order = schedule.next();
      if (order.done === true) {
        if (best === null) throw new RangeError('The training ended without parameters.');
        const assembling = assembleMlp(kernels, problem, best, order.value);
        for (;;) {
          const step = assembling.next();
          if (step.done === true) return step.value;
          await checkpoint(1, 'Folding the network');
        }
      }
      const { value } = order;
      if (value.kind === 'keep') {
        best = await session.run(() => network.parameters());
      } else if (value.kind === 'step') {
        await report(value.progress);
        const batch = value.positions.map((position) => rows[position]);
        const answers = Uint8Array.from(value.positions, (position) => labels[position]);
        await session.run(async () => network.step(batch, answers));
        if (++ahead % STEPS_AHEAD === 0) await session.run(() => session.device.queue.onSubmittedWorkDone());
      } else {
        const between = (): Promise<void> => report(value.progress);
        value.trainLoss = await lossOf(training, between);
        value.validationLoss = validation.rows.length > 0 ? await lossOf(validation, between) : null;
      }
    }
  } finally {
    try {
      network.dispose();
    } catch {
      // The device is gone, and with it all that the network held.
    }
  }
}
