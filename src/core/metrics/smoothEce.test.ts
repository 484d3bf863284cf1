import { expect, test } from 'vitest';
import { CosineTransform } from './dct.ts';
import { smoothEce, smoothEceAt } from './smoothEce.ts';

test('the cosine transform is that of its definition, and is undone by the inverse', () => {
  for (const n of [2, 8, 64]) {
    const x = Float64Array.from({ length: n }, (_, i) => Math.sin(i * i + 1));
    const transform = new CosineTransform(n);
    const spectrum = new Float64Array(n);
    transform.forward(x, spectrum);
    for (let k = 0; k < n; k++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += x[j] * Math.cos((Math.PI * k * (2 * j + 1)) / (2 * n));
      expect(spectrum[k]).toBeCloseTo(sum, 12);
    }
    const back = new Float64Array(n);
    transform.inverse(spectrum, back);
    for (let j = 0; j < n; j++) expect(back[j]).toBeCloseTo(x[j], 13);
  }
  expect(() => new CosineTransform(12)).toThrow(RangeError);
});

test('smoothing keeps the mass', () => {
  const transform = new CosineTransform(64);
  const x = new Float64Array(64);
  x[3] = 2;
  transform.forward(x, x);
  transform.smooth(x, 0.1, x);
  expect(x.reduce((a, b) => a + b)).toBeCloseTo(2, 13);
  expect(Math.min(...x)).toBeGreaterThanOrEqual(-1e-15);
});

test('SmoothECE does not grow with the width, and its value is its own width', () => {
  const forecast = Float64Array.from({ length: 500 }, (_, i) => (i * 0.618034) % 1);
  const outcome = Uint8Array.from(forecast, (f, i) => ((i * 0.41421356) % 1 < f ** 3 ? 1 : 0));
  let before = Infinity;
  for (const sigma of [0.001, 0.01, 0.05, 0.2, 1]) {
    const now = Number(smoothEceAt(forecast, outcome, sigma));
    expect(now).toBeLessThanOrEqual(before + 1e-12);
    before = now;
  }
  const { value, width } = smoothEce(forecast, outcome);
  expect(value).toBeCloseTo(Number(width), 8);
});

test('a gap below the narrowest width is given as it is, and no rows give null', () => {
  const { value, width } = smoothEce(Float64Array.of(1, 0), Uint8Array.of(1, 0));
  expect([value, width]).toEqual([0, 0.001]);
  expect(smoothEce(new Float64Array(0), new Uint8Array(0))).toEqual({ value: null, width: null });
  expect(smoothEceAt(new Float64Array(0), new Uint8Array(0), 0.1)).toBeNull();
});
