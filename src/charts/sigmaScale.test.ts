import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSigmaScale, niceSigma, PAPER_CHECKPOINTS, SIGMA_MAX, SIGMA_MIN } from './sigmaScale.ts';

test('position 0 is exactly zero, 1 the smallest and 1000 the largest sigma', () => {
  const scale = createSigmaScale();
  expect(scale.sigmaAt(0)).toBe(0);
  expect(scale.sigmaAt(1)).toBe(SIGMA_MIN);
  expect(scale.sigmaAt(1000)).toBe(SIGMA_MAX);
});

test.each([2, 1, 0.5, 0.15, 10])(
  'every position survives the way to sigma and back when the largest sigma is %d',
  (max) => {
    const scale = createSigmaScale(max);
    for (let position = 0; position <= 1000; position += 1) {
      expect(scale.positionOf(scale.sigmaAt(position))).toBe(position);
    }
  },
);

test('sigma rises strictly with the position', () => {
  const scale = createSigmaScale();
  for (let position = 1; position <= 1000; position += 1) {
    expect(scale.sigmaAt(position)).toBeGreaterThan(scale.sigmaAt(position - 1));
  }
});

test('nearly every sigma of the default scale has three significant digits, and none has more than four', () => {
  const scale = createSigmaScale();
  let three = 0;
  for (let position = 0; position <= 1000; position += 1) {
    const sigma = scale.sigmaAt(position);
    if (Number(sigma.toPrecision(3)) === sigma) three += 1;
    expect(Number(sigma.toPrecision(4))).toBe(sigma);
  }
  expect(three).toBeGreaterThan(950);
});

test('any sigma lands within half a step of itself on the log axis', () => {
  const scale = createSigmaScale();
  const step = Math.log(SIGMA_MAX / SIGMA_MIN) / 999;
  fc.assert(
    fc.property(fc.double({ min: SIGMA_MIN, max: SIGMA_MAX, noNaN: true }), (sigma) => {
      const back = scale.sigmaAt(scale.positionOf(sigma));
      expect(Math.abs(Math.log(back / sigma))).toBeLessThanOrEqual(step + 0.005);
    }),
  );
});

test('sigma outside the range is held to its ends, and a negative or undefined one to zero', () => {
  const scale = createSigmaScale();
  expect(scale.positionOf(100)).toBe(1000);
  expect(scale.positionOf(-1)).toBe(0);
  expect(scale.positionOf(NaN)).toBe(0);
  expect(scale.positionOf(1e-9)).toBe(0);
  expect(scale.positionOf(0.9e-4)).toBe(1);
  expect(scale.sigmaAt(5000)).toBe(SIGMA_MAX);
});

test('a range without a positive ratio is refused', () => {
  expect(() => createSigmaScale(1e-5)).toThrow(RangeError);
  expect(() => createSigmaScale(1, 0)).toThrow(RangeError);
});

test('the checkpoints are the digits of numpy.linspace(0, 0.15, 8)', () => {
  expect(PAPER_CHECKPOINTS.map(String)).toEqual([
    '0',
    '0.02142857142857143',
    '0.04285714285714286',
    '0.06428571428571428',
    '0.08571428571428572',
    '0.10714285714285715',
    '0.12857142857142856',
    '0.15',
  ]);
});

test('a pointed-at sigma is rounded to three significant digits', () => {
  expect([0, -1, 0.0314159, 1.23456].map(niceSigma)).toEqual([0, 0, 0.0314, 1.23]);
});
