import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleRows } from '../own/sample.ts';
import { EffectiveDimension, effectiveDimensionPlan, SAMPLE_SEED } from './effectiveDimension.ts';

/** (tr C)²/‖C‖_F², straight from its definition. */
function plainly(rows: readonly (readonly number[])[]): number {
  const dims = rows[0].length;
  const means = Array.from({ length: dims }, (_, j) => rows.reduce((sum, row) => sum + row[j], 0) / rows.length);
  let trace = 0;
  let squares = 0;
  for (let j = 0; j < dims; j++) {
    for (let k = 0; k < dims; k++) {
      const c = rows.reduce((sum, row) => sum + (row[j] - means[j]) * (row[k] - means[k]), 0) / rows.length;
      squares += c * c;
      if (j === k) trace += c;
    }
  }
  return (trace * trace) / squares;
}

const rowsOf = (rows: number, dims: number) =>
  Array.from({ length: rows }, (_, i) =>
    Array.from({ length: dims }, (_, j) => Math.sin(1 + i * (j + 3) + j * j) * (j + 1) ** -0.5 + 5),
  );

async function measured(rows: readonly (readonly number[])[], labels: Uint8Array, budget?: number, step = 7) {
  const dims = rows[0].length;
  const one = new EffectiveDimension(rows.length, dims, labels, budget);
  for (let first = 0; first < rows.length; first += step) {
    one.block(first, Float64Array.from(rows.slice(first, first + step).flat()));
  }
  return one.finish();
}

test.each([
  [200, 5],
  [5, 200],
  [130, 130],
  [2, 3],
])('%i rows of %i dimensions, by either sum', async (count, dims) => {
  const rows = rowsOf(count, dims);
  expect((await measured(rows, new Uint8Array(count))).value).toBeCloseTo(plainly(rows), 9);
});

test('beyond the budget it is that of a seeded sample, named as n of N', async () => {
  const rows = rowsOf(500, 6);
  const labels = Uint8Array.from(rows, (_, row) => row % 2);
  for (const budget of [36 * 100, 6 * 16]) {
    const { value, rows: n, of, seed } = await measured(rows, labels, budget);
    expect([n, of, seed]).toEqual([effectiveDimensionPlan(500, 6, budget).rows, 500, SAMPLE_SEED]);
    expect(n).toBeLessThan(500);
    const taken = sampleRows(labels, n, SAMPLE_SEED);
    expect(value).toBeCloseTo(plainly(rows.filter((_, row) => taken[row] === 1)), 9);
  }
});

test('it lies between 1 and the number of dimensions', async () => {
  const number = fc.double({ min: -1, max: 1, noNaN: true });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(number, number, number), { minLength: 2, maxLength: 40 }), async (rows) => {
      const { value } = await measured(rows, new Uint8Array(rows.length));
      if (value === null) return;
      expect(value).toBeGreaterThan(0.99);
      expect(value).toBeLessThan(3.01);
    }),
  );
});

test('rows that are all the same, and a single row, have none', async () => {
  expect(
    (
      await measured(
        [
          [1, 2],
          [1, 2],
          [1, 2],
        ],
        new Uint8Array(3),
      )
    ).value,
  ).toBe(null);
  expect((await measured([[1, 2]], new Uint8Array(1))).value).toBe(null);
});

test('the work planned stays within the budget', () => {
  const size = fc.integer({ min: 1, max: 1e6 });
  fc.assert(
    fc.property(size, fc.integer({ min: 1, max: 20_000 }), (rows, dims) => {
      const plan = effectiveDimensionPlan(rows, dims);
      const work = plan.by === 'dims' ? plan.rows * dims * dims : plan.rows * plan.rows * dims;
      expect(work).toBeLessThanOrEqual(2e10);
      expect(plan.rows).toBeLessThanOrEqual(rows);
    }),
  );
});
