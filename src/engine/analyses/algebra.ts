import { additive, type LabDrift } from '../../core/drift/definition.ts';
import { meanAngle } from '../../core/drift/angles.ts';
import { sigmaForMeasuredAngle } from '../../core/drift/equivalentSigma.ts';
import { cosMinusOne } from '../../core/drift/rotation.ts';
import { inFile, scoreRows, VanishedRowError } from '../../core/drift/score.ts';
import type { Coefficients, PreparedDrift, RowScalars } from '../../core/drift/types.ts';
import type { Evaluator } from '../../core/metrics/evaluate.ts';
import { effectAt, type EffectModel } from '../../core/theory/effectModel.ts';
import { fittedEffect, logitTemperature } from '../../core/theory/fittedEffect.ts';
import type { DriftEffect, ScoreClasses } from '../../core/theory/masterFormula.ts';
import { effectModelOf } from '../../core/theory/measuredEffect.ts';
import { measureScoreClasses } from '../../core/theory/scoreClasses.ts';
import type { DriftKind, DriftSpec, ExperimentSpec } from '../../spec/types.ts';
import type { Backend } from '../backend.ts';
import { amountOf, preparationKey } from '../keys.ts';
import type { Analysis, AnalysisContext } from './analysis.ts';
import { MOST, NAMED, TEMPERATURE, type NamedMechanism } from './namedMechanisms.ts';

const MATRIX_KINDS: readonly DriftKind[] = ['subspace', 'rotation'];

export type MechanismId = 'present' | NamedMechanism | 'temperature';

export interface AlgebraOptions {
  /** All mechanisms at the σ of the spec, or each at the σ that turns rows by the present mean angle. */
  readonly strength: 'sigma' | 'angle';
  /** Also the mechanisms that draw a D × D matrix and multiply every row by it. */
  readonly matrices: boolean;
}

export interface MeasuredNumbers {
  readonly rocAuc: number | null;
  readonly accuracy: number | null;
  readonly meanConfidence: number | null;
  readonly ece: number | null;
  readonly silentFailureRate: number | null;
}

export interface MechanismPoint {
  readonly id: MechanismId;
  /** σ (t for a real update, T for the temperature); null where no amount fits, see `reason`. */
  readonly amount: number | null;
  /** Mean angle of the measured rows, degrees. */
  readonly angle: number | null;
  readonly effect: DriftEffect | null;
  readonly measured: MeasuredNumbers | null;
  /** Why there is no amount or no effect. */
  readonly reason: string | null;
}

export interface AlgebraReport {
  readonly classes: ScoreClasses;
  /** Rows measured. */
  readonly rows: number;
  readonly presentAngle: number | null;
  readonly clean: MeasuredNumbers;
  readonly points: readonly MechanismPoint[];
}

/** A drift without its rows: enough to score and to measure angles from scalars. */
interface Kept {
  readonly drift: PreparedDrift;
  readonly scalars: RowScalars;
  readonly model: EffectModel | null;
  readonly reason: string | null;
}

/** Scalars of the named mechanisms for the last data, probe and seed, so that a move of σ costs no pass over the rows. */
const kept = new WeakMap<Backend, { readonly key: string; readonly drifts: Map<NamedMechanism, Kept> }>();

const PATHS: { readonly [K in DriftKind]?: (sigma: number) => Coefficients } = {
  subspace: (sigma) => ({
    alpha: Math.cos((sigma * Math.PI) / 2),
    beta: Math.sin((sigma * Math.PI) / 2),
    gamma: 0,
  }),
  rotation: (sigma) => ({ alpha: 1, beta: Math.sin(sigma), gamma: cosMinusOne(sigma) }),
};

/** Largest σ looked at for an angle: where the mean angle ends to grow. */
const LARGEST: { readonly [K in DriftKind]?: number } = { subspace: 1, rotation: Math.PI };

/** Of a prepared drift only what scoring needs: no rows, noise or matrices are kept alive. */
function withoutRows({ dims, rows, hasSecondComponent, norm }: LabDrift, kind: DriftKind): PreparedDrift {
  const components = (): never => {
    throw new Error('These scalars are kept without their rows.');
  };
  return { dims, rows, hasSecondComponent, norm, coefficients: PATHS[kind] ?? additive, components };
}

/**
 * The classes of scores, and every named mechanism as an effect on them (h, ν², c, Δ′) with what was measured for it, at
 * the present σ or at the present mean angle. Only for linear probes on rows of length one.
 */
