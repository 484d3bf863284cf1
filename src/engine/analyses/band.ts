import { quantilesInPlace } from '../../core/drift/quantiles.ts';
import { drawExactInLaw } from '../../core/drift/exactInLaw.ts';
import { scoreRows } from '../../core/drift/score.ts';
import type { RowScalars } from '../../core/drift/types.ts';
import { stream } from '../../core/random/streams.ts';
import type { DriftSpec, ExperimentSpec } from '../../spec/types.ts';
import type { EvaluationNumbers } from '../../core/metrics/evaluate.ts';
import type { Prepared } from '../experiment.ts';
import type { Analysis, AnalysisContext } from './analysis.ts';
import { takeRows } from './takeRows.ts';

export const BAND_METRICS = ['rocAuc', 'accuracy', 'f1', 'meanConfidence', 'ece', 'silentFailureRate'] as const;
export type BandMetric = (typeof BAND_METRICS)[number];

export interface BandOptions {
  /** Amounts of drift, ascending. */
  readonly amounts: readonly number[];
  /** Draws wanted, 2 or more; real draws are at most {@link MOST_REAL_DRAWS}. */
  readonly draws: number;
}

/** One metric over the draws, one number an amount; NaN where no draw has a value. */
export interface BandLine {
  /** Quantiles 5 %, 50 %, 95 % (NumPy's linear interpolation) and mean of the draws in which the metric is defined. */
  readonly low: Float64Array;
  readonly middle: Float64Array;
  readonly high: Float64Array;
  readonly mean: Float64Array;
  /** In how many draws it is defined. */
  readonly defined: Uint32Array;
}

export interface Band {
  readonly amounts: Float64Array;
  readonly lines: { readonly [M in BandMetric]: BandLine };
}

/**
 * 'exact in law': the scalars of Gaussian noise drawn directly (core/drift/exactInLaw.ts). 'real draws': the whole drift
 * prepared again with the seeds after the one of the spec.
 */
export type BandReport =
  | {
      readonly method: 'exact in law' | 'real draws';
      readonly draws: number;
      readonly asked: number;
      readonly band: Band;
      readonly reason: null;
    }
  | { readonly method: null; readonly band: null; readonly reason: string };

/** Each real draw is a whole preparation: one pass over all rows, and for some kinds a random matrix. */
export const MOST_REAL_DRAWS = 20;
const LARGEST_SEED = Number.MAX_SAFE_INTEGER;

/** Why every seed gives the same drift; null where the seed matters. */
export function withoutRandomness({ kind, direction }: Pick<DriftSpec, 'kind' | 'direction'>): string | null {
  if (kind === 'model')
    return 'A change to another encoder version draws no random numbers: there is nothing to draw again.';
  if (kind === 'mean-shift') return 'A shift along the mean draws no random numbers: there is nothing to draw again.';
  if (kind === 'directional' && direction !== 'random') {
    return 'This direction follows from the data, not from a seed: there is nothing to draw again.';
  }
  return null;
}

/** The k-th seed after `seed`, k ≥ 1; starts again at 0 after the largest one. */
export function laterSeed(seed: number, k: number): number {
  const room = LARGEST_SEED - seed;
  return k <= room ? seed + k : k - room - 1;
}

/** What each metric does over draws of the drift's random numbers, at each amount: a band around the one measured curve. */
export const band: Analysis<BandOptions, BandReport> = async (context, options) => {
  const { experiment, spec, checkpoint } = context;
  if (!Number.isInteger(options.draws) || options.draws < 2) throw new RangeError('A band needs two draws or more.');
  const reason = withoutRandomness(spec.drift);
  if (reason !== null) return { method: null, band: null, reason };
  const asked = options.draws;
  const prepared = await experiment.prepare(spec, checkpoint);
  if (spec.drift.kind === 'gaussian' && spec.probe.kind === 'logistic' && prepared.probe.kind === 'logistic') {
    const draws = await exactDraws(context, prepared, options);
    return { method: 'exact in law', draws: asked, asked, band: summarise(draws, options.amounts), reason: null };
  }
  const count = Math.min(asked, MOST_REAL_DRAWS);
  const draws = await realDraws(context, count, options.amounts);
  return { method: 'real draws', draws: count, asked, band: summarise(draws, options.amounts), reason: null };
};

