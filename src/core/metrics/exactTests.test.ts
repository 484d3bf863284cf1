import fc from 'fast-check';
import { expect, test } from 'vitest';
// stats_utils.json: known answers by NumPy and SciPy for made-up and published counts, with the project's facts.
import golden from './fixtures/stats_utils.json';
import scipy from './fixtures/beta.json';
import { clopperPearson, keptIntervals } from './clopperPearson.ts';
import { fisherExact } from './fisherExact.ts';
import { holm } from './holm.ts';
import { incompleteBeta, incompleteBetaQuantile, lnGamma } from './incompleteBeta.ts';
import { sortedQuantile } from './overlap.ts';
import { wilson } from './wilson.ts';

const near = (actual: number | null, wanted: number, tolerance: number): void => {
  expect(actual).not.toBeNull();
  expect(Math.abs((actual ?? Number.NaN) - wanted)).toBeLessThanOrEqual(tolerance);
};

test('Wilson and Clopper–Pearson intervals, Fisher, percentiles and Holm are the known ones', () => {
  for (const { k, n, ci } of golden['wilson_z1.96']) {
    const { low, high } = wilson(k, n, 1.96);
    near(low, ci[0], 1e-9);
    near(high, ci[1], 1e-9);
  }
  for (const { k, n, ci } of golden.clopper_pearson) {
    const { low, high } = clopperPearson(k, n);
    near(low, ci[0], 1e-9);
    near(high, ci[1], 1e-9);
  }
  const { greater, twoSided } = fisherExact(29, 30, 13, 30);
  near(greater, golden.fisher_one_sided_CS29_of_30_vs_KS13_of_30, 1e-15);
  near(twoSided, golden.fisher_two_sided, 1e-15);
  for (const { values, p, v } of golden.percentile_linear) {
    near(sortedQuantile(Float64Array.from(values), p / 100), v, 1e-9);
  }
  const { raw, adjusted } = golden.holm_8_published_raw;
  holm(raw).forEach((value, i) => near(value, adjusted[i], 1e-12));
});

test('the incomplete beta function, its quantiles and ln Γ are SciPy’s', () => {
  for (const [a, b, x, value] of scipy.incomplete_beta) near(incompleteBeta(a, b, x), value, 1e-12);
  for (const [a, b, share, value] of scipy.quantile) {
    near(incompleteBetaQuantile(a, b, share), value, 1e-12);
  }
  for (const [x, value] of scipy.ln_gamma) near(lnGamma(x), value, 1e-14 * Math.max(10, Math.abs(value)));
  for (const [k, n, low, high] of scipy.clopper_pearson_99) {
    const interval = clopperPearson(k, n, 0.99);
    near(interval.low, low, 1e-12);
    near(interval.high, high, 1e-12);
  }
});

test('an exact interval holds its share, is its own mirror image, and covers at least its level', () => {
  const kept = keptIntervals(0.9);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (n, p) => {
      let coverage = 0;
      for (let k = 0; k <= n; k++) {
        const { value, low, high } = kept(k, n);
        const mirror = kept(n - k, n);
        expect(value).toBeGreaterThanOrEqual(low ?? Infinity);
        expect(value).toBeLessThanOrEqual(high ?? -Infinity);
        near(low, 1 - (mirror.high ?? Number.NaN), 1e-12);
        const probability = Math.exp(
          lnGamma(n + 1) - lnGamma(k + 1) - lnGamma(n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p),
        );
        if ((low ?? 1) <= p && p <= (high ?? 0)) coverage += probability;
      }
      expect(coverage).toBeGreaterThanOrEqual(0.9 - 1e-9);
    }),
    { numRuns: 40 },
  );
});

test('no trials leave no interval, and impossible counts are refused', () => {
  expect(clopperPearson(0, 0).value).toBeNull();
  expect(clopperPearson(0, 0).reason).toBe('There are no rows to take a share of.');
  expect(() => clopperPearson(3, 2)).toThrow('3 of 2 is no count');
  expect(() => clopperPearson(1, 2, 1)).toThrow('lies between 0 and 1');
  expect(() => fisherExact(1, 0, 0, 1)).toThrow('1 of 0');
  expect(() => holm([0.1, 1.2])).toThrow('1.2 is no p-value');
});
