import { conformalGuarantee, CONFORMAL_DEFAULTS, ConformalFeed, type ConformalSettings } from './conformalP.ts';
import type { DetectorDefinition, Reading, RunningDetector } from './detector.ts';
import { checkLevel, checkNumber } from './referenceChecks.ts';

/** Rates of the composite jumper. */
export const COMPOSITE_RATES: readonly number[] = [1e-4, 1e-3, 1e-2, 1e-1, 1];

/**
 * Log wealth of a simple jumper (Vovk, Petej et al. 2021): three accounts bet 1 + ε(p − ½), ε ∈ {−1, 0, 1}, and a share J of the wealth is spread
 * anew before each bet. Wealth is kept as shares and one logarithm, so it neither overflows nor vanishes.
 */
export class JumperWealth {
  log = 0;
  private readonly rate: number;
  private down = 1 / 3;
  private flat = 1 / 3;
  private up = 1 / 3;

  constructor(rate: number) {
    this.rate = rate;
  }

  bet(p: number): number {
    const keep = 1 - this.rate;
    const spread = this.rate / 3;
    const lean = p - 0.5;
    const down = (keep * this.down + spread) * (1 - lean);
    const flat = keep * this.flat + spread;
    const up = (keep * this.up + spread) * (1 + lean);
    const sum = down + flat + up;
    this.down = down / sum;
    this.flat = flat / sum;
    this.up = up / sum;
    this.log += Math.log(sum);
    return this.log;
  }
}

/** Log of the mean wealth of jumpers of several rates. */
export class CompositeJumperWealth {
  log = 0;
  private readonly jumpers: readonly JumperWealth[];

  constructor(rates: readonly number[] = COMPOSITE_RATES) {
    this.jumpers = rates.map((rate) => new JumperWealth(rate));
  }

  bet(p: number): number {
    let most = -Infinity;
    for (const jumper of this.jumpers) most = Math.max(most, jumper.bet(p));
    let sum = 0;
    for (const jumper of this.jumpers) sum += Math.exp(jumper.log - most);
    this.log = most + Math.log(sum / this.jumpers.length);
    return this.log;
  }
}

export interface Wealth {
  /** Takes a p-value; returns the log wealth. */
  bet(p: number): number;
}

/** A martingale on conformal p-values that alarms at log wealth ≥ ln(1/alpha). */
export class ConformalTest implements RunningDetector {
  readonly threshold: number;
  private readonly feed: ConformalFeed;
  private readonly wealth: Wealth;

  constructor(feed: ConformalFeed, wealth: Wealth, alpha: number) {
    checkLevel('The level alpha', alpha);
    this.feed = feed;
    this.wealth = wealth;
    this.threshold = -Math.log(alpha);
  }

  update({ score }: { readonly score: number }): Reading {
    const statistic = this.wealth.bet(this.feed.next(score));
    return { statistic, alarm: statistic >= this.threshold };
  }
}

export interface JumperParameters extends ConformalSettings {
  /** Share of the wealth spread anew at each step, in [0, 1]. */
  readonly rate: number;
  readonly alpha: number;
}

const SOURCE = 'Vovk, Petej, Nouretdinov, Ahlberg, Carlsson and Gammerman 2021; Ville 1939';

/** Simple jumper on conformal p-values. The statistic is the log wealth; it goes on after an alarm. Finds high and low scores. */
export const simpleJumper: DetectorDefinition<JumperParameters> = {
  id: 'simple-jumper',
  reads: 'scores',
  defaults: { ...CONFORMAL_DEFAULTS, rate: 0.01, alpha: 0.05 },
  alarms: 'at-least',
  guarantee: (parameters) => conformalGuarantee(parameters, false, { kind: 'ever', value: parameters.alpha }, SOURCE),
  cost: 'O(log n), and O(n) moved memory',
  init: (reference, parameters) => {
    checkNumber('The jumping rate', parameters.rate, 0, 1);
    return new ConformalTest(
      new ConformalFeed(reference, parameters),
      new JumperWealth(parameters.rate),
      parameters.alpha,
    );
  },
};

export interface CompositeJumperParameters extends ConformalSettings {
  readonly alpha: number;
}

/** The mean of jumpers at rates 1e-4 … 1: no rate to choose. */
export const compositeJumper: DetectorDefinition<CompositeJumperParameters> = {
  id: 'composite-jumper',
  reads: 'scores',
  defaults: { ...CONFORMAL_DEFAULTS, alpha: 0.05 },
  alarms: 'at-least',
  guarantee: (parameters) => conformalGuarantee(parameters, false, { kind: 'ever', value: parameters.alpha }, SOURCE),
  cost: 'O(log n), and O(n) moved memory',
  init: (reference, parameters) =>
    new ConformalTest(new ConformalFeed(reference, parameters), new CompositeJumperWealth(), parameters.alpha),
};
