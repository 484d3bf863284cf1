import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dot } from '../linalg/dot.ts';
import { stream } from '../random/streams.ts';
import type { NoiseUnits } from './definition.ts';
import { drawExactInLaw } from './exactInLaw.ts';
import { createNoise } from './noise.ts';
import { scoreRows } from './score.ts';
import type { PreparedDrift, RowScalars } from './types.ts';

const ROWS = 4000;

/** One row x and one probe w, repeated: the scalars of ROWS real draws of D-dimensional noise. */
function realDraws(w: Float64Array, x: Float64Array, units: NoiseUnits, seed: number): RowScalars {
  const dims = x.length;
  const noise = createNoise(seed, ROWS, dims);
  const column = () => new Float64Array(ROWS);
  const [wd, xd, dd] = [column(), column(), column()];
  const length = Math.sqrt(dot(x, x));
  for (let k = 0; k < ROWS; k++) {
    const e = noise.row(k);
    const factor = units === 'total-norm' ? length / Math.sqrt(dot(e, e)) : length;
    wd[k] = factor * dot(w, e);
    xd[k] = factor * dot(x, e);
    dd[k] = factor * factor * dot(e, e);
  }
  const [s, n2] = [column().fill(dot(w, x)), column().fill(dot(x, x))];
  return { rows: ROWS, s, n2, wd, xd, dd, wp: null, xp: null, dp: null, pp: null };
}

function inLaw({ s, n2 }: RowScalars, w: Float64Array, dims: number, units: NoiseUnits, seed: number): RowScalars {
  return drawExactInLaw(stream(seed, 'band'), { s, n2, weightNorm: Math.sqrt(dot(w, w)), dims, units });
}

/** Two-sample Kolmogorov–Smirnov: the largest distance of the empirical distributions. */
function ksDistance(a: Float64Array, b: Float64Array): number {
  const [x, y] = [a.slice().sort(), b.slice().sort()];
  let [i, j, largest] = [0, 0, 0];
  while (i < x.length && j < y.length) {
    const at = Math.min(x[i], y[j]);
    while (i < x.length && x[i] <= at) i++;
    while (j < y.length && y[j] <= at) j++;
    largest = Math.max(largest, Math.abs(i / x.length - j / y.length));
  }
  return largest;
}

/** Distance that two samples of ROWS of the same law exceed once in a thousand times. */
const CRITICAL = 1.95 * Math.sqrt(2 / ROWS);

const mean = (values: Float64Array) => values.reduce((sum, v) => sum + v, 0) / values.length;
const products = (a: Float64Array, b: Float64Array) => a.map((v, k) => v * b[k]);

/** y = x + σd, renormalised to the length of x. */
const noisy = (dims: number): PreparedDrift => ({
  dims,
  rows: ROWS,
  hasSecondComponent: false,
  coefficients: (sigma) => ({ alpha: 1, beta: sigma, gamma: 0 }),
  components: () => {},
  norm: 'original',
});

describe.each<NoiseUnits>(['per-coordinate', 'total-norm'])('exact-in-law noise, %s', (units) => {
  test.each([2, 3, 5, 64, 768])('has the law of real draws in %i dimensions: products, lengths and logits', (dims) => {
    const w = stream(1, 'w').standardNormal(new Float64Array(dims));
    const x = stream(2, 'x').standardNormal(new Float64Array(dims));
    for (let j = 0; j < dims; j++) x[j] += 0.7 * w[j];
    const real = realDraws(w, x, units, 42);
    const drawn = inLaw(real, w, dims, units, 42);
    for (const name of ['wd', 'xd'] as const) {
      expect(ksDistance(real[name], drawn[name]), name).toBeLessThan(CRITICAL);
    }
    if (units === 'per-coordinate') expect(ksDistance(real.dd, drawn.dd)).toBeLessThan(CRITICAL);
    else for (const dd of [real.dd, drawn.dd]) for (const v of dd) expect(v).toBeCloseTo(dot(x, x), 9);
    // The joint law decides the logit of the renormalised row.
    for (const sigma of [0.1, 1]) {
      const [a, b] = [new Float64Array(ROWS), new Float64Array(ROWS)];
      scoreRows(real, noisy(dims), sigma, 0.3, a);
      scoreRows(drawn, noisy(dims), sigma, 0.3, b);
      expect(ksDistance(a, b), `σ ${sigma}`).toBeLessThan(CRITICAL);
    }
  });

  test('has exactly the support of real draws in one dimension', () => {
    for (const [w, x] of [
      [2, 1.5],
      [2, -1.5],
    ]) {
      const real = realDraws(Float64Array.of(w), Float64Array.of(x), units, 7);
      const drawn = inLaw(real, Float64Array.of(w), 1, units, 7);
      for (const { wd, xd, dd } of [real, drawn]) {
        for (let k = 0; k < ROWS; k += 97) {
          expect(xd[k]).toBeCloseTo((wd[k] * x) / w, 9);
          expect(dd[k]).toBeCloseTo((wd[k] / w) ** 2, 9);
        }
      }
      expect(ksDistance(real.wd, drawn.wd)).toBeLessThan(CRITICAL);
    }
  });
});

