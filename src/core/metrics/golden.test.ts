import { describe, expect, test } from 'vitest';
import { rocAuc } from './auc.ts';
import { binRows } from './bins.ts';
import { brier, brierDecomposition } from './brier.ts';
import { calibrationErrors } from './calibrationError.ts';
import { confidences, correctness, mean } from './confidence.ts';
import { deLong, hanleyMcNeilError, pairedDeLong } from './deLong.ts';
import { cases, golden, largestGap } from './fixtures/golden.ts';
import { clippedNll, nll } from './nll.ts';
import { accuracyEstimate, confusionAt, operatingPoint } from './operatingPoint.ts';
import { precisionRecall } from './precisionRecall.ts';
import { calibrationForecasts, reliability } from './reliability.ts';
import { dropCollinear, rocCurve } from './roc.ts';
import { logit } from './sigmoid.ts';
import { silentFailures } from './silentFailures.ts';
import { smoothEce, smoothEceAt } from './smoothEce.ts';
import type { BinSettings } from './bins.ts';
import type { CalibrationTarget } from './reliability.ts';

const EXACT = 1e-12;

/** 'top_label_M10_right_closed', 'pos_class_M15_left_closed' or 'top_label_equal_mass_M5'. */
function readKey(key: string): { target: CalibrationTarget; settings: BinSettings } {
  const bins = Number(/_M(\d+)/.exec(key)?.[1]);
  return {
    target: key.startsWith('top_label') ? 'top-label' : 'positive-class',
    settings: {
      bins,
      binning: key.includes('equal_mass') ? 'mass' : 'width',
      closed: key.includes('left') ? 'left' : 'right',
    },
  };
}

test('the golden file has all of its cases', () => {
  expect(cases.length).toBe(17);
  for (const c of cases) expect(Object.keys(c.calibration).length).toBe(9);
});

