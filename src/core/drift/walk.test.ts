import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocateEmbeddings } from '../linalg/simdKernels.ts';
import { dotAt } from '../linalg/dot.ts';
import { inverse } from '../linalg/inverse.ts';
import { orthogonalFactorSteps } from '../linalg/polar.ts';
import { orthogonalColumns } from '../linalg/qr.ts';
import { stream } from '../random/streams.ts';
import { readRow, type NoiseUnits, type PrepareContext, type ShiftDirection } from './definition.ts';
import { alignedWeights, alignmentSteps, recentredBias } from './procrustes.ts';
import { definitionOf } from './registry.ts';
import { transformRow } from './transform.ts';
import { beginWalk, largestDistance, meanAngleBetween } from './walk.ts';
import { jumpAmount } from './walkLaw.ts';
import { PRODUCTS, type WalkKind, type WalkSettings, type WalkStart } from './walkSteps.ts';

const KINDS: readonly WalkKind[] = ['gaussian', 'directional', 'subspace', 'rotation', 'scaling', 'mean-shift'];

function makeStart(seed: number, rows: number, dims: number): WalkStart {
  const generator = stream(seed, 'test');
  const embeddings = allocateEmbeddings(rows, dims);
  const draws = generator.standardNormal(new Float64Array(rows * dims));
  for (let i = 0; i < draws.length; i++) embeddings.values[i] = draws[i] + 0.3;
  for (let k = 0; k < rows; k++) {
    const row = embeddings.values.subarray(k * dims, (k + 1) * dims);
    embeddings.scale[k] = 1 / Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
  }
  const labels = Uint8Array.from({ length: rows }, (_, k) => k % 2);
  const trainRows = Uint32Array.from({ length: Math.floor(rows / 2) }, (_, k) => k);
  const weights = generator.standardNormal(new Float64Array(dims));
  return { embeddings, labels, weights, trainRows, trainLabels: labels.slice(0, trainRows.length) };
}

