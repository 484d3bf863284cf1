import { describe, expect, test } from 'vitest';
import { rocAuc } from '../../metrics/auc.ts';
import { createKernels } from '../../linalg/kernels.ts';
import { plainKernels } from '../../linalg/plainKernels.ts';
import { allocateEmbeddings } from '../../linalg/simdKernels.ts';
import { stream } from '../../random/streams.ts';
import { fitLogistic } from '../logistic.ts';
import { fitMlp, fitMlpSteps } from './fitMlp.ts';
// Made by fixtures/mlp.py with NumPy 1.24.
import fixtures from './fixtures/mlp.json';
import { literalLogit } from './hiddenProducts.ts';
import { initialParameters } from './initialParameters.ts';
import { meanLogLoss } from './logLoss.ts';
import { Network } from './network.ts';
import { mlpProblem } from './problem.ts';
import { DivergedError, mlpSchedule } from './schedule.ts';
import type { MlpOptions } from './types.ts';

const OPTIONS: MlpOptions = {
  ...{ hidden: 8, learningRate: 0.01, batch: 32, epochs: 40, patience: 40, l2: 1e-4, seed: 7 },
  ...{ standardize: true, classWeight: 'balanced' },
};

function world(values: ArrayLike<number>, labels: ArrayLike<number>, rows: number, dims: number, training: number) {
  const embeddings = allocateEmbeddings(rows, dims);
  embeddings.values.set(values);
  const part = (from: number, to: number) => ({
    rows: Uint32Array.from({ length: to - from }, (_, k) => from + k),
    labels: Uint8Array.from({ length: to - from }, (_, k) => labels[from + k]),
  });
  return { embeddings, training: part(0, training), validation: part(training, rows), all: part(0, rows) };
}

/** Two features whose product decides the label, and noise features beside them. */
function exclusiveOr(rows: number, dims: number, seed: number, training: number) {
  const values = stream(seed, 'xor').standardNormal(new Float64Array(rows * dims));
  const labels = Uint8Array.from({ length: rows }, (_, i) => (values[i * dims] * values[i * dims + 1] > 0 ? 1 : 0));
  return world(values, labels, rows, dims, training);
}

describe.each(fixtures.cases)(
  'trained by the recipe in NumPy: $name',
  ({ rows, validation, dims, x, y, settings, fit }) => {
    const set = world(x, y, rows + validation, dims, rows);
    const { balanced, rate, ...rest } = settings;
    const options: MlpOptions = { ...rest, learningRate: rate, classWeight: balanced ? 'balanced' : null };
    const probe = fitMlp(createKernels(set.embeddings), set.training, set.validation, options);

    test('weights, biases and losses of every epoch agree to 1e-10', () => {
      const near = (ours: ArrayLike<number>, theirs: readonly number[]) => {
        expect(ours.length).toBe(theirs.length);
        theirs.forEach((value, k) => expect(Math.abs(ours[k] - value)).toBeLessThan(1e-10));
      };
      near(probe.hiddenWeights, fit.hiddenWeights);
      near(probe.hiddenBias, fit.hiddenBias);
      near(probe.outputWeights, fit.outputWeights);
      expect(Math.abs(probe.outputBias - fit.outputBias)).toBeLessThan(1e-10);
      near(probe.history.trainLoss, fit.trainLoss);
      if (fit.validationLoss === null) expect(probe.history.validationLoss).toBeNull();
      else near(probe.history.validationLoss ?? [], fit.validationLoss as number[]);
      expect(probe.bestEpoch).toBe(fit.bestEpoch);
    });

    test('says what it watched and whether it stopped early', () => {
      expect(probe.monitored).toBe(validation > 0 ? 'validation' : 'training');
      expect(probe.stoppedEarly).toBe(fit.trainLoss.length < settings.epochs);
      expect(probe.parameters).toBe(probe.hiddenWeights.length + 2 * probe.hidden + 1);
    });
  },
);

test('the gradient is that of the loss by finite differences', () => {
  const set = exclusiveOr(40, 6, 3, 40);
  const kernels = createKernels(set.embeddings);
  const options = { ...OPTIONS, hidden: 5, l2: 0.03 };
  const problem = mlpProblem(kernels, set.training, set.validation, options);
  const parameters = initialParameters(6, 5, 11);
  parameters.hiddenBias.fill(0.1);
  parameters.outputBias[0] = -0.2;
  const batch = set.training.rows.subarray(4, 21);
  const labels = set.training.labels.subarray(4, 21);
  const objective = (): number => {
    const logits = new Float64Array(batch.length);
    const scoring = new Network(kernels, problem, parameters).score(batch, logits);
    while (scoring.next().done !== true);
    const square = [...parameters.hiddenWeights, ...parameters.outputWeights].reduce((sum, w) => sum + w * w, 0);
    return meanLogLoss(labels, logits, problem.costs) + (options.l2 / 2) * square;
  };
  const network = new Network(kernels, problem, parameters);
  network.differentiate(batch, labels);
  const { gradient } = network;
  for (const name of ['hiddenWeights', 'hiddenBias', 'outputWeights', 'outputBias'] as const) {
    const values = parameters[name];
    for (let k = 0; k < values.length; k++) {
      const kept = values[k];
      const h = 1e-6;
      values[k] = kept + h;
      const above = objective();
      values[k] = kept - h;
      const below = objective();
      values[k] = kept;
      expect(Math.abs((above - below) / (2 * h) - gradient[name][k])).toBeLessThan(1e-8);
    }
  }
});

