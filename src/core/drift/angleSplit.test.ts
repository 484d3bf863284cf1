import { describe, expect, test } from 'vitest';
import { splitAngles } from '../metrics/angle.ts';
import type { Embeddings } from '../linalg/embeddings.ts';
import { stream } from '../random/streams.ts';
import { driftAngleSteps, type DriftAngles } from './angleSplit.ts';
import type { DriftKind, PrepareContext } from './definition.ts';
import { definitionOf } from './registry.ts';
import { transformRow } from './transform.ts';
import type { PreparedDrift } from './types.ts';

const [ROWS, DIMS] = [200, 12];

function makeContext(): PrepareContext {
  const generator = stream(5, 'cone');
  const fill = (): Embeddings => {
    const values = generator.standardNormal(new Float64Array(ROWS * DIMS));
    for (let k = 0; k < ROWS; k++) values[k * DIMS] += 3;
    return { values, rows: ROWS, dims: DIMS, scale: Float64Array.from({ length: ROWS }, (_, k) => 0.5 + k / ROWS) };
  };
  const embeddings = fill();
  const labels = Uint8Array.from({ length: ROWS }, (_, k) => k % 2);
  const rows = Uint32Array.from({ length: ROWS }, (_, k) => ROWS - 1 - k);
  return {
    embeddings,
    rows,
    labels,
    weights: generator.standardNormal(new Float64Array(DIMS)),
    trainRows: rows,
    trainLabels: labels,
    target: fill(),
  };
}

const context = makeContext();
const prepare = (kind: DriftKind, renormalize = true) =>
  definitionOf(kind).prepare(
    { kind, units: 'per-coordinate', direction: 'random', planes: null, seed: 3, renormalize },
    context,
  );

function run(prepared: PreparedDrift, positions: Uint32Array | null, amount: number): DriftAngles {
  const steps = driftAngleSteps(prepared, context.embeddings, context.rows, positions, amount);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    expect(step.value).toBeLessThan(1);
  }
}

describe('the common and the individual part of a turn', () => {
  test.each(['gaussian', 'directional', 'rotation', 'subspace', 'scaling', 'mean-shift', 'model'] as const)(
    'of kind %s are those of the drifted rows themselves',
    (kind) => {
      const prepared = prepare(kind);
      const positions = Uint32Array.from({ length: 60 }, (_, i) => 3 * i);
      const values = new Float64Array(60 * DIMS);
      const row = new Float64Array(DIMS);
      positions.forEach((k, i) => {
        transformRow(prepared, context.embeddings, context.rows, k, 0.4, row);
        values.set(row, i * DIMS);
      });
      const after = { values, rows: 60, dims: DIMS, scale: new Float64Array(60).fill(1) };
      const before = Uint32Array.from(positions, (k) => context.rows[k]);
      const all = Uint32Array.from({ length: 60 }, (_, i) => i);
      const expected = splitAngles(context.embeddings, before, after, all);
      const found = run(prepared, positions, 0.4);
      expect(found.common).toBeCloseTo(expected.common ?? Number.NaN, 10);
      expect(found.individual).toBeCloseTo(expected.individual ?? Number.NaN, 10);
      expect(found.rows).toBe(60);
      const sorted = expected.individualAngles.slice().sort();
      const [low, , high] = found.individualQuantiles ?? [0, 0, 0];
      expect(low).toBeGreaterThanOrEqual(sorted[2]);
      expect(low).toBeLessThanOrEqual(sorted[3]);
      expect(high).toBeGreaterThanOrEqual(sorted[56]);
      expect(high).toBeLessThanOrEqual(sorted[57]);
    },
  );

  test('of noise are individual, of a shift common, and of no drift nothing', () => {
    const noise = run(prepare('gaussian'), null, 0.2);
    expect(noise.individual ?? 0).toBeGreaterThan(5 * (noise.common ?? 1));
    const shift = run(prepare('directional'), null, 0.5);
    expect(shift.common ?? 0).toBeGreaterThan(2 * (shift.individual ?? 1));
    const still = run(prepare('gaussian'), null, 0);
    expect(still.common).toBe(0);
    expect(still.individual ?? 1).toBeLessThan(1e-13);
  });

  test('do not exist without rows', () => {
    const { common, reason } = run(prepare('gaussian'), new Uint32Array(0), 0.2);
    expect(common).toBeNull();
    expect(reason).toMatch(/no rows/);
  });
});
