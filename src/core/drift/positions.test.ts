import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocateEmbeddings } from '../linalg/simdKernels.ts';
import { dot } from '../linalg/dot.ts';
import { stream } from '../random/streams.ts';
import type { DriftKind, DriftSettings, NoiseUnits, PrepareContext, ShiftDirection } from './definition.ts';
import { placeOnAxis, renormalisation } from './positions.ts';
import { DRIFTS, definitionOf } from './registry.ts';
import { computeScalars } from './scalars.ts';
import { scoreRows } from './score.ts';
import { transformRow } from './transform.ts';

function makeContext(seed: number, rows: number, dims: number): PrepareContext {
  const generator = stream(seed, 'test');
  const fill = () => {
    const embeddings = allocateEmbeddings(rows, dims);
    const draws = generator.standardNormal(new Float64Array(rows * dims));
    for (let i = 0; i < draws.length; i++) embeddings.values[i] = draws[i] + 0.5;
    for (let k = 0; k < rows; k++) embeddings.scale[k] = 0.2 + k / rows;
    return embeddings;
  };
  const embeddings = fill();
  const labels = Uint8Array.from({ length: rows }, (_, k) => k % 2);
  const all = Uint32Array.from({ length: rows }, (_, k) => rows - 1 - k);
  return {
    embeddings,
    rows: all,
    labels: labels.slice().reverse(),
    weights: generator.standardNormal(new Float64Array(dims)),
    trainRows: Uint32Array.from({ length: rows }, (_, k) => k),
    trainLabels: labels,
    target: fill(),
  };
}

const settings: fc.Arbitrary<DriftSettings> = fc.record({
  kind: fc.constantFrom<DriftKind>(...DRIFTS.map(({ id }) => id)),
  units: fc.constantFrom<NoiseUnits>('per-coordinate', 'total-norm'),
  direction: fc.constantFrom<ShiftDirection>('random', 'along-probe', 'against-probe', 'class-mean', 'opposed'),
  planes: fc.constantFrom(null, 1),
  seed: fc.nat(1e6),
  renormalize: fc.boolean(),
});
const amounts = fc.oneof(fc.constantFrom(0, 0.02, 1), fc.double({ min: 0, max: 1, noNaN: true }));

describe('positions of drifted rows', () => {
  test('are the projections of the literal transform on any axis, and the scores on that of the probe', () => {
    fc.assert(
      fc.property(settings, amounts, fc.nat(1e6), fc.integer({ min: 4, max: 19 }), (what, amount, seed, dims) => {
        const context = makeContext(seed, 9, dims);
        const prepared = definitionOf(what.kind).prepare(what, context);
        const onProbe = computeScalars(prepared, context);
        const e = stream(seed, 'axis').standardNormal(new Float64Array(dims));
        const onAxis = computeScalars(prepared, { ...context, weights: e });
        const coefficients = prepared.coefficients(amount);
        const factors = new Float64Array(9);
        const x = new Float64Array(9);
        const y = new Float64Array(9);
        const logits = new Float64Array(9);
        renormalisation(onProbe, coefficients, prepared.norm, factors);
        placeOnAxis({ ex: onProbe.s, ed: onProbe.wd, ep: onProbe.wp }, coefficients, factors, -0.3, x);
        placeOnAxis({ ex: onAxis.s, ed: onAxis.wd, ep: onAxis.wp }, coefficients, factors, 0.7, y);
        scoreRows(onProbe, prepared, amount, 0.3, logits);
        const row = new Float64Array(dims);
        for (let k = 0; k < 9; k++) {
          transformRow(prepared, context.embeddings, context.rows, k, amount, row);
          expect(Math.abs(x[k] - logits[k])).toBeLessThan(1e-12 * Math.max(1, Math.abs(logits[k])));
          expect(Math.abs(x[k] - dot(row, context.weights) - 0.3)).toBeLessThan(1e-10);
          expect(Math.abs(y[k] - dot(row, e) + 0.7)).toBeLessThan(1e-10);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('do not exist for a row that is moved onto the origin', () => {
    const scalars = { rows: 1, n2: Float64Array.of(1), xd: Float64Array.of(-1), dd: Float64Array.of(1) };
    const factors = new Float64Array(1);
    const none = { xp: null, dp: null, pp: null };
    renormalisation({ ...scalars, ...none }, { alpha: 1, beta: 1, gamma: 0 }, 'original', factors);
    expect(factors[0]).toBeNaN();
    renormalisation({ ...scalars, ...none }, { alpha: 1, beta: 1, gamma: 0 }, 'none', factors);
    expect(factors[0]).toBe(1);
  });
});