test('an exclusive or, which no line divides, is learnt: AUC on new rows far above the linear probe’s', () => {
  const set = exclusiveOr(1200, 6, 5, 700);
  const kernels = createKernels(set.embeddings);
  const train = { rows: set.training.rows.subarray(0, 500), labels: set.training.labels.subarray(0, 500) };
  const watch = { rows: set.training.rows.subarray(500), labels: set.training.labels.subarray(500) };
  const network = fitMlp(kernels, train, watch, { ...OPTIONS, hidden: 16, epochs: 80, patience: 15 });
  const linear = fitLogistic(kernels, train.rows, train.labels, { C: 1, standardize: true, classWeight: 'balanced' });
  const test = set.validation;
  const row = new Float64Array(6);
  const logits = Float64Array.from(test.rows, (r) => {
    row.set(set.embeddings.values.subarray(r * 6, (r + 1) * 6));
    return literalLogit(network, row);
  });
  const line = new Float64Array(test.rows.length);
  kernels.matVec(test.rows, linear.weights, line);
  const networkAuc = rocAuc(test.labels, logits) ?? 0;
  const linearAuc = rocAuc(test.labels, line) ?? 1;
  expect(networkAuc).toBeGreaterThan(0.93);
  expect(linearAuc).toBeLessThan(0.65);
});

test('one seed gives the same bits every time, with and without SIMD; another seed other weights', () => {
  const set = exclusiveOr(120, 9, 1, 90);
  const fit = (kernels: ReturnType<typeof createKernels>, seed: number) =>
    fitMlp(kernels, set.training, set.validation, { ...OPTIONS, seed, epochs: 4 });
  const first = fit(createKernels(set.embeddings), 7);
  expect(fit(createKernels(set.embeddings), 7)).toEqual(first);
  expect(fit(plainKernels(set.embeddings), 7)).toEqual(first);
  expect(fit(createKernels(set.embeddings), 8).hiddenWeights).not.toEqual(first.hiddenWeights);
});

test('goes back to the epoch of the lowest validation loss, and stops `patience` epochs after it', () => {
  const set = exclusiveOr(90, 12, 2, 60);
  const options = { ...OPTIONS, hidden: 24, learningRate: 0.05, epochs: 200, patience: 6, l2: 0 };
  const probe = fitMlp(createKernels(set.embeddings), set.training, set.validation, options);
  const losses = probe.history.validationLoss ?? new Float64Array();
  expect(probe.stoppedEarly).toBe(true);
  expect(probe.bestEpoch).toBe(losses.indexOf(Math.min(...losses)) + 1);
  expect(losses.length).toBe(probe.bestEpoch + 6);
  const logits = Float64Array.from(set.validation.rows, (row) =>
    literalLogit(probe, Float64Array.from(set.embeddings.values.subarray(row * 12, (row + 1) * 12))),
  );
  const { costs } = mlpProblem(createKernels(set.embeddings), set.training, set.validation, options);
  expect(meanLogLoss(set.validation.labels, logits, costs)).toBeCloseTo(Math.min(...losses), 10);
});

test('training can be given up between batches and says how far it is', () => {
  const set = exclusiveOr(100, 4, 9, 80);
  const fit = fitMlpSteps(createKernels(set.embeddings), set.training, set.validation, { ...OPTIONS, batch: 40 });
  const first = fit.next().value as { epoch: number; share: number; trainLoss: number | null };
  expect(first).toMatchObject({ epoch: 1, share: 0, trainLoss: null });
  expect(fit.next().value).toMatchObject({ epoch: 1, share: 0.5 });
  let step = fit.next();
  while (step.done !== true && step.value.epoch === 1) step = fit.next();
  expect(step.value).toMatchObject({ epoch: 2, share: 0 });
  expect((step.value as { trainLoss: number }).trainLoss).toBeGreaterThan(0);
  fit.return(undefined as never);
  expect(fit.next().done).toBe(true);
});

test('a training that diverges says so with a remedy, and keeps an earlier epoch where there is one', () => {
  const run = (losses: readonly number[]) => {
    const schedule = mlpSchedule(3, false, { ...OPTIONS, batch: 3, epochs: 9, patience: 9 });
    let epoch = 0;
    for (;;) {
      const order = schedule.next();
      if (order.done === true) return order.value;
      if (order.value.kind === 'losses') order.value.trainLoss = losses[epoch++];
    }
  };
  expect(() => run([NaN])).toThrow(DivergedError);
  expect(() => run([NaN])).toThrow(/smaller learning rate/);
  expect(run([0.5, NaN])).toMatchObject({ bestEpoch: 1, stoppedEarly: true, monitored: 'training' });
});

test('labels of one class, and rows that are not finite, are refused', () => {
  const set = exclusiveOr(30, 4, 4, 30);
  const kernels = createKernels(set.embeddings);
  const ones = { rows: set.training.rows, labels: new Uint8Array(30).fill(1) };
  expect(() => fitMlp(kernels, ones, set.validation, OPTIONS)).toThrow(/needs both classes/);
  set.embeddings.values[5] = NaN;
  expect(() => fitMlp(kernels, set.training, set.validation, OPTIONS)).toThrow(/not finite/);
});
