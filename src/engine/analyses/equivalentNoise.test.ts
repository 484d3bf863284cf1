import { expect, test } from 'vitest';
import { generateSynthetic } from '../../data/synthetic.ts';
import { rowScale } from '../../data/normalize.ts';
import { parseSpec } from '../../spec/parseSpec.ts';
import { createCpuBackend } from '../cpu/cpuBackend.ts';
import type { DataSource, Dataset } from '../dataset.ts';
import { Experiment } from '../experiment.ts';
import { runAnalysis } from './run.ts';

const go = async () => {};
const made = generateSynthetic({ rows: 400, dims: 12, separation: 2, spectrum: 0.5, meanCosine: 0.3, seed: 3 });
const groups = Array.from({ length: 400 }, (_, k) => (k % 5 === 0 ? 'few' : 'many'));
const dataset: Dataset = {
  ...{ id: 'grouped', version: 'base', title: 'Rows in groups', split: null, sha256: '', name0: '0', name1: '1' },
  embeddings: { ...made, scale: rowScale(made.values, made.rows, made.dims, true) },
  labels: made.labels,
  columns: new Map([['group', groups]]),
};
const source: DataSource = {
  catalogue: () => Promise.resolve({ sets: [], encoders: [], presets: [] }),
  load: () => Promise.resolve(dataset),
};
const experiment = new Experiment(source, createCpuBackend());

const specWith = (drift: object) => {
  const parsed = parseSpec({ data: { id: 'grouped' }, drift, view: { slice: { column: 'group', value: 'few' } } });
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  return parsed.spec;
};

test('with a slice every angle is that of the measured rows, which the headline shows', async () => {
  const spec = specWith({ kind: 'directional', sigma: 0.3 });
  const shown = experiment.point(await experiment.prepare(spec, go), spec, 0.3).meanAngleDegrees ?? NaN;
  const { degrees, sigma } = await runAnalysis('equivalentNoise', experiment, spec, {}, go);
  expect(degrees).toBe(shown);
  const noise = specWith({ kind: 'gaussian', units: 'per-coordinate', sigma: sigma ?? NaN });
  const turned = experiment.point(await experiment.prepare(noise, go), noise, sigma ?? NaN).meanAngleDegrees;
  expect(turned).toBeCloseTo(shown, 9);
  const { presentAngle, points } = await runAnalysis(
    'algebra',
    experiment,
    spec,
    { strength: 'angle', matrices: true },
    go,
  );
  expect(presentAngle).toBe(shown);
  for (const { id, angle, reason } of points) {
    if (id !== 'temperature' && reason === null) expect(Math.abs((angle ?? NaN) - shown), id).toBeLessThan(1e-6);
  }
  expect(points.find(({ id }) => id === 'per-coordinate')?.amount).toBeCloseTo(sigma ?? NaN, 9);
});

test('the algebra and the comparison of mechanisms search as far, so that they agree on what is out of reach', async () => {
  // Total-norm noise turns rows by up to 90°: close to it only an amount beyond 100 will do.
  const spec = specWith({ kind: 'gaussian', units: 'per-coordinate', sigma: 200 });
  const algebra = await runAnalysis('algebra', experiment, spec, { strength: 'angle', matrices: true }, go);
  const options = { strength: 'angle', target: null, matrices: true, versions: [] } as const;
  const { rows } = await runAnalysis('mechanisms', experiment, spec, options, go);
  const inTable = { 'per-coordinate': 'per-coordinate', 'total-norm': 'total-norm', rotation: 'rotation' };
  for (const [id, row] of Object.entries(inTable)) {
    const amount = algebra.points.find((point) => point.id === id)?.amount ?? null;
    const matched = rows.find((candidate) => candidate.id === row);
    expect([id, amount === null]).toEqual([id, matched?.status !== 'matched']);
    if (amount !== null) expect(Math.abs(amount / (matched?.state?.amount ?? NaN) - 1), id).toBeLessThan(1e-3);
  }
  expect(algebra.points.find(({ id }) => id === 'per-coordinate')?.amount).toBeGreaterThan(100);
});