describe.each(cases)('golden case $name', (c) => {
  const { labels, probabilities: p } = c;
  const m = c.y.filter((y) => y === 1).length;

  test('ROC curve, full and without collinear vertices', () => {
    const curve = rocCurve(labels, p);
    const dropped = dropCollinear(curve, labels);
    for (const [actual, wanted] of [
      [curve, c.roc.full],
      [dropped, c.roc.drop_intermediate],
    ] as const) {
      expect(actual.fpr.length).toBe(wanted.n_points ?? wanted.fpr?.length);
      expect(actual.exactVertices).toBe(c.roc.full.n_points ?? c.roc.full.fpr?.length);
      if (wanted.n_points !== undefined) continue;
      expect(largestGap(actual.fpr, wanted.fpr ?? [])).toBeLessThanOrEqual(EXACT);
      expect(largestGap(actual.tpr, wanted.tpr ?? [])).toBeLessThanOrEqual(EXACT);
      expect(largestGap(actual.thresholds, wanted.thresholds ?? [])).toBeLessThanOrEqual(EXACT);
    }
  });

  test('AUC and DeLong', () => {
    const result = deLong(labels, p);
    const auc = rocAuc(labels, p);
    expect(largestGap([auc, auc], [c.auc_sklearn, c.auc_mann_whitney])).toBeLessThanOrEqual(EXACT);
    const error = result.variance === null ? null : Math.sqrt(result.variance);
    const wanted = c.delong;
    expect(largestGap([result.auc, result.variance, error], [wanted.auc, wanted.var, wanted.se])).toBeLessThanOrEqual(
      EXACT,
    );
    const wald = result.wald === null ? null : [result.wald.low, result.wald.high];
    const logitInterval = result.logit === null ? null : [result.logit.low, result.logit.high];
    expect(largestGap(wald ?? [], wanted.ci_wald ?? [])).toBeLessThanOrEqual(EXACT);
    expect(largestGap(logitInterval ?? [], wanted.ci_logit ?? [])).toBeLessThanOrEqual(EXACT);
    expect(result.reason === null).toBe(wanted.ci_logit !== null);
    if (wanted.se_hanley_mcneil !== undefined && auc !== null) {
      expect(largestGap([hanleyMcNeilError(auc, m, c.y.length - m)], [wanted.se_hanley_mcneil])).toBeLessThanOrEqual(
        EXACT,
      );
    }
  });

  test('precision, recall and average precision', () => {
    const curve = precisionRecall(labels, p);
    expect(largestGap([curve.averagePrecision], [c.average_precision])).toBeLessThanOrEqual(EXACT);
    expect(curve.precision.length).toBe(c.pr.n_points ?? c.pr.precision?.length);
    if (c.pr.n_points !== undefined) return;
    expect(largestGap(curve.precision, c.pr.precision ?? [])).toBeLessThanOrEqual(EXACT);
    expect(largestGap(curve.recall, c.pr.recall ?? [])).toBeLessThanOrEqual(EXACT);
    expect(largestGap(curve.thresholds, c.pr.thresholds ?? [])).toBeLessThanOrEqual(EXACT);
  });

  test('operating point at one half', () => {
    const wanted = c['at_0.5'];
    const confusion = confusionAt(labels, p, 0.5);
    expect(confusion).toEqual({ tp: wanted.tp, fp: wanted.fp, tn: wanted.tn, fn: wanted.fn });
    const point = operatingPoint(confusion);
    const accuracy = accuracyEstimate(confusion);
    expect(
      largestGap(
        [point.accuracy, point.balancedAccuracy, point.f1, point.precision, point.recall, point.mcc],
        [wanted.accuracy, wanted.balanced_accuracy, wanted.f1, wanted.precision, wanted.recall, wanted.mcc],
      ),
    ).toBeLessThanOrEqual(EXACT);
    expect(largestGap([accuracy.low, accuracy.high], wanted.accuracy_wilson95)).toBeLessThanOrEqual(EXACT);
  });

  test('Brier score with its five terms, log loss and mean confidence', () => {
    const wanted = c.murphy_M10_right;
    const terms = brierDecomposition(labels, p, { bins: 10, binning: 'width', closed: 'right' });
    expect(largestGap([brier(labels, p), mean(confidences(p))], [c.brier, c.mean_confidence])).toBeLessThanOrEqual(
      EXACT,
    );
    expect(
      largestGap(
        [
          terms?.reliability ?? null,
          terms?.resolution ?? null,
          terms?.uncertainty ?? null,
          terms?.withinBinVariance ?? null,
          terms?.withinBinCovariance ?? null,
        ],
        [
          wanted.reliability,
          wanted.resolution,
          wanted.uncertainty,
          wanted.within_bin_variance,
          wanted.within_bin_covariance,
        ],
      ),
    ).toBeLessThanOrEqual(EXACT);
    if (terms !== null) {
      const sum =
        terms.reliability - terms.resolution + terms.uncertainty + terms.withinBinVariance - terms.withinBinCovariance;
      expect(largestGap([sum], [wanted.check])).toBeLessThanOrEqual(EXACT);
    }
    const clipped = clippedNll(labels, p);
    expect(largestGap([clipped, clipped], [c['nll_clip_1e-15'], c.nll_sklearn_log_loss])).toBeLessThanOrEqual(EXACT);
  });

  test('log loss from logits is the unclipped one', () => {
    // Where every p is far from 0 and 1, clipping does nothing, and p carries its logit to full precision.
    if (c.p.some((value) => value < 1e-6 || value > 1 - 1e-6)) return;
    expect(largestGap([nll(labels, p.map(logit))], [c['nll_clip_1e-15']])).toBeLessThanOrEqual(EXACT);
  });

  test.each(Object.keys(c.silent_failure))('silent failures above %s', (tau) => {
    const wanted = c.silent_failure[tau];
    const result = silentFailures(correctness(labels, p), confidences(p), Number(tau));
    expect([result.errors, result.highConfidenceErrors, result.confident]).toEqual([
      wanted.errors,
      wanted.silent,
      wanted.high_conf_rows,
    ]);
    expect(
      largestGap(
        [
          result.silentFailureRate.value,
          result.silentFailureRate.low,
          result.silentFailureRate.high,
          result.highConfidenceErrorShare,
          result.wrongGivenConfident,
        ],
        [wanted.silent_failure_rate, ...wanted.wilson95, wanted.share_of_all_rows, wanted.error_rate_among_high_conf],
      ),
    ).toBeLessThanOrEqual(EXACT);
  });

  test.each(Object.keys(c.calibration))('calibration %s', (key) => {
    const wanted = c.calibration[key];
    const { target, settings } = readKey(key);
    const { forecast, outcome } = calibrationForecasts(labels, p, target);
    const errors = calibrationErrors(binRows(forecast, outcome, settings).sums);
    expect(
      largestGap(
        [errors.ece, errors.mce, errors.ace, errors.rmsce],
        [wanted.ece, wanted.mce, wanted.ace_nonempty, wanted.rmsce],
      ),
    ).toBeLessThanOrEqual(EXACT);
    if (wanted.bins === undefined) return;
    const bins = reliability(forecast, outcome, settings);
    expect(bins.map((bin) => bin.count)).toEqual(wanted.bins.map((bin) => bin.n));
    for (const [k, bin] of bins.entries()) {
      const want = wanted.bins[k];
      expect(
        largestGap(
          [bin.confidence, bin.accuracy, bin.low, bin.high, bin.consistencyLow, bin.consistencyHigh],
          [want.conf, want.acc, ...want.wilson, ...want.cons],
        ),
      ).toBeLessThanOrEqual(EXACT);
    }
  });

  test('the curve of scikit-learn’s calibration_curve', () => {
    const bins = reliability(p, labels, { bins: 10, binning: 'width', closed: 'right' }).filter((bin) => bin.count > 0);
    const wanted = c.sklearn_calibration_curve_uniform10;
    expect(
      largestGap(
        bins.map((bin) => bin.accuracy),
        wanted.prob_true,
      ),
    ).toBeLessThanOrEqual(EXACT);
    expect(
      largestGap(
        bins.map((bin) => bin.confidence),
        wanted.prob_pred,
      ),
    ).toBeLessThanOrEqual(EXACT);
  });

  test('SmoothECE against direct quadrature', () => {
    const wanted = c.smooth_ece_pos_class;
    expect(
      largestGap(
        [smoothEceAt(p, labels, 0.05), smoothEceAt(p, labels, 0.1), smoothEce(p, labels).value],
        [wanted['direct_sigma_0.05'], wanted['direct_sigma_0.1'], wanted.direct_fixed_point],
      ),
    ).toBeLessThanOrEqual(1e-5);
  });
});

test('golden paired DeLong', () => {
  const pair = golden.delong_pair;
  const result = pairedDeLong(Uint8Array.from(pair.y), Float64Array.from(pair.a), Float64Array.from(pair.b));
  expect(
    largestGap(
      [result.aucA, result.aucB, ...(result.covariance ?? []), result.variance, result.z, result.p],
      [pair.auc_a, pair.auc_b, pair.cov[0][0], pair.cov[0][1], pair.cov[1][1], pair.var_diff, pair.z, pair.p_two_sided],
    ),
  ).toBeLessThanOrEqual(EXACT);
});
