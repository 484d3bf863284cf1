import { describe, expect, test } from 'vitest';
import { theoryAt } from '../../core/theory/effectModel.ts';
import { stream } from '../../core/random/streams.ts';
import { lowestAucAfter } from '../../core/theory/octaveBound.ts';
import { rowScale } from '../../data/normalize.ts';
import { parseSpec } from '../../spec/parseSpec.ts';
import type { DriftSpec, ExperimentSpec } from '../../spec/types.ts';
import { createCpuBackend } from '../cpu/cpuBackend.ts';
import { Experiment } from '../experiment.ts';
import type { DataSource, Dataset } from '../dataset.ts';
import { createManifestSource } from '../manifestSource.ts';
import { overlay, THEORY_METRICS, type OverlayReport, type TheoryMetric } from './overlay.ts';

const noFiles = () => Promise.reject(new Error('no files in this test'));
const free = () => Promise.resolve();
const SIGMAS = [0, ...Array.from({ length: 24 }, (_, k) => Math.exp(Math.log(1e-3) + (k / 23) * Math.log(1000)))];

function parsed(value: unknown): ExperimentSpec {
  const result = parseSpec(value);
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.spec;
}

function specOf(drift: Partial<DriftSpec> = {}, synthetic: object = {}, rest: object = {}): ExperimentSpec {
  return parsed({
    v: 1,
    lab: 'drift',
    data: {
      id: 'synthetic',
      version: 'base',
      synthetic: { rows: 13_000, dims: 384, separation: 2, spectrum: 0, meanCosine: 0.5, seed: 42, ...synthetic },
    },
    split: { train: 0.23, validation: 0, test: 0.77 },
    metrics: { bins: 50 },
    drift: { kind: 'gaussian', seed: 42, ...drift },
    ...rest,
  });
}

const experiment = new Experiment(createManifestSource(noFiles), createCpuBackend());
const run = (spec: ExperimentSpec, amounts: readonly number[] = SIGMAS): Promise<OverlayReport> =>
  overlay({ experiment, spec, checkpoint: free }, { amounts });

const largest = (report: OverlayReport, metric: TheoryMetric) => largestOfMean([report], metric, Infinity);

/** Largest |mean over reports of measured − theory| up to a σ. */
function largestOfMean(reports: readonly OverlayReport[], metric: TheoryMetric, to: number): number {
  const residuals = reports.map(({ theory }) => {
    if (theory.model === null) throw new Error(theory.reason);
    return theory.curves[metric]?.residual ?? new Float64Array(0);
  });
  const sizes = [...reports[0].amounts].flatMap((amount, at) =>
    amount > to ? [] : [Math.abs(residuals.reduce((sum, residual) => sum + residual[at], 0) / reports.length)],
  );
  return Math.max(...sizes);
}

