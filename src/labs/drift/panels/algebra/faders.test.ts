import { expect, test } from 'vitest';
import fc from 'fast-check';
import { masterFormula, noEffect, type ScoreClasses } from '../../../../core/theory/masterFormula.ts';
import { between, formulaOf, NEUTRAL, SCALES, toEffect, toFaders, withinSd, type FaderName } from './faders.ts';

const CLASSES: ScoreClasses = { mean0: 0.2, mean1: 0.26, sd0: 0.03, sd1: 0.02, pi1: 0.4, k: 90, b: -21 };
const METRICS = { threshold: 0.5, highConfidence: 0.8 };

test('faders and effects are two ways to write the same, τ̄ being the unit', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -20, max: 20, noNaN: true }),
      fc.double({ min: -0.6, max: 20, noNaN: true }),
      fc.double({ min: 0.1, max: 50, noNaN: true }),
      fc.double({ min: -10, max: 10, noNaN: true }),
      (h, nu, c, gap) => {
        const back = toFaders(toEffect({ h, nu, c, gap }, CLASSES), CLASSES);
        expect(back.h).toBeCloseTo(h, 9);
        expect(back.nu).toBeCloseTo(nu, 9);
        expect(back.c).toBe(c);
        expect(back.gap).toBeCloseTo(gap, 9);
      },
    ),
  );
  expect(withinSd(CLASSES)).toBeCloseTo(Math.sqrt((0.03 ** 2 + 0.02 ** 2) / 2), 15);
});

test('at rest the faders give the clean formula', () => {
  const { numbers } = formulaOf(NEUTRAL, CLASSES, METRICS);
  const clean = masterFormula(CLASSES, noEffect(CLASSES), 0.8);
  for (const key of ['rocAuc', 'accuracy', 'meanConfidence', 'ece', 'silentFailureRate'] as const)
    expect(numbers?.[key]).toBeCloseTo(clean[key] ?? NaN, 12);
});

test('settings whose logits no number holds give a reason, and no numbers', () => {
  for (const faders of [
    { ...NEUTRAL, c: 5e-324 },
    { ...NEUTRAL, c: Infinity },
    { ...NEUTRAL, h: 1e308, c: 1e-6 },
  ]) {
    const { numbers, reason } = formulaOf(faders, CLASSES, METRICS);
    expect(numbers).toBeNull();
    expect(reason).toMatch(/range of numbers/);
  }
  const strongest = formulaOf({ h: 1e6, nu: 1e6, c: 1e-6, gap: 1e6 }, CLASSES, METRICS).numbers;
  expect(Object.values(strongest ?? { none: NaN }).every((value) => value === null || Number.isFinite(value))).toBe(
    true,
  );
  for (const threshold of [0, 1])
    expect(formulaOf(NEUTRAL, CLASSES, { ...METRICS, threshold }).numbers?.accuracy).toBeCloseTo(threshold ? 0.6 : 0.4);
});

test('h and c never touch AUC, and do move accuracy and confidence', () => {
  const clean = formulaOf(NEUTRAL, CLASSES, METRICS).numbers;
  const shifted = formulaOf({ ...NEUTRAL, h: 1.5 }, CLASSES, METRICS).numbers;
  const shrunk = formulaOf({ ...NEUTRAL, c: 1.2 }, CLASSES, METRICS).numbers;
  expect(Math.abs((shifted?.rocAuc ?? NaN) - (clean?.rocAuc ?? NaN))).toBeLessThan(1e-13);
  expect(Math.abs((shrunk?.rocAuc ?? NaN) - (clean?.rocAuc ?? NaN))).toBeLessThan(1e-13);
  expect(shifted?.accuracy).toBeLessThan((clean?.accuracy ?? NaN) - 0.1);
  expect(Math.abs((shrunk?.meanConfidence ?? NaN) - (clean?.meanConfidence ?? NaN))).toBeGreaterThan(0.01);
});

test('what the formula is not made for is left out, not guessed', () => {
  const other = formulaOf(NEUTRAL, CLASSES, { threshold: 0.7, highConfidence: 0.8 }).numbers;
  expect([other?.ece, other?.silentFailureRate]).toEqual([null, null]);
  expect(other?.accuracy).not.toBe(formulaOf(NEUTRAL, CLASSES, METRICS).numbers?.accuracy);
  expect(formulaOf(NEUTRAL, CLASSES, { threshold: 0.5, highConfidence: 0.3 }).numbers?.silentFailureRate).toBeNull();
  expect(formulaOf({ ...NEUTRAL, nu: -2 }, CLASSES, METRICS).reason).toContain('variance');
});

test.each(['h', 'nu', 'c', 'gap'] as const)('every place of the slider of %s is found again', (name: FaderName) => {
  const { least, most, toPlace, toValue } = SCALES[name];
  for (let place = least; place <= most; place++) expect(toPlace(toValue(place))).toBe(place);
  expect(toValue(0)).toBe(NEUTRAL[name]);
});

test('gliding ends where it should', () => {
  const to = { h: 2, nu: 1, c: 8, gap: 0 };
  expect(between(NEUTRAL, to, 1)).toBe(to);
  expect(between(NEUTRAL, to, 0.5).c).toBeCloseTo(Math.sqrt(8), 12);
});
