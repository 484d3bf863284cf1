import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binEdges, binRows, emptyBins, MAX_BINS, widthBin } from './bins.ts';
import { calibrationErrors } from './calibrationError.ts';
import { consistencyBand, normalConsistencyBand, poissonBinomial } from './consistency.ts';
import { largestGap } from './fixtures/golden.ts';
import { scikit } from './fixtures/scikit.ts';
import { confidenceHistogram } from './histogram.ts';
import { linspace } from './linspace.ts';
import { expectedNullEce, normalNullEce, simulateNullEce } from './nullEce.ts';
import { reliability } from './reliability.ts';
import type { BinSettings } from './bins.ts';

const WIDTH: BinSettings = { bins: 10, binning: 'width', closed: 'right' };

/** A fixed stream of numbers in [0, 1) that passes for uniform here. */
function stream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

test('edges are the doubles of numpy.linspace', () => {
  for (const [bins, wanted] of Object.entries(scikit.linspace)) {
    expect(Array.from(linspace(0, 1, Number(bins) + 1))).toEqual(wanted.unit);
    expect(Array.from(binEdges({ bins: Number(bins), range: 'upper-half' }))).toEqual(wanted.upper);
  }
});

test('a value falls in the bin whose edges hold it, under either closing', () => {
  const near = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.constantFrom(-(2 ** -53), 0, 2 ** -53));
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      near,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (bins, [k, off], v) => {
        const edges = binEdges({ bins });
        for (const value of [v, Math.min(1, Math.max(0, edges[Math.min(k, bins)] + off))]) {
          const right = widthBin(value, edges, true);
          expect((edges[right] < value || right === 0) && value <= edges[right + 1]).toBe(true);
          const left = widthBin(value, edges, false);
          expect(edges[left] <= value && (value < edges[left + 1] || left === bins - 1)).toBe(true);
        }
      },
    ),
  );
});

test('a value on an edge goes down when right-closed and up when left-closed', () => {
  const edges = binEdges({ bins: 4 });
  expect([widthBin(0.5, edges, true), widthBin(0.5, edges, false)]).toEqual([1, 2]);
  expect([widthBin(0, edges, true), widthBin(1, edges, false)]).toEqual([0, 3]);
});

test('bins over the upper half refuse what lies below it, instead of clipping', () => {
  const settings: BinSettings = { ...WIDTH, range: 'upper-half' };
  expect(reliability(Float64Array.of(0.5, 1), Uint8Array.of(1, 1), settings)[0].count).toBe(1);
  expect(() => reliability(Float64Array.of(0.49), Uint8Array.of(1), settings)).toThrow(RangeError);
  expect(() => reliability(Float64Array.of(NaN), Uint8Array.of(1), WIDTH)).toThrow(RangeError);
});

test('the number of bins must be a whole number that fits', () => {
  for (const bins of [0, 1.5, MAX_BINS + 1, NaN]) expect(() => emptyBins({ ...WIDTH, bins })).toThrow(RangeError);
});

test('equal-mass bins differ by at most one row, and hold ascending forecasts', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      (list, bins) => {
        const forecast = Float64Array.from(list);
        const rows = reliability(forecast, new Uint8Array(list.length), { bins, binning: 'mass', closed: 'right' });
        const counts = rows.map((bin) => bin.count);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        expect(counts.reduce((a, b) => a + b)).toBe(list.length);
        for (let k = 1; k < bins; k++) expect(rows[k].lower).toBeGreaterThanOrEqual(rows[k - 1].upper);
      },
    ),
  );
});

test('calibration errors of no rows are null, and MCE is at least RMSCE, which is at least ECE', () => {
  expect(calibrationErrors(emptyBins(WIDTH))).toEqual({ ece: null, mce: null, ace: null, rmsce: null });
  const next = stream(3);
  const forecast = Float64Array.from({ length: 300 }, next);
  const outcome = Uint8Array.from({ length: 300 }, () => (next() < 0.5 ? 1 : 0));
  const { ece, mce, rmsce } = calibrationErrors(binRows(forecast, outcome, WIDTH).sums);
  expect(Number(mce)).toBeGreaterThan(Number(rmsce));
  expect(Number(rmsce)).toBeGreaterThan(Number(ece));
});

