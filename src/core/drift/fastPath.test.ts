import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocateEmbeddings } from '../linalg/simdKernels.ts';
import { plainKernels } from '../linalg/plainKernels.ts';
import { stream } from '../random/streams.ts';
import { angleSummary, rowAngles } from './angles.ts';
import type { DriftKind, DriftSettings, LabDrift, NoiseUnits, PrepareContext, ShiftDirection } from './definition.ts';
import { DRIFTS, definitionOf } from './registry.ts';
import { computeScalars, fillFromComponents, updateProbe } from './scalars.ts';
import { scoreRows, VanishedRowError } from './score.ts';
import { transformRow, transformRows } from './transform.ts';

/** Random rows of random lengths, float32 values with a factor, like a file that was read. */
function makeContext(seed: number, rows: number, dims: number, unitRows: boolean): PrepareContext {
  const generator = stream(seed, 'test');
  const fill = () => {
    const embeddings = allocateEmbeddings(rows, dims);
    const { values, scale } = embeddings;
    const draws = generator.standardNormal(new Float64Array(rows * dims));
    for (let i = 0; i < draws.length; i++) values[i] = draws[i] + 0.5;
    for (let k = 0; k < rows; k++) {
      const row = values.subarray(k * dims, (k + 1) * dims);
      const length = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
      scale[k] = unitRows ? 1 / length : 0.2 + k / rows;
    }
    return embeddings;
  };
  const embeddings = fill();
  const split = Math.max(2, Math.floor(rows / 3));
  const labels = Uint8Array.from({ length: rows }, (_, k) => k % 2);
  const train = Uint32Array.from({ length: split }, (_, k) => k);
  // Not in file order, so that nothing confuses a position with a row number.
  const test = Uint32Array.from({ length: rows - split }, (_, k) => rows - 1 - k);
  return {
    embeddings,
    rows: test,
    labels: Uint8Array.from(test, (row) => labels[row]),
    weights: generator.standardNormal(new Float64Array(dims)),
    trainRows: train,
    trainLabels: Uint8Array.from(train, (row) => labels[row]),
    target: fill(),
  };
}

const settings: fc.Arbitrary<DriftSettings> = fc.record({
  kind: fc.constantFrom<DriftKind>(...DRIFTS.map(({ id }) => id)),
  units: fc.constantFrom<NoiseUnits>('per-coordinate', 'total-norm'),
  direction: fc.constantFrom<ShiftDirection>('random', 'along-probe', 'against-probe', 'class-mean', 'opposed'),
  planes: fc.constantFrom(null, 1, 2),
  seed: fc.nat(1e6),
  renormalize: fc.boolean(),
});
const world = fc.record({
  seed: fc.nat(1e6),
  rows: fc.integer({ min: 5, max: 24 }),
  dims: fc.integer({ min: 4, max: 23 }),
});
const sigma = fc.oneof(fc.constantFrom(0, 1e-9, 0.02, 1), fc.double({ min: 0, max: 1, noNaN: true }));

function literalLogits(prepared: LabDrift, context: PrepareContext, amount: number, bias: number): Float64Array {
  const out = new Float64Array(prepared.rows);
  const steps = transformRows(prepared, context.embeddings, context.rows, amount, (k, row) => {
    let sum = 0;
    for (let j = 0; j < row.length; j++) sum += context.weights[j] * row[j];
    out[k] = sum + bias;
  });
  for (const share of steps) expect(share).toBeGreaterThan(0);
  return out;
}

