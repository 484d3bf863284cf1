import { describe, expect, test } from 'vitest';
import { stream } from '../random/streams.ts';
import { fittedEffect, logitTemperature } from './fittedEffect.ts';
import { driftedLogits, masterFormula, noEffect } from './masterFormula.ts';
import { measureScoreClasses } from './scoreClasses.ts';

const N = 40_000;
const K = 6;
const B = -0.7;
const draws = stream(4, 'test').standardNormal(new Float64Array(2 * N));
const labels = Uint8Array.from({ length: N }, (_, i) => i % 2);
const s = Float64Array.from({ length: N }, (_, i) => K * (0.1 + 0.3 * labels[i] + 0.2 * draws[i]));
const classes = measureScoreClasses(s, labels, K, B).value;
if (!classes) throw new Error('no classes');

describe('the effect read off the scores', () => {
  test.each([
    { h: 0, nu: 0, c: 1, ratio: 1 },
    { h: 0.2, nu: 0, c: 3, ratio: 1 },
    { h: -0.1, nu: 0.3, c: 0.5, ratio: 1 },
    { h: 0.1, nu: 0.1, c: 2, ratio: -0.5 },
  ])('finds h $h, ν $nu, c $c, Δ′/Δ $ratio', ({ h, nu, c, ratio }) => {
    const separation = classes.mean1 - classes.mean0;
    const after = s.map((value, i) => {
      const side = (labels[i] - 0.5) * (ratio - 1) * separation;
      return (value + K * (h + nu * draws[N + i] + side)) / c;
    });
    const { value: effect } = fittedEffect(s, after, labels, classes);
    if (!effect) throw new Error('no effect');
    // Sampling error of a slope over 40,000 rows: ν/(τ√n), at most .0075.
    expect(Math.abs(effect.c / c - 1)).toBeLessThan(0.02);
    expect(Math.abs(effect.h - h)).toBeLessThan(0.012);
    expect(Math.abs(Math.sqrt(effect.nuSquared) - nu)).toBeLessThan(0.01);
    expect(Math.abs(effect.separation / separation - ratio)).toBeLessThan(0.03);
    // Class means and the mean variance of the new logits are kept exactly.
    const direct = measureScoreClasses(after, labels, K, B).value;
    const logits = driftedLogits(classes, effect);
    expect(logits.mu0).toBeCloseTo(K * (direct?.mean0 ?? NaN) + B, 9);
    expect(logits.mu1).toBeCloseTo(K * (direct?.mean1 ?? NaN) + B, 9);
    const spread = (K * K * ((direct?.sd0 ?? NaN) ** 2 + (direct?.sd1 ?? NaN) ** 2)) / 2;
    expect((logits.sd0 ** 2 + logits.sd1 ** 2) / 2).toBeCloseTo(spread, 9);
  });

  test('there is none where the scores turn round', () => {
    const { value, reason } = fittedEffect(
      s,
      s.map((x) => -x),
      labels,
      classes,
    );
    expect(value).toBeNull();
    expect(reason).toContain('no longer grow');
  });
});

test('a temperature divides the whole logit', () => {
  const clean = driftedLogits(classes, noEffect(classes));
  const cooled = driftedLogits(classes, logitTemperature(classes, 4));
  for (const key of ['mu0', 'mu1', 'sd0', 'sd1'] as const) expect(cooled[key]).toBeCloseTo(clean[key] / 4, 12);
  const [a, b] = [noEffect(classes), logitTemperature(classes, 4)].map((effect) => masterFormula(classes, effect, 0.8));
  expect(b.rocAuc).toBeCloseTo(a.rocAuc, 14);
  expect(b.accuracy).toBeCloseTo(a.accuracy, 14);
  expect(() => logitTemperature(classes, 0)).toThrow(RangeError);
});
