import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRow, type DriftKind, type DriftSettings, type PrepareContext } from '../../drift/definition.ts';
import { DRIFTS, definitionOf } from '../../drift/registry.ts';
import { computeScalars } from '../../drift/scalars.ts';
import { VanishedRowError } from '../../drift/score.ts';
import { transformRow } from '../../drift/transform.ts';
import { createKernels } from '../../linalg/kernels.ts';
import { allocateEmbeddings } from '../../linalg/simdKernels.ts';
import { stream } from '../../random/streams.ts';
import type { MlpProbe } from '../types.ts';
import { meanGradient } from './assemble.ts';
import { fitMlp } from './fitMlp.ts';
import { componentProducts, hiddenProductBytes, literalLogit, rowProducts } from './hiddenProducts.ts';
import { scoreHidden } from './scoreHidden.ts';

function done<R>(steps: Generator<unknown, R>): R {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Random rows in a cone, a network trained on a third of them, and a second version of the rows. */
function world(seed: number, rows: number, dims: number, hidden: number, unitRows: boolean) {
  const generator = stream(seed, 'test');
  const fill = () => {
    const embeddings = allocateEmbeddings(rows, dims);
    const { values, scale } = embeddings;
    const draws = generator.standardNormal(new Float64Array(rows * dims));
    for (let i = 0; i < draws.length; i++) values[i] = draws[i] + 0.5;
    for (let k = 0; k < rows; k++) {
      const length = Math.sqrt(values.subarray(k * dims, (k + 1) * dims).reduce((sum, x) => sum + x * x, 0));
      scale[k] = unitRows ? 1 / length : 0.2 + k / rows;
    }
    return embeddings;
  };
  const embeddings = fill();
  const split = Math.max(4, Math.floor(rows / 3));
  const labels = Uint8Array.from({ length: rows }, (_, k) => k % 2);
  const trainRows = Uint32Array.from({ length: split }, (_, k) => k);
  const testRows = Uint32Array.from({ length: rows - split }, (_, k) => rows - 1 - k);
  const pick = (list: Uint32Array) => Uint8Array.from(list, (row) => labels[row]);
  const probe = fitMlp(
    createKernels(embeddings),
    { rows: trainRows, labels: pick(trainRows) },
    { rows: new Uint32Array(), labels: new Uint8Array() },
    {
      ...{ hidden, learningRate: 0.05, batch: 4, epochs: 5, patience: 5, l2: 0, seed },
      ...{ standardize: true, classWeight: null },
    },
  );
  const context: PrepareContext = {
    ...{ embeddings, rows: testRows, labels: pick(testRows), weights: probe.direction },
    ...{ trainRows, trainLabels: pick(trainRows), target: fill() },
  };
  return { context, probe };
}

function fastLogits(what: DriftSettings, context: PrepareContext, probe: MlpProbe, amount: number) {
  const prepared = definitionOf(what.kind).prepare(what, context);
  const products = {
    rows: prepared.rows,
    x: done(rowProducts(createKernels(context.embeddings), context.rows, probe)),
    ...done(componentProducts(prepared, probe)),
  };
  const out = new Float64Array(prepared.rows);
  scoreHidden(products, computeScalars(prepared, context), prepared, probe, amount, out);
  return { prepared, products, out };
}

const settings: fc.Arbitrary<DriftSettings> = fc.record({
  kind: fc.constantFrom<DriftKind>(...DRIFTS.map(({ id }) => id)),
  units: fc.constantFrom('per-coordinate' as const, 'total-norm' as const),
  direction: fc.constantFrom(...(['random', 'along-probe', 'against-probe', 'class-mean', 'opposed'] as const)),
  planes: fc.constantFrom(null, 1, 2),
  seed: fc.nat(1e6),
  renormalize: fc.boolean(),
});
const sizes = fc.record({
  seed: fc.nat(1e6),
  rows: fc.integer({ min: 12, max: 30 }),
  dims: fc.integer({ min: 4, max: 23 }),
  hidden: fc.integer({ min: 1, max: 9 }),
});
const amounts = fc.oneof(fc.constantFrom(0, 1e-9, 0.02, 1), fc.double({ min: 0, max: 1, noNaN: true }));

test('the O(N·H) step gives the logits of the literal transform for every kind, unit and direction, to 1e-9', () => {
  fc.assert(
    fc.property(settings, sizes, amounts, fc.boolean(), (what, { seed, rows, dims, hidden }, amount, unitRows) => {
      const { context, probe } = world(seed, rows, dims, hidden, unitRows);
      // A network whose units are all off has no direction for a drift to follow.
      fc.pre(probe.direction.some((value) => value !== 0));
      const { prepared, out } = fastLogits(what, context, probe, amount);
      const drifted = new Float64Array(dims);
      for (let k = 0; k < out.length; k++) {
        transformRow(prepared, context.embeddings, context.rows, k, amount, drifted);
        const literal = literalLogit(probe, drifted);
        expect(Math.abs(out[k] - literal)).toBeLessThan(1e-9 * Math.max(1, Math.abs(literal)));
      }
    }),
    { numRuns: 250 },
  );
});

test('without drift a row is scored as it stands, for every kind', () => {
  const { context, probe } = world(3, 30, 11, 6, true);
  const row = new Float64Array(11);
  for (const { id } of DRIFTS) {
    const what: DriftSettings = {
      ...{ kind: id, units: 'total-norm', direction: 'opposed', planes: 2, seed: 4, renormalize: true },
    };
    const { out, products } = fastLogits(what, context, probe, 0);
    for (let k = 0; k < out.length; k++) {
      readRow(context.embeddings, context.rows[k], row);
      expect(Math.abs(out[k] - literalLogit(probe, row))).toBeLessThan(1e-12 * Math.max(1, Math.abs(out[k])));
    }
    const bytes = products.x.byteLength + products.d.byteLength + (products.p?.byteLength ?? 0);
    expect(hiddenProductBytes(out.length, probe.hidden, products.p !== null)).toBe(bytes);
  }
});

test('the direction is the mean of the logit’s gradients, by finite differences on the training rows', () => {
  const { context, probe } = world(8, 60, 5, 4, false);
  const { embeddings, trainRows } = context;
  const slopes = new Float64Array(5);
  const row = new Float64Array(5);
  for (const r of trainRows) {
    readRow(embeddings, r, row);
    for (let j = 0; j < 5; j++) {
      const kept = row[j];
      row[j] = kept + 1e-7;
      const above = literalLogit(probe, row);
      row[j] = kept - 1e-7;
      slopes[j] += (above - literalLogit(probe, row)) / 2e-7 / trainRows.length;
      row[j] = kept;
    }
  }
  for (let j = 0; j < 5; j++) expect(probe.direction[j]).toBeCloseTo(slopes[j], 5);
});

test('a network that is linear in effect has its weights as direction', () => {
  const embeddings = allocateEmbeddings(3, 2);
  embeddings.values.set([1, 2, 3, 4, 5, 6]);
  const all = Uint32Array.of(0, 1, 2);
  const direction = done(
    meanGradient(
      createKernels(embeddings),
      all,
      Float64Array.of(1, 1, -1, -1),
      Float64Array.of(0, 0),
      Float64Array.of(2, 9),
    ),
  );
  expect([...direction]).toEqual([2, 2]);
});

test('a row that is moved onto the origin is named when it should be renormalised', () => {
  const { context, probe } = world(5, 20, 4, 3, true);
  const { embeddings, rows } = context;
  // One test row lies along the direction of the probe, so that a shift of its own length against it meets the origin.
  const length = Math.sqrt(probe.direction.reduce((sum, value) => sum + value * value, 0));
  const float64 = { ...embeddings, values: Float64Array.from(embeddings.values), scale: embeddings.scale.slice() };
  float64.values.set(
    probe.direction.map((value) => value / length),
    rows[2] * 4,
  );
  float64.scale[rows[2]] = 1;
  const what: DriftSettings = {
    ...{
      kind: 'directional',
      units: 'total-norm',
      direction: 'against-probe',
      planes: null,
      seed: 1,
      renormalize: true,
    },
  };
  expect(() => fastLogits(what, { ...context, embeddings: float64 }, probe, 1)).toThrow(VanishedRowError);
});
