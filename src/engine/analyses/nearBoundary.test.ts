import { expect, test } from 'vitest';
import { logit } from '../../core/metrics/sigmoid.ts';
import { generateSynthetic } from '../../data/synthetic.ts';
import { rowScale } from '../../data/normalize.ts';
import { parseSpec } from '../../spec/parseSpec.ts';
import { createCpuBackend } from '../cpu/cpuBackend.ts';
import type { DataSource, Dataset } from '../dataset.ts';
import { Experiment } from '../experiment.ts';
import { nearBoundary } from './nearBoundary.ts';

const settings = { rows: 900, dims: 12, separation: 2, spectrum: 0.5, meanCosine: 0.3, seed: 3 };
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

test('the rows near a threshold, τ or a bin edge are those that are found one by one, at any tolerance', async () => {
  const parsed = parseSpec({
    data: { id: 'synthetic', synthetic: settings },
    drift: { sigma: 0.1 },
    metrics: { bins: 4, threshold: 0.4, highConfidence: 0.9 },
  });
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  const { spec } = parsed;
  const prepared = await experiment.prepare(spec, checkpoint);
  const logits = experiment.measuredLogits(prepared, 0.1, null).slice();
  // Four bins over [0, 1]: inner edges at 1/4, 1/2 and 3/4 of confidence, and so at 1/4 and 3/4 for both answers.
  const boundaries = [0.4, 0.9, 0.1, 0.25, 0.5, 0.75].map(logit);
  const counts = [];
  for (const tolerance of [0, 1e-4, 0.02, 0.3, 100]) {
    const wanted = logits.filter((z) => boundaries.some((b) => Math.abs(z - b) <= tolerance)).length;
    const found = await nearBoundary({ experiment: experiment.aside(), spec, checkpoint }, { tolerance });
    expect(found).toEqual({ near: wanted, rows: logits.length });
    counts.push(wanted);
  }
  expect(counts.at(-1)).toBe(logits.length);
  expect(counts[2]).toBeGreaterThan(0);
  expect(counts[3]).toBeLessThan(logits.length);
});
