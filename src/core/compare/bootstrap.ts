import { sortedQuantile } from '../metrics/overlap.ts';
import type { Estimate } from '../metrics/types.ts';
import { fillBounded } from '../random/bounded.ts';
import { stream } from '../random/streams.ts';
import { numbersOfRows, RESAMPLED, type ResampledName, type RowOutcomes } from './rowOutcomes.ts';

export interface BootstrapSettings {
  readonly seed: number;
  readonly resamples: number;
  /** Both states measure the same rows, row i of one being row i of the other: each resample picks the same rows of both. */
  readonly paired: boolean;
}

export type BootstrapDifferences = { readonly [N in ResampledName]: Estimate };

/** Fewer resamples than this share with a defined number leave no interval. */
const DEFINED_SHARE = 0.9;

/**
 * B − A of ECE, silent-failure rate, Brier score and F1 with percentile 95 % intervals of a bootstrap over rows (Efron 1979):
 * resample r is `stream(seed, 'bootstrap').integers(0, n, n)`, drawn in turn; unpaired, A's rows are drawn before B's in each.
 * Quantiles interpolate linearly. Value is that of the rows themselves, not a mean of resamples.
 *
 * ECE of a resample lies above that of the sample: the gap of a bin is an absolute value, and resampling adds noise to it. The
 * difference of two ECEs inherits what does not cancel, so its interval can sit to one side of its value.
 *
 * Yields the share done after every few resamples. A resample in which a number is undefined (no errors) is left out of that
 * number's interval; where more than a tenth are, there is none.
 */
export function* bootstrapDifferences(
  a: RowOutcomes,
  b: RowOutcomes,
  { seed, resamples, paired }: BootstrapSettings,
): Generator<number, BootstrapDifferences> {
  const [ofA, ofB] = [numbersOfRows(a), numbersOfRows(b)];
  const { bits } = stream(seed, 'bootstrap');
  const rowsA = new Float64Array(a.labels.length);
  const rowsB = paired ? rowsA : new Float64Array(b.labels.length);
  if (paired && a.labels.length !== b.labels.length) throw new RangeError('Paired states need the same rows.');
  const draws = RESAMPLED.map(() => new Float64Array(resamples));
  const used = RESAMPLED.map(() => 0);
  const empty = rowsA.length === 0 || rowsB.length === 0;
  const often = Math.max(1, Math.floor(200_000 / Math.max(1, rowsA.length + rowsB.length)));
  for (let r = 0; r < resamples && !empty; r++) {
    fillBounded(bits, 0, rowsA.length - 1, rowsA);
    if (!paired) fillBounded(bits, 0, rowsB.length - 1, rowsB);
    const [before, after] = [ofA(rowsA), ofB(rowsB)];
    RESAMPLED.forEach((name, k) => {
      const [x, y] = [before[name], after[name]];
      if (x !== null && y !== null) draws[k][used[k]++] = y - x;
    });
    if ((r + 1) % often === 0) yield (r + 1) / resamples;
  }
  const all = (rows: RowOutcomes) => Uint32Array.from(rows.labels, (_, i) => i);
  const [wholeA, wholeB] = [ofA(all(a)), ofB(all(b))];
  const estimates = RESAMPLED.map((name, k): [ResampledName, Estimate] => {
    const [x, y] = [wholeA[name], wholeB[name]];
    if (x === null || y === null) {
      return [name, { value: null, low: null, high: null, reason: 'It is undefined for A or for B.' }];
    }
    const value = y - x;
    if (resamples === 0 || used[k] < DEFINED_SHARE * resamples) {
      const reason = `Only ${used[k]} of ${resamples} resamples have the number on both sides.`;
      return [name, { value, low: null, high: null, reason }];
    }
    const sorted = draws[k].slice(0, used[k]).sort();
    return [name, { value, low: sortedQuantile(sorted, 0.025), high: sortedQuantile(sorted, 0.975), reason: null }];
  });
  return Object.fromEntries(estimates) as unknown as BootstrapDifferences;
}
