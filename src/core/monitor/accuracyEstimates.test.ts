import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sigmoid } from '../metrics/sigmoid.ts';
import { stream } from '../random/streams.ts';
import { accuracyReference, estimateAccuracy, expectedAuc } from './accuracyEstimates.ts';
import { accuracyWindows } from './accuracyWindows.ts';
import { ESTIMATORS } from './estimators.ts';
import fixture from './fixtures/estimators.json';
import { calibrated, calibrationHelps, isotonicCalibrator } from './isotonic.ts';

const referenceP = Float64Array.from(fixture.reference);
const referenceLabels = Uint8Array.from(fixture.labels);
const now = Float64Array.from(fixture.now);
const near = (actual: number | null, wanted: number): void => {
  expect(actual).not.toBeNull();
  expect(Math.abs((actual ?? Number.NaN) - wanted)).toBeLessThan(1e-12);
};

describe.each(fixture.cases)('with threshold $threshold', (c) => {
  test.each(['isotonic', 'none'] as const)('the estimates are NumPy’s, calibration %s', (calibration) => {
    const reference = accuracyReference(referenceP, referenceLabels, { threshold: c.threshold, calibration });
    near(reference.accuracy, c.accuracy);
    expect(reference.atcThreshold).toBe(c.atc_t);
    const estimates = estimateAccuracy(reference, now);
    near(estimates['average-confidence'].value, c.ac);
    near(estimates['difference-of-confidences'].value, c.doc);
    near(estimates.atc.value, c.atc);
    near(estimates.cbpe.value, c[calibration].accuracy);
    near(expectedAuc(reference, now).value, c[calibration].auc);
    for (const { value, low, high } of Object.values(estimates)) {
      expect(low).toBeLessThan(value ?? -1);
      expect(high).toBeGreaterThan(value ?? 2);
    }
  });
});

/** A calibrated probe on n rows: logits N(0, 4), labels by their own probabilities. */
function calibratedRows(n: number, seed: number): { p: Float64Array; labels: Uint8Array } {
  const p = stream(seed, 'logits')
    .standardNormal(new Float64Array(n))
    .map((z) => sigmoid(2 * z));
  const u = stream(seed, 'labels').random(new Float64Array(n));
  return { p, labels: Uint8Array.from(u, (draw, i) => (draw < p[i] ? 1 : 0)) };
}
const accuracyOf = (p: Float64Array, labels: Uint8Array): number =>
  p.reduce((sum, value, i) => sum + ((value >= 0.5 ? 1 : 0) === labels[i] ? 1 : 0), 0) / p.length;

describe('what the estimates can and cannot see', () => {
  const { p, labels } = calibratedRows(4000, 1);
  const reference = accuracyReference(p, labels);

  test('on rows like the reference all four find the accuracy', () => {
    const fresh = calibratedRows(4000, 2);
    const truth = accuracyOf(fresh.p, fresh.labels);
    for (const estimate of Object.values(estimateAccuracy(reference, fresh.p))) {
      expect(Math.abs((estimate.value ?? 0) - truth)).toBeLessThan(0.03);
    }
  });

  test('on its own reference DoC is exact, and ATC too where confidences do not tie', () => {
    const estimates = estimateAccuracy(reference, p);
    near(estimates['difference-of-confidences'].value, reference.accuracy);
    near(estimates.atc.value, reference.accuracy);
    near(reference.atcOnReference, reference.accuracy);
  });

  test('when answers turn and confidences stay, all four stay sure while the truth is below one half', () => {
    const turned = calibratedRows(4000, 3);
    const flipped = turned.p.map((value) => 1 - value);
    const truth = accuracyOf(flipped, turned.labels);
    expect(truth).toBeLessThan(0.3);
    for (const estimate of Object.values(estimateAccuracy(reference, flipped))) {
      expect(estimate.low).toBeGreaterThan(0.7);
    }
  });

  test('an overconfident probe deceives average confidence; DoC, ATC and calibrated CBPE take it out', () => {
    const sharpen = (values: Float64Array): Float64Array =>
      values.map((value) => sigmoid(4 * Math.log(value / (1 - value))));
    const sharp = accuracyReference(sharpen(p), labels);
    expect(sharp.calibrator).not.toBeNull();
    const fresh = calibratedRows(4000, 2);
    const truth = accuracyOf(fresh.p, fresh.labels);
    const estimates = estimateAccuracy(sharp, sharpen(fresh.p));
    expect((estimates['average-confidence'].value ?? 0) - truth).toBeGreaterThan(0.1);
    for (const id of ['difference-of-confidences', 'atc', 'cbpe'] as const) {
      expect(Math.abs((estimates[id].value ?? 0) - truth)).toBeLessThan(0.03);
    }
  });
});

