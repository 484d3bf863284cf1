import type { DetectorDefinition, Guarantee } from './detector.ts';
import { DetectorInputError } from './detector.ts';
import { KsWindow } from './ksWindow.ts';
import { checkCount, checkedScores, checkScore } from './publishedInputs.ts';

export interface KsParameters {
  /** Scores compared with the reference. */
  readonly window: number;
  /** Alarms where the distance is above it, 0 to 1. */
  readonly threshold: number;
  /** What the threshold was calibrated to: false alarms (a share of streams) by a number of steps after the reference. Null where it was not. */
  readonly calibration: { readonly falseAlarm: number; readonly steps: number } | null;
}

function guarantee({ calibration }: KsParameters): Guarantee {
  const source = 'J. W. Leong, arXiv 2606.11949, empirical calibration';
  if (calibration === null) {
    return { kind: 'none', value: null, horizon: null, assumptions: ['The threshold was not calibrated.'], source };
  }
  return {
    kind: 'horizon',
    value: calibration.falseAlarm,
    horizon: calibration.steps,
    assumptions: [
      'Records before the shift are exchangeable with the reference.',
      'Monitoring ends at the horizon: every further step adds to the false alarms.',
      'The calibration drew enough streams: a 97th percentile of 50 maxima has a standard error of about .015 at window 100.',
      'The reference is of the size that was calibrated with, and ties are no more frequent than there.',
    ],
    source,
  };
}

/**
 * The monitor paper's sliding KS distance: the last `window` scores against the frozen reference (Reference.scores, which the
 * paper takes as the first `window` records of the stream itself). The window starts filled with the last `window` reference
 * scores; the first test is once all of them have left it and one more record has come (step > 2w of the published stream), and
 * until then the statistic is null. Alarms at every tested step with D > threshold; nothing resets.
 *
 * Blind to what leaves the distribution of scores as it was. Default: at window 100 and a reference of 100 without ties, whatever
 * the classifier, 2.9 % of streams without shift reach a distance of .26 within the published 500 records (10,000 streams drawn);
 * distances lie on a grid of 1/100, and .255 stands between its lines. For another window, reference or horizon take the parameters
 * of `calibrateByRanks`: a longer reference at this threshold gives fewer false alarms.
 */
export const ksDetector: DetectorDefinition<KsParameters> = {
  id: 'ks-sliding',
  reads: 'scores',
  defaults: { window: 100, threshold: 0.255, calibration: { falseAlarm: 0.03, steps: 400 } },
  alarms: 'above',
  guarantee,
  cost: 'O(w + log n), n the reference',
  init(reference, { window, threshold }) {
    checkCount('The window of the KS detector', window, 2);
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new DetectorInputError(`The threshold of the KS detector must lie in [0, 1]; it is ${threshold}.`);
    }
    const scores = checkedScores(reference, window, `a window of ${window}`);
    const ks = new KsWindow(scores, window);
    ks.prime();
    let step = 0;
    return {
      threshold,
      update({ score }) {
        checkScore(score, ++step);
        ks.push(score);
        if (step <= window) return { statistic: null, alarm: false };
        const statistic = ks.distance();
        return { statistic, alarm: statistic > threshold };
      },
    };
  },
};
