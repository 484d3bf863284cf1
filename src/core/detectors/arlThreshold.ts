import { stream } from '../random/streams.ts';
import type { RunningDetector } from './detector.ts';
import { checkNumber, checkWhole } from './referenceChecks.ts';

export interface ArlTarget {
  /** Mean steps to a false alarm that is aimed at. */
  readonly arl: number;
  /** Bootstrap streams. */
  readonly streams: number;
  readonly seed: number;
}

/**
 * The threshold at which about the share e⁻¹ of null streams has not alarmed by step `arl`: what a geometric run length of that mean
 * has. Null streams draw the reference's scores with replacement. Right where run lengths are near geometric (start-up short
 * against `arl`); with `streams` = 400 the threshold's own sampling error moves the ARL by about 8 %.
 *
 * `start` makes a fresh detector whose statistic does not depend on its threshold; steps without a statistic are passed over.
 * Work: streams × arl updates. Throws DetectorInputError where arl or streams cannot be used.
 */
export function thresholdForArl(scores: Float64Array, start: () => RunningDetector, target: ArlTarget): number {
  const { arl, streams, seed } = target;
  checkNumber('The target ARL', arl, 10, 1e7);
  checkWhole('The number of bootstrap streams', streams, 20);
  const steps = Math.round(arl);
  const random = stream(seed, 'arl-threshold');
  const peaks = new Float64Array(streams);
  const record = { score: 0, embedding: null };
  for (let s = 0; s < streams; s++) {
    const detector = start();
    let peak = -Infinity;
    for (let t = 0; t < steps; t++) {
      record.score = scores[Math.floor(random.random1() * scores.length)];
      const { statistic } = detector.update(record);
      if (statistic !== null && statistic > peak) peak = statistic;
    }
    peaks[s] = peak;
  }
  peaks.sort();
  return peaks[Math.min(streams - 1, Math.ceil(streams * Math.exp(-1)) - 1)];
}
