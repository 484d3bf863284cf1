import { describe, expect, test } from 'vitest';
// The `drift` golden vectors: scores computed directly in D dimensions by NumPy, with the shared conventions in the file.
import golden from './fixtures/golden.json';
import type { LabDrift } from './definition.ts';
import { noiseDrift } from './gaussian.ts';
import { modelDrift } from './model.ts';
import { givenNoise } from './noise.ts';
import { drawnOnce } from './randomOrthogonal.ts';
import { rotationDrift } from './rotation.ts';
import { computeScalars } from './scalars.ts';
import { scoreRows } from './score.ts';
import { sharedDrift } from './sharedDirection.ts';
import { transformRow } from './transform.ts';
import type { DriftContext } from './types.ts';

const n = golden.X.length;
const dims = golden.w.length;
const matrix = (rows: number[][]) => ({
  values: Float64Array.from(rows.flat()),
  rows: rows.length,
  dims,
  scale: new Float64Array(rows.length).fill(1),
});
const context: DriftContext = {
  embeddings: matrix(golden.X),
  rows: Uint32Array.from({ length: n }, (_, k) => k),
  labels: new Uint8Array(n),
  weights: Float64Array.from(golden.w),
  trainRows: new Uint32Array(0),
  trainLabels: new Uint8Array(0),
  target: null,
};
const noise = givenNoise(Float64Array.from(golden.eps.flat()), n, dims);
const v = Float64Array.from(golden.v);
const planes = golden.e1[0].length;
const columns = new Float64Array(2 * planes * dims);
for (let j = 0; j < planes; j++) {
  for (let i = 0; i < dims; i++) {
    columns[2 * j * dims + i] = golden.e1[i][j];
    columns[(2 * j + 1) * dims + i] = golden.e2[i][j];
  }
}
const frame = {
  columns: drawnOnce(function* () {
    return columns;
  }),
  count: 2 * planes,
};

const drifts: Record<string, LabDrift> = {
  per_coord_renorm: noiseDrift(noise, 'per-coordinate', true, context),
  per_coord_plain: noiseDrift(noise, 'per-coordinate', false, context),
  total_norm_renorm: noiseDrift(noise, 'total-norm', true, context),
  total_norm_plain: noiseDrift(noise, 'total-norm', false, context),
  shift_renorm: sharedDrift(v, null, true, false, context),
  shift_plain: sharedDrift(v, null, false, false, context),
  rotation_rad: rotationDrift(frame, planes, context),
};

function expectScores(prepared: LabDrift, sigma: number, expected: readonly number[]): void {
  const scalars = computeScalars(prepared, context);
  const logits = new Float64Array(n);
  scoreRows(scalars, prepared, sigma, golden.b, logits);
  const moved = new Float64Array(dims);
  for (let k = 0; k < n; k++) {
    expect(Math.abs(logits[k] - expected[k])).toBeLessThan(1e-10);
    transformRow(prepared, context.embeddings, context.rows, k, sigma, moved);
    const literal = moved.reduce((sum, x, j) => sum + x * golden.w[j], golden.b);
    expect(Math.abs(literal - expected[k])).toBeLessThan(1e-10);
  }
}

describe('golden scores of the shared vectors', () => {
  for (const [sigma, byDrift] of Object.entries(golden.scores)) {
    for (const [name, expected] of Object.entries(byDrift)) {
      test(`${name} at σ = ${sigma}`, () => expectScores(drifts[name], Number(sigma), expected));
    }
  }

  test('interpolation towards a second model with rows of other lengths', () => {
    // The golden vectors renormalise this one drift to length 1, the lab to (1 − t)‖x‖ + t‖x̃‖.
    const { t, lerp_renorm: golden1, stats } = golden.interp;
    const expected = golden1.map(
      (z, k) => (z - golden.b) * ((1 - t) * Math.sqrt(stats.no2[k]) + t * Math.sqrt(stats.nn2[k])) + golden.b,
    );
    expectScores(modelDrift(matrix(golden.interp.X2), true, context), t, expected);
  });
});

describe('golden inner products', () => {
  const close = (a: Float64Array | null, expected: readonly number[], scale: (k: number) => number = () => 1) =>
    expected.forEach((value, k) => expect(Math.abs((a?.[k] ?? Number.NaN) - scale(k) * value)).toBeLessThan(1e-10));
  const { stats } = golden;
  const length = (k: number): number => Math.sqrt(stats.n2[k]);

  test('of per-coordinate noise', () => {
    const scalars = computeScalars(drifts.per_coord_renorm, context);
    close(scalars.s, stats.s);
    close(scalars.n2, stats.n2);
    close(scalars.wd, stats.g, length);
    close(scalars.xd, stats.c, length);
    close(scalars.dd, stats.e, (k) => stats.n2[k]);
  });

  test('of a shift along one vector', () => {
    const scalars = computeScalars(drifts.shift_renorm, context);
    close(scalars.xd, stats.a, length);
    close(
      scalars.wd,
      stats.a.map(() => stats.vw),
      length,
    );
  });

  test('of a rotation', () => {
    const scalars = computeScalars(drifts.rotation_rad, context);
    close(scalars.wp, stats.A);
    close(scalars.wd, stats.B);
  });

  test('of an interpolation', () => {
    const scalars = computeScalars(modelDrift(matrix(golden.interp.X2), true, context), context);
    close(scalars.s, golden.interp.stats.so);
    close(scalars.wd, golden.interp.stats.sn);
    close(scalars.n2, golden.interp.stats.no2);
    close(scalars.dd, golden.interp.stats.nn2);
    close(scalars.xd, golden.interp.stats.c);
  });
});
