import { describe, expect, test } from 'vitest';
import { angleSummary } from './angles.ts';
import type { DriftKind, DriftSettings, NoiseUnits, PrepareContext, ShiftDirection } from './definition.ts';
// Written by NumPy 1.24 with the recipes of docs/METHODS.md (SFC64 streams, QR, outer products), row by row in D dimensions.
import fixture from './fixtures/recipes.json';
import { definitionOf } from './registry.ts';
import { computeScalars } from './scalars.ts';
import { scoreRows } from './score.ts';
import { transformRow } from './transform.ts';

const dims = fixture.weights.length;
const matrix = (rows: number[][]) => ({
  values: Float64Array.from(rows.flat()),
  rows: rows.length,
  dims,
  scale: new Float64Array(rows.length).fill(1),
});
const pick = (rows: number[]) => Uint8Array.from(rows, (row) => fixture.labels[row]);
const context: PrepareContext = {
  embeddings: matrix(fixture.X),
  rows: Uint32Array.from(fixture.test),
  labels: pick(fixture.test),
  weights: Float64Array.from(fixture.weights),
  trainRows: Uint32Array.from(fixture.train),
  trainLabels: pick(fixture.train),
  target: matrix(fixture.X2),
};
const weights = context.weights;
const bias = fixture.bias;

interface Case {
  readonly settings: {
    kind: string;
    units?: string;
    direction?: string;
    planes?: number | null;
    renormalize: boolean;
  };
  readonly sigma: number;
  readonly logits: number[];
  readonly meanAngle: number;
  readonly quantiles: number[];
}
const cases: readonly Case[] = fixture.cases;

function settingsOf({ settings }: Case): DriftSettings {
  return {
    kind: settings.kind as DriftKind,
    units: (settings.units ?? 'per-coordinate') as NoiseUnits,
    direction: (settings.direction ?? 'random') as ShiftDirection,
    planes: settings.planes ?? null,
    seed: fixture.seed,
    renormalize: settings.renormalize,
  };
}

const named = (one: Case): string => JSON.stringify({ ...one.settings, sigma: one.sigma });

describe('every drift kind gives the numbers of its NumPy recipe', () => {
  test.each(cases.map((one) => [named(one), one] as const))('%s', (_name, one) => {
    const settings = settingsOf(one);
    const prepared = definitionOf(settings.kind).prepare(settings, context);
    const scalars = computeScalars(prepared, context);
    const logits = new Float64Array(prepared.rows);
    scoreRows(scalars, prepared, one.sigma, bias, logits);
    const moved = new Float64Array(dims);
    for (let k = 0; k < prepared.rows; k++) {
      expect(Math.abs(logits[k] - one.logits[k])).toBeLessThan(1e-12);
      transformRow(prepared, context.embeddings, context.rows, k, one.sigma, moved);
      const literal = moved.reduce((sum, x, j) => sum + x * weights[j], bias);
      expect(Math.abs(literal - one.logits[k])).toBeLessThan(1e-12);
    }
    const angles = angleSummary(scalars, prepared, one.sigma);
    expect(angles.rows).toBe(prepared.rows);
    expect(Math.abs((angles.mean ?? Number.NaN) - one.meanAngle)).toBeLessThan(1e-11);
    one.quantiles.forEach((quantile, i) =>
      expect(Math.abs((angles.quantiles?.[i] ?? Number.NaN) - quantile)).toBeLessThan(1e-11),
    );
  });

  test('the fixture covers every kind, unit, direction and both settings of renormalisation', () => {
    const covered = new Set(cases.map((one) => JSON.stringify(settingsOf(one))));
    expect(covered.size).toBe(2 * (2 + 5 + 1 + 4 + 1 + 1 + 1));
  });
});
