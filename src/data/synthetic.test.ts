import { describe, expect, test } from 'vitest';
// Written by NumPy 1.24 through fixtures/makeSyntheticFixtures.py, the recipe of docs/DATA.md.
import fixtures from './fixtures/syntheticFixtures.json';
import { DataError } from './errors.ts';
import { Mixing } from './mixing.ts';
import { rowScale } from './normalize.ts';
import { meanPairwiseCosine } from '../core/linalg/meanCosine.ts';
import { fisherOfRows } from '../core/metrics/fisherOfRows.ts';
import type { Embeddings } from '../core/linalg/embeddings.ts';
import { generateSynthetic, syntheticPopulation, type SyntheticSettings } from './synthetic.ts';
import { separationForFisher } from './separationForFisher.ts';
import { baseLike, instructLike, SYNTHETIC_PRESETS } from './syntheticPresets.ts';

const SMALL: SyntheticSettings = { rows: 2000, dims: 96, separation: 2, spectrum: 1, meanCosine: 0.5, seed: 3 };

const asRows = (values: Float32Array, rows: number, dims: number) => ({
  values,
  rows,
  dims,
  scale: new Float64Array(rows).fill(1),
});

const fisher = (x: Embeddings, labels: Uint8Array) => fisherOfRows(x, labels).paper;
const fisherOfNormalised = (settings: SyntheticSettings): number => {
  const data = generateSynthetic(settings);
  return fisher({ ...data, scale: rowScale(data.values, data.rows, data.dims, true) }, data.labels) ?? NaN;
};

describe('the recipe', () => {
  test.each(fixtures.cases)('gives the rows that NumPy gives: $settings', (fixture) => {
    const data = generateSynthetic(fixture.settings);
    expect(Array.from(data.labels.subarray(0, 6))).toEqual(fixture.labels);
    const largest = Math.max(...fixture.rows.flat().map(Math.abs));
    fixture.rows.flat().forEach((value, i) => expect(Math.abs(data.values[i] - value)).toBeLessThan(largest * 2e-7));
    const scale = rowScale(data.values, data.rows, data.dims, true);
    expect(fisher({ ...data, scale }, data.labels)).toBeCloseTo(fixture.fisher, 6);
    expect(meanPairwiseCosine(asRows(data.values, data.rows, data.dims))).toBeCloseTo(fixture.meanPairwiseCosine, 7);
  });

  test('the same settings give the same bits, in memory that the caller gives too, and another seed other rows', () => {
    const once = generateSynthetic(SMALL);
    const room = new Float32Array(SMALL.rows * SMALL.dims);
    const again = generateSynthetic(SMALL, () => room);
    expect(again.values).toBe(room);
    expect(again.values).toEqual(once.values);
    expect(generateSynthetic({ ...SMALL, seed: 4 }).values).not.toEqual(once.values);
  });

  test('a longer set begins with the rows of a shorter one', () => {
    const short = generateSynthetic({ ...SMALL, rows: 10 });
    const long = generateSynthetic({ ...SMALL, rows: 20 });
    expect(long.values.subarray(0, short.values.length)).toEqual(short.values);
  });

  test.each([1, 2, 3, 5, 8, 37, 64, 96])('the mixing of %i numbers keeps lengths and angles', (dims) => {
    const numbers = (k: number): Float64Array => Float64Array.from({ length: dims }, (_, i) => Math.sin(1 + i * k));
    const mixing = new Mixing(numbers(3), numbers(7));
    const [x, y] = [numbers(2), numbers(5)];
    const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, i) => sum + v * b[i], 0);
    const before = [dot(x, x), dot(x, y), dot(y, y)];
    mixing.apply(x);
    mixing.apply(y);
    [dot(x, x), dot(x, y), dot(y, y)].forEach((value, i) => expect(value).toBeCloseTo(before[i], 10));
  });
});