export const algebra: Analysis<AlgebraOptions, AlgebraReport> = async (context, { strength, matrices }) => {
  const { experiment, spec, checkpoint } = context;
  if (spec.probe.kind !== 'logistic') {
    throw new Error('The drift algebra is for linear probes: a network has no one score direction.');
  }
  if (!spec.data.normalize) {
    throw new Error('The drift algebra is for rows of length one: turn on “Normalise rows to unit length”.');
  }
  const prepared = await experiment.prepare(spec, checkpoint);
  const { probe } = prepared;
  if (probe.kind !== 'logistic') throw new Error('The drift algebra is for linear probes.');
  const { rows, evaluator } = experiment.evaluatorFor(prepared, spec);
  const labels = rows ? Uint8Array.from(rows, (row) => prepared.context.labels[row]) : prepared.context.labels;
  const take = (all: Float64Array) => (rows ? Float64Array.from(rows, (row) => all[row]) : all);
  const s = take(prepared.scalars.s);
  const { value: classes, reason } = measureScoreClasses(s, labels, probe.weightNorm, probe.bias);
  if (classes === null) throw new Error(reason);

  const logits = new Float64Array(prepared.scalars.rows);
  const at = (drift: PreparedDrift, scalars: RowScalars, amount: number): Float64Array => {
    scoreRows(scalars, drift, amount, probe.bias, logits);
    return take(logits);
  };
  const amount = amountOf(spec.drift);
  const presentAngle = meanAngle(prepared.scalars, prepared.drift, amount, rows);
  const presentModel = effectModelOf(spec.drift, prepared.scalars, rows, labels, probe.weightNorm, prepared.drift.dims);
  const points: MechanismPoint[] = [];

  const clean = at(prepared.drift, prepared.scalars, 0).slice();
  const now = at(prepared.drift, prepared.scalars, amount);
  // A real update follows no formula: its effect is read off its scores.
  const effect =
    spec.drift.kind === 'model'
      ? named(
          fittedEffect(
            s,
            now.map((value) => value - probe.bias),
            labels,
            classes,
          ),
        )
      : presentModel.value
        ? effectAt(presentModel.value, classes, amount)
        : { effect: null, reason: presentModel.reason };
  points.push({ id: 'present', amount, angle: presentAngle, ...effect, measured: measure(evaluator, now) });

  for (const id of Object.keys(NAMED) as NamedMechanism[]) {
    if (!matrices && MATRIX_KINDS.includes(NAMED[id].kind)) continue;
    const { drift, scalars, model, reason: none } = await mechanism(context, id, rows, labels);
    const { kind } = NAMED[id];
    const found =
      strength === 'sigma'
        ? { sigma: spec.drift.sigma, reason: null }
        : presentAngle === null
          ? { sigma: null, reason: 'The present drift turns no row by an angle.' }
          : sigmaForMeasuredAngle(scalars, drift, presentAngle, LARGEST[kind] ?? MOST, rows);
    await checkpoint(0.9, 'Measuring the mechanisms');
    if (found.sigma === null) {
      points.push({ id, amount: null, angle: null, effect: null, measured: null, reason: found.reason });
      continue;
    }
    const angle = meanAngle(scalars, drift, found.sigma, rows);
    const point = { id, amount: found.sigma, angle };
    try {
      const measured = measure(evaluator, at(drift, scalars, found.sigma));
      const predicted = model ? effectAt(model, classes, found.sigma) : { effect: null, reason: none };
      points.push({ ...point, ...predicted, measured });
    } catch (error) {
      if (!(error instanceof VanishedRowError)) throw error;
      const { message } = inFile(error, prepared.split.test);
      points.push({ ...point, effect: null, measured: null, reason: message });
    }
  }
  const cooled = measure(
    evaluator,
    clean.map((logit) => logit / TEMPERATURE),
  );
  points.push({
    id: 'temperature',
    amount: TEMPERATURE,
    angle: 0,
    effect: logitTemperature(classes, TEMPERATURE),
    measured: cooled,
    reason: null,
  });
  return { classes, rows: s.length, presentAngle, clean: measure(evaluator, clean), points };
};

function named({ value, reason }: ReturnType<typeof fittedEffect>) {
  return { effect: value, reason };
}

function measure(evaluator: Evaluator, logits: Float64Array): MeasuredNumbers {
  const { rocAuc, accuracy, meanConfidence, ece, silentFailureRate } = evaluator.evaluate(logits, 'numbers');
  return { rocAuc, accuracy, meanConfidence, ece, silentFailureRate };
}

/** The scalars and the effect of a named mechanism on the measured rows, kept while data, probe and seed stay. */
async function mechanism(
  { experiment, spec, checkpoint }: AnalysisContext,
  id: NamedMechanism,
  rows: Uint32Array | null,
  labels: Uint8Array,
): Promise<Kept> {
  const settings: DriftSpec = { ...spec.drift, ...NAMED[id], to: null };
  const common: ExperimentSpec = { ...spec, drift: { ...spec.drift, ...NAMED['per-coordinate'], to: null } };
  const key = JSON.stringify([preparationKey(common), spec.view.slice]);
  let store = kept.get(experiment.backend);
  if (store?.key !== key) {
    store = { key, drifts: new Map() };
    kept.set(experiment.backend, store);
  }
  const found = store.drifts.get(id);
  if (found) return found;
  const done = store.drifts.size / Object.keys(NAMED).length;
  const prepared = await experiment.prepare({ ...spec, drift: settings }, (share) =>
    checkpoint(0.9 * (done + share / Object.keys(NAMED).length), 'Preparing the mechanisms'),
  );
  const { scalars, drift, probe } = prepared;
  if (probe.kind !== 'logistic') throw new Error('The drift algebra is for linear probes.');
  const { value, reason } = effectModelOf(settings, scalars, rows, labels, probe.weightNorm, drift.dims);
  const made: Kept = { drift: withoutRows(drift, settings.kind), scalars, model: value, reason };
  store.drifts.set(id, made);
  return made;
}
