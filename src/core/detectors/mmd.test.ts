import { expect, test } from 'vitest';
import { stream } from '../random/streams.ts';
import { linearQuantile } from '../stream/percentile.ts';
// Golden vector 10 of the monitor paper's re-implementation. Tolerance 1e-10.
import golden from './fixtures/mmd.json';
import { gramMatrix, medianDistance, mmd2, nullReferenceValue, permutationNull } from './mmd.ts';
import type { Rows } from './mmd.ts';
import { freezeMmd, mmdDetector } from './mmdDetector.ts';
import { MmdPool } from './mmdPool.ts';

const rowsOf = (rows: readonly (readonly number[])[]): Rows => ({
  values: Float64Array.from(rows.flat()),
  rows: rows.length,
  dims: rows[0].length,
});
const x = rowsOf(golden.reference);
const same = rowsOf(golden.Y_same);
const shifted = rowsOf(golden.Y_shifted);

function gaussian(rows: number, dims: number, seed: number, shift = 0): Rows {
  const values = stream(seed, 'mmd-test').standardNormal(new Float64Array(rows * dims));
  return { values: values.map((v) => v + shift), rows, dims };
}

test('the bandwidth and three values of MMD² are golden', () => {
  const s = medianDistance(x);
  expect(s).toBeCloseTo(golden.bandwidth, 10);
  expect(mmd2(x, same, s)).toBeCloseTo(golden.mmd2_same, 10);
  expect(mmd2(x, shifted, s)).toBeCloseTo(golden.mmd2_shifted, 10);
  expect(mmd2(x, x, s)).toBeCloseTo(golden.mmd2_self_copy, 10);
});

test('the permutation null by halves is golden', () => {
  const { permutations, null_mmd2, mean, reference_value, p95 } = golden.permutation_null;
  const found = permutationNull(gramMatrix(x, golden.bandwidth), x.rows, permutations, 6, 6);
  found.forEach((value, i) => expect(value).toBeCloseTo(null_mmd2[i], 10));
  expect(found.reduce((sum, v) => sum + v, 0) / found.length).toBeCloseTo(mean, 10);
  expect(nullReferenceValue(found)).toBeCloseTo(reference_value, 10);
  expect(linearQuantile(found, 0.95)).toBeCloseTo(p95, 10);
});

test('the sliding series is golden', () => {
  const pool = rowsOf([...golden.reference, ...golden.Y_shifted]);
  const kernel = new MmdPool(
    pool,
    golden.reference.map((_, i) => i),
    golden.bandwidth,
  );
  const rows = golden.Y_shifted.map((_, i) => x.rows + i);
  const series = kernel.series(rows, 5, new Float64Array(rows.length));
  series.forEach((value, i) => expect(value).toBeCloseTo(golden.sliding_window5_series[i], 10));
});

test('the detector, updated step by step, gives the MMD² of each window computed afresh, also after many windows', () => {
  const dims = 4;
  const parameters = { window: 7, referenceSize: 20, level: 0.05, splits: 50 };
  const pool = gaussian(60, dims, 1);
  const reference = { scores: new Float64Array(60), embeddings: { values: pool.values, dims }, seed: 3 };
  const { rows, bandwidth, threshold } = freezeMmd(reference, parameters);
  const fixed = rowsOf([...rows].map((row) => [...pool.values.slice(row * dims, (row + 1) * dims)]));
  const records = gaussian(200, dims, 2, 0.3);
  const running = mmdDetector.init(reference, parameters);
  expect(running.threshold).toBe(threshold);
  for (let t = 0; t < records.rows; t++) {
    const embedding = Float64Array.from(records.values.slice(t * dims, (t + 1) * dims));
    const { statistic, alarm } = running.update({ score: 0.5, embedding });
    if (t < 6) expect(statistic).toBeNull();
    else {
      const window = { values: records.values.slice((t - 6) * dims, (t + 1) * dims), rows: 7, dims };
      expect(statistic).toBeCloseTo(mmd2(fixed, window, bandwidth), 10);
      expect(alarm).toBe((statistic ?? NaN) > threshold);
    }
  }
});

test('a stream from a pool gives the same series as the detector', () => {
  const dims = 3;
  const pool = gaussian(400, dims, 4);
  const parameters = { window: 30, referenceSize: 60, level: 0.05, splits: 20 };
  const reference = { scores: new Float64Array(400), embeddings: { values: pool.values, dims }, seed: 8 };
  const frozen = freezeMmd(reference, parameters);
  const rows = Array.from({ length: 300 }, (_, t) => (t * 37) % 400);
  const series = new MmdPool(pool, frozen.rows, frozen.bandwidth).series(rows, 30, new Float64Array(300));
  const running = mmdDetector.init(reference, parameters);
  rows.forEach((row, t) => {
    const embedding = Float64Array.from(pool.values.slice(row * dims, (row + 1) * dims));
    const { statistic } = running.update({ score: 0, embedding });
    if (statistic !== null) expect(statistic).toBeCloseTo(series[t], 10);
  });
});

test('one look at a fresh window alarms about as often as its level says, and far more often at a shift', () => {
  const dims = 5;
  const parameters = { window: 20, referenceSize: 100, level: 0.1, splits: 200 };
  const share = (shift: number) => {
    let alarms = 0;
    for (let i = 0; i < 100; i++) {
      const all = gaussian(520, dims, 1000 + i);
      const reference = {
        scores: new Float64Array(500),
        embeddings: { values: all.values.slice(0, 500 * dims), dims },
        seed: i,
      };
      const running = mmdDetector.init(reference, parameters);
      let last = false;
      for (let t = 500; t < 520; t++) {
        const embedding = Float64Array.from(all.values.slice(t * dims, (t + 1) * dims), (v) => v + shift);
        last = running.update({ score: 0, embedding }).alarm;
      }
      if (last) alarms++;
    }
    return alarms / 100;
  };
  // Three standard errors of 100 draws at .1 are .09.
  expect(Math.abs(share(0) - 0.1)).toBeLessThan(0.095);
  expect(share(0.6)).toBeGreaterThan(0.9);
});

test('rows that are all the same have bandwidth 1', () => {
  expect(
    medianDistance(
      rowsOf([
        [1, 2],
        [1, 2],
        [1, 2],
      ]),
    ),
  ).toBe(1);
  expect(medianDistance(rowsOf([[1, 2]]))).toBe(1);
});
