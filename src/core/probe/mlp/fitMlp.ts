import type { RowKernels } from '../../linalg/kernels.ts';
import type { MlpProbe } from '../types.ts';
import { assembleMlp } from './assemble.ts';
import { initialParameters } from './initialParameters.ts';
import { meanLogLoss } from './logLoss.ts';
import { Network } from './network.ts';
import { mlpProblem } from './problem.ts';
import { mlpSchedule } from './schedule.ts';
import type { LabelledRows, MlpOptions, MlpParameters, MlpProgress } from './types.ts';

/**
 * Trains a network of one hidden layer of rectified linear units in float64: mini-batches, Adam, and an early stop on the
 * validation rows' loss (the training rows' where there are none), after which the best epoch's parameters are taken.
 * Yields after every batch and every few rows scored; stopping the iteration cancels the training. The result depends on the
 * arguments alone, to the last bit.
 *
 * Throws RangeError where the training rows are of one class only or hold values that are not finite, and where training
 * diverges in its first epoch.
 */
export function* fitMlpSteps(
  kernels: RowKernels,
  training: LabelledRows,
  validation: LabelledRows,
  options: MlpOptions,
): Generator<MlpProgress, MlpProbe, void> {
  const problem = mlpProblem(kernels, training, validation, options);
  const network = new Network(kernels, problem, initialParameters(problem.dims, options.hidden, options.seed));
  const schedule = mlpSchedule(training.rows.length, validation.rows.length > 0, options);
  let best: MlpParameters | null = null;
  let progress: MlpProgress = { epoch: 1, epochs: options.epochs, share: 0, trainLoss: null, validationLoss: null };

  function* lossOf({ rows, labels }: LabelledRows): Generator<MlpProgress, number, void> {
    const logits = new Float64Array(rows.length);
    const scoring = network.score(rows, logits);
    while (scoring.next().done !== true) yield progress;
    return meanLogLoss(labels, logits, problem.costs);
  }

  for (;;) {
    const order = schedule.next();
    if (order.done === true) {
      if (best === null) throw new RangeError('The training ended without parameters.');
      const assembling = assembleMlp(kernels, problem, best, order.value);
      for (;;) {
        const step = assembling.next();
        if (step.done === true) return step.value;
        yield progress;
      }
    }
    const { value } = order;
    if (value.kind === 'keep') {
      best = copyOf(network.parameters);
      continue;
    }
    progress = value.progress;
    if (value.kind === 'step') {
      const rows = value.positions.map((position) => training.rows[position]);
      network.step(
        rows,
        Uint8Array.from(value.positions, (position) => training.labels[position]),
      );
      yield progress;
    } else {
      value.trainLoss = yield* lossOf(training);
      value.validationLoss = validation.rows.length > 0 ? yield* lossOf(validation) : null;
    }
  }
}

/** {@link fitMlpSteps} to its end. */
export function fitMlp(
  kernels: RowKernels,
  training: LabelledRows,
  validation: LabelledRows,
  options: MlpOptions,
): MlpProbe {
  const fit = fitMlpSteps(kernels, training, validation, options);
  for (;;) {
    const step = fit.next();
    if (step.done === true) return step.value;
  }
}

function copyOf({ hiddenWeights, hiddenBias, outputWeights, outputBias }: MlpParameters): MlpParameters {
  return {
    hiddenWeights: hiddenWeights.slice(),
    hiddenBias: hiddenBias.slice(),
    outputWeights: outputWeights.slice(),
    outputBias: outputBias.slice(),
  };
}