describe('calibration of scores', () => {
  test('it is offered where it helps rows not seen, and not where p is calibrated by design or rows are few', () => {
    const { p, labels } = calibratedRows(3000, 7);
    expect(calibrationHelps(labels, p)).toBe(false);
    expect(
      calibrationHelps(
        labels,
        p.map((value) => (value >= 0.5 ? 0.99 : 0.01)),
      ),
    ).toBe(true);
    expect(calibrationHelps(labels.subarray(0, 6), p.subarray(0, 6))).toBe(false);
  });

  test('the map never falls, stays in [0, 1], and is linear between knots', () => {
    const calibrator = isotonicCalibrator(referenceLabels, referenceP);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(calibrated(calibrator, low)).toBeLessThanOrEqual(calibrated(calibrator, high) + 1e-15);
        expect(calibrated(calibrator, low)).toBeGreaterThanOrEqual(0);
        expect(calibrated(calibrator, high)).toBeLessThanOrEqual(1);
      }),
    );
    const two = { knots: Float64Array.of(0.2, 0.6), values: Float64Array.of(0.1, 0.9) };
    expect([0, 0.2, 0.3, 0.6, 1].map((p) => calibrated(two, p))).toEqual([0.1, 0.1, expect.closeTo(0.3, 12), 0.9, 0.9]);
    expect(calibrated(null, 0.42)).toBe(0.42);
  });
});

test('a running window is the estimate of its rows', () => {
  const reference = accuracyReference(referenceP, referenceLabels);
  const labels = Uint8Array.from(now, (_, i) => i % 2);
  const windows = accuracyWindows(reference, now, labels, 25);
  for (let t = 0; t < now.length; t++) {
    if (t < 24) {
      for (const { id } of ESTIMATORS) expect(windows.estimates[id][t]).toBeNaN();
      continue;
    }
    const rows = now.slice(t - 24, t + 1);
    const estimates = estimateAccuracy(reference, rows);
    for (const { id } of ESTIMATORS) near(estimates[id].value, windows.estimates[id][t]);
    near(accuracyOf(rows, labels.slice(t - 24, t + 1)), windows.truth?.value[t] ?? Number.NaN);
  }
  expect(accuracyWindows(reference, now, null, 25).truth).toBeNull();
});

test('a probe that is always wrong on the reference, one class, and confidences that tie', () => {
  const wrong = accuracyReference(Float64Array.of(0.9, 0.1), Uint8Array.of(0, 1));
  expect(wrong.atcThreshold).toBe(Infinity);
  expect(estimateAccuracy(wrong, now).atc.value).toBe(0);
  const oneClass = accuracyReference(Float64Array.of(0.9, 0.8, 0.4), Uint8Array.of(1, 1, 1), {
    threshold: 0.5,
    calibration: 'isotonic',
  });
  expect(estimateAccuracy(oneClass, now).cbpe.value).not.toBeNull();
  expect(expectedAuc(oneClass, now)).toEqual({ value: null, reason: 'All rows are expected to be of one class.' });
  const tied = accuracyReference(new Float64Array(4).fill(0.8), Uint8Array.of(1, 1, 0, 0));
  expect([tied.accuracy, tied.atcOnReference]).toEqual([0.5, 1]);
});

test('input that cannot be used is refused, and no rows give no estimate', () => {
  const reference = accuracyReference(referenceP, referenceLabels);
  expect(estimateAccuracy(reference, new Float64Array()).cbpe.reason).toBe(
    'There are no rows to estimate the accuracy of.',
  );
  expect(expectedAuc(reference, new Float64Array()).value).toBeNull();
  expect(() => accuracyReference(new Float64Array(), new Uint8Array())).toThrow('There are no reference rows');
  expect(() => accuracyReference(Float64Array.of(1.5), Uint8Array.of(1))).toThrow('Reference score 1 is 1.5');
  expect(() => accuracyReference(Float64Array.of(0.5), Uint8Array.of(3))).toThrow('it must be 0 or 1');
  expect(() => estimateAccuracy(reference, Float64Array.of(Number.NaN))).toThrow('Stream score 1 is NaN');
  expect(() => accuracyWindows(reference, now, null, 2.5)).toThrow('The window must be a whole number');
  expect(() => accuracyWindows(reference, now, Uint8Array.of(1), 5)).toThrow('90 stream rows but 1 labels');
});
