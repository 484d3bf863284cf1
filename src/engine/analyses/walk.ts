import { alignedWeights, alignmentSteps, recentredBias } from '../../core/drift/procrustes.ts';
import { beginWalk, largestDistance, meanAngleBetween, type Walk } from '../../core/drift/walk.ts';
import { jumpAmount } from '../../core/drift/walkLaw.ts';
import { walksByMatrix, type WalkKind, type WalkSettings, type WalkStart } from '../../core/drift/walkSteps.ts';
import { UnusableDriftError } from '../../core/drift/definition.ts';
import type { Embeddings } from '../../core/linalg/embeddings.ts';
import { createKernels } from '../../core/linalg/kernels.ts';
import type { EvaluationNumbers } from '../../core/metrics/evaluate.ts';
import { fitLogisticSteps } from '../../core/probe/logistic.ts';
import type { LinearProbe } from '../../core/probe/types.ts';
import type { DriftSpec, ExperimentSpec } from '../../spec/types.ts';
import type { Checkpoint } from '../backend.ts';
import type { Prepared } from '../experiment.ts';
import { follow } from '../follow.ts';
import type { Headline } from '../results.ts';
import type { Analysis } from './analysis.ts';

export interface WalkOptions {
  /** Steps of the walk, 1 … {@link MOST_STEPS}. */
  readonly steps: number;
  /** σ of one step; null for that of the present drift. */
  readonly sigma: number | null;
  /** A new draw each step, or the same one each step. */
  readonly fresh: boolean;
  /** What to set in the drift of the spec; {} for the present drift. */
  readonly drift: Partial<DriftSpec>;
  /** Whether to fit an orthogonal alignment at the end: O(n·D² + D³). */
  readonly align: boolean;
}

export const MOST_STEPS = 64;
/** Numbers of the training rows up to which the probe is refitted at every checkpoint, not at the end alone. */
const REFIT_EVERYWHERE = 4e6;
/** Bytes of D × D matrices that a walk may hold. */
const MATRIX_BYTES = 256 * 1024 * 1024;

export interface WalkCheckpoint {
  readonly step: number;
  /** The probe as it was, on the rows as they are now; the angle is that to the start. */
  readonly headline: Headline;
  /** Errors of checkpoints 1 to this one, added up. */
  readonly cumulativeErrors: number;
  readonly recentred: EvaluationNumbers;
  readonly refitted: EvaluationNumbers | null;
  /** One drift of this amount in place of the steps so far; null where one cannot go so far. */
  readonly jumpAmount: number | null;
  readonly jump: Headline | null;
}

export interface WalkReport {
  /** The drift of one step. */
  readonly drift: DriftSpec;
  readonly fresh: boolean;
  readonly rows: { readonly all: number; readonly train: number; readonly measured: number };
  readonly checkpoints: readonly WalkCheckpoint[];
  readonly back: {
    readonly undone: EvaluationNumbers;
    /** Largest ‖difference‖/‖x‖ of a row to the start, after the way back. */
    readonly largestDistance: number;
    readonly recentred: EvaluationNumbers;
    readonly refitted: EvaluationNumbers;
    /** Null where it was not asked for, or where the pairs do not determine a map. */
    readonly aligned: EvaluationNumbers | null;
    readonly alignedPairs: number;
  };
}

/**
 * Drifts all rows of the set step by step, literally, and tries the ways back: the steps undone, the probe re-centred,
 * refitted, or the rows aligned. O(K·N·D), O(K·N·D²) for the kinds that multiply by a matrix.
 */
