import { cusumArlTwoSided } from './arlMarkovChain.ts';
import type { DetectorDefinition, Reading, RunningDetector } from './detector.ts';
import { checkNumber, checkScores, checkStreamScore, referenceMoments } from './referenceChecks.ts';

export interface CusumParameters {
  /** Allowance in reference standard deviations: half the shift to be found soonest. */
  readonly k: number;
  /** Decision interval in reference standard deviations. */
  readonly h: number;
}

/** Two-sided tabular CUSUM of scores standardised by `mean` and `sd`. */
export class Cusum implements RunningDetector {
  readonly threshold: number;
  high = 0;
  low = 0;
  private readonly k: number;
  private readonly mean: number;
  private readonly sd: number;

  constructor(mean: number, sd: number, { k, h }: CusumParameters) {
    this.mean = mean;
    this.sd = sd;
    this.k = k;
    this.threshold = h;
  }

  update({ score }: { readonly score: number }): Reading {
    checkStreamScore(score);
    const z = (score - this.mean) / this.sd;
    this.high = Math.max(0, this.high + z - this.k);
    this.low = Math.max(0, this.low - z - this.k);
    const statistic = Math.max(this.high, this.low);
    return { statistic, alarm: statistic > this.threshold };
  }
}

const arls = new Map<string, number>();

/** Two-sided tabular CUSUM (Page 1954). The statistic is the larger side; nothing is reset after an alarm. */
export const cusum: DetectorDefinition<CusumParameters> = {
  id: 'cusum',
  reads: 'scores',
  defaults: { k: 0.5, h: 5 },
  alarms: 'above',
  guarantee: ({ k, h }) => {
    const key = `${k} ${h}`;
    const value = arls.get(key) ?? cusumArlTwoSided(k, h);
    arls.set(key, value);
    return {
      kind: 'arl',
      value,
      horizon: null,
      assumptions: [
        'Scores are independent and normal: probabilities are not, and skewed ones alarm sooner.',
        "The reference's mean and standard deviation are the true ones: a short reference shortens or stretches it much.",
      ],
      source: 'Brook and Evans 1972 (Markov chain, 400 states)',
    };
  },
  cost: 'O(1)',
  init: (reference, parameters) => {
    checkNumber('The allowance k', parameters.k, 0, 100);
    checkNumber('The decision interval h', parameters.h, 0, 1e6, true);
    checkScores(reference, 2);
    const { mean, sd } = referenceMoments(reference);
    return new Cusum(mean, sd, parameters);
  },
};
