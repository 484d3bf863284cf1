import type { Headline, StepResult, Sweep } from '../engine/results.ts';
import type { Pair } from './source.ts';

export type SeriesId = 'rocAuc' | 'accuracy' | 'f1' | 'meanConfidence' | 'ece' | 'silentFailureRate';

export interface SeriesInfo {
  readonly id: SeriesId;
  readonly name: string;
  /** For the end of a line, where room is short. */
  readonly short: string;
  readonly decimals: number;
}

/** The lines of the cliff, all in [0, 1]. To add one, add its column to Sweep and a line here (and its style). */
export const SERIES: readonly SeriesInfo[] = [
  { id: 'rocAuc', name: 'AUC', short: 'AUC', decimals: 3 },
  { id: 'accuracy', name: 'Accuracy', short: 'Accuracy', decimals: 3 },
  { id: 'f1', name: 'F1', short: 'F1', decimals: 3 },
  { id: 'meanConfidence', name: 'Mean confidence', short: 'Confidence', decimals: 3 },
  { id: 'ece', name: 'ECE', short: 'ECE', decimals: 3 },
  { id: 'silentFailureRate', name: 'Silent-failure rate', short: 'Silent', decimals: 3 },
];

/** Lines that are shown before a person chooses. */
export const FIRST_SHOWN: readonly SeriesId[] = SERIES.map(({ id }) => id).filter((id) => id !== 'f1');

export type CliffStep = Pick<StepResult, 'sigma'> & { readonly headline: Pick<Headline, SeriesId> };
export type CliffPair = Pair<Sweep, CliffStep>;

/** A series at a σ, between sweep points by a straight line in σ; null outside the sweep or next to an undefined point. */
export function seriesAt(sweep: Sweep, id: SeriesId, sigma: number): number | null {
  const { sigmas } = sweep;
  const last = sigmas.length - 1;
  if (last < 0 || !(sigma >= sigmas[0] && sigma <= sigmas[last])) return null;
  let at = 0;
  while (at < last && sigmas[at + 1] <= sigma) at += 1;
  const low = sweep[id][at];
  const share = at === last || sigma === sigmas[at] ? 0 : (sigma - sigmas[at]) / (sigmas[at + 1] - sigmas[at]);
  const value = share === 0 ? low : low + share * (sweep[id][at + 1] - low);
  return Number.isFinite(value) ? value : null;
}

/** The value that belongs to the handle: the exact one of the last step, or the sweep's where there is no step. */
export function valueAtHandle({ now: sweep, beside: step }: CliffPair, id: SeriesId, sigma: number): number | null {
  if (step !== null && step.sigma === sigma) return step.headline[id];
  return sweep === null ? null : seriesAt(sweep, id, sigma);
}

/** The smallest σ at which a line falls to `level` for the first time; null if it never does. */
export function firstBelow(sweep: Sweep, id: SeriesId, level: number): number | null {
  const values = sweep[id];
  for (let i = 1; i < values.length; i += 1) {
    if (!(values[i] <= level && values[i - 1] > level)) continue;
    const share = (values[i - 1] - level) / (values[i - 1] - values[i]);
    return sweep.sigmas[i - 1] + share * (sweep.sigmas[i] - sweep.sigmas[i - 1]);
  }
  return null;
}
