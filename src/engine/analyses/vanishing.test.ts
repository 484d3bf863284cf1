import { describe, expect, test } from 'vitest';
import { stream } from '../../core/random/streams.ts';
import { parseSpec } from '../../spec/parseSpec.ts';
import { createCpuBackend } from '../cpu/cpuBackend.ts';
import type { DataSource, Dataset } from '../dataset.ts';
import { Experiment } from '../experiment.ts';
import { runAnalysis } from './run.ts';

const go = async () => {};
const ROWS = 60;
const values = Float32Array.from({ length: ROWS }, (_, k) => (k % 2 === 0 ? -1 - k / 100 : 0.5 + k / 100));
const dataset: Dataset = {
  ...{ id: 'line', version: 'base', title: 'Rows on a line', split: null, columns: new Map(), sha256: '' },
  ...{ name0: '0', name1: '1', labels: Uint8Array.from({ length: ROWS }, (_, k) => k % 2) },
  embeddings: { values, rows: ROWS, dims: 1, scale: new Float64Array(ROWS).fill(1) },
};
const source: DataSource = {
  catalogue: () => Promise.resolve({ sets: [], encoders: [], presets: [] }),
  load: () => Promise.resolve(dataset),
};
/** In one dimension Q is 1 or −1; with −1, half of the subspace mix is cos 45° − sin 45° = 0. */
const seed = Array.from({ length: 50 }, (_, k) => k).find((k) => stream(k, 'rotation').standardNormal1() < 0) ?? NaN;

const specWith = (renormalize: boolean) => {
  const parsed = parseSpec({
    data: { id: 'line', normalize: false },
    drift: { kind: 'subspace', sigma: 0.5, seed, renormalize },
  });
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  return parsed.spec;
};
const experiment = () => new Experiment(source, createCpuBackend());

describe('a row that a drift moves onto the origin', () => {
  test('is named by its row of the file, from 1', async () => {
    const own = experiment();
    const spec = specWith(true);
    const prepared = await own.prepare(spec, go);
    const named = `row ${prepared.split.test[0] + 1} of the file`;
    expect(prepared.split.test[0]).toBeGreaterThan(0);
    expect(() => own.point(prepared, spec, 0.5)).toThrow(named);
  });

  test('leaves the other conventions their numbers, and gives its own the reason', async () => {
    const { ofDrift } = await runAnalysis('conventions', experiment(), specWith(false), { metric: 'accuracy' }, go);
    const renormalized = ofDrift.find(({ id }) => id === 'renormalized');
    expect(renormalized?.value).toBeNull();
    expect(renormalized?.reason).toMatch(/^At 0\.5 row \d+ of the file is moved onto the origin/);
    expect(ofDrift.find(({ id }) => id === 'without-scaler')?.value).toBeGreaterThanOrEqual(0);
  });
});
