import { effectModelOf } from '../../core/theory/measuredEffect.ts';
import { theoryAt, type EffectModel, type TheorySettings } from '../../core/theory/effectModel.ts';
import { expectedAuc } from '../../core/theory/expectedAuc.ts';
import type { ScoreClasses } from '../../core/theory/masterFormula.ts';
import { lowestReachable } from '../../core/theory/reachOfNoise.ts';
import { measureScoreClasses, type Measured } from '../../core/theory/scoreClasses.ts';
import type { MetricsSpec } from '../../spec/types.ts';
import type { Prepared } from '../experiment.ts';
import type { Analysis, AnalysisContext } from './analysis.ts';
import { takeRows } from './takeRows.ts';

export const THEORY_METRICS = ['rocAuc', 'accuracy', 'meanConfidence', 'ece', 'silentFailureRate'] as const;
export type TheoryMetric = (typeof THEORY_METRICS)[number];

export interface OverlayOptions {
  /** Amounts of drift, ascending from 0. */
  readonly amounts: readonly number[];
}

/** A curve over the amounts, NaN where undefined; or why there is none. */
export type Curve =
  { readonly values: Float64Array; readonly reason: null } | { readonly values: null; readonly reason: string };

export interface TheoryCurve {
  readonly theory: Float64Array;
  /** Measured − theory. */
  readonly residual: Float64Array;
}

export type Theory =
  | {
      /** What the curves follow from: the theory at any other amount is `theoryAt(model, classes, amount, settings)`. */
      readonly model: EffectModel;
      readonly classes: ScoreClasses;
      readonly settings: TheorySettings;
      readonly curves: { readonly [M in TheoryMetric]: TheoryCurve | null };
      /** Why a curve is missing, by metric. */
      readonly missing: { readonly [M in TheoryMetric]?: string };
      /** From which amount on there is no theory, and why; null where it reaches to the end. */
      readonly ends: { readonly amount: number; readonly reason: string } | null;
      readonly reason: null;
    }
  | { readonly model: null; readonly reason: string };

export interface OverlayReport {
  readonly amounts: Float64Array;
  /** Measured here, on the rows that the spec measures. */
  readonly measured: { readonly [M in TheoryMetric]: Float64Array };
  /** The Gaussian master formula. */
  readonly theory: Theory;
  /** Expected AUC under isotropic noise, for any scores. */
  readonly expected: Curve;
  /** Lowest AUC that isotropic noise can lead to from the measured AUC at half the amount. */
  readonly floor: Curve;
}

/** Unit length to what float64 normalisation leaves. */
const UNIT = 1e-6;
/** Pairs summed one by one before the classes are binned: about 5 ms of work between two checkpoints. */
const MOST_PAIRS = 100_000;

const MLP = 'The formula is for a linear probe; this one is a network.';
const OTHER_ENCODER =
  'A change to another encoder version is not one mechanism: its effect is measured, not predicted.';
const NOT_UNIT = 'The formula is for rows of length one; these are not normalised.';
const NOT_NOISE = 'This curve is for isotropic noise on every row; the drift here is another one.';

/** Theory over the measured cliff: the master formula, the distribution-free curve, and what noise cannot reach. */
export const overlay: Analysis<OverlayOptions, OverlayReport> = async (context, { amounts }) => {
  const { experiment, spec, checkpoint } = context;
  const prepared = await experiment.prepare(spec, checkpoint);
  const measured = await measure(context, prepared, amounts);
  const theory = await predict(context, prepared, amounts, measured);
  const expected = await distributionFree(context, prepared, amounts);
  const sigmas = Float64Array.from(amounts);
  return { amounts: sigmas, measured, theory, expected, floor: floorOf(context, prepared, sigmas, measured.rocAuc) };
};

type Columns = { readonly [M in TheoryMetric]: Float64Array };

async function measure(
  { experiment, spec, checkpoint }: AnalysisContext,
  prepared: Prepared,
  amounts: readonly number[],
): Promise<Columns> {
  const columns = Object.fromEntries(
    THEORY_METRICS.map((metric) => [metric, new Float64Array(amounts.length)]),
  ) as Record<TheoryMetric, Float64Array>;
  for (let at = 0; at < amounts.length; at++) {
    const point = experiment.point(prepared, spec, amounts[at]);
    for (const metric of THEORY_METRICS) columns[metric][at] = point[metric] ?? NaN;
    await checkpoint((0.6 * (at + 1)) / amounts.length, 'Measuring');
  }
  return columns;
}

/** What the formula needs of the measured rows. */
interface Scores {
  readonly s: Float64Array;
  readonly labels: Uint8Array;
  readonly classes: ScoreClasses;
}