describe('the Gaussian master formula over the measured cliff, on synthetic Gaussian sets of 10,010 test rows', () => {
  // The stated approximation: |AUC − formula| ≤ .008, accuracy ≤ .012, confidence ≤ .004. One noise draw leaves a standard
  // error of .005 in the AUC of these rows, so the residuals of three draws are averaged.
  describe.each([0, 0.5, 1])('spectrum j^-%d', (spectrum) => {
    test.each([
      ['noise per coordinate', { units: 'per-coordinate' }, 1],
      ['noise per coordinate, not renormalised', { units: 'per-coordinate', renormalize: false }, 1],
      ['noise of total norm', { units: 'total-norm' }, 1],
      ['a shift in a random direction, not renormalised', { kind: 'directional', renormalize: false }, 1],
      ['a shift in a random direction', { kind: 'directional' }, 0.3],
      ['a rotation of the whole space', { kind: 'rotation' }, 1],
    ] as const)('%s', async (_, drift, to) => {
      const reports = [];
      for (const seed of [42, 43, 44]) reports.push(await run(specOf({ ...drift, seed }, { spectrum })));
      expect(largestOfMean(reports, 'rocAuc', to)).toBeLessThanOrEqual(0.008);
      expect(largestOfMean(reports, 'accuracy', to)).toBeLessThanOrEqual(0.012);
      expect(largestOfMean(reports, 'meanConfidence', to)).toBeLessThanOrEqual(0.004);
    });
  });

  test('holds for rotations of few planes, axis scaling and the paper’s subspace kind too', async () => {
    for (const drift of [{ kind: 'rotation', planes: 8 }, { kind: 'scaling' }, { kind: 'subspace' }] as const) {
      const report = await run(specOf(drift, { spectrum: 0.5, dims: 128 }), [0, 0.05, 0.2, 0.5]);
      expect(largest(report, 'rocAuc'), drift.kind).toBeLessThanOrEqual(0.008);
      expect(largest(report, 'accuracy'), drift.kind).toBeLessThanOrEqual(0.012);
      expect(largest(report, 'meanConfidence'), drift.kind).toBeLessThanOrEqual(0.004);
    }
  });

  test('a shift along the probe leaves AUC at its clean value, and an opposed one crosses ½', async () => {
    const along = await run(specOf({ kind: 'directional', direction: 'along-probe' }), [0, 0.3, 0.5, 0.9]);
    if (along.theory.model === null) throw new Error(along.theory.reason);
    expect(new Set(along.theory.curves.rocAuc?.theory).size).toBe(1);
    expect(largest(along, 'rocAuc')).toBeLessThanOrEqual(0.008);
    const opposed = await run(specOf({ kind: 'directional', direction: 'opposed' }), [0, 0.05, 0.1, 0.3]);
    expect(largest(opposed, 'rocAuc')).toBeLessThanOrEqual(0.008);
    expect(opposed.measured.rocAuc[3]).toBeLessThan(0.2);
  });

  test('ECE and silent failures follow the formula, which knows no bins', async () => {
    const reports: OverlayReport[] = [];
    for (const seed of [42, 43, 44]) reports.push(await run(specOf({ seed }, { spectrum: 0.5 })));
    const off = (metric: TheoryMetric) => largestOfMean(reports, metric, Infinity);
    expect(off('silentFailureRate')).toBeLessThanOrEqual(0.04);
    expect(off('ece')).toBeLessThanOrEqual(0.03);
  });

  test('the formula of the report gives its curves again, at any amount', async () => {
    const report = await run(specOf(), [0, 0.02, 0.3]);
    const { theory } = report;
    if (theory.model === null) throw new Error(theory.reason);
    report.amounts.forEach((amount, at) => {
      const { metrics } = theoryAt(theory.model, theory.classes, amount, theory.settings);
      for (const metric of THEORY_METRICS) {
        expect(theory.curves[metric]?.theory[at]).toBe(metrics?.[metric]);
        expect(theory.curves[metric]?.residual[at]).toBe(report.measured[metric][at] - (metrics?.[metric] ?? NaN));
      }
    });
  });
});

describe('the distribution-free curve', () => {
  /** Class 1 stands between two lumps of class 0, one of them far off: no pair of Gaussians ranks like these scores. */
  function lumps(one: number, near: number, far: number, share: number, spread = 0.15): DataSource {
    const [rows, dims] = [4000, 32];
    const generator = stream(5, 'lumps');
    const values = Float32Array.from({ length: rows * dims }, () => spread * generator.standardNormal1());
    const labels = Uint8Array.from({ length: rows }, (_, k) => k % 2);
    for (let k = 0; k < rows; k++) {
      values[k * dims] += labels[k] === 1 ? one : generator.random1() < share ? near : far;
    }
    const dataset: Dataset = {
      ...{ id: 'lumps', version: 'base', title: 'Lumps', split: null, columns: new Map(), sha256: '', labels },
      ...{ name0: '0', name1: '1', embeddings: { values, rows, dims, scale: rowScale(values, rows, dims, true) } },
    };
    return {
      catalogue: () => Promise.resolve({ sets: [], encoders: [], presets: [] }),
      load: () => Promise.resolve(dataset),
    };
  }

  /** How far the curves lie from the mean of measured draws on the lumps, by amount. */
  async function offOnLumps(data: DataSource, renormalize: boolean, draws: number) {
    const amounts = [0, 0.02, 0.06, 0.2];
    const own = new Experiment(data, createCpuBackend());
    const base = specOf({ renormalize });
    const spec = { ...base, data: { ...base.data, id: 'lumps', synthetic: null } };
    const { expected, theory } = await overlay({ experiment: own, spec, checkpoint: free }, { amounts });
    if (expected.values === null) throw new Error(expected.reason);
    if (theory.model === null) throw new Error(theory.reason);
    const sums = amounts.map(() => 0);
    for (let seed = 0; seed < draws; seed++) {
      const seeded = { ...spec, drift: { ...spec.drift, seed } };
      const prepared = await own.prepare(seeded, free);
      amounts.forEach((amount, at) => (sums[at] += own.point(prepared, seeded, amount).rocAuc ?? NaN));
    }
    const off = (curve: ArrayLike<number> | undefined) =>
      amounts.map((_, at) => Math.abs((curve?.[at] ?? NaN) - sums[at] / draws));
    return { expected: off(expected.values), theory: off(theory.curves.rocAuc?.theory) };
  }

  test('is the mean of the measured AUC over noise draws, for scores of any shape, where the formula fails', async () => {
    // One draw scatters by about .008 on these 3,080 rows, the mean of 80 by .001.
    const { expected, theory } = await offOnLumps(lumps(0.5, -1, 3, 0.8), false, 80);
    expect(expected[0]).toBeLessThan(1e-12);
    expect(Math.max(...expected)).toBeLessThan(0.003);
    expect(Math.max(...theory)).toBeGreaterThan(0.03);
  });

  test('is an approximation under renormalisation: close on these lumps, far off where rows lie along the probe', async () => {
    const across = await offOnLumps(lumps(0.5, -1, 3, 0.8), true, 40);
    expect(across.expected[0]).toBeLessThan(1e-12);
    expect(Math.max(...across.expected)).toBeLessThan(0.006);
    // Rows that lie along the probe's direction: most of what noise adds to the score, renormalising takes back.
    const along = await offOnLumps(lumps(1.12, 2.12, 2.04, 0.58, 0.08), true, 20);
    expect(along.expected[0]).toBeLessThan(1e-12);
    expect(Math.max(...along.expected)).toBeGreaterThan(0.15);
    expect(Math.max(...along.expected)).toBeLessThan(0.25);
  });

  test('is for isotropic noise alone', async () => {
    const { expected } = await run(specOf({ kind: 'scaling' }, { rows: 400, dims: 8 }), [0, 0.1]);
    expect(expected.values).toBeNull();
    expect(expected.reason).toMatch(/isotropic noise/);
  });
});

