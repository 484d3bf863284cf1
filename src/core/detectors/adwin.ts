import { ADWIN_DEFAULTS, AdwinWindow, type AdwinVariant } from './adwinWindow.ts';
import type { DetectorDefinition, Reading, RunningDetector } from './detector.ts';
import { checkLevel, checkUnitScores, checkUnitStreamScore, checkWhole } from './referenceChecks.ts';

export interface AdwinParameters {
  readonly variant: AdwinVariant;
  readonly delta: number;
  /** Steps from one check to the next; libraries have 32, the lab checks at every step. */
  readonly clock: number;
  /** Whether the window starts with the reference scores in it (without checks), or empty. */
  readonly startWithReference: boolean;
}

class RunningAdwin implements RunningDetector {
  readonly threshold = 1;
  private readonly window: AdwinWindow;

  constructor(scores: Float64Array, { variant, delta, clock, startWithReference }: AdwinParameters) {
    this.window = new AdwinWindow({ ...ADWIN_DEFAULTS, variant, delta, clock });
    if (startWithReference) for (const score of scores) this.window.fill(score);
  }

  update({ score }: { readonly score: number }): Reading {
    checkUnitStreamScore(score);
    const alarm = this.window.update(score);
    return { statistic: this.window.excess, alarm };
  }
}

/**
 * ADWIN2 (Bifet and Gavaldà 2007). The statistic is the largest difference of means over its ε among the cuts looked at in this step
 * (the first above 1 ends the look). An alarm drops the oldest buckets, by construction, and the window goes on with the rest; so
 * one shift can alarm several times while its last old values leave.
 */
export const adwin: DetectorDefinition<AdwinParameters> = {
  id: 'adwin',
  reads: 'scores',
  defaults: { variant: 'moa', delta: 0.002, clock: 1, startWithReference: true },
  alarms: 'above',
  guarantee: () => ({
    kind: 'none',
    value: null,
    horizon: null,
    assumptions: [
      'δ is not a rate of false alarms: this ε rests on a normal approximation that the theorem of the paper does not cover.',
      'In practice it alarms far less often than δ; measure it by the guarantee check.',
    ],
    source: 'Bifet and Gavaldà 2007, section 3.2',
  }),
  cost: 'O(log W)',
  init: (reference, parameters) => {
    checkLevel('delta', parameters.delta);
    checkWhole('Steps between checks', parameters.clock, 1);
    checkUnitScores(reference, 1);
    return new RunningAdwin(reference.scores, parameters);
  },
};
