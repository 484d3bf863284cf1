import { expect, test } from 'vitest';
import { transformRow } from '../../core/drift/transform.ts';
import { silhouette } from '../../core/metrics/silhouette.ts';
import { mahalanobis } from '../../core/metrics/separability.ts';
import { generateSynthetic } from '../../data/synthetic.ts';
import { rowScale } from '../../data/normalize.ts';
import { parseSpec } from '../../spec/parseSpec.ts';
import { createCpuBackend } from '../cpu/cpuBackend.ts';
import type { DataSource, Dataset } from '../dataset.ts';
import { Experiment } from '../experiment.ts';
import { pick } from './sample.ts';
import { separability, shrinkageFor } from './separability.ts';
import { compare } from './compare.ts';

const settings = { rows: 400, dims: 12, separation: 2, spectrum: 0.5, meanCosine: 0.3, seed: 3 };
const made = generateSynthetic(settings);
const dataset: Dataset = {
  id: 'synthetic',
  version: 'base',
  title: 'Synthetic rows',
  embeddings: { ...made, scale: rowScale(made.values, made.rows, made.dims, true) },
  labels: made.labels,
  split: null,
  columns: new Map(),
  sha256: '',
  name0: '0',
  name1: '1',
};
const source: DataSource = {
  catalogue: () => Promise.resolve({ sets: [], encoders: [], presets: [] }),
  load: () => Promise.resolve(dataset),
};
const experiment = new Experiment(source, createCpuBackend());
const checkpoint = async () => {};
function specOf(drift: object, more: object = {}) {
  const parsed = parseSpec({ data: { id: 'synthetic', synthetic: settings }, drift, ...more });
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  return parsed.spec;
}
const spec = specOf({ kind: 'gaussian', sigma: 0.1 });

test('the drifted column is measured on rows that are drifted literally', async () => {
  const report = await separability({ experiment, spec, checkpoint }, {});
  const prepared = await experiment.prepare(spec, checkpoint);
  const { embeddings, rows, labels } = prepared.context;
  const values = new Float64Array(rows.length * embeddings.dims);
  rows.forEach((_, k) => {
    const row = values.subarray(k * embeddings.dims, (k + 1) * embeddings.dims);
    transformRow(prepared.drift, embeddings, rows, k, 0.1, row);
  });
  const table = { values, rows: rows.length, dims: embeddings.dims, scale: new Float64Array(rows.length).fill(1) };
  const all = Uint32Array.from(rows, (_, k) => k);
  expect(report.drifted.silhouetteCosine.value).toBe(silhouette(table, all, labels, 'cosine').mean);
  expect(report.drifted.mahalanobis).toBe(mahalanobis(table, all, labels, 0).distance);
  expect(report.drifted.dPrime).toBeLessThan(report.clean.dPrime ?? NaN);
  expect(report.clean.signalToNoise).toBeNull();
  expect(report.drifted.paperSignalToNoise).toBeCloseTo(1 / (12 * 0.01), 12);
  expect(report.a).toBeNull();
});

test('the column of A is the drifted column of its own spec', async () => {
  const a = specOf({ kind: 'directional', sigma: 0.3 });
  const alone = await separability({ experiment, spec: a, checkpoint }, {});
  const beside = await separability({ experiment, spec, checkpoint }, { a });
  expect(beside.a).toEqual(alone.drifted);
});

test('rows are picked by seed, ascending, and all of them where there are few', () => {
  expect(pick(4, 10, 1)).toEqual(Uint32Array.of(0, 1, 2, 3));
  const some = pick(5000, 2000, 1);
  expect(some).toEqual(pick(5000, 2000, 1));
  expect(new Set(some).size).toBe(2000);
  expect(some.every((row, k) => k === 0 || row > some[k - 1])).toBe(true);
  expect(pick(5000, 2000, 2)).not.toEqual(some);
});

test('shrinkage sets in below five rows a dimension', () => {
  expect([shrinkageFor(500, 100), shrinkageFor(499, 100)]).toEqual([0, 0.1]);
});

test('a state compared with itself differs in nothing', async () => {
  const report = await compare({ experiment, spec, checkpoint }, { a: spec });
  expect(report.pairing.paired).toBe(true);
  expect(report.flips).toMatchObject({ changed: 0, rightToWrong: 0, silentGained: 0, p: null });
  for (const { difference } of report.numbers) expect(difference.value).toBe(0);
});

test('B against A is paired on the same rows, and its AUC difference is that of the lab', async () => {
  const b = specOf({ kind: 'gaussian', sigma: 0.3 });
  const report = await compare({ experiment, spec: b, checkpoint }, { a: specOf({ kind: 'gaussian', sigma: 0 }) });
  const prepared = await experiment.prepare(b, checkpoint);
  const { value, low, high } = experiment.aucChange(prepared, b, 0.3);
  const auc = report.numbers.find(({ name }) => name === 'rocAuc');
  expect(auc).toMatchObject({ method: 'DeLong, paired', difference: { value, low, high } });
  for (const { a, b: after, difference } of report.numbers) {
    if (a !== null && after !== null) expect(difference.value).toBeCloseTo(after - a, 12);
  }
});

test('states of different rows are not paired', async () => {
  const a = specOf({ kind: 'gaussian', sigma: 0.1 }, { split: { seed: 9 } });
  const report = await compare({ experiment, spec, checkpoint }, { a });
  expect(report.pairing.paired).toBe(false);
  expect(report.flips).toBeNull();
  expect(report.numbers.find(({ name }) => name === 'accuracy')?.method).toBe('Newcombe');
});
