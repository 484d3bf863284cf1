import { describe, expect, test } from 'vitest';
import { placeOnAxis, renormalisation } from '../../core/drift/positions.ts';
import { transformRow } from '../../core/drift/transform.ts';
import { dot, norm } from '../../core/linalg/dot.ts';
import { createKernels } from '../../core/linalg/kernels.ts';
import { leadingComponentSteps } from '../../core/linalg/leadingComponent.ts';
import { createTurnStudy } from '../../core/theory/turnStudy.ts';
import { parseSpec } from '../../spec/parseSpec.ts';
import type { ExperimentSpec } from '../../spec/types.ts';
import { createCpuBackend } from '../cpu/cpuBackend.ts';
import type { DataSource } from '../dataset.ts';
import { Experiment } from '../experiment.ts';
import { createSiteSource } from '../siteSource.ts';
import { runAnalysis } from './run.ts';

const go = async () => {};
const experiment = new Experiment(createSiteSource('http://localhost/'), createCpuBackend());

function specWith(drift: object, rest: object = {}): ExperimentSpec {
  const synthetic = { rows: 1200, dims: 32, separation: 2, spectrum: 0.7, meanCosine: 0.3, seed: 5 };
  const parsed = parseSpec({ data: { id: 'synthetic', version: 'base', synthetic }, drift, ...rest });
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  return parsed.spec;
}

describe('the geometry of a drift', () => {
  test.each([
    { kind: 'gaussian', sigma: 0.05 },
    { kind: 'directional', direction: 'opposed', sigma: 0.3 },
    { kind: 'directional', direction: 'along-probe', sigma: 0.3, renormalize: false },
    { kind: 'subspace', sigma: 0.4 },
    { kind: 'rotation', sigma: 0.6 },
    { kind: 'mean-shift', sigma: 0.5 },
  ])('places rows where the logits and the literal projection have them: %o', async (drift) => {
    const spec = specWith(drift);
    const report = await runAnalysis('geometry', experiment, spec, {}, go);
    const prepared = await experiment.prepare(spec, go);
    if (prepared.probe.kind !== 'logistic' || report.probe === null) throw new Error('a linear probe is expected');
    const { probe, second } = report;
    const coefficients = prepared.drift.coefficients(drift.sigma);
    const [factors, x, y] = [0, 1, 2].map(() => new Float64Array(report.rows));
    renormalisation(report.gram, coefficients, report.norm, factors);
    placeOnAxis(probe.axis, coefficients, factors, probe.origin, x);
    placeOnAxis(second.axis, coefficients, factors, second.origin, y);
    const logits = experiment.testLogits(prepared, drift.sigma);
    const { embeddings, rows, trainRows } = prepared.context;
    const search = leadingComponentSteps(createKernels(embeddings), trainRows, prepared.probe.weights, 0);
    let step = search.next();
    while (!step.done) step = search.next();
    const { direction, mean } = step.value;
    expect(Math.abs(dot(direction, prepared.probe.weights)) / norm(prepared.probe.weights)).toBeLessThan(1e-14);
    const row = new Float64Array(embeddings.dims);
    for (let k = 0; k < report.rows; k++) {
      expect(Math.abs(x[k] * probe.weightNorm - logits[k])).toBeLessThan(1e-9 * Math.max(1, Math.abs(logits[k])));
      transformRow(prepared.drift, embeddings, rows, k, drift.sigma, row);
      expect(Math.abs(y[k] - (dot(row, direction) - dot(mean, direction)))).toBeLessThan(1e-10);
    }
    expect(report.rowNumbers).toEqual(prepared.split.test);
  });

  test('splits the turn: noise is each row’s own, a common direction is common', async () => {
    const noise = await runAnalysis('angleSplit', experiment, specWith({ sigma: 0.05 }), {}, go);
    expect(noise.individual ?? 0).toBeGreaterThan(3 * (noise.common ?? 1));
    const none = await runAnalysis('angleSplit', experiment, specWith({ sigma: 0 }), {}, go);
    expect(none.common).toBe(0);
  });
});

describe('certified angles', () => {
  test('bound the worst turn, and chance does far less than the worst', async () => {
    const report = await runAnalysis('certified', experiment, specWith({ sigma: 0.05 }), {}, go);
    expect(report.reason).toBeNull();
    const { study, accuracy, rocAuc, angles, medianRight } = report;
    if (study === null) throw new Error('a study is expected');
    for (let i = 1; i < angles.length; i++) {
      expect(accuracy.worst[i]).toBeLessThanOrEqual(accuracy.worst[i - 1]);
      expect(rocAuc.worst[i]).toBeLessThanOrEqual(rocAuc.worst[i - 1]);
    }
    const at = createTurnStudy(study.rows, study.noise, study.level).at(medianRight ?? 0);
    // Half of the right rows have fallen there.
    expect(at.worst.accuracy).toBeCloseTo((accuracy.worst[0] ?? 0) / 2, 2);
    expect(at.random.accuracy ?? 0).toBeGreaterThan((at.worst.accuracy ?? 1) + 0.2);
  });

  test('are undefined, with the reason, for rows that are not of unit length', async () => {
    const source = createSiteSource('http://localhost/');
    const doubled: DataSource = {
      ...source,
      load: async (data, checkpoint) => {
        const dataset = await source.load(data, checkpoint);
        const { embeddings } = dataset;
        return { ...dataset, embeddings: { ...embeddings, scale: embeddings.scale.map((factor) => 2 * factor) } };
      },
    };
    const long = new Experiment(doubled, createCpuBackend());
    const report = await runAnalysis('certified', long, specWith({ sigma: 0.05 }), {}, go);
    expect(report.reason).toMatch(/^Row \d+ of the file has length 2\.0000000, not 1/);
    expect([report.study, report.medianRight, report.certified.degrees]).toEqual([null, null, null]);
  });

  test('are undefined, with the reason, for a network', async () => {
    const mlp = {
      kind: 'mlp',
      mlp: { hidden: 4, learningRate: 0.01, batch: 64, epochs: 2, patience: 2, l2: 0, seed: 1 },
    };
    const spec = specWith({ sigma: 0.05 }, { probe: mlp });
    const { reason, study } = await runAnalysis('certified', experiment, spec, {}, go);
    expect(study).toBeNull();
    expect(reason).toMatch(/network/);
    const geometry = await runAnalysis('geometry', experiment, spec, {}, go);
    expect(geometry.probe).toBeNull();
    expect(geometry.second.share ?? 0).toBeGreaterThan(0);
  });
});
