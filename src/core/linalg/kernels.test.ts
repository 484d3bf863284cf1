import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileKernels } from './buildKernels.mjs';
import type { Embeddings } from './embeddings.ts';
import { createKernels, type RowKernels } from './kernels.ts';
import { plainKernels } from './plainKernels.ts';
import { allocateEmbeddings, simdKernels } from './simdKernels.ts';
import { SIMD_KERNELS } from './simdKernels.wasm.ts';

/** A small repeatable source of numbers in (−1, 1). */
function numbers(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2147483648 - 1;
  };
}

function vector(length: number, next: () => number): Float64Array {
  return Float64Array.from({ length }, next);
}

function filled(rows: number, dims: number, seed: number): Embeddings {
  const next = numbers(seed);
  const embeddings = allocateEmbeddings(rows, dims);
  for (let i = 0; i < embeddings.values.length; i++) embeddings.values[i] = next();
  for (let i = 0; i < rows; i++) embeddings.scale[i] = 1.5 + next();
  return embeddings;
}

function bothKernels(rows: number, dims: number, seed: number): [RowKernels, RowKernels] {
  const embeddings = filled(rows, dims, seed);
  const simd = simdKernels(embeddings);
  if (simd === null) throw new Error('This test needs WebAssembly SIMD.');
  return [plainKernels(embeddings), simd];
}

/** x_r · w by definition, in plain order. */
function slowDot({ values, dims, scale }: Embeddings, row: number, w: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < dims; j++) sum += values[row * dims + j] * scale[row] * w[j];
  return sum;
}

const shapes = fc.record({
  rows: fc.integer({ min: 1, max: 600 }),
  dims: fc.integer({ min: 1, max: 70 }),
  seed: fc.integer({ min: 1, max: 1e9 }),
  some: fc.boolean(),
});

/** Every result of every product, one array after another. */
function everything(kernels: RowKernels, rows: Uint32Array | null, seed: number): Float64Array[] {
  const next = numbers(seed);
  const { dims } = kernels.embeddings;
  const n = rows === null ? kernels.embeddings.rows : rows.length;
  const w = vector(dims, next);
  const r = vector(n, next);
  const block = vector(n * dims, next);
  const other = vector(n * dims, next);
  const outs = Array.from({ length: 8 }, () => new Float64Array(n));
  const features = Array.from({ length: 3 }, () => new Float64Array(dims));
  kernels.matVec(rows, w, outs[0]);
  kernels.transposeVec(rows, r, features[0]);
  kernels.squaredNorms(rows, outs[1]);
  const half = n >> 1;
  kernels.dotsAndSquares(rows, 0, half, w, outs[6], outs[7]);
  kernels.dotsAndSquares(rows, half, n - half, w, outs[6], outs[7]);
  expect([outs[6], outs[7]]).toEqual([outs[0], outs[1]]);
  kernels.squaredDeviations(rows, w, features[1]);
  kernels.displacementDots(rows, 0, n, block, w, { wd: outs[2], xd: outs[3], dd: outs[4] });
  kernels.pairDots(n, block, other, 0, outs[5]);
  const sum = kernels.hessianProduct(rows, r, w, 0.25, features[2]);
  return [...outs, ...features, Float64Array.of(sum)];
}