describe('what the settings promise is what the rows have', () => {
  // Sampling error of the mean cosine is about 1e-3 at these sizes; the rest is rows of unequal length (docs/DATA.md).
  test.each([
    [0, 0, 0.005],
    [0.5, 0, 0.005],
    [0.9, 0.5, 0.005],
    [0.97, 1, 0.005],
    [0.999, 1, 0.005],
    [0.5, 1.5, 0.03],
  ])('mean cosine %d with spectrum %d', (meanCosine, spectrum, tolerance) => {
    const data = generateSynthetic({ ...SMALL, meanCosine, spectrum });
    const measured = meanPairwiseCosine(asRows(data.values, data.rows, data.dims)) ?? NaN;
    expect(Math.abs(measured - meanCosine)).toBeLessThan(tolerance);
  });

  test.each([0, 1, 2.5])(
    'separation %d is the distance of the class means in standard deviations along it',
    (separation) => {
      const settings = { ...SMALL, rows: 8000, separation };
      const data = generateSynthetic(settings);
      // The class direction, from a twin without noise of its own: the difference of the same rows at two separations.
      const nothing = generateSynthetic({ ...settings, separation: 0 });
      const twin = generateSynthetic({ ...settings, separation: separation + 1, meanCosine: settings.meanCosine });
      const { dims } = data;
      const direction = new Float64Array(dims);
      for (let i = 0; i < data.rows; i++) {
        for (let j = 0; j < dims; j++) {
          direction[j] += (data.labels[i] === 1 ? 1 : -1) * (twin.values[i * dims + j] - nothing.values[i * dims + j]);
        }
      }
      const sums = [0, 0];
      const squares = [0, 0];
      for (let i = 0; i < data.rows; i++) {
        let along = 0;
        for (let j = 0; j < dims; j++) along += direction[j] * data.values[i * dims + j];
        sums[data.labels[i]] += along;
        squares[data.labels[i]] += along * along;
      }
      const half = data.rows / 2;
      const variance = (squares[0] + squares[1]) / half - (sums[0] / half) ** 2 - (sums[1] / half) ** 2;
      const measured = (sums[1] - sums[0]) / half / Math.sqrt(variance / 2);
      // Standard error of d′ with 4,000 rows a class is about .025.
      expect(Math.abs(measured - separation)).toBeLessThan(0.1);
    },
  );

  test.each([0, 0.5, 1, 2])('spectrum %d gives its effective dimension within the classes', (spectrum) => {
    const settings = { ...SMALL, rows: 4000, dims: 24, spectrum, separation: 1 };
    const data = generateSynthetic(settings);
    const expected = syntheticPopulation(settings).effectiveDimension;
    const { dims, rows, values, labels } = data;
    const means = [new Float64Array(dims), new Float64Array(dims)];
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < dims; j++) means[labels[i]][j] += values[i * dims + j] / (rows / 2);
    const covariance = new Float64Array(dims * dims);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < dims; j++) {
        const a = values[i * dims + j] - means[labels[i]][j];
        for (let k = 0; k < dims; k++)
          covariance[j * dims + k] += (a * (values[i * dims + k] - means[labels[i]][k])) / rows;
      }
    }
    let trace = 0;
    for (let j = 0; j < dims; j++) trace += covariance[j * dims + j];
    const frobenius = covariance.reduce((sum, v) => sum + v * v, 0);
    expect(trace).toBeCloseTo(1, 1);
    expect(Math.abs(trace ** 2 / frobenius / expected - 1)).toBeLessThan(0.05);
  });

  test('the cone does not tell the classes apart', () => {
    // The class means differ by separation·√λ_k whatever the cone is, so eq. 26 before normalising does not move.
    const raw = (meanCosine: number): number => {
      const data = generateSynthetic({ ...SMALL, meanCosine });
      return fisher({ ...data, scale: new Float64Array(data.rows).fill(1) }, data.labels) ?? NaN;
    };
    expect(raw(0.99)).toBeCloseTo(raw(0), 4);
  });

  test.each([
    [{ rows: 3 }, 'rows is 3'],
    [{ dims: 1 }, 'dims is 1'],
    [{ rows: 2 ** 20, dims: 1024 }, 'rows × dims'],
    [{ separation: -1 }, 'separation is -1'],
    [{ spectrum: NaN }, 'spectrum is NaN'],
    [{ meanCosine: 1 }, 'meanCosine is 1'],
    [{ seed: 0.5 }, 'seed is 0.5'],
  ])('settings %j are refused by name', (change, words) => {
    expect(() => generateSynthetic({ ...SMALL, ...change })).toThrow(words);
    expect(() => generateSynthetic({ ...SMALL, ...change })).toThrow(DataError);
  });
});

