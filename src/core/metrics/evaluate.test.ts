import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rocAuc } from './auc.ts';
import { binRows } from './bins.ts';
import { brier } from './brier.ts';
import { calibrationErrors } from './calibrationError.ts';
import { confidences, correctness, mean } from './confidence.ts';
import { aucEstimate, deLong } from './deLong.ts';
import { createEvaluator } from './evaluate.ts';
import { labelledLogits } from './fixtures/arbitrary.ts';
import { confidenceHistogram } from './histogram.ts';
import { nll } from './nll.ts';
import { accuracyEstimate, confusionAt, operatingPoint } from './operatingPoint.ts';
import { calibrationForecasts, reliability } from './reliability.ts';
import { rocCurve, thin } from './roc.ts';
import { logit, probabilities } from './sigmoid.ts';
import { silentFailures } from './silentFailures.ts';
import type { EvaluationSettings, FullEvaluation } from './evaluate.ts';
import type { LabelledLogits } from './fixtures/arbitrary.ts';

const DEFAULTS: EvaluationSettings = {
  threshold: 0.5,
  highConfidence: 0.8,
  bins: 15,
  binning: 'width',
  closed: 'right',
  target: 'top-label',
  confidence: 'max',
};

/** The same bundle from the modules of the single metrics. */
function oneByOne({ labels, logits }: LabelledLogits, s: EvaluationSettings): Omit<FullEvaluation, 'nearBoundary'> {
  const p = probabilities(logits);
  const confidence = confidences(p, s.threshold, s.confidence);
  const correct = correctness(labels, p, s.threshold);
  const { forecast, outcome } = calibrationForecasts(labels, p, s.target, s.threshold, s.confidence);
  const settings = { bins: s.bins, binning: s.binning, closed: s.closed };
  const errors = calibrationErrors(binRows(forecast, outcome, settings).sums);
  const point = operatingPoint(confusionAt(labels, p, s.threshold));
  const silent = silentFailures(correct, confidence, s.highConfidence);
  return {
    n: labels.length,
    positives: labels.filter((label) => label === 1).length,
    rocAuc: rocAuc(labels, logits),
    accuracy: point.accuracy,
    balancedAccuracy: point.balancedAccuracy,
    f1: point.f1,
    mcc: point.mcc,
    meanConfidence: mean(confidence),
    ece: errors.ece,
    mce: errors.mce,
    ace: errors.ace,
    brier: brier(labels, p),
    nll: nll(labels, logits),
    errors: silent.errors,
    highConfidenceErrors: silent.highConfidenceErrors,
    silentFailureRate: silent.silentFailureRate.value,
    highConfidenceErrorShare: silent.highConfidenceErrorShare,
    confident: silent.confident,
    wrongGivenConfident: silent.wrongGivenConfident,
    roc: thin(rocCurve(labels, logits)),
    aucInterval: aucEstimate(deLong(labels, logits)),
    accuracyInterval: accuracyEstimate(point.confusion),
    silentInterval: silent.silentFailureRate,
    reliability: reliability(forecast, outcome, settings),
    histogram: confidenceHistogram(
      confidence,
      correct,
      s.histogramBins ?? (s.confidence === 'max' ? 25 : 50),
      s.confidence,
      s.closed,
    ),
    confusion: point.confusion,
    operatingPoint: { fpr: point.fpr, tpr: point.tpr },
  };
}

function withoutMethod(full: FullEvaluation): Omit<FullEvaluation, 'nearBoundary'> {
  const { nearBoundary, ...rest } = full;
  expect(typeof nearBoundary).toBe('function');
  return rest;
}

const settingsArbitrary: fc.Arbitrary<EvaluationSettings> = fc.record({
  threshold: fc.constantFrom(0, 0.2, 0.5, 0.7, 1),
  highConfidence: fc.constantFrom(0.5, 0.8, 0.99),
  bins: fc.integer({ min: 1, max: 20 }),
  binning: fc.constantFrom('width', 'mass'),
  closed: fc.constantFrom('right', 'left'),
  target: fc.constantFrom('top-label', 'positive-class'),
  confidence: fc.constantFrom('max', 'predicted'),
});

test('every number of the bundle is, bit for bit, that of the module of its metric', () => {
  fc.assert(
    fc.property(labelledLogits(), settingsArbitrary, (rows, settings) => {
      const evaluator = createEvaluator(rows.labels, settings);
      const wanted = oneByOne(rows, settings);
      expect(withoutMethod(evaluator.evaluate(rows.logits, 'full'))).toEqual(wanted);
      expect(wanted).toMatchObject(evaluator.evaluate(rows.logits, 'numbers'));
    }),
    { numRuns: 400 },
  );
});

