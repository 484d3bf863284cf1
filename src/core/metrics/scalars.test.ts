import fc from 'fast-check';
import { expect, test } from 'vitest';
import { brier, brierDecomposition } from './brier.ts';
import { confidenceOf, confidences, mean } from './confidence.ts';
import { corp } from './corp.ts';
import { expMinus } from './expMinus.ts';
import { labelledLogits } from './fixtures/arbitrary.ts';
import { largestGap } from './fixtures/golden.ts';
import { scikit } from './fixtures/scikit.ts';
import { nll } from './nll.ts';
import { confusionAt, operatingPoint } from './operatingPoint.ts';
import { precisionRecall } from './precisionRecall.ts';
import { logit, probabilities, sigmoid, sigmoidBlock } from './sigmoid.ts';
import { silentFailures } from './silentFailures.ts';
import { wilson } from './wilson.ts';

test.each(scikit.scores)('metrics of $name scores equal scikit-learn', (c) => {
  const labels = Uint8Array.from(c.y);
  const logits = Float64Array.from(c.z);
  const p = probabilities(logits);
  const point = operatingPoint(confusionAt(labels, p, 0.5));
  expect(
    largestGap(
      [
        point.accuracy,
        point.balancedAccuracy,
        point.f1,
        point.mcc,
        brier(labels, p),
        precisionRecall(labels, logits).averagePrecision,
      ],
      [c.accuracy, c.balanced_accuracy, c.f1, c.mcc, c.brier, c.average_precision],
    ),
  ).toBeLessThanOrEqual(1e-12);
  expect(Math.abs((nll(labels, logits) ?? NaN) - c.nll)).toBeLessThanOrEqual(1e-13 * Math.max(1, c.nll));
});

// scikit-learn takes forecasts within 2e-16 of each other for one, so saturated forecasts pool otherwise there.
test.each(scikit.scores.filter((c) => c.name !== 'saturated'))(
  'CORP of $name scores is scikit-learn’s isotonic regression',
  (c) => {
    const curve = corp(Uint8Array.from(c.y), probabilities(Float64Array.from(c.z)));
    expect(largestGap(curve?.forecast ?? [], c.corp.forecast)).toBeLessThanOrEqual(1e-15);
    expect(largestGap(curve?.calibrated ?? [], c.corp.calibrated)).toBeLessThanOrEqual(1e-12);
    expect(
      largestGap(
        [curve?.miscalibration ?? null, curve?.discrimination ?? null, curve?.uncertainty ?? null],
        [c.corp.miscalibration, c.corp.discrimination, c.corp.uncertainty],
      ),
    ).toBeLessThanOrEqual(1e-12);
  },
);

test('CORP adds up to the Brier score, with parts that are not negative', () => {
  fc.assert(
    fc.property(labelledLogits(), ({ labels, logits }) => {
      const p = probabilities(logits);
      const parts = corp(labels, p);
      const score = brier(labels, p);
      if (parts === null || score === null) {
        expect([parts, score, labels.length]).toEqual([null, null, 0]);
        return;
      }
      expect(parts.miscalibration - parts.discrimination + parts.uncertainty).toBeCloseTo(score, 12);
      expect(Math.min(parts.miscalibration, parts.discrimination)).toBeGreaterThanOrEqual(-1e-15);
      for (let k = 1; k < parts.calibrated.length; k++) {
        expect(parts.calibrated[k]).toBeGreaterThanOrEqual(parts.calibrated[k - 1]);
      }
    }),
  );
});

test('the five terms of the binned Brier score add up for any bins', () => {
  const settings = fc.record({
    bins: fc.integer({ min: 1, max: 20 }),
    binning: fc.constantFrom('width' as const, 'mass' as const),
    closed: fc.constantFrom('left' as const, 'right' as const),
  });
  fc.assert(
    fc.property(labelledLogits(), settings, ({ labels, logits }, bins) => {
      const terms = brierDecomposition(labels, probabilities(logits), bins);
      if (terms === null) {
        expect(labels.length).toBe(0);
        return;
      }
      const { reliability, resolution, uncertainty, withinBinVariance, withinBinCovariance } = terms;
      expect(reliability - resolution + uncertainty + withinBinVariance - withinBinCovariance).toBeCloseTo(
        terms.brier,
        12,
      );
    }),
  );
});

