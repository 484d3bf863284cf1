import { describe, expect, test } from 'vitest';
import { aucEstimate, deLong, hanleyMcNeilError, pairedDeLong } from './deLong.ts';
import { scikit } from './fixtures/scikit.ts';
import { twoSidedP } from './normal.ts';

const labels = Uint8Array.from(scikit.scores[0].y);
const scores = Float64Array.from(scikit.scores[0].z);

test('perfect separation has no DeLong interval, but a one-sided bound from disjoint pairs', () => {
  const result = deLong(Uint8Array.of(0, 0, 0, 1, 1), Float64Array.of(1, 2, 3, 4, 5));
  expect(result).toMatchObject({ auc: 1, variance: 0, logit: null });
  expect(result.oneSidedBound).toBeCloseTo(Math.sqrt(0.05), 14);
  expect(aucEstimate(result)).toMatchObject({ value: 1, low: null, high: null });
  expect(result.reason).toMatch(/Degenerate.*above 0\.224/);
});

test('one row of a class leaves the variance undefined, with the reason', () => {
  const result = deLong(Uint8Array.of(0, 0, 1), Float64Array.of(1, 3, 2));
  expect(result).toMatchObject({ auc: 0.5, variance: null, wald: null, logit: null });
  expect(result.reason).toMatch(/single row/);
});

test('one class leaves all undefined, and says which is missing', () => {
  expect(deLong(Uint8Array.of(1, 1), Float64Array.of(1, 2)).reason).toMatch(/no negatives/);
  expect(deLong(Uint8Array.of(0, 0), Float64Array.of(1, 2)).reason).toMatch(/no positives/);
  expect(deLong(new Uint8Array(0), new Float64Array(0)).reason).toMatch(/no rows/);
});

describe('the paired comparison', () => {
  test('of a score with itself has difference 0 and no p-value', () => {
    const result = pairedDeLong(labels, scores, scores);
    expect(result).toMatchObject({ variance: 0, z: null, p: null });
    expect(result.difference).toMatchObject({ value: 0, low: null });
  });

  test('of a score with its own positive multiple has variance 0', () => {
    expect(
      pairedDeLong(
        labels,
        scores,
        scores.map((z) => 3 * z),
      ).variance,
    ).toBe(0);
  });

  test('is antisymmetric, and its variance is that of the covariance matrix', () => {
    const other = scores.map((z, i) => z + 2 * Math.sin(i * 12.9898));
    const ab = pairedDeLong(labels, scores, other);
    const ba = pairedDeLong(labels, other, scores);
    expect(ab.z).toBeCloseTo(-(ba.z ?? NaN), 12);
    expect(ab.p).toBeCloseTo(ba.p ?? NaN, 12);
    const [a, between, b] = ab.covariance ?? [NaN, NaN, NaN];
    expect(ab.variance).toBeCloseTo(a + b - 2 * between, 14);
    expect(a).toBeCloseTo(deLong(labels, scores).variance ?? NaN, 15);
  });

  test('of one class has no difference', () => {
    const one = new Uint8Array(scores.length);
    expect(pairedDeLong(one, scores, scores)).toMatchObject({ aucA: null, covariance: null, p: null });
  });
});

test('Hanley and McNeil’s error is near DeLong’s for continuous scores, and null without a class', () => {
  const result = deLong(labels, scores);
  const positives = labels.filter((label) => label === 1).length;
  const error = hanleyMcNeilError(result.auc ?? NaN, positives, labels.length - positives) ?? NaN;
  expect(error / Math.sqrt(result.variance ?? NaN)).toBeGreaterThan(0.9);
  expect(error / Math.sqrt(result.variance ?? NaN)).toBeLessThan(1.1);
  expect(hanleyMcNeilError(0.8, 0, 10)).toBeNull();
});

test('two-sided normal p-values equal scipy’s, far tails too', () => {
  for (const [z, p] of scikit.p_two_sided) {
    expect(Math.abs(twoSidedP(z) - p)).toBeLessThanOrEqual(1e-13 * p);
    expect(twoSidedP(-z)).toBe(twoSidedP(z));
  }
});