function scoresOf({ experiment, spec }: AnalysisContext, prepared: Prepared): Measured<Scores> {
  const { probe, scalars, context } = prepared;
  if (spec.probe.kind === 'mlp' || probe.kind !== 'logistic') return { value: null, reason: MLP };
  const { rows } = experiment.evaluatorFor(prepared, spec);
  const labels = rows === null ? context.labels : Uint8Array.from(rows, (k) => context.labels[k]);
  const [s, n2] = [takeRows(scalars.s, rows), takeRows(scalars.n2, rows)];
  if (n2.some((square) => !(Math.abs(square - 1) <= UNIT))) return { value: null, reason: NOT_UNIT };
  const classes = measureScoreClasses(s, labels, probe.weightNorm, probe.bias);
  return classes.value === null ? classes : { value: { s, labels, classes: classes.value }, reason: null };
}

/** Metrics whose convention the formula does not know, with the reason. */
function missingMetrics(m: MetricsSpec): { [M in TheoryMetric]?: string } {
  const missing: { [M in TheoryMetric]?: string } = {};
  if (!(m.threshold > 0 && m.threshold < 1)) missing.accuracy = 'The formula needs a threshold between 0 and 1.';
  if (m.threshold !== 0.5) {
    missing.silentFailureRate = 'The formula is for threshold ½.';
    missing.ece = 'The formula is for threshold ½.';
    if (m.confidence === 'predicted') missing.meanConfidence = 'With confidence of ŷ the formula is for threshold ½.';
  }
  if (m.target !== 'top-label') missing.ece = 'The formula is for the calibration of the top label.';
  if (!(m.highConfidence >= 0.5 && m.highConfidence < 1)) {
    missing.silentFailureRate = 'The formula needs τ from 0.5 to below 1.';
  }
  return missing;
}

async function predict(
  context: AnalysisContext,
  prepared: Prepared,
  amounts: readonly number[],
  measured: Columns,
): Promise<Theory> {
  const { spec, checkpoint } = context;
  if (spec.drift.kind === 'model') return { model: null, reason: OTHER_ENCODER };
  const scores = scoresOf(context, prepared);
  if (scores.value === null) return { model: null, reason: scores.reason };
  const { classes, labels } = scores.value;
  const { rows } = context.experiment.evaluatorFor(prepared, spec);
  const found = effectModelOf(spec.drift, prepared.scalars, rows, labels, classes.k, prepared.dataset.embeddings.dims);
  if (found.value === null) return { model: null, reason: found.reason };
  const model = found.value;
  const { threshold, highConfidence } = spec.metrics;
  const settings = { threshold, highConfidence };
  const missing = missingMetrics(spec.metrics);
  const column = () => new Float64Array(amounts.length).fill(NaN);
  const curves = Object.fromEntries(
    THEORY_METRICS.map((metric) => [
      metric,
      missing[metric] === undefined ? { theory: column(), residual: column() } : null,
    ]),
  ) as Record<TheoryMetric, TheoryCurve | null>;
  let ends: { readonly amount: number; readonly reason: string } | null = null;
  for (let at = 0; at < amounts.length; at++) {
    const { metrics, reason } = theoryAt(model, classes, amounts[at], settings);
    if (metrics === null) ends ??= { amount: amounts[at], reason };
    else {
      for (const metric of THEORY_METRICS) {
        const curve = curves[metric];
        if (curve === null) continue;
        curve.theory[at] = metrics[metric] ?? NaN;
        curve.residual[at] = measured[metric][at] - curve.theory[at];
      }
    }
    await checkpoint(0.6 + (0.2 * (at + 1)) / amounts.length, 'Working out the formula');
  }
  return { model, classes, settings, curves, missing, ends, reason: null };
}

async function distributionFree(
  context: AnalysisContext,
  prepared: Prepared,
  amounts: readonly number[],
): Promise<Curve> {
  const { spec, checkpoint } = context;
  if (spec.drift.kind !== 'gaussian') return { values: null, reason: NOT_NOISE };
  const scores = scoresOf(context, prepared);
  if (scores.value === null) return { values: null, reason: scores.reason };
  const { s, labels, classes } = scores.value;
  const of = (label: number) => s.filter((_, k) => labels[k] === label);
  const [negatives, positives] = [of(0), of(1)];
  const perSigma =
    spec.drift.units === 'total-norm' ? classes.k / Math.sqrt(prepared.dataset.embeddings.dims) : classes.k;
  const values = new Float64Array(amounts.length);
  for (let at = 0; at < amounts.length; at++) {
    const { value, reason } = expectedAuc(negatives, positives, amounts[at] * perSigma, MOST_PAIRS);
    if (value === null) return { values: null, reason: reason ?? 'The AUC is undefined.' };
    values[at] = value;
    await checkpoint(0.8 + (0.2 * (at + 1)) / amounts.length, 'Averaging over pairs');
  }
  return { values, reason: null };
}

function floorOf({ spec }: AnalysisContext, prepared: Prepared, sigmas: Float64Array, auc: Float64Array): Curve {
  if (spec.probe.kind === 'mlp' || prepared.probe.kind !== 'logistic') {
    return { values: null, reason: 'The bound is for a linear probe; this one is a network.' };
  }
  if (prepared.target !== null)
    return { values: null, reason: 'The axis is not a strength of noise: the bound says nothing here.' };
  return { values: lowestReachable(sigmas, auc), reason: null };
}