/** Rows whose number is no multiple of the block, with bins above and below 500 rows. */
function manyRows(n: number, turn = 0): LabelledLogits {
  const labels = Uint8Array.from({ length: n }, (_, i) => ((i * 0.618034) % 1 < 0.4 ? 1 : 0));
  const logits = Float64Array.from(
    labels,
    (label, i) => 1.2 * (2 * label - 1) + 4 * Math.sin(i * 1.3 + turn) + ((i * 7) % 11) / 10,
  );
  return { labels, logits };
}

describe.each(['width', 'mass'] as const)('with thousands of rows and bins of equal %s', (binning) => {
  test('it is still that of the single modules, again and again with the same buffers', () => {
    const settings: EvaluationSettings = { ...DEFAULTS, binning };
    const { labels } = manyRows(5003);
    const evaluator = createEvaluator(labels, settings);
    for (const turn of [0, 1, 2]) {
      const rows = { labels, logits: manyRows(5003, turn).logits };
      expect(withoutMethod(evaluator.evaluate(rows.logits, 'full'))).toEqual(oneByOne(rows, settings));
    }
  });
});

test('a result does not change when the next state is evaluated', () => {
  const { labels, logits } = manyRows(1500);
  const evaluator = createEvaluator(labels, DEFAULTS);
  const first = evaluator.evaluate(logits, 'full');
  const copy = structuredClone(withoutMethod(first));
  evaluator.evaluate(manyRows(1500, 3).logits, 'full');
  expect(withoutMethod(first)).toEqual(copy);
});

test('NaN logits and a wrong number of them throw', () => {
  const evaluator = createEvaluator(Uint8Array.of(0, 1), DEFAULTS);
  expect(() => evaluator.evaluate(Float64Array.of(0, NaN), 'numbers')).toThrow(RangeError);
  expect(() => evaluator.evaluate(Float64Array.of(0), 'numbers')).toThrow(/2 labels but 1 logits/);
});

describe('rows near a boundary', () => {
  const near = (logits: number[], tolerance: number, settings: Partial<EvaluationSettings> = {}): number => {
    const labels = Uint8Array.from(logits, (_, i) => i % 2);
    const evaluator = createEvaluator(labels, { ...DEFAULTS, bins: 1, ...settings });
    return evaluator.evaluate(Float64Array.from(logits), 'full').nearBoundary(tolerance);
  };

  test('are those close to the threshold, to either logit of τ, or to a bin edge', () => {
    const tau = logit(0.8);
    expect(near([1e-5, -1e-5, 0.5, 2], 1e-4)).toBe(2);
    expect(near([tau + 1e-5, -tau - 1e-5, 3], 1e-4)).toBe(2);
    expect(near([logit(0.7) + 1e-5, -1], 1e-4, { threshold: 0.7 })).toBe(1);
    expect(near([logit(0.75), -logit(0.75), 3], 1e-9, { bins: 4 })).toBe(2);
  });

  test('count bin edges of p once, where p itself is binned', () => {
    const settings = { bins: 10, target: 'positive-class' } as const;
    expect(near([logit(0.3) + 1e-6, 0.7], 1e-5, settings)).toBe(1);
    expect(near([0.3, 0.7], Infinity, settings)).toBe(2);
  });

  test('are as many by binary search as row by row, also when the order is another state’s by then', () => {
    fc.assert(
      fc.property(
        labelledLogits(),
        settingsArbitrary,
        fc.constantFrom(0, 1e-9, 0.3, 5, Infinity),
        (rows, s, tolerance) => {
          const evaluator = createEvaluator(rows.labels, s);
          const full = evaluator.evaluate(rows.logits, 'full');
          const atOnce = full.nearBoundary(tolerance);
          evaluator.evaluate(
            rows.logits.map((z) => -z),
            'numbers',
          );
          expect(full.nearBoundary(tolerance)).toBe(atOnce);
        },
      ),
    );
  });

  test('cover every row that changes place when all logits move by the tolerance', () => {
    fc.assert(
      fc.property(
        labelledLogits(),
        settingsArbitrary,
        fc.constantFrom(1e-4, -1e-4),
        ({ labels, logits }, settings, step) => {
          if (settings.binning === 'mass') return;
          const evaluator = createEvaluator(labels, settings);
          const bound = evaluator.evaluate(logits, 'full').nearBoundary(Math.abs(step) * 1.001);
          const moved = logits.map((z) => z + step);
          const places = (z: Float64Array): string[] => {
            const p = probabilities(z);
            const { forecast } = calibrationForecasts(
              labels,
              p,
              settings.target,
              settings.threshold,
              settings.confidence,
            );
            const { rowBin } = binRows(forecast, labels, settings);
            const confidence = confidences(p, settings.threshold, settings.confidence);
            return Array.from(p, (value, i) =>
              [value >= settings.threshold, confidence[i] > settings.highConfidence, rowBin[i]].join(),
            );
          };
          const before = places(logits);
          const after = places(moved);
          expect(before.filter((place, i) => place !== after[i]).length).toBeLessThanOrEqual(bound);
        },
      ),
    );
  });
});