describe('row kernels', () => {
  test('the committed module is what simdKernels.wat compiles to', async () => {
    expect(SIMD_KERNELS).toBe(await compileKernels());
  });

  test('SIMD and plain kernels give the same bits for any shape and any list of rows', () => {
    fc.assert(
      fc.property(shapes, ({ rows, dims, seed, some }) => {
        const [plain, simd] = bothKernels(rows, dims, seed);
        const next = numbers(seed + 1);
        const list = some ? Uint32Array.from({ length: rows }, () => Math.floor(((next() + 1) / 2) * rows)) : null;
        expect(everything(simd, list, seed)).toEqual(everything(plain, list, seed));
      }),
      { numRuns: 60 },
    );
  });

  test('float64 rows agree with the same rows in float32', () => {
    const embeddings = filled(37, 19, 5);
    const wide: Embeddings = { ...embeddings, values: Float64Array.from(embeddings.values) };
    expect(createKernels(wide).kind).toBe('plain');
    expect(everything(createKernels(wide), null, 3)).toEqual(everything(createKernels(embeddings), null, 3));
  });

  test.each(['plain', 'simd'] as const)('%s products are those of the definition', (kind) => {
    const [plain, simd] = bothKernels(301, 67, 11);
    const kernels = kind === 'plain' ? plain : simd;
    const { embeddings } = kernels;
    const { rows, dims } = embeddings;
    const next = numbers(12);
    const w = vector(dims, next);
    const r = vector(rows, next);
    const block = vector(rows * dims, next);
    const list = Uint32Array.from({ length: 130 }, (_, k) => (k * 97) % rows);
    const t = new Float64Array(list.length);
    const wd = new Float64Array(list.length);
    const xd = new Float64Array(list.length);
    const dd = new Float64Array(list.length);
    const n2 = new Float64Array(list.length);
    kernels.matVec(list, w, t);
    kernels.squaredNorms(list, n2);
    kernels.displacementDots(list, 0, list.length, block, w, { wd, xd, dd });
    const back = new Float64Array(dims);
    kernels.transposeVec(list, r, back);
    const hessian = new Float64Array(dims);
    const sum = kernels.hessianProduct(list, r, w, -0.5, hessian);
    const spread = new Float64Array(dims);
    kernels.squaredDeviations(list, w, spread);
    const want = {
      back: new Float64Array(dims),
      hessian: new Float64Array(dims),
      spread: new Float64Array(dims),
      sum: 0,
    };
    list.forEach((row, k) => {
      const x = Float64Array.from(
        { length: dims },
        (_, j) => embeddings.values[row * dims + j] * embeddings.scale[row],
      );
      const d = block.subarray(k * dims, (k + 1) * dims);
      const product = slowDot(embeddings, row, w);
      expect(t[k]).toBeCloseTo(product, 11);
      expect(xd[k]).toBeCloseTo(slowDot(embeddings, row, d), 11);
      expect(n2[k]).toBeCloseTo(slowDot(embeddings, row, x), 11);
      expect(wd[k]).toBeCloseTo(
        d.reduce((s, v, j) => s + v * w[j], 0),
        11,
      );
      expect(dd[k]).toBeCloseTo(
        d.reduce((s, v) => s + v * v, 0),
        11,
      );
      want.sum += r[k] * (product - 0.5);
      x.forEach((v, j) => {
        want.back[j] += r[k] * v;
        want.hessian[j] += r[k] * (product - 0.5) * v;
        want.spread[j] += (v - w[j]) ** 2;
      });
    });
    expect(sum).toBeCloseTo(want.sum, 10);
    for (let j = 0; j < dims; j++) {
      expect(back[j]).toBeCloseTo(want.back[j], 10);
      expect(hessian[j]).toBeCloseTo(want.hessian[j], 10);
      expect(spread[j]).toBeCloseTo(want.spread[j], 9);
    }
  });

  test('a block from blockBuffer gives the same products as a block elsewhere, at any offset', () => {
    for (const kernels of bothKernels(40, 33, 7)) {
      const next = numbers(8);
      const block = kernels.blockBuffer(10);
      const second = kernels.blockBuffer(10, 1);
      expect(block.length).toBe(330);
      for (let i = 0; i < block.length; i++) {
        block[i] = next();
        second[i] = next();
      }
      const elsewhere = block.slice();
      const w = vector(33, next);
      const make = () => ({ wd: new Float64Array(40), xd: new Float64Array(40), dd: new Float64Array(40) });
      const here = make();
      const there = make();
      kernels.displacementDots(null, 25, 10, block, w, here);
      kernels.displacementDots(null, 25, 10, elsewhere, w, there);
      expect(here).toEqual(there);
      expect(here.wd.subarray(0, 25)).toEqual(new Float64Array(25));
      const pairs = new Float64Array(10);
      kernels.pairDots(10, block, second, 0, pairs);
      expect(pairs[9]).toBeCloseTo(
        second.subarray(297).reduce((sum, v, j) => sum + v * block[297 + j], 0),
        12,
      );
    }
  });

  test('a fused pass hands the margins to the map once, in order', () => {
    for (const kernels of bothKernels(533, 21, 9)) {
      const w = vector(21, numbers(10));
      const seen = new Float64Array(533);
      const back = new Float64Array(21);
      const sum = kernels.fusedProduct(
        null,
        w,
        2,
        (first, count, t) => {
          for (let k = 0; k < count; k++) {
            seen[first + k] += t[k];
            t[k] = 1;
          }
        },
        back,
      );
      const margins = new Float64Array(533);
      kernels.matVec(null, w, margins);
      const total = new Float64Array(21);
      kernels.transposeVec(null, new Float64Array(533).fill(1), total);
      expect(seen).toEqual(margins.map((m) => m + 2));
      expect(sum).toBe(533);
      expect(back).toEqual(total);
    }
  });

  test('an empty list of rows gives zeros', () => {
    for (const kernels of bothKernels(3, 5, 1)) {
      const out = new Float64Array(5).fill(9);
      kernels.transposeVec(new Uint32Array(0), new Float64Array(0), out);
      expect(out).toEqual(new Float64Array(5));
    }
  });

  test('rows that are not in the embeddings are refused by name', () => {
    const kernels = createKernels(filled(3, 5, 1));
    expect(() => kernels.matVec(Uint32Array.of(0, 3), new Float64Array(5), new Float64Array(2))).toThrow(/Row 3/);
  });

  test('more than 4 GiB is refused with the size asked for', () => {
    expect(() => allocateEmbeddings(2_000_000, 1024)).toThrow(/2000000 rows × 1024/);
    expect(() => allocateEmbeddings(10, 0)).toThrow(RangeError);
  });
});