describe('what isotropic noise cannot reach', () => {
  test('is the bound from the measured AUC one octave before, and noise stays above it but for its scatter', async () => {
    const report = await run(specOf({}, { spectrum: 1, meanCosine: 0.9 }));
    const { floor, measured, amounts } = report;
    if (floor.values === null) throw new Error(floor.reason);
    expect(floor.values[0]).toBeNaN();
    const exact = await run(specOf({}, { spectrum: 1, meanCosine: 0.9 }), [0, 0.05, 0.1]);
    expect(exact.floor.values?.[2]).toBe(lowestAucAfter(exact.measured.rocAuc[1], 2));
    for (let at = 2; at < amounts.length; at++) expect(measured.rocAuc[at]).toBeGreaterThan(floor.values[at] - 0.01);
  });

  test('is reached by a class-opposed shift, which is no noise', async () => {
    const { floor, measured } = await run(specOf({ kind: 'directional', direction: 'opposed' }));
    expect([...measured.rocAuc].some((auc, at) => auc < (floor.values?.[at] ?? NaN) - 0.05)).toBe(true);
  });
});

describe('where the theory does not apply it is left out with the reason', () => {
  const small = { rows: 400, dims: 8 };
  test.each([
    ['rows that are not normalised', {}, { data: { normalize: false } }, /length one/],
    [
      'a network',
      {},
      {
        probe: {
          kind: 'mlp',
          mlp: { hidden: 4, learningRate: 0.01, batch: 64, epochs: 2, patience: 2, l2: 0, seed: 1 },
        },
      },
      /network/,
    ],
  ] as const)('%s', async (_, drift, rest, why) => {
    const base = specOf(drift, small);
    const data = 'data' in rest ? { ...base.data, ...rest.data } : base.data;
    const report = await run(parsed({ ...base, ...rest, data }), [0, 0.1]);
    expect(report.theory.model).toBeNull();
    expect(report.theory.reason).toMatch(why);
    expect(report.measured.rocAuc[0]).toBeGreaterThan(0.5);
  });

  test('a threshold off ½ moves accuracy with it and leaves out what the formula lacks', async () => {
    const spec = specOf({}, {}, { metrics: { threshold: 0.7 } });
    const report = await run(spec, [0, 0.02, 0.1]);
    if (report.theory.model === null) throw new Error(report.theory.reason);
    expect(largest(report, 'accuracy')).toBeLessThanOrEqual(0.012);
    expect(report.theory.curves.ece).toBeNull();
    expect(report.theory.missing.ece).toMatch(/threshold/);
    expect(report.theory.curves.silentFailureRate).toBeNull();
  });

  test('beyond a quarter turn the subspace kind keeps nothing of the row, and the curve ends there', async () => {
    const report = await run(specOf({ kind: 'subspace' }, small), [0, 0.5, 1.2]);
    if (report.theory.model === null) throw new Error(report.theory.reason);
    expect(report.theory.ends?.amount).toBe(1.2);
    expect(report.theory.curves.rocAuc?.theory[2]).toBeNaN();
  });
});
