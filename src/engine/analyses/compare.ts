import { bootstrapDifferences } from '../../core/compare/bootstrap.ts';
import { aucDifference, meanDifference, newcombe, pairedMeanDifference } from '../../core/compare/differences.ts';
import { countFlips, type Flips } from '../../core/compare/flips.ts';
import { rowOutcomes, type RowOutcomes } from '../../core/compare/rowOutcomes.ts';
import { pairedDeLong } from '../../core/metrics/deLong.ts';
import type { Estimate } from '../../core/metrics/types.ts';
import type { ExperimentSpec } from '../../spec/types.ts';
import { amountOf } from '../keys.ts';
import type { Headline } from '../results.ts';
import type { Analysis, AnalysisContext } from './analysis.ts';
import { pairingOf, type MeasuredRows, type Pairing } from './pairing.ts';
import { follow } from '../follow.ts';

export interface CompareOptions {
  /** The other state; the spec of the analysis is B. */
  readonly a: ExperimentSpec;
}

/** Resamples of the bootstrap. */
export const RESAMPLES = 1000;

export type ComparedName =
  | 'rocAuc'
  | 'accuracy'
  | 'f1'
  | 'meanConfidence'
  | 'silentFailureRate'
  | 'highConfidenceErrorShare'
  | 'ece'
  | 'brier'
  | 'meanAngleDegrees';

/** How the interval of a difference was found. */
export type IntervalMethod =
  | 'DeLong, paired'
  | 'DeLong, two samples'
  | 'normal, paired rows'
  | 'normal, two samples'
  | 'Newcombe'
  | 'bootstrap, paired'
  | 'bootstrap, two samples';

export interface ComparedNumber {
  readonly name: ComparedName;
  readonly a: number | null;
  readonly b: number | null;
  /** B − A. */
  readonly difference: Estimate;
  /** null where there is no interval for this number. */
  readonly method: IntervalMethod | null;
}

export interface ComparedSide {
  readonly title: string;
  readonly rows: number;
  readonly amount: number;
}

export interface ComparisonReport {
  readonly pairing: Pairing;
  readonly a: ComparedSide;
  readonly b: ComparedSide;
  readonly numbers: readonly ComparedNumber[];
  /** null where the rows are not the same. */
  readonly flips: Flips | null;
  readonly resamples: number;
  readonly seed: number;
}

interface Side extends ComparedSide {
  readonly measured: MeasuredRows;
  readonly headline: Headline;
  readonly outcomes: RowOutcomes;
}

async function measure({ experiment, checkpoint }: AnalysisContext, spec: ExperimentSpec): Promise<Side> {
  const prepared = await experiment.prepare(spec, checkpoint);
  const { test } = prepared.split;
  const { rows } = experiment.evaluatorFor(prepared, spec);
  const labels = rows ? Uint8Array.from(rows, (k) => prepared.context.labels[k]) : prepared.context.labels.slice();
  const amount = amountOf(spec.drift);
  const headline = experiment.point(prepared, spec, amount);
  const logits = experiment.measuredLogits(prepared, amount, rows).slice();
  return {
    title: prepared.dataset.title,
    rows: labels.length,
    amount,
    measured: { data: spec.data, rows: rows ? Uint32Array.from(rows, (k) => test[k]) : test, labels },
    headline,
    outcomes: rowOutcomes(labels, logits, spec.metrics),
  };
}

/** B − A of every headline number with a 95 % interval, paired where both states measure the same rows. */
export const compare: Analysis<CompareOptions, ComparisonReport> = async (context, { a: specA }) => {
  const { spec, checkpoint } = context;
  const a = await measure(context, specA);
  const b = await measure(context, spec);
  const pairing = pairingOf(a.measured, b.measured);
  const seed = spec.drift.seed;
  const work = bootstrapDifferences(a.outcomes, b.outcomes, { seed, resamples: RESAMPLES, paired: pairing.paired });
  const differences = await follow(work, checkpoint, 0, 1, 'Resampling rows');
  const numbers = compareNumbers(a, b, pairing.paired, differences);
  const side = ({ title, rows, amount }: Side): ComparedSide => ({ title, rows, amount });
  return {
    pairing,
    a: side(a),
    b: side(b),
    numbers,
    flips: pairing.paired ? countFlips(a.outcomes, b.outcomes) : null,
    resamples: RESAMPLES,
    seed,
  };
};

type Resampled = ReturnType<typeof bootstrapDifferences> extends Generator<number, infer R> ? R : never;

function compareNumbers(a: Side, b: Side, paired: boolean, resampled: Resampled): ComparedNumber[] {
  const [x, y] = [a.outcomes, b.outcomes];
  const share = (one: Uint8Array, two: Uint8Array): [Estimate, IntervalMethod] =>
    paired
      ? [pairedMeanDifference(one, two), 'normal, paired rows']
      : [newcombe(countOf(one), countOf(two)), 'Newcombe'];
  const bootstrap = paired ? 'bootstrap, paired' : 'bootstrap, two samples';
  const found: { readonly [N in ComparedName]: readonly [Estimate, IntervalMethod | null] } = {
    rocAuc: paired
      ? [pairedDeLong(y.labels, y.logits, x.logits).difference, 'DeLong, paired']
      : [aucDifference(x.labels, x.logits, y.labels, y.logits), 'DeLong, two samples'],
    accuracy: share(x.correct, y.correct),
    f1: [resampled.f1, bootstrap],
    meanConfidence: paired
      ? [pairedMeanDifference(x.confidence, y.confidence), 'normal, paired rows']
      : [meanDifference(x.confidence, y.confidence), 'normal, two samples'],
    silentFailureRate: [resampled.silentFailureRate, bootstrap],
    highConfidenceErrorShare: share(x.silent, y.silent),
    ece: [resampled.ece, bootstrap],
    brier: [resampled.brier, bootstrap],
    meanAngleDegrees: [angleDifference(a.headline.meanAngleDegrees, b.headline.meanAngleDegrees), null],
  };
  return (Object.keys(found) as ComparedName[]).map((name) => {
    const [difference, method] = found[name];
    return {
      name,
      a: a.headline[name],
      b: b.headline[name],
      difference,
      method: difference.low === null ? null : method,
    };
  });
}

const countOf = (flags: Uint8Array) => ({ k: flags.reduce((sum, flag) => sum + flag, 0), n: flags.length });

function angleDifference(a: number | null, b: number | null): Estimate {
  const value = a === null || b === null ? null : b - a;
  return { value, low: null, high: null, reason: 'The angle is of the drift itself; no interval is made for it.' };
}
