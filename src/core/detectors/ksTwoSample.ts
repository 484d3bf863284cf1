import { DetectorInputError, type DetectorDefinition, type Reading, type RunningDetector } from './detector.ts';
import { commonMultiple, criticalH, EXACT_LIMIT } from './ksTwoSampleLaw.ts';
import { checkLevel, checkNumber, checkScores, checkStreamScore, checkWhole } from './referenceChecks.ts';

/** Numbers of values below `x` and at most `x` in ascending `sorted`. */
export function below(sorted: Float64Array, length: number, x: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function atMost(sorted: Float64Array, length: number, x: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** lcm(n, m)·max |F_a − F_b| over the union of points, both right-continuous: a whole number. Both ascending, neither empty. */
export function ksNumerator(a: Float64Array, b: Float64Array): number {
  const lcm = commonMultiple(a.length, b.length);
  const stepA = lcm / a.length;
  const stepB = lcm / b.length;
  let i = 0;
  let j = 0;
  let most = 0;
  while (i < a.length && j < b.length) {
    const x = Math.min(a[i], b[j]);
    while (i < a.length && a[i] === x) i++;
    while (j < b.length && b[j] === x) j++;
    most = Math.max(most, Math.abs(i * stepA - j * stepB));
  }
  return most;
}

/** The two-sample Kolmogorov–Smirnov statistic of two samples in any order. */
export function ksStatistic(a: Float64Array, b: Float64Array): number {
  return ksNumerator(a.slice().sort(), b.slice().sort()) / commonMultiple(a.length, b.length);
}

export interface KsTwoSampleParameters {
  /** Scores in the sliding window. */
  readonly window: number;
  /** Steps from one test to the next, from the first full window on. */
  readonly every: number;
  /** Level of each test. */
  readonly alpha: number;
  /** Alarm at this D instead of at the one that alpha gives; null: by alpha. */
  readonly threshold: number | null;
}

class SlidingKs implements RunningDetector {
  readonly threshold: number;
  private readonly reference: Float64Array;
  private readonly arrivals: Float64Array;
  private readonly sorted: Float64Array;
  private count = 0;
  private readonly lcm: number;
  private readonly every: number;
  private readonly least: number;

  constructor(scores: Float64Array, { window, every, alpha, threshold }: KsTwoSampleParameters) {
    this.reference = scores.slice().sort();
    this.arrivals = new Float64Array(window);
    this.sorted = new Float64Array(window);
    this.every = every;
    this.lcm = commonMultiple(scores.length, window);
    // D is a whole number over lcm: comparing whole numbers leaves no tie to rounding.
    this.least = threshold === null ? criticalH(alpha, scores.length, window) : Math.ceil(threshold * this.lcm - 1e-9);
    this.threshold = threshold ?? this.least / this.lcm;
  }

  private slide(score: number): void {
    const { arrivals, sorted } = this;
    const w = arrivals.length;
    const slot = this.count % w;
    let length = this.count;
    if (this.count >= w) {
      const leaving = below(sorted, w, arrivals[slot]);
      sorted.copyWithin(leaving, leaving + 1, w);
      length = w - 1;
    }
    const place = below(sorted, length, score);
    sorted.copyWithin(place + 1, place, length);
    sorted[place] = score;
    arrivals[slot] = score;
    this.count++;
  }

  /** The extremes of F_ref − F_win lie at a window value or just before one. */
  private numerator(): number {
    const { reference, sorted, lcm } = this;
    const stepR = lcm / reference.length;
    const stepW = lcm / sorted.length;
    let most = 0;
    for (let j = 0; j < sorted.length;) {
      const x = sorted[j];
      const before = below(reference, reference.length, x) * stepR - j * stepW;
      while (j < sorted.length && sorted[j] === x) j++;
      const after = atMost(reference, reference.length, x) * stepR - j * stepW;
      most = Math.max(most, Math.abs(before), Math.abs(after));
    }
    return most;
  }

  update({ score }: { readonly score: number }): Reading {
    checkStreamScore(score);
    this.slide(score);
    const since = this.count - this.arrivals.length;
    if (since < 0 || since % this.every !== 0) return { statistic: null, alarm: false };
    const h = this.numerator();
    return { statistic: h / this.lcm, alarm: h >= this.least };
  }
}

/**
 * Two-sample Kolmogorov–Smirnov between the reference and a sliding window of scores, tested when the window is first full and every
 * `every` steps from then. Nothing is reset after an alarm. Between tests the statistic is null.
 */
export const ksTwoSample: DetectorDefinition<KsTwoSampleParameters> = {
  id: 'ks-two-sample',
  reads: 'scores',
  defaults: { window: 100, every: 25, alpha: 0.05, threshold: null },
  alarms: 'at-least',
  guarantee: ({ alpha, threshold }) =>
    threshold !== null
      ? { kind: 'none', value: null, horizon: null, assumptions: ['The threshold was set by hand.'], source: '' }
      : {
          kind: 'per-test',
          value: alpha,
          horizon: null,
          assumptions: [
            'Reference and window are independent draws of one law; with ties each test is conservative.',
            `The p-value is exact where reference × window is at most ${EXACT_LIMIT.toLocaleString('en')}, else approximate.`,
            'It holds over references too: all tests share one reference, and windows overlap, so alarms come in runs.',
            'It says nothing about ever alarming: repeated tests alarm sooner or later.',
          ],
          source: 'Hodges 1958 (path counting); Viehmann 2021 (the recursion)',
        },
  cost: 'O(w log n) a test, O(w) a step',
  init: (reference, parameters) => {
    const { window, every, alpha, threshold } = parameters;
    checkWhole('The window', window, 2);
    checkWhole('Steps between tests', every, 1);
    checkLevel('The level alpha', alpha);
    if (threshold !== null) checkNumber('The threshold', threshold, 0, 1, true);
    checkScores(reference, 2);
    const { scores } = reference;
    if (scores.length < window) {
      throw new DetectorInputError(
        `The reference has ${scores.length} scores, fewer than the window of ${window}. Give a longer reference or a shorter window.`,
      );
    }
    if (scores.every((s) => s === scores[0])) {
      throw new DetectorInputError(
        `All ${scores.length} reference scores are ${scores[0]}: any other score would alarm. Give a reference whose scores vary.`,
      );
    }
    return new SlidingKs(scores, parameters);
  },
};
