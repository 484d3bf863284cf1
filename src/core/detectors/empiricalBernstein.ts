import type { DetectorDefinition, Reading, RunningDetector } from './detector.ts';
import { checkLevel, checkUnitScores, checkUnitStreamScore } from './referenceChecks.ts';

/**
 * The predictable bet of the empirical-Bernstein and the hedged sequences: √(2 ln(1/level)/(t ln(1 + t) σ̂²)), with σ̂² from the past alone,
 * prior mean ½ and variance ¼ counting as one value (Waudby-Smith and Ramdas 2024, section 3.2).
 */
export class PredictableBet {
  private t = 0;
  private sum = 0.5;
  private squares = 0.25;
  private variance = 0.25;
  private readonly twice: number;

  constructor(level: number) {
    this.twice = -2 * Math.log(level);
  }

  /** The bet for the next value. */
  get lambda(): number {
    const t = this.t + 1;
    return Math.sqrt(this.twice / (t * Math.log(1 + t) * this.variance));
  }

  take(x: number): void {
    this.t++;
    this.sum += x;
    const mean = this.sum / (this.t + 1);
    this.squares += (x - mean) ** 2;
    this.variance = this.squares / (this.t + 1);
  }
}

export interface Band {
  lower: number;
  upper: number;
}

/**
 * Predictable-mixture empirical-Bernstein confidence sequence of the mean of values in [0, 1], two-sided at alpha, cut to [0, 1]. Each
 * side has its own centre of squares, the mean of past values of x and of 1 − x, starting at 0. Not intersected over time.
 */
export class EmpiricalBernsteinSequence implements Band {
  lower = 0;
  upper = 1;
  private t = 0;
  private sum = 0;
  private weight = 0;
  private weighted = 0;
  private marginLow = 0;
  private marginHigh = 0;
  private readonly bet: PredictableBet;
  private readonly cost: number;

  constructor(alpha: number) {
    this.bet = new PredictableBet(alpha / 2);
    this.cost = Math.log(2 / alpha);
  }

  update(x: number): void {
    const lambda = Math.min(this.bet.lambda, 0.5);
    const psi = -Math.log(1 - lambda) - lambda;
    const meanLow = this.t === 0 ? 0 : this.sum / this.t;
    const meanHigh = this.t === 0 ? 1 : meanLow;
    this.weight += lambda;
    this.weighted += lambda * x;
    this.marginLow += psi * (x - meanLow) ** 2;
    this.marginHigh += psi * (x - meanHigh) ** 2;
    const centre = this.weighted / this.weight;
    this.lower = Math.max(0, centre - (this.cost + this.marginLow) / this.weight);
    this.upper = Math.min(1, centre + (this.cost + this.marginHigh) / this.weight);
    this.bet.take(x);
    this.t++;
    this.sum += x;
  }
}

/** Predictable-mixture Hoeffding confidence sequence, two-sided at alpha, cut to [0, 1]: needs no variance, and is wider. */
export class HoeffdingSequence implements Band {
  lower = 0;
  upper = 1;
  private t = 0;
  private weight = 0;
  private weighted = 0;
  private margin = 0;
  private readonly cost: number;

  constructor(alpha: number) {
    this.cost = Math.log(2 / alpha);
  }

  update(x: number): void {
    const t = ++this.t;
    const lambda = Math.min(1, Math.sqrt((8 * this.cost) / (t * Math.log(1 + t))));
    this.weight += lambda;
    this.weighted += lambda * x;
    this.margin += (lambda * lambda) / 8;
    const centre = this.weighted / this.weight;
    const half = (this.cost + this.margin) / this.weight;
    this.lower = Math.max(0, centre - half);
    this.upper = Math.min(1, centre + half);
  }
}

export interface ConfidenceSequenceParameters {
  readonly alpha: number;
}

interface Sequence extends Band {
  update(x: number): void;
}

class DisjointBands implements RunningDetector {
  readonly threshold = 0;
  private lower = 0;
  private upper = 1;
  private readonly reference: Band;
  private readonly sequence: Sequence;

  constructor(reference: Band, sequence: Sequence) {
    this.reference = reference;
    this.sequence = sequence;
  }

  update({ score }: { readonly score: number }): Reading {
    checkUnitStreamScore(score);
    this.sequence.update(score);
    this.lower = Math.max(this.lower, this.sequence.lower);
    this.upper = Math.min(this.upper, this.sequence.upper);
    const statistic = Math.max(this.lower - this.reference.upper, this.reference.lower - this.upper);
    return { statistic, alarm: statistic > 0 };
  }
}

/** What every monitor that sets a sequence of the stream against an interval of the reference promises. */
export const SEQUENCE_ASSUMPTIONS: readonly string[] = [
  'Scores lie in [0, 1], and each has, given those before, the same mean in reference and stream.',
  'Half of alpha is spent on not knowing the mean of the reference, half on the stream.',
];

function define(
  id: string,
  make: (alpha: number) => Sequence,
  source: string,
): DetectorDefinition<ConfidenceSequenceParameters> {
  return {
    id,
    reads: 'scores',
    defaults: { alpha: 0.05 },
    alarms: 'above',
    guarantee: ({ alpha }) => ({
      kind: 'ever',
      value: alpha,
      horizon: null,
      assumptions: SEQUENCE_ASSUMPTIONS,
      source,
    }),
    cost: 'O(1)',
    init: (reference, { alpha }) => {
      checkLevel('The level alpha', alpha);
      checkUnitScores(reference, 2);
      const band = make(alpha / 2);
      for (const score of reference.scores) band.update(score);
      return new DisjointBands(band, make(alpha / 2));
    },
  };
}

/**
 * Empirical-Bernstein confidence sequence of the stream's mean, intersected over time, against the reference's interval by the same
 * method. The statistic is the gap between them in score units, negative while they overlap; an alarm lasts.
 */
export const empiricalBernstein = define(
  'empirical-bernstein',
  (alpha) => new EmpiricalBernsteinSequence(alpha),
  'Waudby-Smith and Ramdas 2024, theorem 2',
);

/** The same with Hoeffding sequences. */
export const hoeffding = define(
  'hoeffding',
  (alpha) => new HoeffdingSequence(alpha),
  'Waudby-Smith and Ramdas 2024, proposition 1',
);
