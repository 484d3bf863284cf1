import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocateEmbeddings } from '../linalg/simdKernels.ts';
import { stream } from '../random/streams.ts';
import type { DriftKind, DriftSettings, NoiseUnits, PrepareContext, ShiftDirection } from './definition.ts';
import { readRow } from './definition.ts';
import { meanDisplacement, rowDisplacements } from './displacement.ts';
import { matchStrength } from './equalStrength.ts';
import { DRIFTS, definitionOf } from './registry.ts';
import { computeScalars } from './scalars.ts';
import { transformRow } from './transform.ts';

/** Random rows, unit length or not, and a second version of them that lies close by or far away. */
function makeContext(seed: number, rows: number, dims: number, unitRows: boolean, apart: number): PrepareContext {
  const generator = stream(seed, 'test');
  const embeddings = allocateEmbeddings(rows, dims);
  const target = allocateEmbeddings(rows, dims);
  const draws = generator.standardNormal(new Float64Array(rows * dims));
  const moves = generator.standardNormal(new Float64Array(rows * dims));
  for (let i = 0; i < draws.length; i++) {
    embeddings.values[i] = draws[i] + 0.5;
    target.values[i] = embeddings.values[i] + apart * moves[i];
  }
  for (const { values, scale } of [embeddings, target]) {
    for (let k = 0; k < rows; k++) {
      const row = values.subarray(k * dims, (k + 1) * dims);
      const length = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
      scale[k] = unitRows ? 1 / length : 0.2 + k / rows;
    }
  }
  const labels = Uint8Array.from({ length: rows }, (_, k) => k % 2);
  const all = Uint32Array.from({ length: rows }, (_, k) => k);
  return {
    ...{ embeddings, target, rows: all, labels, trainRows: all, trainLabels: labels },
    weights: generator.standardNormal(new Float64Array(dims)),
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
const amounts = fc.oneof(fc.constantFrom(1e-3, 0.02, 1), fc.double({ min: 1e-4, max: 1, noNaN: true }));

describe('the displacement ‖x′ − x‖ from the scalars', () => {
  test('is that of the literal transform for every kind, with and without renormalisation', () => {
    fc.assert(
      fc.property(settings, fc.nat(1e6), amounts, fc.boolean(), (what, seed, amount, unitRows) => {
        const context = makeContext(seed, 9, 12, unitRows, 0.3);
        const prepared = definitionOf(what.kind).prepare(what, context);
        const fast = new Float64Array(9);
        rowDisplacements(computeScalars(prepared, context), prepared, amount, null, fast);
        const from = new Float64Array(12);
        const to = new Float64Array(12);
        for (let k = 0; k < 9; k++) {
          const length = Math.sqrt(readRow(context.embeddings, k, from));
          transformRow(prepared, context.embeddings, context.rows, k, amount, to);
          const literal = Math.sqrt(to.reduce((sum, x, j) => sum + (x - from[j]) ** 2, 0));
          expect(Math.abs(fast[k] - literal)).toBeLessThan(1e-11 * (length + literal));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('keeps its digits at drifts far below the rounding of the rows', () => {
    for (const renormalize of [true, false]) {
      for (const kind of ['gaussian', 'directional', 'subspace', 'rotation', 'scaling'] as const) {
        const what: DriftSettings = {
          ...{ kind, units: 'per-coordinate', direction: 'random', planes: null, seed: 3, renormalize },
        };
        const context = makeContext(8, 9, 12, true, 0.3);
        const prepared = definitionOf(kind).prepare(what, context);
        const scalars = computeScalars(prepared, context);
        const small = meanDisplacement(scalars, prepared, 1e-20);
        const tiny = meanDisplacement(scalars, prepared, 1e-15);
        const linear = (meanDisplacement(scalars, prepared, 1e-7) ?? 0) / 1e-7;
        expect(Math.abs((small ?? 0) / 1e-20 / linear - 1)).toBeLessThan(1e-5);
        expect(Math.abs((tiny ?? 0) / 1e-15 / linear - 1)).toBeLessThan(1e-5);
      }
    }
  });

  test('sees the distance of a version that all but equals the first', () => {
    const what: DriftSettings = {
      ...{ kind: 'model', units: 'per-coordinate', direction: 'random', planes: null, seed: 3, renormalize: false },
    };
    const context = makeContext(5, 9, 12, false, 1e-5);
    const prepared = definitionOf('model').prepare(what, context);
    const fast = new Float64Array(9);
    rowDisplacements(computeScalars(prepared, context), prepared, 1, null, fast);
    const { embeddings, target } = context;
    for (let k = 0; k < 9; k++) {
      let square = 0;
      for (let j = 0; j < 12; j++) {
        const at = k * 12 + j;
        square += (embeddings.scale[k] * embeddings.values[at] - (target?.values[at] ?? 0) * embeddings.scale[k]) ** 2;
      }
      expect(Math.abs(fast[k] / Math.sqrt(square) - 1)).toBeLessThan(1e-8);
    }
  });

  test('averages the rows asked for, and is null where no row has one', () => {
    const what: DriftSettings = {
      ...{ kind: 'gaussian', units: 'total-norm', direction: 'random', planes: null, seed: 3, renormalize: false },
    };
    const context = makeContext(8, 9, 12, true, 0.3);
    const prepared = definitionOf('gaussian').prepare(what, context);
    const scalars = computeScalars(prepared, context);
    expect(meanDisplacement(scalars, prepared, 0.25, Uint32Array.of(2, 5))).toBeCloseTo(0.25, 12);
    expect(meanDisplacement(scalars, prepared, 0)).toBe(0);
    expect(meanDisplacement(scalars, prepared, 0.25, new Uint32Array(0))).toBeNull();
  });
});

describe('the amount that gives a wanted strength', () => {
  const solve = (strength: (amount: number) => number | null, target: number, largest: number) => {
    const steps = matchStrength(strength, target, largest);
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      expect(step.value).toBeGreaterThanOrEqual(0);
      expect(step.value).toBeLessThan(1);
    }
  };

  test('is found to thirteen digits wherever it lies', () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 2.9, noNaN: true }), (exponent) => {
        const wanted = 10 ** exponent;
        const found = solve((amount) => Math.atan(amount), Math.atan(wanted), 1000);
        expect(found.reached).toBe(true);
        expect(Math.abs(found.amount / wanted - 1)).toBeLessThan(1e-9);
      }),
    );
  });

  test('is refused with the largest strength where the drift does not go so far', () => {
    expect(solve((amount) => Math.sin(amount), 2, 1)).toEqual({ reached: false, amount: 1, strength: Math.sin(1) });
    expect(solve(() => null, 2, 1)).toEqual({ reached: false, amount: 1, strength: null });
    expect(solve((amount) => amount, 1, 1)).toEqual({ reached: true, amount: 1, strength: 1 });
  });

  test('is not called found where no amount comes within a millionth of the strength', () => {
    const grainy = (amount: number) => Math.floor(amount * 1e8) / 1e8;
    expect(solve(grainy, 1e-12, 10)).toMatchObject({ reached: false });
    expect(solve(grainy, 0.25, 10)).toMatchObject({ reached: true });
    expect(solve((amount) => (amount < 2 ? 0 : 1), 0.5, 10)).toMatchObject({ reached: false });
    expect(solve((amount) => (amount < 2 ? null : 1), 0.5, 10).reached).toBe(false);
  });

  test('asks for a strength above zero', () => {
    expect(() => solve((amount) => amount, 0, 1)).toThrow(RangeError);
    expect(() => solve((amount) => amount, Infinity, 1)).toThrow(RangeError);
  });
});
