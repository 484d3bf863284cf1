import { UnusableDriftError } from '../../core/drift/definition.ts';
import { meanAngle } from '../../core/drift/angles.ts';
import { meanDisplacement } from '../../core/drift/displacement.ts';
import { matchStrength } from '../../core/drift/equalStrength.ts';
import { VanishedRowError } from '../../core/drift/score.ts';
import type { DriftSpec, ExperimentSpec } from '../../spec/types.ts';
import type { Checkpoint } from '../backend.ts';
import type { Experiment, Prepared } from '../experiment.ts';
import { follow } from '../follow.ts';
import { amountOf } from '../keys.ts';
import type { Headline } from '../results.ts';
import type { Analysis } from './analysis.ts';
import { mechanismList, type Mechanism } from './mechanismList.ts';

/** What is made equal: mean ‖x′ − x‖, or the mean angle between x and x′ in degrees. */
export type Strength = 'displacement' | 'angle';

export interface MechanismsOptions {
  readonly strength: Strength;
  /** The strength to give every mechanism; null for that of the present drift. */
  readonly target: number | null;
  /** Whether the kinds that need a random D × D matrix are measured too. */
  readonly matrices: boolean;
  /** The other encoder versions of the set. */
  readonly versions: readonly { readonly id: string; readonly title: string }[];
}

/** The numbers of one state, with how far the rows moved. */
export interface MeasuredState {
  readonly amount: number;
  /** Mean ‖x′ − x‖ of the measured rows. */
  readonly displacement: number | null;
  readonly headline: Headline;
}

export interface MechanismRow {
  readonly id: string;
  readonly label: string;
  readonly drift: Partial<DriftSpec>;
  readonly published: boolean;
  /**
   * 'matched': at the wanted strength. 'short': it does not go so far; `largest` says how far, and a real update is measured
   * there (t = 1). 'unusable': the data cannot carry it. 'left-out': not asked for.
   */
  readonly status: 'matched' | 'short' | 'unusable' | 'left-out';
  readonly state: MeasuredState | null;
  /** Strength at the largest amount, for 'short'. */
  readonly largest: number | null;
  /** Why there are no numbers, or not those wanted; null where all is well. */
  readonly reason: string | null;
}

export interface MechanismsReport {
  readonly strength: Strength;
  /** Null where the present drift does not move the rows, and no strength was typed. */
  readonly target: number | null;
  readonly clean: MeasuredState;
  readonly now: MeasuredState;
  readonly rows: readonly MechanismRow[];
  readonly n: number;
}

/** Every mechanism at equal measured strength: solves for the amount of each, then measures it on the same rows. */
export const mechanisms: Analysis<MechanismsOptions, MechanismsReport> = async (context, options) => {
  const { experiment, spec, checkpoint } = context;
  const { strength, matrices } = options;
  const prepared = await experiment.prepare(spec, checkpoint);
  const now = measure(experiment, prepared, spec, amountOf(spec.drift));
  const clean = measure(experiment, prepared, spec, 0);
  const present = strengthOf(experiment, prepared, spec, strength)(amountOf(spec.drift));
  const target = options.target ?? present;
  const n = clean.headline.n;
  if (target === null || !(target > 0)) return { strength, target: null, clean, now, rows: [], n };

  const list = mechanismList(prepared.dataset.embeddings.dims, options.versions);
  const rows: MechanismRow[] = [];
  for (const [at, mechanism] of list.entries()) {
    const part: Checkpoint = (share) => checkpoint((at + share) / list.length, mechanism.label);
    await part(0, '');
    rows.push(
      mechanism.needsMatrix && !matrices
        ? empty(mechanism, 'left-out', 'Not asked for: it needs a random D × D matrix.')
        : await matched(experiment, spec, mechanism, strength, target, part),
    );
  }
  return { strength, target, clean, now, rows, n };
};

async function matched(
  experiment: Experiment,
  spec: ExperimentSpec,
  mechanism: Mechanism,
  strength: Strength,
  target: number,
  checkpoint: Checkpoint,
): Promise<MechanismRow> {
  const own: ExperimentSpec = { ...spec, drift: { ...spec.drift, ...mechanism.drift } };
  try {
    const prepared = await experiment.prepare(own, (share, doing) => checkpoint(share / 2, doing));
    const trials = matchStrength(strengthOf(experiment, prepared, own, strength), target, mechanism.largest);
    const found = await follow(trials, checkpoint, 0.5, 1, '');
    if (!found.reached && found.strength !== null && found.amount < mechanism.largest) {
      return empty(mechanism, 'unusable', NO_AMOUNT);
    }
    const state = found.reached || own.drift.kind === 'model' ? measure(experiment, prepared, own, found.amount) : null;
    if (found.reached) return { ...empty(mechanism, 'matched', null), state };
    return { ...empty(mechanism, 'short', shortOf(found.strength, strength)), state, largest: found.strength };
  } catch (error) {
    if (error instanceof UnusableDriftError || error instanceof VanishedRowError) {
      return empty(mechanism, 'unusable', error.message);
    }
    throw error;
  }
}

const NO_AMOUNT =
  'No amount gives just this strength: it is as small as the rounding of the rows, or the drift jumps over it.';

function strengthOf(experiment: Experiment, prepared: Prepared, spec: ExperimentSpec, strength: Strength) {
  const { rows } = experiment.evaluatorFor(prepared, spec);
  const { scalars, drift } = prepared;
  const mean = strength === 'angle' ? meanAngle : meanDisplacement;
  return (amount: number) => mean(scalars, drift, amount, rows);
}

function measure(experiment: Experiment, prepared: Prepared, spec: ExperimentSpec, amount: number): MeasuredState {
  const { rows } = experiment.evaluatorFor(prepared, spec);
  return {
    amount,
    displacement: meanDisplacement(prepared.scalars, prepared.drift, amount, rows),
    headline: experiment.point(prepared, spec, amount),
  };
}

function empty(mechanism: Mechanism, status: MechanismRow['status'], reason: string | null): MechanismRow {
  const { id, label, drift, published } = mechanism;
  return { id, label, drift, published, status, state: null, largest: null, reason };
}

function shortOf(largest: number | null, strength: Strength): string {
  if (largest === null) return 'No row has a displacement under this drift.';
  const most = strength === 'angle' ? `${largest.toFixed(1)}°` : largest.toPrecision(3);
  return `It does not go so far: ${most} at most.`;
}
