import { CPythonRandom } from '../random/cpython.ts';
import { stream } from '../random/streams.ts';
import { linearQuantile } from '../stream/percentile.ts';
import { greatestDistance, ksSeries } from './ksCell.ts';
import { KsWindow } from './ksWindow.ts';
import type { KsParameters } from './ks.ts';
import { checkCount, checkLevel } from './publishedInputs.ts';

/** The paper's share of streams under the threshold, and its number of streams. */
export const PUBLISHED_SHARE = 0.97;
const STREAMS = 50;
const SLICE = 500;
const POOL = 1000;

export interface KsCalibration {
  readonly threshold: number;
  /** The greatest distance of each stream, in the order drawn. */
  readonly greatest: Float64Array;
  /** Records of each stream. */
  readonly lengths: Uint32Array;
}

/**
 * The paper's calibration as run: 50 streams without shift; stream i shuffles, by `Random(42 + 7i)`, the 500 scores of `pool` from
 * 50i mod 1000 on (fewer near the end; the first 500 where fewer than the window are left), takes its first w as reference and
 * keeps the greatest distance over steps w + 1 … end. The threshold is their 97th percentile.
 *
 * Streams near the end are short, and 50 streams leave a standard error of about .015 (w = 100) in the threshold.
 * @param pool Scores without shift, in order; the paper has 1,000. One with fewer than w scores is a DetectorInputError.
 */
export function calibrateAsPublished(pool: Float64Array, window: number, share = PUBLISHED_SHARE): KsCalibration {
  const greatest = new Float64Array(STREAMS);
  const lengths = new Uint32Array(STREAMS);
  for (let i = 0; i < STREAMS; i++) {
    const start = (50 * i) % POOL;
    let slice = pool.slice(start, start + SLICE);
    if (slice.length < window) slice = pool.slice(0, SLICE);
    new CPythonRandom(42 + 7 * i).shuffle(slice);
    lengths[i] = slice.length;
    greatest[i] = greatestDistance(ksSeries(slice, window), window, window + 1, slice.length);
  }
  return { threshold: linearQuantile(greatest, share), greatest, lengths };
}

/**
 * The calibration of the paper's ramp study: one list of every score ten times (the scores shuffled by `Random(0)` … `Random(9)`,
 * one after another), of which one `Random(42)` shuffles 50 copies; the first 500 of each make a stream, of which the greatest
 * distance over steps 201 … 500 counts. Repeating scores widens the distances: its threshold .2918 lies above the right .26.
 */
export function calibrateForRamp(scores: Float64Array, window = 100): KsCalibration {
  const list = new Float64Array(10 * scores.length);
  for (let seed = 0; seed < 10; seed++) list.set(new CPythonRandom(seed).shuffle(scores.slice()), seed * scores.length);
  const random = new CPythonRandom(42);
  const greatest = new Float64Array(STREAMS);
  const lengths = new Uint32Array(STREAMS);
  for (let i = 0; i < STREAMS; i++) {
    const first = random.shuffle(list.slice()).slice(0, SLICE);
    lengths[i] = first.length;
    greatest[i] = greatestDistance(ksSeries(first, window), window, 2 * window + 1, first.length);
  }
  return { threshold: linearQuantile(greatest, PUBLISHED_SHARE), greatest, lengths };
}

export interface NullMaximaOptions {
  readonly window: number;
  /** Scores of the reference, at least `window`; the paper has as many as the window. */
  readonly reference: number;
  /** Records after the reference; the first `window` of them are not tested. */
  readonly steps: number;
  readonly streams: number;
  /** A whole number from 0 to 2^53 − 1. */
  readonly seed: number;
}

/**
 * The greatest distances, over the steps that can alarm, of many streams without ties and without shift. The distance depends on
 * ranks alone, so this is its law under any continuous distribution of scores: the share above a threshold is the threshold's true
 * false-alarm probability by then, and a quantile is the right threshold.
 *
 * No step that can alarm, a reference shorter than the window, or no streams are a DetectorInputError. O(streams × steps × window).
 */
export function nullMaxima({ window, reference, steps, streams, seed }: NullMaximaOptions): Float64Array {
  checkCount('The window of the KS detector', window, 2);
  checkCount(`The reference of a window of ${window}`, reference, window);
  checkCount(`The number of records monitored by a window of ${window}`, steps, window + 1);
  checkCount('The number of streams', streams, 1);
  const random = stream(seed, 'ks-null');
  const frozen = new Float64Array(reference);
  const greatest = new Float64Array(streams);
  for (let i = 0; i < streams; i++) {
    const ks = new KsWindow(random.random(frozen), window);
    for (let t = 0; t < window; t++) ks.push(random.random1());
    for (let t = window; t < steps; t++) {
      ks.push(random.random1());
      greatest[i] = Math.max(greatest[i], ks.distance());
    }
  }
  return greatest;
}

/** Above the rounding of distances, far below the difference of two of them. */
const ROUNDING = 1e-9;

/**
 * Parameters of the KS detector whose threshold at most a share `falseAlarm` of {@link nullMaxima} streams passes: the lowest of
 * their maxima that does, so that ties of distances and rounding do not count as above. `falseAlarm` lies between 0 and 1; 1,000
 * streams give it a standard error of √(falseAlarm (1 − falseAlarm)/1000).
 */
export function calibrateByRanks(options: NullMaximaOptions & { readonly falseAlarm: number }): KsParameters {
  const { window, steps, falseAlarm } = options;
  checkLevel('The share of false alarms', falseAlarm);
  const greatest = nullMaxima(options).sort();
  // As many may lie above, so the one before them is not passed.
  const allowed = Math.floor(falseAlarm * greatest.length);
  const threshold = Math.min(1, greatest[greatest.length - 1 - allowed] + ROUNDING);
  return { window, threshold, calibration: { falseAlarm, steps } };
}
