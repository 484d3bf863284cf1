import { describe, expect, test } from 'vitest';
import { pca, projectRows, varianceKept } from '../linalg/pca.ts';
import { probabilities } from '../metrics/sigmoid.ts';
import { stream } from '../random/streams.ts';
import { fitDensityRatio, logRatios, ratioWeights, type RowSet, stackRows, weightHealth } from './densityRatio.ts';
import { densityRatio, largestGap } from './fixtures/golden.ts';
import { effectiveSampleSize } from './weightedQuantile.ts';
import { type ScoredRows, weightedStudy, type WeightedSettings } from './weightedStudy.ts';

function rowSet(rows: readonly (readonly number[])[]): RowSet {
  return flatSet(Float64Array.from(rows.flat()), rows.length, rows[0].length);
}
function flatSet(values: Float64Array, rows: number, dims: number): RowSet {
  return {
    embeddings: { values, rows, dims, scale: new Float64Array(rows).fill(1) },
    rows: Uint32Array.from({ length: rows }, (_, i) => i),
  };
}

describe('density ratios', () => {
  test.each(densityRatio.cases)('$name: the exact optimum, its weights and their effective sample size', (c) => {
    const [source, target] = [rowSet(c.source), rowSet(c.target)];
    const ratio = fitDensityRatio(source, target);
    expect(ratio.probe.converged).toBe(true);
    expect(largestGap(ratio.probe.weights, c.coef)).toBeLessThan(1e-8);
    expect(Math.abs(ratio.probe.bias - c.intercept)).toBeLessThan(1e-8);
    const weights = ratioWeights(logRatios(ratio, source, false), 10);
    expect(largestGap(weights, c.weights_source)).toBeLessThan(1e-6);
    expect(Math.abs((effectiveSampleSize(weights) ?? 0) - c.ess)).toBeLessThan(1e-6);
    expect(weightHealth(weights, 10).atFloor).toBeCloseTo(c['frac_at_floor_(<=0.11)'], 12);
  });

  test('in 120 dimensions the weights collapse, and fewer principal components bring them back', () => {
    const { embeddings_source_then_target: all, n_source, n_target, results } = densityRatio.collapse_demo;
    const source = rowSet(all.slice(0, n_source));
    const target = rowSet(all.slice(n_source));
    const basis = pca(source.embeddings, source.rows, 32);
    for (const wanted of results) {
      const k = wanted.pca_dim;
      const space = (set: RowSet): RowSet =>
        typeof k === 'number' ? flatSet(projectRows(basis, set.embeddings, set.rows, k), set.rows.length, k) : set;
      const ratio = fitDensityRatio(space(source), space(target));
      const weights = ratioWeights(logRatios(ratio, space(source), false), 10);
      const health = weightHealth(weights, 10);
      expect(Math.abs((effectiveSampleSize(weights) ?? 0) - wanted.ess)).toBeLessThan(1e-4);
      expect(Math.abs(health.largest - wanted.max_weight)).toBeLessThan(1e-4);
      expect(health.atFloor).toBeCloseTo(wanted.frac_at_floor, 12);
      expect(health.collapsed).toBe(wanted['collapse_(>95% clipped)']);
      if (typeof k === 'number') expect(varianceKept(basis, k)).toBeCloseTo(wanted.explained_variance ?? -1, 9);
    }
    expect(n_target).toBe(target.rows.length);
  });

  test('the prior correction takes n_target/n_source out, and the factor of each row counts', () => {
    const c = densityRatio.cases[0];
    const [source, target] = [rowSet(c.source), rowSet(c.target)];
    const ratio = fitDensityRatio(source, target);
    const plain = logRatios(ratio, source, false);
    const corrected = logRatios(ratio, source, true);
    plain.forEach((log, i) => expect(corrected[i] - log).toBeCloseTo(Math.log(30 / 20), 12));
    const doubled = { ...source, embeddings: { ...source.embeddings, scale: new Float64Array(30).fill(2) } };
    logRatios(ratio, doubled, false).forEach((log, i) => {
      expect(log - ratio.probe.bias).toBeCloseTo(2 * (plain[i] - ratio.probe.bias), 10);
    });
  });

  test('what cannot be weighed is refused', () => {
    const one = rowSet([[1, 2]]);
    const empty = { ...one, rows: new Uint32Array() };
    expect(() => stackRows(one, empty)).toThrow('There are no test rows');
    expect(() => stackRows(empty, one)).toThrow('There are no calibration rows');
    expect(() => stackRows(one, rowSet([[1]]))).toThrow('have 2 dimensions, test rows 1');
    expect(() => stackRows(one, rowSet([[1, Number.NaN]]))).toThrow('Dimension 2 of test row 1 is NaN');
    expect(() => fitDensityRatio(one, one, 0)).toThrow('C of the density ratio');
    expect(() => ratioWeights(Float64Array.of(0), 0.5)).toThrow('The clip of weights must be 1 or more');
    expect(() => ratioWeights(Float64Array.of(0, 800), null)).toThrow('row 2 is e^800');
    expect(Array.from(ratioWeights(Float64Array.of(-800, 0, 800), 10))).toEqual([0.1, 1, 10]);
  });
});