/** values[metric] holds draws × amounts, the draws of one amount together; NaN where undefined. */
class Draws {
  readonly values: { readonly [M in BandMetric]: Float64Array };

  constructor(
    readonly draws: number,
    readonly amounts: number,
  ) {
    this.values = Object.fromEntries(
      BAND_METRICS.map((metric) => [metric, new Float64Array(draws * amounts).fill(NaN)]),
    ) as Record<BandMetric, Float64Array>;
  }

  set(draw: number, at: number, numbers: Pick<EvaluationNumbers, BandMetric>): void {
    for (const metric of BAND_METRICS) this.values[metric][at * this.draws + draw] = numbers[metric] ?? NaN;
  }
}

async function exactDraws(
  { experiment, spec, checkpoint }: AnalysisContext,
  prepared: Prepared,
  { amounts, draws }: BandOptions,
): Promise<Draws> {
  const { probe, scalars, drift, dataset } = prepared;
  if (probe.kind !== 'logistic') throw new TypeError('Exact-in-law noise needs a linear probe.');
  const { rows, evaluator } = experiment.evaluatorFor(prepared, spec);
  const law = {
    s: takeRows(scalars.s, rows),
    n2: takeRows(scalars.n2, rows),
    weightNorm: probe.weightNorm,
    dims: dataset.embeddings.dims,
    units: spec.drift.units,
  };
  const logits = new Float64Array(law.s.length);
  const generator = stream(spec.drift.seed, 'band');
  const found = new Draws(draws, amounts.length);
  for (let draw = 0; draw < draws; draw++) {
    const drawn: RowScalars = drawExactInLaw(generator, law);
    for (let at = 0; at < amounts.length; at++) {
      scoreRows(drawn, drift, amounts[at], probe.bias, logits);
      found.set(draw, at, evaluator.evaluate(logits, 'numbers'));
      await checkpoint((draw + (at + 1) / amounts.length) / draws, `Draw ${draw + 1} of ${draws}`);
    }
  }
  return found;
}

async function realDraws(
  { experiment, spec, checkpoint }: AnalysisContext,
  count: number,
  amounts: readonly number[],
): Promise<Draws> {
  const found = new Draws(count, amounts.length);
  for (let draw = 0; draw < count; draw++) {
    const doing = `Real draw ${draw + 1} of ${count}`;
    const seed = laterSeed(spec.drift.seed, draw + 1);
    const redrawn: ExperimentSpec = { ...spec, drift: { ...spec.drift, seed } };
    // The preparation is taken as half of a draw.
    const prepared = await experiment.prepare(redrawn, (share) => checkpoint((draw + share / 2) / count, doing));
    for (let at = 0; at < amounts.length; at++) {
      found.set(draw, at, experiment.point(prepared, redrawn, amounts[at]));
      await checkpoint((draw + 0.5 + (at + 1) / (2 * amounts.length)) / count, doing);
    }
  }
  return found;
}

function summarise({ draws, values }: Draws, amounts: readonly number[]): Band {
  const line = (metric: BandMetric): BandLine => {
    const column = () => new Float64Array(amounts.length).fill(NaN);
    const [low, middle, high, mean] = [column(), column(), column(), column()];
    const defined = new Uint32Array(amounts.length);
    for (let at = 0; at < amounts.length; at++) {
      const found = values[metric].slice(at * draws, (at + 1) * draws).filter((value) => value === value);
      defined[at] = found.length;
      if (found.length === 0) continue;
      mean[at] = found.reduce((sum, value) => sum + value, 0) / found.length;
      [low[at], middle[at], high[at]] = quantilesInPlace(found, found.length, [0.05, 0.5, 0.95]);
    }
    return { low, middle, high, mean, defined };
  };
  return {
    amounts: Float64Array.from(amounts),
    lines: Object.fromEntries(BAND_METRICS.map((metric) => [metric, line(metric)])) as Record<BandMetric, BandLine>,
  };
}