describe('Fisher values', () => {
  test('eq. 26 is the squared distance of the means over the sum of mean variances', () => {
    // Class 0: (0,0), (2,0); class 1: (4,2), (4,6). Means (1,0), (4,4): 25. Mean variances (1+0)/2 and (0+4)/2.
    const values = new Float32Array([0, 0, 2, 0, 4, 2, 4, 6]);
    const x = { values, rows: 4, dims: 2, scale: new Float64Array(4).fill(1) };
    expect(fisher(x, new Uint8Array([0, 0, 1, 1]))).toBeCloseTo(10, 12);
    expect(fisher(x, new Uint8Array([1, 1, 1, 1]))).toBeNull();
    expect(fisher({ ...x, values: new Float32Array(8) }, new Uint8Array([0, 0, 1, 1]))).toBeNull();
  });

  test('the mean pairwise cosine is the mean over pairs of different rows', () => {
    const diagonal = Math.SQRT1_2;
    expect(meanPairwiseCosine(asRows(new Float32Array([2, 0, 0, 3, 1, 1]), 3, 2))).toBeCloseTo(
      (0 + 2 * diagonal) / 3,
      7,
    );
    expect(meanPairwiseCosine(asRows(new Float32Array([1, 0]), 1, 2))).toBeNull();
    expect(meanPairwiseCosine(asRows(new Float32Array([1, 0, 0, 0]), 2, 2))).toBeNull();
  });

  test('the base-like and instruct-like presets have the published values and ratio on normalised rows', () => {
    const [base, instruct] = [fisherOfNormalised(baseLike.settings), fisherOfNormalised(instructLike.settings)];
    expect(base).toBeCloseTo(4.23, 2);
    expect(instruct).toBeCloseTo(3.12, 2);
    expect(base / instruct).toBeCloseTo(4.23 / 3.12, 3);
  });

  test.each(fixtures.presets)('NumPy measures the same Fisher value on its own rows of $id', (preset) => {
    const { id, settings, fisher: value } = preset;
    expect(SYNTHETIC_PRESETS.find((one) => one.id === id)?.settings).toEqual(settings);
    const data = generateSynthetic(settings);
    const x = { ...data, scale: rowScale(data.values, data.rows, data.dims, true) };
    expect(Math.abs((fisher(x, data.labels) ?? NaN) / value - 1)).toBeLessThan(1e-9);
    expect(Math.abs((meanPairwiseCosine(x) ?? NaN) - preset.meanPairwiseCosine)).toBeLessThan(1e-9);
  });

  test('with another seed the presets keep the ratio within sampling error', () => {
    const [base, instruct] = SYNTHETIC_PRESETS.map((preset) => fisherOfNormalised({ ...preset.settings, seed: 7 }));
    expect(Math.abs(base / instruct / (4.23 / 3.12) - 1)).toBeLessThan(0.02);
  });

  test('the separations of the presets are those that solving gives', () => {
    for (const preset of SYNTHETIC_PRESETS) {
      const solved = separationForFisher(preset.settings, preset.fisher, 5e-4);
      expect(solved).toBeCloseTo(preset.settings.separation, 3);
    }
  });

  test('a Fisher value below what noise alone gives cannot be solved for', () => {
    expect(separationForFisher({ ...SMALL, rows: 200 }, 0.01)).toBeNull();
    const solved = separationForFisher(SMALL, 2) ?? NaN;
    expect(fisherOfNormalised({ ...SMALL, separation: solved })).toBeCloseTo(2, 5);
  });

  test('the presets say that they are synthetic and differ in separation alone', () => {
    for (const preset of SYNTHETIC_PRESETS) expect(preset.title).toMatch(/^Synthetic, /);
    expect({ ...baseLike.settings, separation: 0 }).toEqual({ ...instructLike.settings, separation: 0 });
  });
});
