import { numpyMean } from '../stream/numpySum.ts';
import type { DetectorDefinition, Guarantee, Reading, RunningDetector } from './detector.ts';
import { DetectorInputError } from './detector.ts';
import { HoeffdingBand } from './hoeffdingBand.ts';
import type { BandBound } from './hoeffdingBand.ts';
import { checkCount, checkedScores, checkLevel, checkScore } from './publishedInputs.ts';

export interface PublishedBandParameters {
  readonly alpha: number;
  /** Records averaged over; null for all since the start. */
  readonly window: number | null;
  /** Steps before the first test. */
  readonly warmUp: number;
  readonly bound: BandBound;
}

const SOURCE = 'J. W. Leong, arXiv 2606.11949, as coded; W. Hoeffding 1963';

function guarantee({ alpha, bound }: PublishedBandParameters): Guarantee {
  return {
    kind: 'per-test',
    value: Math.min(1, 2 * alpha),
    horizon: null,
    assumptions: [
      'Records before the shift are independent and their mean is the reference value.',
      'One look at a step fixed beforehand: the band is Hoeffding’s for a fixed n, with ln(1/α) of the one-sided bound but alarms on both sides, hence 2α.',
      ...(bound.kind === 'bounded' ? [] : ['The variance proxy is not too small.']),
    ],
    source: SOURCE,
  };
}

/** The detector at work, with its band. */
export interface RunningBand extends RunningDetector {
  readonly band: HoeffdingBand;
  readonly referenceValue: number;
}

/**
 * The monitor paper's "confidence sequence" as coded: the mean of the scores so far (or of a window) with a half-width for that
 * many records; it alarms where the mean of the reference lies outside. statistic = |mean − reference mean|, threshold = the
 * half-width, which changes from step to step; before the warm-up the statistic is null. Alarms at every such step; nothing resets.
 *
 * It is not a confidence sequence: its band is for one n fixed beforehand, so looking at every step alarms falsely ever more often.
 */
export const publishedBandDetector: DetectorDefinition<PublishedBandParameters> & {
  readonly init: (...given: Parameters<DetectorDefinition<PublishedBandParameters>['init']>) => RunningBand;
} = {
  id: 'confidence-sequence-published',
  reads: 'scores',
  defaults: { alpha: 0.05, window: null, warmUp: 100, bound: { kind: 'bounded' } },
  alarms: 'above',
  guarantee,
  claim: ({ alpha }) => ({
    kind: 'ever',
    value: alpha,
    horizon: null,
    assumptions: ['The paper calls the band valid at any time.'],
    source: 'J. W. Leong, arXiv 2606.11949',
  }),
  cost: 'O(1)',
  init(reference, { alpha, window, warmUp, bound }) {
    checkLevel('α of the confidence sequence', alpha);
    checkCount('The warm-up of the confidence sequence', warmUp, 1);
    if (window !== null) checkCount('The window of the confidence sequence', window, 1);
    if (bound.kind !== 'bounded' && !(bound.varianceProxy > 0 && bound.varianceProxy < Infinity)) {
      throw new DetectorInputError(`The variance proxy must be a number above 0; it is ${bound.varianceProxy}.`);
    }
    const referenceValue = numpyMean(checkedScores(reference, 1, 'a mean', true)) ?? 0;
    const band = new HoeffdingBand({ alpha, window, bound, referenceValue });
    let step = 0;
    return {
      band,
      referenceValue,
      get threshold() {
        return step === 0 ? null : band.halfWidth;
      },
      update({ score }): Reading {
        checkScore(score, ++step);
        band.push(score);
        if (step < warmUp) return { statistic: null, alarm: false };
        return { statistic: Math.abs(band.mean - referenceValue), alarm: band.excludesReference };
      },
    };
  },
};