describe('the fast path', () => {
  test('gives the scores of the literal transform for every kind, unit, direction and length of rows', () => {
    fc.assert(
      fc.property(settings, world, sigma, fc.boolean(), (what, { seed, rows, dims }, amount, unitRows) => {
        const context = makeContext(seed, rows, dims, unitRows);
        const prepared = definitionOf(what.kind).prepare(what, context);
        const fast = new Float64Array(prepared.rows);
        scoreRows(computeScalars(prepared, context), prepared, amount, 0.3, fast);
        const literal = literalLogits(prepared, context, amount, 0.3);
        for (let k = 0; k < fast.length; k++) expect(Math.abs(fast[k] - literal[k])).toBeLessThan(1e-10);
      }),
      { numRuns: 400 },
    );
  });

  test('equals w·x + b to the last bit at no drift, for every kind', () => {
    fc.assert(
      fc.property(settings, world, (what, { seed, rows, dims }) => {
        const context = makeContext(seed, rows, dims, seed % 2 === 0);
        const prepared = definitionOf(what.kind).prepare(what, context);
        const scalars = computeScalars(prepared, context);
        const out = new Float64Array(prepared.rows);
        scoreRows(scalars, prepared, 0, -0.7, out);
        const plain = new Float64Array(prepared.rows);
        plainKernels(context.embeddings).matVec(context.rows, context.weights, plain);
        for (let k = 0; k < out.length; k++) expect(out[k]).toBe(plain[k] + -0.7);
        const moved = new Float64Array(dims);
        const { values, scale } = context.embeddings;
        for (let k = 0; k < out.length; k++) {
          transformRow(prepared, context.embeddings, context.rows, k, 0, moved);
          const row = context.rows[k];
          for (let j = 0; j < dims; j++) expect(moved[j]).toBe(scale[row] * values[row * dims + j]);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('has the inner products that the component rows have by definition', () => {
    fc.assert(
      fc.property(settings, world, (what, { seed, rows, dims }) => {
        const context = makeContext(seed, rows, dims, false);
        const prepared = definitionOf(what.kind).prepare(what, context);
        const fast = computeScalars(prepared, context);
        const copy = (a: Float64Array | null) => (a === null ? null : new Float64Array(a.length));
        const slow = {
          ...fast,
          wd: new Float64Array(fast.rows),
          xd: new Float64Array(fast.rows),
          dd: new Float64Array(fast.rows),
          ...{ wp: copy(fast.wp), xp: copy(fast.xp), dp: copy(fast.dp), pp: copy(fast.pp) },
        };
        for (const share of fillFromComponents(prepared, context, slow)) expect(share).toBeLessThanOrEqual(1);
        for (const name of ['wd', 'xd', 'dd', 'wp', 'xp', 'dp', 'pp'] as const) {
          const a = fast[name];
          const b = slow[name];
          expect(a === null).toBe(b === null);
          for (let k = 0; a !== null && b !== null && k < a.length; k++) expect(a[k]).toBeCloseTo(b[k], 10);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('after another probe is fitted, updated scalars equal those made anew', () => {
    for (const { id } of DRIFTS) {
      const what: DriftSettings = {
        ...{ kind: id, units: 'total-norm', direction: 'class-mean', planes: 2, seed: 4, renormalize: true },
      };
      const context = makeContext(11, 30, 12, true);
      const prepared = definitionOf(id).prepare(what, context);
      const previous = computeScalars(prepared, context);
      const weights = stream(99, 'other').standardNormal(new Float64Array(12));
      const updated = updateProbe(prepared, { ...context, weights }, previous);
      const anew = computeScalars(prepared, { ...context, weights });
      expect(updated).toEqual(anew);
      expect(updated.xd).toBe(previous.xd);
      expect(updated.wd).not.toEqual(previous.wd);
    }
  });

  test('a shift along the probe must be prepared again for another probe', () => {
    const context = makeContext(1, 9, 5, true);
    const prepared = definitionOf('directional').prepare(
      { kind: 'directional', units: 'total-norm', direction: 'opposed', planes: null, seed: 1, renormalize: true },
      context,
    );
    const scalars = computeScalars(prepared, context);
    expect(() => updateProbe(prepared, context, scalars)).toThrow(/prepare it again/);
  });

  test('reports its progress up to 1', () => {
    const shares: number[] = [];
    const context = { ...makeContext(3, 200, 8, true), onProgress: (share: number) => shares.push(share) };
    const prepared = definitionOf('subspace').prepare(
      { kind: 'subspace', units: 'total-norm', direction: 'random', planes: null, seed: 1, renormalize: true },
      context,
    );
    computeScalars(prepared, context);
    expect(shares.length).toBeGreaterThan(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });
});

describe('a row that is moved onto the origin', () => {
  const values = Float64Array.of(1, 0, 0, 2, 0, 3);
  const embeddings = { values, rows: 2, dims: 3, scale: Float64Array.of(1, 1) };
  const context: PrepareContext = {
    embeddings,
    rows: Uint32Array.of(1, 0),
    labels: Uint8Array.of(0, 1),
    weights: Float64Array.of(-1, 0, 0),
    trainRows: Uint32Array.of(0, 1),
    trainLabels: Uint8Array.of(1, 0),
    target: null,
  };
  const along = (renormalize: boolean) =>
    definitionOf('directional').prepare(
      { kind: 'directional', units: 'per-coordinate', direction: 'along-probe', planes: null, seed: 0, renormalize },
      context,
    );

  test('is named with a remedy when it should be renormalised', () => {
    const prepared = along(true);
    const scalars = computeScalars(prepared, context);
    const attempt = () => scoreRows(scalars, prepared, 1, 0, new Float64Array(2));
    expect(attempt).toThrow(VanishedRowError);
    expect(attempt).toThrow(/measured as number 2 .*turn renormalisation off/);
    expect(() => transformRow(prepared, embeddings, context.rows, 1, 1, new Float64Array(3))).toThrow(VanishedRowError);
  });

  test('is scored as b when rows are kept as they are, and has no angle', () => {
    const prepared = along(false);
    const scalars = computeScalars(prepared, context);
    const out = new Float64Array(2);
    scoreRows(scalars, prepared, 1, 0.25, out);
    expect(out[1]).toBe(0.25);
    const angles = angleSummary(scalars, prepared, 1);
    expect(angles.rows).toBe(1);
    const each = new Float64Array(2);
    rowAngles(scalars, prepared, 1, null, each);
    expect(each[1]).toBeNaN();
    expect(angles.mean).toBe(each[0]);
    expect(angleSummary(scalars, prepared, 1, Uint32Array.of(1))).toEqual({ mean: null, quantiles: null, rows: 0 });
  });
});
