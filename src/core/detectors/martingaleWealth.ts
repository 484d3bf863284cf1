import { countUpTo } from './ksWindow.ts';

/** How many of the ascending values are < x. */
function countBelow(sorted: Float64Array, x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The monitor paper's bets against a frozen reference of n scores: the two-sided conformal p-value
 * p = min(1, 2 min(#{ref ≥ s} + 1, #{ref ≤ s} + 1)/(n + 1)) and the log bet ln ε + (ε − 1) ln p. O(log n) a score.
 */
export class ConformalBets {
  private readonly sorted: Float64Array;
  /** Log bets by min(#{ref ≥ s}, #{ref ≤ s}). */
  private readonly bets: Float64Array;

  /** @param epsilon Strictly between 0 and 1: the smaller, the more is bet on small p. */
  constructor(reference: Float64Array, epsilon: number) {
    this.sorted = reference.slice().sort();
    this.bets = Float64Array.from(
      { length: reference.length + 1 },
      (_, rarer) => Math.log(epsilon) + (epsilon - 1) * Math.log(this.pOf(rarer)),
    );
  }

  private pOf(rarer: number): number {
    return Math.min(1, (2 * (rarer + 1)) / (this.sorted.length + 1));
  }

  private rarer(score: number): number {
    const { sorted } = this;
    return Math.min(sorted.length - countBelow(sorted, score), countUpTo(sorted, score));
  }

  /** From 2/(n + 1) to 1. */
  p(score: number): number {
    return this.pOf(this.rarer(score));
  }

  logBet(score: number): number {
    return this.bets[this.rarer(score)];
  }
}

/** A statistic of log bets, one at a time. */
export interface LogWealth {
  readonly push: (logBet: number) => number;
}

/** The log wealth of the martingale from the first step on: Σ. */
export class PointWealth implements LogWealth {
  private total = 0;

  push(logBet: number): number {
    this.total += logBet;
    return this.total;
  }
}

/** The same, begun again whenever it is below 0: max(0, S + l). */
export class CusumWealth implements LogWealth {
  private total = 0;

  push(logBet: number): number {
    this.total = Math.max(0, this.total + logBet);
    return this.total;
  }
}

/**
 * The greatest log wealth among martingales begun at each of the last `window` steps: C_t − min C_s over t − window ≤ s < t, C the
 * cumulative log bets; O(1) a step on average by a queue of rising minima.
 */
export class ScanWealth implements LogWealth {
  private readonly window: number;
  private readonly values: Float64Array;
  private readonly steps: Float64Array;
  /** Of the queue: its first place and its length, in a ring of window + 1. */
  private first = 0;
  private count = 0;
  private total = 0;
  private step = 0;

  constructor(window: number) {
    this.window = window;
    this.values = new Float64Array(window + 1);
    this.steps = new Float64Array(window + 1);
  }

  push(logBet: number): number {
    const { values, steps, window } = this;
    const places = window + 1;
    // C before this step joins the queue, and smaller ones after it make larger ones before it useless.
    while (this.count > 0 && values[(this.first + this.count - 1) % places] >= this.total) this.count--;
    const last = (this.first + this.count++) % places;
    values[last] = this.total;
    steps[last] = this.step++;
    if (steps[this.first] < this.step - window) {
      this.first = (this.first + 1) % places;
      this.count--;
    }
    this.total += logBet;
    return this.total - values[this.first];
  }
}
