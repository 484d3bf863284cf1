import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
// Golden vectors 03 and 04 of the monitor paper's re-implementation: the KS distance and the loop of one cell.
import stream from './fixtures/ksStream.json';
import unit from './fixtures/ksUnit.json';
import { DetectorInputError } from './detector.ts';
import { ksDetector } from './ks.ts';
import { calibrateByRanks, nullMaxima } from './ksCalibration.ts';
import { isValidDetection, runKsCell } from './ksCell.ts';
import { KsWindow, ksDistance } from './ksWindow.ts';

const numbers = (values: readonly number[]) => Float64Array.from(values);

/** The definition of D, term by term. */
function byDefinition(reference: readonly number[], window: readonly number[]): number {
  const sorted = [...window].sort((a, b) => a - b);
  const n = sorted.length;
  const share = (x: number) => reference.filter((r) => r <= x).length / reference.length;
  return Math.max(...sorted.map((x, i) => Math.max((i + 1) / n - share(x), share(x) - i / n)));
}

test.each(unit.cases)('the distance of “$name” is golden', ({ reference, window, D }) => {
  expect(ksDistance(numbers(reference), numbers(window))).toBe(D);
});

describe.each(stream.cases)('the stream “$name”', (golden) => {
  const scores = numbers(golden.scores);
  const cell = runKsCell(scores, golden.w, golden.threshold, golden.onset);

  test('gives the golden series, alarm, latency and means', () => {
    expect([...cell.series]).toEqual(golden.D_series_from_step_w_plus_1);
    expect(cell.alarmStep).toBe(golden.alarm_step);
    expect(cell.latency).toBe(golden.detection_latency);
    expect(cell.preScore).toBeCloseTo(golden['mean_pre_(steps w+1..onset)'], 12);
    expect(cell.postScore).toBeCloseTo(golden.mean_post, 12);
    const quiet = runKsCell(scores, golden.w, 1, golden.onset);
    expect(isValidDetection(cell, quiet)).toBe(golden.valid_if_negative_control_clean);
    expect(isValidDetection(cell, { ...quiet, alarmStep: 50 })).toBe(false);
  });

  test('gives the same step by step from the detector', () => {
    const reference = { scores: scores.slice(0, golden.w), embeddings: null, seed: 0 };
    const parameters = { window: golden.w, threshold: golden.threshold, calibration: null };
    const running = ksDetector.init(reference, parameters);
    const readings = [...scores.slice(golden.w)].map((score) => running.update({ score, embedding: null }));
    expect(readings.slice(0, golden.w).every(({ statistic, alarm }) => statistic === null && !alarm)).toBe(true);
    expect(readings.slice(golden.w).map(({ statistic }) => statistic)).toEqual([...cell.series.slice(golden.w)]);
    const first = readings.findIndex(({ alarm }) => alarm);
    expect(first < 0 ? null : first + golden.w + 1).toBe(golden.alarm_step);
  });
});

test('the distance kept up to date is the distance by definition, ties and all', () => {
  const score = fc.integer({ min: 0, max: 12 }).map((i) => i / 12);
  const sample = fc.array(score, { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(sample, sample, fc.integer({ min: 1, max: 8 }), (reference, values, w) => {
      const ks = new KsWindow(numbers(reference), w);
      values.forEach((value, t) => {
        ks.push(value);
        expect(ks.distance()).toBe(byDefinition(reference, values.slice(Math.max(0, t + 1 - w), t + 1)));
      });
    }),
  );
});

test('the comparison is strict: a distance equal to the threshold does not alarm', () => {
  // 33/200 and the nearby sum 0.16499999999999998 are different thresholds.
  const reference = Float64Array.from({ length: 200 }, (_, i) => i / 200);
  const scores = Float64Array.from([
    ...reference,
    ...reference,
    ...reference.slice(34),
    ...new Array<number>(34).fill(1),
  ]);
  const { series } = runKsCell(scores, 200, 1, 400);
  const most = Math.max(...series.slice(200));
  const alarm = (threshold: number) => runKsCell(scores, 200, threshold, 400).alarmStep;
  expect(alarm(most)).toBeNull();
  expect(alarm(most - 1e-15)).not.toBeNull();
});

test('3 % of streams without shift alarm by the calibrated horizon, as the default promises, and more by later', () => {
  const { window, threshold, calibration } = ksDetector.defaults;
  const streams = 3000;
  const share = (w: number, limit: number, steps: number, n = streams) =>
    nullMaxima({ window: w, reference: w, steps, streams: n, seed: 1 }).filter((d) => d > limit).length / n;
  // Three standard errors of 3,000 draws at .03 are .009.
  expect(Math.abs(share(window, threshold, calibration?.steps ?? 0) - (calibration?.falseAlarm ?? 1))).toBeLessThan(
    0.01,
  );
  expect(Math.abs(share(200, 0.1625, 300) - 0.03)).toBeLessThan(0.01);
  expect(share(window, threshold, 1500, 500)).toBeGreaterThan(0.06);
});

test('the published threshold of DeBERTa lets through more than twice the 3 % that it was calibrated to', () => {
  const greatest = nullMaxima({ window: 100, reference: 100, steps: 400, streams: 2000, seed: 2 });
  expect(greatest.filter((d) => d > 0.2353).length / 2000).toBeGreaterThan(0.055);
});

test('a threshold calibrated for a longer reference keeps the share of false alarms asked for on other streams', () => {
  const options = { window: 50, reference: 300, steps: 300, streams: 2000 };
  const parameters = calibrateByRanks({ ...options, seed: 3, falseAlarm: 0.1 });
  expect(ksDetector.guarantee(parameters)).toMatchObject({ kind: 'horizon', value: 0.1, horizon: 300 });
  const share = (seed: number) =>
    nullMaxima({ ...options, seed }).filter((d) => d > parameters.threshold).length / 2000;
  expect(share(3)).toBeLessThanOrEqual(0.1);
  expect(share(3)).toBeGreaterThan(0.08);
  // The difference of two shares of 2,000 at .1 has a standard error of .0095.
  expect(Math.abs(share(4) - share(3))).toBeLessThan(0.03);
  expect(() => calibrateByRanks({ ...options, seed: 3, falseAlarm: 0 })).toThrow(/share of false alarms/);
});

test('streams too short to alarm and references shorter than the window cannot be calibrated on', () => {
  const options = { window: 10, reference: 10, steps: 30, streams: 5, seed: 1 };
  expect(() => nullMaxima({ ...options, steps: 10 })).toThrow(
    /monitored by a window of 10 must be .* at least 11; it is 10/,
  );
  expect(() => nullMaxima({ ...options, reference: 9 })).toThrow(DetectorInputError);
});

test('a guarantee is claimed only for a calibrated threshold, and only up to its horizon', () => {
  expect(ksDetector.guarantee(ksDetector.defaults)).toMatchObject({ kind: 'horizon', value: 0.03, horizon: 400 });
  expect(ksDetector.guarantee({ ...ksDetector.defaults, calibration: null })).toMatchObject({
    kind: 'none',
    value: null,
  });
});
