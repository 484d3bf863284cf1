import { describe, expect, test } from 'vitest';
import { createKernels } from '../core/linalg/kernels.ts';
import { meanPairwiseCosine } from '../core/linalg/meanCosine.ts';
import { allocateEmbeddings } from '../core/linalg/simdKernels.ts';
import { stream } from '../core/random/streams.ts';
import { coneDirection, coneSteps, multipleForMeanCosine, type Cone } from './cone.ts';
import { DataError } from './errors.ts';
// Written by NumPy 1.24 through fixtures/makeConeFixtures.py.
import fixtures from './fixtures/coneFixtures.json';
import { rowScale } from './normalize.ts';

function rowsOf(values: ArrayLike<number>, rows: number, dims: number, unit: boolean) {
  const base = allocateEmbeddings(rows, dims);
  base.values.set(values);
  base.scale.set(rowScale(base.values, rows, dims, unit));
  return base;
}

function coned(base: ReturnType<typeof rowsOf>, cone: Cone, unit: boolean) {
  const out = allocateEmbeddings(base.rows, base.dims);
  const steps = coneSteps(base, cone, unit, out);
  while (!steps.next().done);
  return out;
}

/** Unit rows of a normal draw, pulled to one side so that they have a cone of their own. */
function drawn(rows: number, dims: number, pull: number) {
  const values = stream(5, 'test').standardNormal(new Float64Array(rows * dims));
  for (let i = 0; i < rows; i++) values[i * dims] += pull;
  return rowsOf(values, rows, dims, true);
}

function solve(base: ReturnType<typeof rowsOf>, target: number, seed: number) {
  const u = coneDirection(seed, base.dims);
  const kernels = createKernels(base);
  const along = new Float64Array(base.rows);
  kernels.matVec(null, u, along);
  return multipleForMeanCosine(target, u, along, (weights, out) => kernels.transposeVec(null, weights, out));
}

describe('the cone', () => {
  test('its direction is NumPy’s, bit for bit', () => {
    expect(Array.from(coneDirection(42, 13))).toEqual(fixtures.direction);
  });

  test.each(fixtures.cases)(
    'gives the bits of NumPy: $rows × $dims, multiple $multiple, unit $unit',
    ({ rows, dims, base, multiple, seed, unit, values, scale, meanCosine }) => {
      const out = coned(rowsOf(base, rows, dims, unit), { multiple, seed }, unit);
      expect(Array.from(out.values)).toEqual(values);
      expect(Array.from(out.scale)).toEqual(scale);
      expect(meanPairwiseCosine(out)).toBeCloseTo(meanCosine, 12);
    },
  );

  test('rows keep the length that they had', () => {
    const base = rowsOf([3, 4, 0, 0.6, 0, 0.8], 2, 3, false);
    const out = coned(base, { multiple: 2, seed: 1 }, false);
    const lengths = new Float64Array(2);
    createKernels(out).squaredNorms(null, lengths);
    expect(lengths[0]).toBeCloseTo(25, 12);
    expect(lengths[1]).toBeCloseTo(1, 7);
  });

  test('a row of zeros stays one where rows are used as given', () => {
    const out = coned(rowsOf([0, 0, 1, 2], 2, 2, false), { multiple: 2, seed: 1 }, false);
    expect(Array.from(out.values.subarray(0, 2))).toEqual([0, 0]);
    expect(out.scale[0]).toBe(1);
    expect(meanPairwiseCosine(out)).toBeNull();
  });

  test('a row that the direction cancels is named', () => {
    const u = coneDirection(3, 1);
    expect(() => coned(rowsOf([1, -u[0]], 2, 1, true), { multiple: 1, seed: 3 }, true)).toThrow(DataError);
  });
});

describe('the multiple for a mean cosine', () => {
  test.each([0.5, 0.9, 0.97, 0.99, 0.999, 0.9999])('rows of that cone have mean cosine %d', async (target) => {
    const base = drawn(300, 40, 2);
    const solved = await solve(base, target, 8);
    expect(solved.reason).toBeNull();
    const measured = meanPairwiseCosine(coned(base, { multiple: solved.multiple ?? NaN, seed: 8 }, true)) ?? NaN;
    expect(Math.abs(Math.log((1 - measured) / (1 - target)))).toBeLessThan(1e-4);
  });

  test('there is none at or below what the rows have, nor at 1', async () => {
    const base = drawn(300, 40, 2);
    const own = meanPairwiseCosine(base) ?? NaN;
    for (const target of [own - 0.05, -1, 1]) {
      const solved = await solve(base, target, 8);
      expect(solved.multiple).toBeNull();
      expect(solved.reason).not.toBe('');
      expect(solved.meanCosine).toBeCloseTo(own, 12);
    }
  });
});