/** Rows of `dims` normal coordinates, the first moved by `shift`; labels follow the first coordinate, and p is their true law. */
function drawn(rows: number, dims: number, shift: number, seed: number): ScoredRows {
  const values = stream(seed, 'rows').standardNormal(new Float64Array(rows * dims));
  for (let i = 0; i < rows; i++) values[i * dims] = 2 * values[i * dims] + shift;
  const p = probabilities(Float64Array.from({ length: rows }, (_, i) => 2 * values[i * dims]));
  const u = stream(seed, 'labels').random(new Float64Array(rows));
  return { ...flatSet(values, rows, dims), p, labels: Uint8Array.from(u, (draw, i) => (draw < p[i] ? 1 : 0)) };
}

const settings: WeightedSettings = {
  epsilon: 0.1,
  rule: 'exact',
  clip: 10,
  priorCorrection: true,
  C: 1,
  oneClass: 'refuse',
  outcomes: { threshold: 0.5, tau: 0.9 },
};

describe('what weighting gives back', () => {
  const calibration = drawn(400, 6, 0, 1);
  const shifted = drawn(300, 6, 1.5, 2);

  test('components are asked for in any order, and those beyond the rank are left out', () => {
    const study = weightedStudy(calibration, shifted, [null, 4, 2, 64], settings);
    expect(study.weighted.map((result) => result.components)).toEqual([null, 4, 2]);
    expect(study.rank).toBe(6);
    expect(study.weighted[2].varianceKept).toBeLessThan(study.weighted[1].varianceKept ?? 0);
    expect(study.weighted[0].varianceKept).toBeNull();
    for (const result of study.weighted) {
      expect(result.thresholds.length).toBe(300);
      expect(result.summary.n).toBe(300);
      expect(result.health.collapsed).toBe(false);
      expect(result.effectiveSampleSize).toBeLessThan(400);
      // Mass above ε at +∞ is what makes a threshold infinite.
      result.massAtInfinity.forEach((mass, i) => expect(result.thresholds[i] === Infinity).toBe(mass > 0.1));
    }
  });

  test('under covariate shift, thresholds of test rows move with their own weights and coverage holds', () => {
    const { weighted } = weightedStudy(calibration, shifted, [null], settings);
    expect(new Set(weighted[0].testWeights).size).toBeGreaterThan(100);
    expect(weighted[0].summary.coverage.value).toBeGreaterThan(0.86);
  });

  test('as published, all test rows share one threshold and weight 1', () => {
    const { weighted, unweighted } = weightedStudy(calibration, shifted, [null], { ...settings, rule: 'as-published' });
    expect(new Set(weighted[0].thresholds).size).toBe(1);
    expect(new Set(weighted[0].testWeights)).toEqual(new Set([1]));
    expect(unweighted.threshold.q).toBeLessThanOrEqual(1);
  });

  test('a shift past all support collapses: the right rule abstains on every row, the published one answers', () => {
    const far = drawn(100, 6, 400, 3);
    const narrow = { ...settings, priorCorrection: false };
    const right = weightedStudy(calibration, far, [null], narrow).weighted[0];
    expect(right.health.collapsed).toBe(true);
    expect(right.effectiveSampleSize).toBeCloseTo(400, 6);
    expect(right.infinite).toBe(100);
    expect(right.summary.abstention.value).toBe(1);
    expect(right.summary.coverage.value).toBe(1);
    const published = weightedStudy(calibration, far, [null], { ...narrow, rule: 'as-published' }).weighted[0];
    expect(published.infinite).toBe(0);
    expect(published.summary.abstention.value).toBeLessThan(1);
  });

  test('bad settings are refused before any work', () => {
    const act =
      (part: Partial<WeightedSettings>, k: number | null = null) =>
      () =>
        weightedStudy(calibration, shifted, [k], { ...settings, ...part });
    expect(act({ epsilon: 1 })).toThrow('The error level ε');
    expect(act({ clip: 0 })).toThrow('The clip of weights');
    expect(act({}, 0)).toThrow('The number of principal components must be a whole number of at least 1');
    const short = { ...shifted, p: shifted.p.slice(1) };
    expect(() => weightedStudy(calibration, short, [null], settings)).toThrow('300 test embeddings but 299 scores');
    const oneClass = { ...calibration, labels: new Uint8Array(400) };
    expect(() => weightedStudy(oneClass, shifted, [null], settings)).toThrow('All 400 calibration rows have label 0');
    expect(weightedStudy(oneClass, shifted, [null], { ...settings, oneClass: 'allow' }).weighted.length).toBe(1);
  });
});