test('e^(−x) is within 2 units in the last place of Math.exp, and exact at the ends', () => {
  let worst = 0;
  for (let i = 0; i < 200_000; i++) {
    const x = (i % 3 === 0 ? 1 : i % 3 === 1 ? 40 : 700) * ((i * 0.6180339887498949) % 1);
    worst = Math.max(worst, Math.abs(expMinus(x) / Math.exp(-x) - 1));
  }
  expect(worst).toBeLessThan(2 * Number.EPSILON);
  expect([expMinus(0), expMinus(Infinity), expMinus(746), expMinus(NaN)]).toEqual([1, 0, 0, NaN]);
  expect(expMinus(745)).toBe(Math.exp(-745));
});

test('the sigmoid does not overflow, is one half at both zeros, and the block form has the same bits', () => {
  expect([sigmoid(0), sigmoid(-0), sigmoid(800), sigmoid(-800), sigmoid(Infinity)]).toEqual([0.5, 0.5, 1, 0, 1]);
  expect(sigmoid(logit(0.3))).toBeCloseTo(0.3, 15);
  fc.assert(
    fc.property(labelledLogits(), ({ logits }) => {
      const e = new Float64Array(logits.length);
      const p = new Float64Array(logits.length);
      sigmoidBlock(logits, 0, logits.length, e, p);
      expect(p).toEqual(probabilities(logits));
    }),
  );
});

test('log loss of saturated logits is neither clipped nor lost', () => {
  expect(nll(Uint8Array.of(0), Float64Array.of(800))).toBe(800);
  expect(nll(Uint8Array.of(1), Float64Array.of(800))).toBe(0);
  expect(nll(Uint8Array.of(1), Float64Array.of(40))).toBeCloseTo(Math.exp(-40), 30);
  expect(nll(Uint8Array.of(1), Float64Array.of(-Infinity))).toBe(Infinity);
  expect(nll(Uint8Array.of(1, 0), Float64Array.of(0, -0))).toBeCloseTo(Math.LN2, 15);
  expect(nll(new Uint8Array(0), new Float64Array(0))).toBeNull();
});

test('confidence of the prediction parts from max(p, 1 − p) only where the threshold is not one half', () => {
  expect([confidenceOf(0.6, 0.7, 'max'), confidenceOf(0.6, 0.7, 'predicted')]).toEqual([0.6, 0.4]);
  const p = Float64Array.of(0, 0.2, 0.5, 0.9, 1);
  expect(confidences(p, 0.5, 'predicted')).toEqual(confidences(p, 0.5, 'max'));
  expect(mean(new Float64Array(0))).toBeNull();
});

test('a row at the threshold is called positive', () => {
  expect(confusionAt(Uint8Array.of(1, 0), Float64Array.of(0.7, 0.69), 0.7)).toEqual({ tp: 1, fp: 0, tn: 1, fn: 0 });
});

test('rates without a denominator follow the stated conventions', () => {
  const nothing = operatingPoint({ tp: 0, fp: 0, tn: 0, fn: 0 });
  expect([nothing.accuracy, nothing.f1, nothing.mcc, nothing.fpr, nothing.tpr]).toEqual([null, null, null, null, null]);
  const negatives = operatingPoint({ tp: 0, fp: 1, tn: 3, fn: 0 });
  expect(negatives).toMatchObject({ balancedAccuracy: 0.75, f1: 0, recall: 0, mcc: 0, tpr: null, fpr: 0.25 });
});

test('the Matthews correlation of a million rows does not overflow', () => {
  const mcc = operatingPoint({ tp: 4e8, fp: 1e8, tn: 4e8, fn: 1e8 }).mcc;
  expect(mcc).toBeCloseTo(0.6, 12);
});

test('a silent failure is above τ, not at it', () => {
  const result = silentFailures(Uint8Array.of(0, 0, 1), Float64Array.of(0.8, 0.81, 0.9), 0.8);
  expect(result).toMatchObject({ errors: 2, highConfidenceErrors: 1, confident: 2, wrongGivenConfident: 0.5 });
  expect(result.silentFailureRate.value).toBe(0.5);
  expect(result.highConfidenceErrorShare).toBeCloseTo(1 / 3, 15);
});

test('without errors the silent-failure rate is null with a reason', () => {
  const rate = silentFailures(Uint8Array.of(1), Float64Array.of(0.9), 0.8).silentFailureRate;
  expect(rate.value).toBeNull();
  expect(rate.reason).toMatch(/no errors/);
});

test('Wilson’s interval touches 0 and 1 exactly, and holds the share', () => {
  expect(wilson(0, 7).low).toBe(0);
  expect(wilson(7, 7).high).toBe(1);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
      const { value, low, high } = wilson(Math.round(share * n), n);
      if (value === null || low === null || high === null) throw new Error('unexpected null');
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low <= value && value <= high).toBe(true);
    }),
  );
});