function finish<R>(work: Generator<number, R, void>): R {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

const base: Omit<WalkSettings, 'kind'> = {
  ...{
    units: 'per-coordinate',
    direction: 'random',
    planes: null,
    seed: 7,
    renormalize: true,
    sigma: 0.05,
    fresh: true,
  },
};

const settings: fc.Arbitrary<WalkSettings> = fc.record({
  kind: fc.constantFrom(...KINDS),
  units: fc.constantFrom<NoiseUnits>('per-coordinate', 'total-norm'),
  direction: fc.constantFrom<ShiftDirection>('random', 'along-probe', 'against-probe', 'class-mean', 'opposed'),
  planes: fc.constantFrom(null, 1, 3),
  seed: fc.nat(1e6),
  renormalize: fc.boolean(),
  sigma: fc.double({ min: 1e-3, max: 0.1, noNaN: true }),
  fresh: fc.boolean(),
});

describe('a walk', () => {
  test('undone step by step is at its start again, to float32 rounding, for every kind', () => {
    fc.assert(
      fc.property(settings, fc.integer({ min: 1, max: 5 }), (what, steps) => {
        const start = makeStart(3, 40, 12);
        const walk = beginWalk(what, start);
        for (let k = 0; k < steps; k++) finish(walk.advance());
        expect(walk.taken).toBe(steps);
        expect(finish(largestDistance(start.embeddings, walk.embeddings))).toBeGreaterThan(1e-5);
        while (walk.taken > 0) finish(walk.retreat());
        expect(finish(largestDistance(start.embeddings, walk.embeddings))).toBeLessThan(2e-6);
      }),
      { numRuns: 60 },
    );
  });

  test('takes one step as the drift of that kind does, where both draw the same', () => {
    const start = makeStart(5, 30, 12);
    const rows = Uint32Array.from({ length: 30 }, (_, k) => k);
    const context: PrepareContext = { ...start, rows, target: null };
    const x = new Float64Array(12);
    const y = new Float64Array(12);
    for (const kind of KINDS) {
      for (const direction of kind === 'directional' ? (['random', 'opposed'] as const) : (['random'] as const)) {
        // Noise of one step is drawn for all rows under a name of its own.
        if (kind === 'gaussian') continue;
        const what = { ...base, kind, direction, fresh: false, planes: kind === 'rotation' ? 2 : null };
        const walk = beginWalk(what, start);
        finish(walk.advance());
        const jump = definitionOf(kind).prepare(what, context);
        for (let k = 0; k < 30; k++) {
          transformRow(jump, start.embeddings, rows, k, what.sigma, y);
          readRow(walk.embeddings, k, x);
          for (let j = 0; j < 12; j++) expect(Math.abs(x[j] - y[j])).toBeLessThan(1e-7);
        }
      }
    }
  });

  test('takes noise of one step from its own stream, row after row, in either unit', () => {
    const start = makeStart(5, 30, 12);
    const x = new Float64Array(12);
    const y = new Float64Array(12);
    for (const units of ['per-coordinate', 'total-norm'] as const) {
      for (const renormalize of [true, false]) {
        const walk = beginWalk({ ...base, kind: 'gaussian', units, renormalize, sigma: 0.2 }, start);
        finish(walk.advance());
        const draws = stream(base.seed, 'walk/1/noise').standardNormal(new Float64Array(30 * 12));
        for (let k = 0; k < 30; k++) {
          readRow(start.embeddings, k, x);
          readRow(walk.embeddings, k, y);
          const length = Math.hypot(...x);
          const e = draws.subarray(k * 12, (k + 1) * 12);
          const by = (0.2 * length) / (units === 'total-norm' ? Math.hypot(...e) : 1);
          const moved = x.map((value, j) => value + by * e[j]);
          const shrink = renormalize ? length / Math.hypot(...moved) : 1;
          for (let j = 0; j < 12; j++) expect(Math.abs(y[j] - moved[j] * shrink)).toBeLessThan(1e-6);
        }
      }
    }
  });

  test('by a matrix does no more at once than a few milliseconds of work, and gets the same numbers', () => {
    const dims = 256;
    const rows = 40;
    const start = makeStart(5, rows, dims);
    const theta = (0.3 * Math.PI) / 2;
    const q = orthogonalColumns(stream(7, 'walk/1/rotation').standardNormal(new Float64Array(dims * dims)), dims);
    const matrix = Float64Array.from({ length: dims * dims }, (_, at) => {
      const [i, j] = [Math.floor(at / dims), at % dims];
      return Math.sin(theta) * q[j * dims + i] + (i === j ? Math.cos(theta) : 0);
    });
    const count = (work: Generator<number, void, void>) => {
      let pieces = 1;
      for (const share of work) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        pieces++;
      }
      return pieces;
    };
    for (const kind of ['subspace', 'rotation'] as const) {
      const walk = beginWalk({ ...base, kind, sigma: 0.3, renormalize: false }, start);
      const there = count(walk.advance());
      if (kind === 'subspace') {
        const x = new Float64Array(dims);
        for (let k = 0; k < rows; k++) {
          readRow(start.embeddings, k, x);
          for (let i = 0; i < dims; i++) {
            const y = dotAt(matrix, i * dims, x, 0, dims);
            const { values, scale } = walk.embeddings;
            expect(values[k * dims + i]).toBe(Math.fround(y * (1 / scale[k])));
          }
        }
      }
      const back = count(walk.retreat());
      expect(finish(largestDistance(start.embeddings, walk.embeddings))).toBeLessThan(1e-5);
      // The QR counts D³/3 products for either half; a rotation then takes 2·D² a plane.
      const multiplied = rows * dims ** 2;
      const made = kind === 'rotation' ? dims ** 3 : 0;
      expect(there).toBeGreaterThan(((2 / 3) * dims ** 3 + made + multiplied) / PRODUCTS);
      expect(back).toBeGreaterThan(((kind === 'subspace' ? dims ** 3 : 0) + multiplied) / PRODUCTS);
    }
  });

  test('of a fixed direction without renormalisation is one shift of k·σ', () => {
    const start = makeStart(5, 30, 12);
    const rows = Uint32Array.from({ length: 30 }, (_, k) => k);
    const what: WalkSettings = { ...base, kind: 'directional', fresh: false, renormalize: false };
    const walk = beginWalk(what, start);
    for (let k = 0; k < 6; k++) finish(walk.advance());
    expect(jumpAmount(what, 12, 6, 0.4)).toBeCloseTo(6 * what.sigma, 12);
    const jump = definitionOf('directional').prepare(what, { ...start, rows, target: null });
    const x = new Float64Array(12);
    const y = new Float64Array(12);
    for (let k = 0; k < 30; k++) {
      transformRow(jump, start.embeddings, rows, k, 6 * what.sigma, y);
      readRow(walk.embeddings, k, x);
      for (let j = 0; j < 12; j++) expect(Math.abs(x[j] - y[j])).toBeLessThan(1e-6);
    }
  });

  test('turns the rows as far as one drift of the total amount, for every kind', () => {
    const start = makeStart(9, 120, 96);
    const rows = Uint32Array.from({ length: 120 }, (_, k) => k);
    const drifted = allocateEmbeddings(120, 96);
    const y = new Float64Array(96);
    const kinds = [...KINDS.map((kind) => ({ kind })), { kind: 'gaussian' as const, units: 'total-norm' as const }];
    for (const { kind, ...more } of kinds) {
      for (const fresh of [true, false]) {
        for (const renormalize of [true, false]) {
          const what: WalkSettings = { ...base, kind, ...more, fresh, renormalize, sigma: 0.08 };
          const walk = beginWalk(what, start);
          for (let k = 0; k < 6; k++) finish(walk.advance());
          const walked = finish(meanAngleBetween(start.embeddings, walk.embeddings, rows)) ?? NaN;
          const jump = definitionOf(kind).prepare(what, { ...start, rows, target: null });
          const v = new Float64Array(96);
          let cosine = 0;
          for (let k = 0; k < 120; k++) {
            jump.components(k, v, jump.hasSecondComponent ? new Float64Array(96) : null);
            readRow(start.embeddings, k, y);
            cosine += y.reduce((sum, x, j) => sum + x * v[j], 0) / Math.hypot(...v) / 120;
          }
          const amount = jumpAmount(what, 96, 6, cosine) ?? NaN;
          for (let k = 0; k < 120; k++) {
            transformRow(jump, start.embeddings, rows, k, amount, y);
            drifted.values.set(y, k * 96);
          }
          const jumped = finish(meanAngleBetween(start.embeddings, drifted, rows)) ?? NaN;
          // Factors of a scaling are few: one draw of them is off by 1/√(2D), 7 %.
          expect([
            what.units,
            kind,
            fresh,
            renormalize,
            Math.abs(walked / jumped - 1) < (kind === 'scaling' ? 0.2 : 0.1),
            walked,
            jumped,
          ]).toEqual([what.units, kind, fresh, renormalize, true, walked, jumped]);
        }
      }
    }
  });

  test('is the same each time, and another one with another seed', () => {
    const start = makeStart(3, 20, 12);
    const go = (seed: number) => {
      const walk = beginWalk({ ...base, kind: 'gaussian', seed }, start);
      for (let k = 0; k < 3; k++) finish(walk.advance());
      return walk.embeddings.values.slice();
    };
    expect(go(1)).toEqual(go(1));
    expect(go(1)).not.toEqual(go(2));
  });

  test('draws anew each step when fresh: other noise than the step before', () => {
    const start = makeStart(3, 20, 12);
    const angle = (fresh: boolean) => {
      const walk = beginWalk({ ...base, kind: 'gaussian', fresh, renormalize: false }, start);
      for (let k = 0; k < 9; k++) finish(walk.advance());
      return finish(meanAngleBetween(start.embeddings, walk.embeddings, start.trainRows)) ?? NaN;
    };
    const tangent = (degrees: number) => Math.tan((degrees * Math.PI) / 180);
    // √9 = 3 against 9.
    expect(tangent(angle(false)) / tangent(angle(true))).toBeGreaterThan(2.4);
  });

  test('cannot go back beyond its start', () => {
    expect(() => finish(beginWalk({ ...base, kind: 'scaling' }, makeStart(3, 20, 12)).retreat())).toThrow(RangeError);
  });
});