describe('the consistency bar', () => {
  test.each(scikit.poisson_binomial)('comes from the Poisson-binomial law that numpy convolves', ({ p, pmf }) => {
    const law = poissonBinomial(Float64Array.from(p));
    expect(largestGap(law.pmf, pmf)).toBeLessThanOrEqual(1e-15);
  });

  test('of an empty bin is null, and of certain forecasts is a point', () => {
    expect(consistencyBand(new Float64Array(0))).toBeNull();
    expect(consistencyBand(Float64Array.of(1, 1, 1))).toEqual({ low: 1, high: 1 });
    expect(normalConsistencyBand(1000, 1000, 0)).toEqual({ low: 1, high: 1 });
  });

  test('goes over to the normal law within one row', () => {
    for (const p of [0.02, 0.5, 0.83, 0.97]) {
      const forecasts = new Float64Array(500).fill(p);
      const exact = consistencyBand(forecasts);
      const normal = normalConsistencyBand(500, 500 * p, 500 * p * (1 - p));
      expect(Math.abs((exact?.low ?? NaN) - normal.low)).toBeLessThanOrEqual(1.0001 / 500);
      expect(Math.abs((exact?.high ?? NaN) - normal.high)).toBeLessThanOrEqual(1.0001 / 500);
    }
  });

  test('of more than 500 rows is that of the sums', () => {
    const next = stream(5);
    const forecasts = Float64Array.from({ length: 700 }, next);
    const mean = forecasts.reduce((a, b) => a + b);
    const variance = forecasts.reduce((a, f) => a + f * (1 - f), 0);
    expect(consistencyBand(forecasts)).toEqual(normalConsistencyBand(700, mean, variance));
  });

  test('holds nine tenths of calibrated bins', () => {
    const next = stream(11);
    const forecasts = Float64Array.from({ length: 60 }, () => 0.6 + 0.3 * next());
    const band = consistencyBand(forecasts);
    let inside = 0;
    for (let r = 0; r < 2000; r++) {
      let hits = 0;
      for (let i = 0; i < 60; i++) if (next() < forecasts[i]) hits++;
      if (hits / 60 >= (band?.low ?? NaN) && hits / 60 <= (band?.high ?? NaN)) inside++;
    }
    expect(inside / 2000).toBeGreaterThan(0.88);
    expect(inside / 2000).toBeLessThan(0.97);
  });
});

describe('the null ECE', () => {
  test.each(scikit.poisson_binomial)(
    'of one bin is the mean absolute deviation of the law',
    ({ p, mean_absolute_deviation: wanted }) => {
      const forecast = Float64Array.from(p);
      expect(
        Math.abs(Number(expectedNullEce(forecast, { ...WIDTH, bins: 1 })) - wanted / p.length),
      ).toBeLessThanOrEqual(1e-12);
    },
  );

  test('agrees with simulation, and the normal form with both', () => {
    const next = stream(17);
    const forecast = Float64Array.from({ length: 400 }, () => 0.5 + 0.5 * next());
    const settings: BinSettings = { bins: 15, binning: 'width', closed: 'right' };
    const exact = Number(expectedNullEce(forecast, settings));
    const drawn = simulateNullEce(forecast, settings, 2000, (out) => {
      for (let i = 0; i < out.length; i++) out[i] = next();
    });
    const mean = drawn.reduce((a, b) => a + b) / drawn.length;
    expect(Math.abs(mean - exact)).toBeLessThan(0.02 * exact);
    expect(drawn[0]).toBeLessThan(drawn[1999]);
    const normal = Number(normalNullEce(binRows(forecast, new Uint8Array(400), settings).sums));
    expect(Math.abs(normal - exact)).toBeLessThan(0.05 * exact);
  });

  test('of hundreds of rows and 15 bins is several points, and of no rows is null', () => {
    const next = stream(19);
    const forecast = Float64Array.from({ length: 100 }, () => 0.5 + 0.5 * next());
    expect(Number(expectedNullEce(forecast, { ...WIDTH, bins: 15 }))).toBeGreaterThan(0.03);
    expect(expectedNullEce(new Float64Array(0), WIDTH)).toBeNull();
    expect(normalNullEce(emptyBins(WIDTH))).toBeNull();
    expect(simulateNullEce(new Float64Array(0), WIDTH, 3, () => undefined).length).toBe(0);
  });
});

test('the confidence histogram splits right and wrong rows, over the upper half for max(p, 1 − p)', () => {
  const result = confidenceHistogram(Float64Array.of(0.5, 0.75, 0.76, 1), Uint8Array.of(1, 0, 1, 0), 2);
  expect(Array.from(result.edges)).toEqual([0.5, 0.75, 1]);
  expect([Array.from(result.right), Array.from(result.wrong)]).toEqual([
    [1, 1],
    [1, 1],
  ]);
  expect(() => confidenceHistogram(Float64Array.of(0.4), Uint8Array.of(1), 2)).toThrow(RangeError);
  expect(confidenceHistogram(Float64Array.of(0.4), Uint8Array.of(1), 2, 'predicted').right[0]).toBe(1);
});