export const walk: Analysis<WalkOptions, WalkReport> = async ({ experiment, spec, checkpoint }, options) => {
  const own = ownSpec(spec, options);
  if (own.probe.kind !== 'logistic') throw new UnusableDriftError(LINEAR_ONLY);
  if (own.drift.kind === 'model') throw new UnusableDriftError(ONE_STEP);
  const prepared = await experiment.prepare(own, checkpoint);
  const { dataset, split, context } = prepared;
  const probe = linear(prepared);
  const settings = walkSettings(own.drift, own.drift.kind, options, dataset.embeddings.dims);
  const start: WalkStart = {
    ...{ embeddings: dataset.embeddings, labels: dataset.labels, weights: probe.weights },
    ...{ trainRows: split.train, trainLabels: context.trainLabels },
  };
  const { rows: slice, evaluator } = experiment.evaluatorFor(prepared, own);
  const measured = slice ? Uint32Array.from(slice, (k) => split.test[k]) : split.test;
  const logits = new Float64Array(measured.length);
  const read = (embeddings: Embeddings, weights: Float64Array, bias: number): EvaluationNumbers => {
    createKernels(embeddings).matVec(measured, weights, logits);
    for (let k = 0; k < logits.length; k++) logits[k] += bias;
    return evaluator.evaluate(logits, 'numbers');
  };
  const recentred = (embeddings: Embeddings): EvaluationNumbers =>
    read(
      embeddings,
      probe.weights,
      recentredBias(probe.weights, probe.bias, dataset.embeddings, embeddings, split.train),
    );
  const refitted = async (embeddings: Embeddings, part: Checkpoint): Promise<EvaluationNumbers> => {
    const fit = fitLogisticSteps(createKernels(embeddings), split.train, context.trainLabels, {
      ...own.probe,
      start: probe,
    });
    for (;;) {
      const step = fit.next();
      if (step.done) return read(embeddings, step.value.weights, step.value.bias);
      await part(0, 'Refitting the probe');
    }
  };

  const everywhere = split.train.length * dataset.embeddings.dims <= REFIT_EVERYWHERE;
  const cosine = meanCosine(prepared);
  const travel = beginWalk(settings, start);
  const checkpoints: WalkCheckpoint[] = [];
  let cumulativeErrors = 0;
  let refit: EvaluationNumbers | null = null;
  for (let step = 0; step <= options.steps; step++) {
    const part: Checkpoint = (share, doing) => checkpoint((0.6 * (step + share)) / (options.steps + 1), doing);
    if (step > 0) await follow(travel.advance(), part, 0, 1, `Step ${step} of ${options.steps}`);
    if (!(await follow(finite(travel.embeddings), part, 1, 1, 'Measuring'))) {
      throw new UnusableDriftError(
        `After step ${step} the rows leave the range of float32: take a smaller σ, or renormalise.`,
      );
    }
    const now = read(travel.embeddings, probe.weights, probe.bias);
    const angle = await follow(
      meanAngleBetween(dataset.embeddings, travel.embeddings, measured),
      part,
      0,
      1,
      'Measuring',
    );
    if (step > 0) cumulativeErrors += now.errors;
    const amount = jumpAmount(settings, dataset.embeddings.dims, step, cosine);
    refit = everywhere || step === options.steps ? await refitted(travel.embeddings, part) : null;
    checkpoints.push({
      step,
      headline: { ...now, meanAngleDegrees: angle },
      cumulativeErrors,
      recentred: recentred(travel.embeddings),
      refitted: refit,
      jumpAmount: amount,
      jump: amount === null ? null : experiment.point(prepared, own, amount),
    });
  }

  const last = checkpoints[checkpoints.length - 1];
  const refittedAtEnd = refit ?? (await refitted(travel.embeddings, checkpoint));
  const map = options.align
    ? await follow(
        alignmentSteps(dataset.embeddings, travel.embeddings, split.train),
        checkpoint,
        0.6,
        0.7,
        'Aligning pairs of rows',
      )
    : null;
  const aligned = map && read(travel.embeddings, alignedWeights(map, probe.weights), probe.bias);
  await wayBack(travel, options.steps, checkpoint);
  const distance = await follow(largestDistance(dataset.embeddings, travel.embeddings), checkpoint, 1, 1, 'Measuring');
  return {
    drift: own.drift,
    fresh: options.fresh,
    rows: { all: dataset.embeddings.rows, train: split.train.length, measured: measured.length },
    checkpoints,
    back: {
      undone: read(travel.embeddings, probe.weights, probe.bias),
      largestDistance: distance,
      recentred: last.recentred,
      refitted: refittedAtEnd,
      aligned,
      alignedPairs: map ? split.train.length : 0,
    },
  };
};

/** Values that are looked at between two looks at the clock. */
const PIECE = 1 << 20;

function* finite({ values }: Embeddings): Generator<number, boolean, void> {
  for (let from = 0; from < values.length; from += PIECE) {
    const to = Math.min(values.length, from + PIECE);
    for (let i = from; i < to; i++) if (!Number.isFinite(values[i])) return false;
    yield to / values.length;
  }
  return true;
}

async function wayBack(travel: Walk, steps: number, checkpoint: Checkpoint): Promise<void> {
  while (travel.taken > 0) {
    const { taken } = travel;
    // The share goes down from 1, as the walk does.
    const [from, to] = [steps - taken + 1, steps - taken].map((undone) => 0.7 + (0.3 * undone) / steps);
    await follow(travel.retreat(), checkpoint, from, to, `Undoing step ${taken}`);
  }
}

function ownSpec(spec: ExperimentSpec, { drift, sigma }: WalkOptions): ExperimentSpec {
  const chosen: DriftSpec = { ...spec.drift, ...drift };
  return { ...spec, drift: { ...chosen, sigma: sigma ?? chosen.sigma } };
}

const LINEAR_ONLY =
  'The walk reads a linear probe: its ways back move one direction and one bias, and a network has no such thing. Choose the logistic probe.';
const ONE_STEP = 'A real update is one step, not many: choose a mechanism to walk with.';

function linear({ probe }: Prepared): LinearProbe {
  if (probe.kind !== 'logistic') throw new UnusableDriftError(LINEAR_ONLY);
  return probe;
}

function walkSettings(drift: DriftSpec, kind: WalkKind, { steps, fresh }: WalkOptions, dims: number): WalkSettings {
  if (!Number.isInteger(steps) || steps < 1 || steps > MOST_STEPS) {
    throw new RangeError(`A walk has 1 to ${MOST_STEPS} steps, not ${steps}.`);
  }
  if (walksByMatrix(kind) && (fresh ? steps + 3 : 4) * dims * dims * 8 > MATRIX_BYTES) {
    throw new UnusableDriftError(
      `Each step needs its own ${dims} × ${dims} matrix, more than fits in ${MATRIX_BYTES >> 20} MB: take fewer steps, or the same direction each step.`,
    );
  }
  return { ...drift, kind, fresh };
}

/** Mean cosine between a test row, whatever the slice, and its displacement; 0 where no row is displaced. */
function meanCosine({ scalars: { xd, n2, dd, rows } }: Prepared): number {
  let sum = 0;
  let n = 0;
  for (let k = 0; k < rows; k++) {
    const length = Math.sqrt(n2[k] * dd[k]);
    if (!(length > 0)) continue;
    sum += xd[k] / length;
    n++;
  }
  return n === 0 ? 0 : sum / n;
}