describe('the ways back', () => {
  test('an alignment on pairs finds the rotation, so that the probe reads the rows as before', () => {
    const start = makeStart(11, 80, 12);
    const walk = beginWalk({ ...base, kind: 'rotation', sigma: 0.7 }, start);
    for (let k = 0; k < 3; k++) finish(walk.advance());
    const map = finish(alignmentSteps(start.embeddings, walk.embeddings, start.trainRows));
    const weights = map === null ? new Float64Array(12) : alignedWeights(map, start.weights);
    const x = new Float64Array(12);
    for (let k = 40; k < 80; k++) {
      const scores = [start.embeddings, walk.embeddings].map((embeddings, i) => {
        readRow(embeddings, k, x);
        return x.reduce((sum, value, j) => sum + value * (i === 0 ? start.weights : weights)[j], 0);
      });
      expect(scores[1]).toBeCloseTo(scores[0], 4);
    }
  });

  test('a re-centred bias takes a common shift out whole', () => {
    const start = makeStart(11, 80, 12);
    const walk = beginWalk({ ...base, kind: 'directional', renormalize: false, sigma: 0.7 }, start);
    finish(walk.advance());
    const { weights, trainRows } = start;
    const bias = recentredBias(weights, 0.25, start.embeddings, walk.embeddings, trainRows);
    const x = new Float64Array(12);
    const score = (embeddings: WalkStart['embeddings'], row: number) => {
      readRow(embeddings, row, x);
      return x.reduce((sum, value, j) => sum + value * weights[j], 0);
    };
    for (let k = 40; k < 80; k++) {
      expect(score(walk.embeddings, k) + bias).toBeCloseTo(score(start.embeddings, k) + 0.25, 5);
    }
  });
});

