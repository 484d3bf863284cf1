import { describe, expect, test } from 'vitest';
// The `drift` golden vectors: overlay and noise curve computed by NumPy and SciPy.
import golden from '../drift/fixtures/golden.json';
import { driftedLogits, gaussianMetrics, gaussianSilentFailureRate, masterFormula, noEffect } from './masterFormula.ts';
import { perCoordinateNoise } from './driftAlgebra.ts';
import { normalQuantile } from './normal.ts';

const near = (a: number | null, b: number): void => expect(Math.abs((a ?? Number.NaN) - b)).toBeLessThan(1e-10);

describe('metrics of two Gaussian classes', () => {
  test.each(golden.overlay.map((o) => [`N(${o.mu0}, ${o.sd0}²) and N(${o.mu1}, ${o.sd1}²)`, o] as const))(
    'are the golden overlay for %s',
    (_name, o) => {
      const metrics = gaussianMetrics(o, 0.8);
      near(metrics.rocAuc, o.auc);
      near(metrics.accuracy, o.acc);
      near(metrics.meanConfidence, o.conf);
      near(metrics.ece, o.ece);
      near(metrics.brier, o.brier);
      near(metrics.silentFailureRate, o['silent_0.8']);
      near(gaussianSilentFailureRate(o, 0.9), o['silent_0.9']);
    },
  );

  test('stay right for very narrow and very wide classes', () => {
    // scipy.integrate.quad, split at 0 and at the means.
    for (const [sd, confidence] of [
      [1e-3, 0.6663488244453866],
      [0.1, 0.6657569945925927],
      [30, 0.9843519667065503],
      [1000, 0.9995299068707288],
      [1e5, 0.9999952990628138],
    ]) {
      const metrics = gaussianMetrics({ mu0: 0.3, sd0: sd, mu1: 2, sd1: 2 * sd, pi1: 0.3 }, 0.8);
      expect(Math.abs(metrics.meanConfidence - confidence)).toBeLessThan(1e-12);
    }
  });

  test('a calibrated probe has no calibration error', () => {
    // Equal variances, logit = log posterior odds: mu = ±v/2 with variance v.
    const v = 2.5;
    const g = { mu0: -v / 2, sd0: Math.sqrt(v), mu1: v / 2, sd1: Math.sqrt(v), pi1: 0.5 };
    const metrics = gaussianMetrics(g, 0.8);
    expect(metrics.ece).toBeLessThan(1e-13);
    expect(metrics.meanConfidence).toBeCloseTo(metrics.accuracy, 12);
  });

  test('without errors the silent-failure rate is undefined', () => {
    expect(gaussianMetrics({ mu0: -60, sd0: 1, mu1: 60, sd1: 1, pi1: 0.5 }, 0.8).silentFailureRate).toBeNull();
  });

  test('refuses spreads, shares and levels that mean nothing', () => {
    const g = golden.overlay[0];
    expect(() => gaussianMetrics({ ...g, sd0: 0 }, 0.8)).toThrow(RangeError);
    expect(() => gaussianMetrics({ ...g, pi1: 1 }, 0.8)).toThrow(RangeError);
    expect(() => gaussianSilentFailureRate(g, 1)).toThrow(RangeError);
  });
});

describe('the master formula', () => {
  const classes = { mean0: -0.01, mean1: 0.04, sd0: 0.03, sd1: 0.03, pi1: 0.4, k: 60, b: 0.5 };

  test('without drift gives the clean classes', () => {
    const g = driftedLogits(classes, noEffect(classes));
    expect(g.mu0).toBeCloseTo(-0.1, 14);
    expect(g.mu1).toBeCloseTo(2.9, 14);
    expect(g.sd0).toBeCloseTo(1.8, 14);
  });

  test('a common shift and attenuation leave AUC where it was', () => {
    const clean = masterFormula(classes, noEffect(classes), 0.8);
    const weaker = masterFormula(classes, { ...noEffect(classes), h: -0.1, c: 4 }, 0.8);
    expect(weaker.rocAuc).toBeCloseTo(clean.rocAuc, 14);
    // Far enough that every row is answered 0: accuracy falls to the share of class 0.
    const moved = masterFormula(classes, { ...noEffect(classes), h: -0.3 }, 0.8);
    expect(moved.rocAuc).toBeCloseTo(clean.rocAuc, 14);
    expect(moved.accuracy).toBeCloseTo(0.6, 6);
    expect(moved.silentFailureRate).toBeGreaterThan(0.99);
  });

  test('noise of r times the class spread gives the golden curve from 0.85', () => {
    const z = normalQuantile(0.85);
    const curve = { ...classes, mean0: 0, mean1: z * Math.SQRT2 * 0.03 };
    for (const { r, auc } of golden['noise_curve_AUC0_0.85']) {
      near(masterFormula(curve, perCoordinateNoise(curve, r * 0.03, 1024, true), 0.8).rocAuc, auc);
    }
  });

  test('refuses an effect that takes more variance than there is', () => {
    expect(() => driftedLogits(classes, { ...noEffect(classes), nuSquared: -0.001 })).toThrow(/variance/);
  });
});
