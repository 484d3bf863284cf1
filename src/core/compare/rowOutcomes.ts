import { binRows, type Binning, type Closed } from '../metrics/bins.ts';
import { confidences, correctness, type ConfidenceKind } from '../metrics/confidence.ts';
import { probabilities } from '../metrics/sigmoid.ts';

export interface OutcomeSettings {
  /** ŷ = [p ≥ threshold]. */
  readonly threshold: number;
  /** τ: an error is silent when its confidence is above this. */
  readonly highConfidence: number;
  readonly bins: number;
  readonly binning: Binning;
  readonly closed: Closed;
  readonly target: 'top-label' | 'positive-class';
  readonly confidence: ConfidenceKind;
}

/** What each row of one state adds to its numbers: every array has one entry a row. */
export interface RowOutcomes {
  readonly labels: Uint8Array;
  readonly logits: Float64Array;
  /** ŷ, 0 or 1. */
  readonly answer: Uint8Array;
  readonly correct: Uint8Array;
  readonly confidence: Float64Array;
  /** 1 where the row is wrong with confidence above τ. */
  readonly silent: Uint8Array;
  /** (p − y)². */
  readonly squaredError: Float64Array;
  /** What ECE bins, its outcome, and the bin; equal-mass bins are those of all the rows together. */
  readonly forecast: Float64Array;
  readonly outcome: Uint8Array;
  readonly bin: Uint16Array;
  readonly bins: number;
}

/** Judges every row of one state. */
export function rowOutcomes(labels: Uint8Array, logits: Float64Array, settings: OutcomeSettings): RowOutcomes {
  const { threshold, highConfidence, bins, binning, closed, target } = settings;
  const p = probabilities(logits);
  const correct = correctness(labels, p, threshold);
  const confidence = confidences(p, threshold, settings.confidence);
  const answer = Uint8Array.from(correct, (right, i) => (right === 1 ? labels[i] : 1 - labels[i]));
  const silent = Uint8Array.from(correct, (right, i) => (right === 0 && confidence[i] > highConfidence ? 1 : 0));
  const squaredError = Float64Array.from(p, (value, i) => (value - labels[i]) ** 2);
  const [forecast, outcome] = target === 'top-label' ? [confidence, correct] : [p, labels];
  const { rowBin } = binRows(forecast, outcome, { bins, binning, closed });
  return { labels, logits, answer, correct, confidence, silent, squaredError, forecast, outcome, bin: rowBin, bins };
}

/** The numbers that a bootstrap repeats; null where undefined. */
export interface ResampledNumbers {
  readonly ece: number | null;
  readonly silentFailureRate: number | null;
  readonly brier: number | null;
  readonly f1: number | null;
}

export type ResampledName = keyof ResampledNumbers;
export const RESAMPLED: readonly ResampledName[] = ['ece', 'silentFailureRate', 'brier', 'f1'];

/** A function that gives the numbers of any multiset of rows, with one set of buffers. */
export function numbersOfRows(rows: RowOutcomes): (picked: ArrayLike<number>) => ResampledNumbers {
  const { labels, answer, silent, squaredError, forecast, outcome, bin, bins } = rows;
  const count = new Float64Array(bins);
  const said = new Float64Array(bins);
  const seen = new Float64Array(bins);
  return (picked) => {
    count.fill(0);
    said.fill(0);
    seen.fill(0);
    let [tp, predicted, positives, silents, squares] = [0, 0, 0, 0, 0];
    const n = picked.length;
    for (let k = 0; k < n; k++) {
      const i = picked[k];
      const b = bin[i];
      count[b]++;
      said[b] += forecast[i];
      seen[b] += outcome[i];
      tp += labels[i] & answer[i];
      predicted += answer[i];
      positives += labels[i];
      silents += silent[i];
      squares += squaredError[i];
    }
    if (n === 0) return { ece: null, silentFailureRate: null, brier: null, f1: null };
    let gaps = 0;
    for (let b = 0; b < bins; b++) gaps += Math.abs(seen[b] - said[b]);
    const errors = predicted + positives - 2 * tp;
    return {
      ece: gaps / n,
      silentFailureRate: errors === 0 ? null : silents / errors,
      brier: squares / n,
      f1: tp === 0 ? 0 : (2 * tp) / (predicted + positives),
    };
  };
}
