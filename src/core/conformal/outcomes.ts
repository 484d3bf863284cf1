import { keptIntervals } from '../metrics/clopperPearson.ts';
import { confidenceOf } from '../metrics/confidence.ts';
import type { Estimate } from '../metrics/types.ts';
import { checkLabels, checkProbabilities } from '../monitor/inputError.ts';
import { type WindowedShare, windowedShare } from '../monitor/windowedShare.ts';
import { abstains, BOTH, covers, EMPTY, ONLY_1, predictionSets } from './predictionSet.ts';

export interface OutcomeSettings {
  /** ŷ = [p ≥ threshold]. */
  readonly threshold: number;
  /** A silent failure is a row whose ŷ is wrong with confidence max(p, 1 − p) > tau. */
  readonly tau: number;
}

/** What abstention did with each row, one a row, 0 or 1. */
export interface RowOutcomes {
  readonly sets: Uint8Array;
  readonly covered: Uint8Array;
  readonly abstained: Uint8Array;
  /** The set is one label, and it is the true one. */
  readonly answeredRight: Uint8Array;
  /** ŷ without abstention equals the label. */
  readonly right: Uint8Array;
  /** ŷ is wrong with confidence above τ. */
  readonly silent: Uint8Array;
}

/** Counts and shares over a run of rows, with exact 95 % intervals. */
export interface ConformalSummary {
  readonly n: number;
  /** Share of rows whose set holds the label. */
  readonly coverage: Estimate;
  /** Share of rows with an empty or full set. */
  readonly abstention: Estimate;
  readonly empty: number;
  readonly both: number;
  readonly answered: number;
  /** Accuracy of the one-label sets; null where none is. */
  readonly answeredAccuracy: Estimate;
  /** Accuracy of ŷ on all rows, without abstention. */
  readonly accuracy: Estimate;
  readonly silentFailures: number;
  /** Silent failures on which the set abstains. */
  readonly silentCaught: number;
  /** Silent failures answered with the wrong label. */
  readonly silentMissed: number;
  /** Silent failures answered with the true label: possible only where ŷ's threshold is not ½. */
  readonly silentCorrected: number;
}

/**
 * Sets and their outcomes for rows with labels.
 *
 * @param q One threshold for all rows or one a row; may be +∞.
 * @throws MonitorInputError on scores outside [0, 1], NaN, or labels other than 0 and 1.
 */
export function rowOutcomes(
  p: Float64Array,
  labels: Uint8Array,
  q: number | Float64Array,
  { threshold, tau }: OutcomeSettings = { threshold: 0.5, tau: 0.9 },
): RowOutcomes {
  checkProbabilities(p, 'Test');
  checkLabels(labels, p.length, 'test');
  const n = p.length;
  const sets = predictionSets(p, q);
  const out = {
    sets,
    covered: new Uint8Array(n),
    abstained: new Uint8Array(n),
    answeredRight: new Uint8Array(n),
    right: new Uint8Array(n),
    silent: new Uint8Array(n),
  };
  for (let i = 0; i < n; i++) {
    const covered = covers(sets[i], labels[i]);
    const abstained = abstains(sets[i]);
    const right = (p[i] >= threshold ? 1 : 0) === labels[i];
    out.covered[i] = covered ? 1 : 0;
    out.abstained[i] = abstained ? 1 : 0;
    out.answeredRight[i] = !abstained && (sets[i] === ONLY_1 ? 1 : 0) === labels[i] ? 1 : 0;
    out.right[i] = right ? 1 : 0;
    out.silent[i] = !right && confidenceOf(p[i], threshold, 'max') > tau ? 1 : 0;
  }
  return out;
}

/** Counts and shares of rows from … to − 1 (all when absent): call it for the rows before and after onset. */
export function summarise(rows: RowOutcomes, from = 0, to = rows.sets.length): ConformalSummary {
  const interval = keptIntervals();
  let covered = 0;
  let abstained = 0;
  let empty = 0;
  let both = 0;
  let answeredRight = 0;
  let right = 0;
  let silentFailures = 0;
  let silentCaught = 0;
  let silentMissed = 0;
  for (let i = from; i < to; i++) {
    covered += rows.covered[i];
    abstained += rows.abstained[i];
    empty += rows.sets[i] === EMPTY ? 1 : 0;
    both += rows.sets[i] === BOTH ? 1 : 0;
    answeredRight += rows.answeredRight[i];
    right += rows.right[i];
    silentFailures += rows.silent[i];
    silentCaught += rows.silent[i] & rows.abstained[i];
    silentMissed += rows.silent[i] & (1 - rows.abstained[i]) & (1 - rows.answeredRight[i]);
  }
  const n = Math.max(0, to - from);
  const answered = n - abstained;
  const none = { value: null, low: null, high: null, reason: 'The monitor abstains on every row.' };
  return {
    n,
    coverage: interval(covered, n),
    abstention: interval(abstained, n),
    empty,
    both,
    answered,
    answeredAccuracy: n > 0 && answered === 0 ? none : interval(answeredRight, answered),
    accuracy: interval(right, n),
    silentFailures,
    silentCaught,
    silentMissed,
    silentCorrected: silentFailures - silentCaught - silentMissed,
  };
}

export interface ConformalWindows {
  /** Index t holds the window of rows t − window + 1 … t. */
  readonly window: number;
  readonly coverage: WindowedShare;
  readonly abstention: WindowedShare;
  /** Over the answered rows of the window. */
  readonly answeredAccuracy: WindowedShare;
}

/** Running coverage, abstention and accuracy of what was answered. Throws MonitorInputError where the window is no count. */
export function runningWindows(rows: RowOutcomes, window: number): ConformalWindows {
  const answered = rows.abstained.map((abstained) => 1 - abstained);
  return {
    window,
    coverage: windowedShare(rows.covered, null, window),
    abstention: windowedShare(rows.abstained, null, window),
    answeredAccuracy: windowedShare(rows.answeredRight, answered, window),
  };
}
