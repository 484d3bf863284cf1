import { describe, expect, test } from 'vitest';
import { stream } from '../random/streams.ts';
import { angleSummary, rowAngles } from './angles.ts';
import type { DriftSettings, PrepareContext } from './definition.ts';
import { expectedNoiseAngle, sigmaForExpectedAngle, sigmaForMeasuredAngle } from './equivalentSigma.ts';
import { quantilesInPlace } from './quantiles.ts';
import { definitionOf } from './registry.ts';
import { computeScalars } from './scalars.ts';

const DIMS = 512;
const ROWS = 300;
const values = stream(5, 'rows').standardNormal(new Float64Array(ROWS * DIMS));
const context: PrepareContext = {
  embeddings: { values, rows: ROWS, dims: DIMS, scale: new Float64Array(ROWS).fill(0.1) },
  rows: Uint32Array.from({ length: ROWS }, (_, k) => k),
  labels: new Uint8Array(ROWS),
  weights: new Float64Array(DIMS).fill(1),
  trainRows: Uint32Array.of(0),
  trainLabels: Uint8Array.of(0),
  target: null,
};
const base: DriftSettings = {
  ...{ kind: 'gaussian', units: 'per-coordinate', direction: 'random', planes: null, seed: 3, renormalize: true },
};
const DEGREES = 180 / Math.PI;

describe('angles between clean and drifted rows', () => {
  test('a rotation in all planes turns every row by σ radians, however small σ is', () => {
    const prepared = definitionOf('rotation').prepare({ ...base, kind: 'rotation' }, context);
    const scalars = computeScalars(prepared, context);
    for (const sigma of [1e-12, 1e-8, 1e-4, 0.02, 1, 3]) {
      const { mean, quantiles } = angleSummary(scalars, prepared, sigma);
      expect(Math.abs((mean ?? 0) / (sigma * DEGREES) - 1)).toBeLessThan(1e-13);
      for (const q of quantiles ?? []) expect(Math.abs(q / (sigma * DEGREES) - 1)).toBeLessThan(1e-13);
    }
  });

  test('per-coordinate σ = 0.02 at 512 dimensions is about 24 degrees and total-norm σ = 0.02 about 1.15', () => {
    for (const [units, degrees] of [
      ['per-coordinate', 24.35],
      ['total-norm', 1.1458],
    ] as const) {
      const prepared = definitionOf('gaussian').prepare({ ...base, units }, context);
      const mean = angleSummary(computeScalars(prepared, context), prepared, 0.02).mean ?? 0;
      expect(Math.abs(mean / degrees - 1)).toBeLessThan(0.005);
      expect(Math.abs(mean / expectedNoiseAngle(0.02, units, DIMS) - 1)).toBeLessThan(0.005);
    }
  });

  test('a second model that differs by 1e-9 of the length still gives the right angle', () => {
    const move = stream(6, 'move').standardNormal(new Float64Array(values.length));
    const target = { ...context.embeddings, values: values.map((x, i) => 1.5 * x + 1e-9 * move[i]) };
    const prepared = definitionOf('model').prepare({ ...base, kind: 'model' }, { ...context, target });
    const angles = new Float64Array(ROWS);
    rowAngles(computeScalars(prepared, { ...context, target }), prepared, 1, null, angles);
    for (let k = 0; k < ROWS; k++) {
      let xx = 0;
      let xm = 0;
      let mm = 0;
      for (let j = k * DIMS; j < (k + 1) * DIMS; j++) {
        xx += values[j] * values[j];
        xm += values[j] * move[j];
        mm += move[j] * move[j];
      }
      const expected = ((1e-9 / 1.5) * Math.sqrt(mm - (xm * xm) / xx)) / Math.sqrt(xx);
      expect(Math.abs(angles[k] / DEGREES / expected - 1)).toBeLessThan(1e-6);
    }
  });

  test('a subset of rows has the angles of its rows only', () => {
    const prepared = definitionOf('gaussian').prepare(base, context);
    const scalars = computeScalars(prepared, context);
    const all = new Float64Array(ROWS);
    rowAngles(scalars, prepared, 0.05, null, all);
    const { mean, rows } = angleSummary(scalars, prepared, 0.05, Uint32Array.of(7, 2));
    expect(rows).toBe(2);
    expect(mean).toBe((all[7] + all[2]) / 2);
  });
});

test('quantiles by selection equal those of the sorted values with linear interpolation', () => {
  for (const n of [1, 2, 3, 10, 101, 1000]) {
    const draws = stream(n, 'q').standardNormal(new Float64Array(n));
    for (let i = 0; i < n; i += 3) draws[i] = Math.round(draws[i]);
    const sorted = draws.slice().sort();
    const probabilities = [0, 0.05, 0.5, 0.95, 1];
    quantilesInPlace(draws.slice(), n, probabilities).forEach((value, i) => {
      const position = probabilities[i] * (n - 1);
      const low = Math.floor(position);
      const high = Math.min(n - 1, low + 1);
      expect(value).toBeCloseTo(sorted[low] + (position - low) * (sorted[high] - sorted[low]), 14);
    });
  }
});

describe('σ that gives an angle', () => {
  test('undoes the expected angle in both readings', () => {
    for (const units of ['per-coordinate', 'total-norm'] as const) {
      for (const sigma of [0, 1e-3, 0.02, 0.5]) {
        const degrees = expectedNoiseAngle(sigma, units, 768);
        expect(sigmaForExpectedAngle(degrees, units, 768)).toBeCloseTo(sigma, 14);
      }
      expect(sigmaForExpectedAngle(90, units, 768)).toBeNull();
      expect(sigmaForExpectedAngle(-1, units, 768)).toBeNull();
    }
  });

  test('the readings of σ = 0.02 differ by about 30 degrees at 896 dimensions', () => {
    expect(expectedNoiseAngle(0.02, 'per-coordinate', 896)).toBeCloseTo(30.9, 1);
    expect(expectedNoiseAngle(0.02, 'total-norm', 896)).toBeCloseTo(1.146, 3);
  });

  test('found on measured rows reproduces the mean angle', () => {
    const prepared = definitionOf('gaussian').prepare(base, context);
    const scalars = computeScalars(prepared, context);
    const { sigma } = sigmaForMeasuredAngle(scalars, prepared, 12.5, 1);
    expect(angleSummary(scalars, prepared, sigma ?? 0).mean).toBeCloseTo(12.5, 10);
    expect(sigmaForMeasuredAngle(scalars, prepared, 0, 1).sigma).toBe(0);
    expect(sigmaForMeasuredAngle(scalars, prepared, 89.999, 1).reason).toMatch(/at most/);
  });
});
