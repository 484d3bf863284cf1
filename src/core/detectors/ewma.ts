import { ewmaArl } from './arlMarkovChain.ts';
import type { DetectorDefinition, Reading, RunningDetector } from './detector.ts';
import { checkNumber, checkScores, checkStreamScore, referenceMoments } from './referenceChecks.ts';

export interface EwmaParameters {
  /** Weight of the newest score, in (0, 1]; 1 is a Shewhart chart. */
  readonly lambda: number;
  /** Limit in standard deviations of the average, √(λ/(2 − λ)) of those of a score. */
  readonly limit: number;
}

class Ewma implements RunningDetector {
  readonly threshold: number;
  private average = 0;
  private readonly lambda: number;
  private readonly mean: number;
  private readonly scale: number;

  constructor(mean: number, sd: number, { lambda, limit }: EwmaParameters) {
    this.lambda = lambda;
    this.mean = mean;
    this.scale = sd * Math.sqrt(lambda / (2 - lambda));
    this.threshold = limit;
  }

  update({ score }: { readonly score: number }): Reading {
    checkStreamScore(score);
    this.average += this.lambda * (score - this.mean - this.average);
    const statistic = Math.abs(this.average) / this.scale;
    return { statistic, alarm: statistic > this.threshold };
  }
}

const arls = new Map<string, number>();

/**
 * Exponentially weighted moving average with its asymptotic limits (Roberts 1959), both sides. The statistic is the distance of the
 * average from the reference mean in its own asymptotic standard deviations; nothing is reset after an alarm.
 */
export const ewma: DetectorDefinition<EwmaParameters> = {
  id: 'ewma',
  reads: 'scores',
  defaults: { lambda: 0.1, limit: 2.8 },
  alarms: 'above',
  guarantee: ({ lambda, limit }) => {
    const key = `${lambda} ${limit}`;
    const value = arls.get(key) ?? ewmaArl(lambda, limit);
    arls.set(key, value);
    return {
      kind: 'arl',
      value,
      horizon: null,
      assumptions: [
        'Scores are independent and normal; a small λ makes the average less sensitive to this.',
        "The reference's mean and standard deviation are the true ones: a short reference shortens or stretches it much.",
      ],
      source: 'Lucas and Saccucci 1990 (Markov chain, 201 states)',
    };
  },
  cost: 'O(1)',
  init: (reference, parameters) => {
    checkNumber('The weight lambda', parameters.lambda, 0, 1, true);
    checkNumber('The limit', parameters.limit, 0, 1e6, true);
    checkScores(reference, 2);
    const { mean, sd } = referenceMoments(reference);
    return new Ewma(mean, sd, parameters);
  },
};
