import type { DetectorDefinition, Reading, RunningDetector } from './detector.ts';
import { PredictableBet, SEQUENCE_ASSUMPTIONS, type Band } from './empiricalBernstein.ts';
import { checkLevel, checkUnitScores, checkUnitStreamScore } from './referenceChecks.ts';

/** Bets are cut to this share of what would risk all. */
const SHARE = 0.5;

/** Log of the two accounts that bet against the mean m: K⁺ on larger values, K⁻ on smaller ones. */
export class HedgedCapital {
  logUp = 0;
  logDown = 0;
  private readonly mean: number;

  constructor(mean: number) {
    this.mean = mean;
  }

  bet(x: number, lambda: number): void {
    const m = this.mean;
    if (m > 0) this.logUp += Math.log1p(Math.min(lambda, SHARE / m) * (x - m));
    else this.logUp += Math.log1p(lambda * x);
    if (m < 1) this.logDown += Math.log1p(-Math.min(lambda, SHARE / (1 - m)) * (x - m));
    else this.logDown += Math.log1p(lambda * (1 - x));
  }

  /** ln max(½K⁺, ½K⁻). */
  get log(): number {
    return Math.max(this.logUp, this.logDown) - Math.LN2;
  }
}

/**
 * Hedged betting confidence sequence of the mean of values in [0, 1] (Waudby-Smith and Ramdas 2024, section 4.4): the means of a grid of
 * `cells` + 1 points whose capital is below 1/alpha, widened by one cell to either side. K⁺ falls and K⁻ grows with m, so
 * that the set is an interval. Not intersected over time. O(cells) a step.
 */
export class HedgedSequence implements Band {
  lower = 0;
  upper = 1;
  private readonly bet: PredictableBet;
  private readonly up: Float64Array;
  private readonly down: Float64Array;
  private readonly cells: number;
  private readonly limit: number;

  constructor(alpha: number, cells = 1000) {
    this.bet = new PredictableBet(alpha / 2);
    this.cells = cells;
    this.up = new Float64Array(cells + 1);
    this.down = new Float64Array(cells + 1);
    this.limit = Math.log(2 / alpha);
  }

  /** Takes a value. Where no grid point is left both bounds stay where they were. */
  update(x: number): void {
    const { up, down, cells, limit } = this;
    const { lambda } = this.bet;
    let first = -1;
    let last = -1;
    for (let g = 0; g <= cells; g++) {
      const m = g / cells;
      up[g] += Math.log1p(Math.min(lambda, SHARE / m) * (x - m));
      down[g] += Math.log1p(-Math.min(lambda, SHARE / (1 - m)) * (x - m));
      if (up[g] < limit && down[g] < limit) {
        if (first < 0) first = g;
        last = g;
      }
    }
    this.bet.take(x);
    if (first < 0) return;
    this.lower = Math.max(0, (first - 1) / cells);
    this.upper = Math.min(1, (last + 1) / cells);
  }
}

/** The interval of means that neither account has grown to 2/alpha against after all `values`, by bisection: K⁺ and K⁻ are monotone in m. */
export function hedgedInterval(values: Float64Array, alpha: number): Band {
  const bet = new PredictableBet(alpha / 2);
  const lambdas = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    lambdas[i] = bet.lambda;
    bet.take(values[i]);
  }
  const limit = Math.log(2 / alpha);
  const refuted = (m: number, side: 'logUp' | 'logDown'): boolean => {
    const capital = new HedgedCapital(m);
    for (let i = 0; i < values.length; i++) capital.bet(values[i], lambdas[i]);
    return capital[side] >= limit;
  };
  const edge = (side: 'logUp' | 'logDown', from: number, to: number): number => {
    if (!refuted(from, side)) return from;
    for (let step = 0; step < 50; step++) {
      const middle = (from + to) / 2;
      if (refuted(middle, side)) from = middle;
      else to = middle;
    }
    return from;
  };
  return { lower: edge('logUp', 0, 1), upper: edge('logDown', 1, 0) };
}

export interface BettingParameters {
  readonly alpha: number;
}

class RunningBetting implements RunningDetector {
  readonly threshold: number;
  private readonly bet: PredictableBet;
  private readonly above: HedgedCapital;
  private readonly under: HedgedCapital;

  constructor(scores: Float64Array, alpha: number) {
    const { lower, upper } = hedgedInterval(scores, alpha / 2);
    this.above = new HedgedCapital(upper);
    this.under = new HedgedCapital(lower);
    this.bet = new PredictableBet(alpha / 4);
    this.threshold = -Math.log(alpha / 2);
  }

  update({ score }: { readonly score: number }): Reading {
    checkUnitStreamScore(score);
    const { lambda } = this.bet;
    this.above.bet(score, lambda);
    this.under.bet(score, lambda);
    this.bet.take(score);
    const statistic = Math.max(this.above.logUp, this.under.logDown) - Math.LN2;
    return { statistic, alarm: statistic >= this.threshold };
  }
}

/**
 * Hedged betting confidence sequence of the stream's mean against the reference's interval by the same method: a true one, which holds
 * at all times at once. As K⁺ falls with m, a bet at the interval's upper end refutes all of it, and one at its lower end likewise;
 * the statistic is the log of the better of the two, and alarms at ln(2/alpha). Nothing is reset after an alarm.
 */
export const bettingSequence: DetectorDefinition<BettingParameters> = {
  id: 'betting-sequence',
  reads: 'scores',
  defaults: { alpha: 0.05 },
  alarms: 'at-least',
  guarantee: ({ alpha }) => ({
    kind: 'ever',
    value: alpha,
    horizon: null,
    assumptions: SEQUENCE_ASSUMPTIONS,
    source: 'Waudby-Smith and Ramdas 2024, theorem 3',
  }),
  cost: 'O(1)',
  init: (reference, { alpha }) => {
    checkLevel('The level alpha', alpha);
    checkUnitScores(reference, 2);
    return new RunningBetting(reference.scores, alpha);
  },
};