describe('matrices', () => {
  const n = 9;
  const random = (seed: number) => stream(seed, 'matrix').standardNormal(new Float64Array(n * n));
  const product = (a: Float64Array, b: Float64Array, transpose: boolean) =>
    Float64Array.from({ length: n * n }, (_, at) => {
      const i = Math.floor(at / n);
      const j = at % n;
      let sum = 0;
      for (let k = 0; k < n; k++) sum += a[i * n + k] * (transpose ? b[j * n + k] : b[k * n + j]);
      return sum;
    });

  test('times their inverse are the identity; a singular one has none', () => {
    for (let seed = 0; seed < 20; seed++) {
      const a = random(seed);
      const back = inverse(a, n) ?? new Float64Array(n * n);
      product(a, back, false).forEach((x, at) => expect(x).toBeCloseTo(at % (n + 1) === 0 ? 1 : 0, 9));
    }
    expect(inverse(new Float64Array(4).fill(1), 2)).toBeNull();
    expect(inverse(Float64Array.of(0, 1, 1, 0), 2)).toEqual(Float64Array.of(0, 1, 1, 0));
  });

  test('have an orthogonal factor U with Uᵀ·A symmetric and positive', () => {
    for (let seed = 0; seed < 20; seed++) {
      const a = random(seed);
      const u = finish(orthogonalFactorSteps(a, n)) ?? new Float64Array(n * n);
      product(u, u, true).forEach((x, at) => expect(x).toBeCloseTo(at % (n + 1) === 0 ? 1 : 0, 10));
      const turned = Float64Array.from({ length: n * n }, (_, at) => u[(at % n) * n + Math.floor(at / n)]);
      const h = product(turned, a, false);
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) expect(h[i * n + j]).toBeCloseTo(h[j * n + i], 9);
      const trace = Array.from({ length: n }, (_, i) => h[i * n + i]);
      trace.forEach((x) => expect(x).toBeGreaterThan(0));
    }
    expect(finish(orthogonalFactorSteps(new Float64Array(4).fill(1), 2))).toBeNull();
  });
});