describe('the moments of exact-in-law noise', () => {
  const dims = 12;
  const w = stream(3, 'w').standardNormal(new Float64Array(dims));
  const x = stream(4, 'x').standardNormal(new Float64Array(dims));
  const real = realDraws(w, x, 'per-coordinate', 5);
  const { wd, xd, dd } = inLaw(real, w, dims, 'per-coordinate', 5);
  const [ww, xx, wx] = [dot(w, w), dot(x, x), dot(w, x)];

  test('are those of inner products with a standard normal vector', () => {
    const error = 5 / Math.sqrt(ROWS);
    expect(Math.abs(mean(wd))).toBeLessThan(error * Math.sqrt(ww * xx));
    expect(Math.abs(mean(xd))).toBeLessThan(error * xx);
    expect(Math.abs(mean(products(wd, wd)) / (ww * xx) - 1)).toBeLessThan(error * Math.SQRT2);
    expect(Math.abs(mean(products(xd, xd)) / (xx * xx) - 1)).toBeLessThan(error * Math.SQRT2);
    expect(Math.abs(mean(products(wd, xd)) - wx * xx)).toBeLessThan(error * Math.SQRT2 * Math.sqrt(ww) * xx ** 1.5);
    expect(Math.abs(mean(dd) / (dims * xx) - 1)).toBeLessThan(error * Math.sqrt(2 / dims));
    // E[(w·ε)²‖ε‖²] = ‖w‖²(D + 2): the length knows of the products.
    const together = mean(products(products(wd, wd), dd)) / (ww * xx * xx);
    expect(Math.abs(together / (dims + 2) - 1)).toBeLessThan(2 * error);
  });

  test('keep Cauchy and Schwarz for every row, whatever the dimension', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 10, noNaN: true }),
        fc.double({ min: 0, max: 10, noNaN: true }),
        fc.constantFrom<NoiseUnits>('per-coordinate', 'total-norm'),
        (dims, cosine, length, weightNorm, units) => {
          const rows = 5;
          const s = new Float64Array(rows).fill((dims === 1 ? Math.sign(cosine) || 1 : cosine) * length * weightNorm);
          const n2 = new Float64Array(rows).fill(length * length);
          const drawn = drawExactInLaw(stream(9, 'band'), { s, n2, weightNorm, dims, units });
          for (let k = 0; k < rows; k++) {
            const tolerance = 1 + 1e-9;
            expect(drawn.wd[k] ** 2).toBeLessThanOrEqual(weightNorm ** 2 * drawn.dd[k] * tolerance + 1e-300);
            expect(drawn.xd[k] ** 2).toBeLessThanOrEqual(n2[k] * drawn.dd[k] * tolerance + 1e-300);
            expect(drawn.dd[k]).toBeGreaterThanOrEqual(0);
          }
        },
      ),
    );
  });

  test('are zero for a row of length zero, and w·d alone for a probe without weights', () => {
    const [s, n2] = [new Float64Array(3), Float64Array.of(0, 4, 4)];
    const zero = drawExactInLaw(stream(1, 'band'), { s, n2, weightNorm: 0, dims: 8, units: 'total-norm' });
    for (const v of [...zero.wd, zero.xd[0], zero.dd[0]]) expect(Math.abs(v)).toBe(0);
    expect(zero.xd[1]).not.toBe(0);
    expect(zero.dd[1]).toBeCloseTo(4, 12);
  });

  test('a seed gives the same draws again, and the first of many draws is the only one of one', () => {
    const law = { s: real.s, n2: real.n2, weightNorm: Math.sqrt(ww), dims, units: 'per-coordinate' as const };
    const generator = stream(11, 'band');
    const first = drawExactInLaw(generator, law);
    const second = drawExactInLaw(generator, law);
    expect(drawExactInLaw(stream(11, 'band'), law).wd).toEqual(first.wd);
    expect(second.wd).not.toEqual(first.wd);
    expect(() => drawExactInLaw(generator, { ...law, dims: 0 })).toThrow(RangeError);
  });
});
