import { numpyMean } from '../stream/numpySum.ts';
import { DetectorInputError } from './detector.ts';
import { KsWindow } from './ksWindow.ts';

/** The published KS series of a stream: distances of steps w + 1 … length, the first w records being the reference. */
export function ksSeries(scores: Float64Array, window: number): Float64Array {
  if (scores.length < window) {
    throw new DetectorInputError(
      `The stream has ${scores.length} records and a reference of ${window} needs at least as many: take a shorter window.`,
    );
  }
  const ks = new KsWindow(scores.subarray(0, window), window);
  ks.prime();
  const series = new Float64Array(scores.length - window);
  for (let i = 0; i < series.length; i++) {
    ks.push(scores[window + i]);
    series[i] = ks.distance();
  }
  return series;
}

/** The greatest distance of a published series over steps `first` … `last` (counted from 1); 0 where there are none. */
export function greatestDistance(series: Float64Array, window: number, first: number, last: number): number {
  let most = 0;
  for (let step = Math.max(first, window + 1); step <= Math.min(last, window + series.length); step++) {
    most = Math.max(most, series[step - window - 1]);
  }
  return most;
}

/** One stream of the paper's factorial study. */
export interface KsCell {
  /** Distances of steps w + 1 … length. */
  readonly series: Float64Array;
  /** The first step above 2w whose distance is above the threshold, counted from 1; null without one. */
  readonly alarmStep: number | null;
  /** alarmStep − onset: below 0 is a false alarm; null without an alarm. */
  readonly latency: number | null;
  /** Mean scores of steps w + 1 … onset, and from there on, as NumPy adds them; null without such steps. */
  readonly preScore: number | null;
  readonly postScore: number | null;
}

/** Runs the published KS monitor over a whole stream; a stream shorter than the window is a DetectorInputError. */
export function runKsCell(scores: Float64Array, window: number, threshold: number, onset: number): KsCell {
  const series = ksSeries(scores, window);
  let alarmStep: number | null = null;
  for (let step = 2 * window + 1; step <= scores.length && alarmStep === null; step++) {
    if (series[step - window - 1] > threshold) alarmStep = step;
  }
  const end = Math.min(onset, scores.length);
  return {
    series,
    alarmStep,
    latency: alarmStep === null ? null : alarmStep - onset,
    preScore: numpyMean(scores, window, end),
    postScore: numpyMean(scores, end),
  };
}

/** Whether the paper counts a cell as a detection: an alarm at or after the onset, and none in the negative control. */
export function isValidDetection(cell: KsCell, control: KsCell): boolean {
  return cell.latency !== null && cell.latency >= 0 && control.alarmStep === null;
}
