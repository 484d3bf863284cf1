import { describe, expect, test } from 'vitest';
import { parseSpec } from '../../spec/parseSpec.ts';
import type { ExperimentSpec } from '../../spec/types.ts';
import { Cancelled } from '../backend.ts';
import { createCpuBackend } from '../cpu/cpuBackend.ts';
import { Experiment } from '../experiment.ts';
import { createSiteSource } from '../siteSource.ts';
import { runAnalysis } from './run.ts';
import type { WalkOptions } from './walk.ts';

const go = async () => {};
const experiment = new Experiment(createSiteSource('http://localhost/'), createCpuBackend());
const OPTIONS: WalkOptions = { steps: 6, sigma: null, fresh: true, drift: {}, align: true };

/** Gaussian classes in 32 dimensions, no files needed. */
function specWith(drift: object, probe: object = {}): ExperimentSpec {
  const synthetic = { rows: 2500, dims: 32, separation: 3, spectrum: 0.5, meanCosine: 0.2, seed: 5 };
  const parsed = parseSpec({ data: { id: 'synthetic', version: 'base', synthetic }, drift, probe });
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  return parsed.spec;
}
const report = (spec: ExperimentSpec, options: Partial<WalkOptions> = {}) =>
  runAnalysis('walk', experiment, spec, { ...OPTIONS, ...options }, go);
const near = (a: number | null, b: number | null, within: number) =>
  expect(Math.abs((a ?? NaN) - (b ?? NaN))).toBeLessThan(within);

describe('the walk and its ways back', () => {
  test('noise: nothing but the exact undo brings back what it took', async () => {
    const { checkpoints, back } = await report(specWith({ sigma: 0.08 }));
    const start = checkpoints[0].headline;
    const end = checkpoints[6].headline;
    const loss = (start.rocAuc ?? NaN) - (end.rocAuc ?? NaN);
    expect(loss).toBeGreaterThan(0.1);
    near(back.undone.rocAuc, start.rocAuc, 1e-5);
    expect(back.undone.errors).toBe(start.errors);
    expect(back.largestDistance).toBeLessThan(1e-5);
    for (const way of [back.recentred, back.refitted, back.aligned]) {
      expect(way?.rocAuc).toBeLessThan((start.rocAuc ?? NaN) - 0.6 * loss);
    }
  });

  test('a common direction: re-centring brings all of it back', async () => {
    const spec = specWith({ kind: 'directional', direction: 'along-probe', sigma: 0.1, renormalize: false });
    const { checkpoints, back } = await report(spec);
    const start = checkpoints[0].headline;
    const end = checkpoints[6].headline;
    near(end.rocAuc, start.rocAuc, 1e-5);
    expect(end.accuracy).toBeLessThan((start.accuracy ?? NaN) - 0.2);
    near(back.recentred.accuracy, start.accuracy, 0.003);
    near(back.recentred.rocAuc, start.rocAuc, 1e-5);
    near(back.undone.accuracy, start.accuracy, 0.003);
    // A fixed direction without renormalisation adds up: the walk is one jump of 6·σ.
    near(end.accuracy, checkpoints[6].jump?.accuracy ?? null, 0.003);
    expect(checkpoints[6].jumpAmount).toBeCloseTo(0.6, 12);
  });

  test('a rotation: re-centring does not bring it back, refitting and alignment do', async () => {
    const { checkpoints, back } = await report(specWith({ kind: 'rotation', sigma: 0.5 }));
    const start = checkpoints[0].headline;
    const end = checkpoints[6].headline;
    expect(end.rocAuc).toBeLessThan((start.rocAuc ?? NaN) - 0.15);
    near(back.refitted.rocAuc, start.rocAuc, 0.01);
    near(back.refitted.accuracy, start.accuracy, 0.02);
    near(back.aligned?.rocAuc ?? null, start.rocAuc, 1e-3);
    near(back.aligned?.accuracy ?? null, start.accuracy, 0.005);
    near(back.recentred.rocAuc, end.rocAuc, 1e-12);
    near(back.undone.rocAuc, start.rocAuc, 1e-5);
  });

  test('starts at the numbers without drift and adds its errors up', async () => {
    const spec = specWith({ sigma: 0.08 });
    const { checkpoints, rows } = await report(spec);
    const prepared = await experiment.prepare(spec, go);
    const clean = experiment.point(prepared, spec, 0);
    expect(checkpoints[0].headline.rocAuc).toBe(clean.rocAuc);
    expect(checkpoints[0].headline.errors).toBe(clean.errors);
    near(checkpoints[0].headline.meanAngleDegrees, 0, 1e-5);
    expect(checkpoints.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    let sum = 0;
    for (const { step, headline, cumulativeErrors } of checkpoints) {
      if (step > 0) sum += headline.errors;
      expect(cumulativeErrors).toBe(sum);
    }
    expect(rows).toEqual({ all: 2500, train: 1750, measured: 500 });
    near(checkpoints[0].refitted?.rocAuc ?? null, clean.rocAuc, 1e-9);
  });

  test('noise walked is noise jumped, by the law of the total amount', async () => {
    const { checkpoints } = await report(specWith({ sigma: 0.06 }));
    for (const { headline, jump } of checkpoints.slice(1)) {
      near(headline.rocAuc, jump?.rocAuc ?? null, 0.05);
      near(headline.meanAngleDegrees, jump?.meanAngleDegrees ?? null, 2);
    }
  });

  test('is the same each time', async () => {
    const spec = specWith({ sigma: 0.08 });
    expect(await report(spec)).toEqual(await report(spec));
  });

  test('takes the mechanism and σ that are chosen', async () => {
    const chosen = { kind: 'mean-shift' as const };
    const { drift, checkpoints } = await report(specWith({}), { drift: chosen, sigma: 0.2, align: false, steps: 2 });
    expect([drift.kind, drift.sigma, checkpoints.length]).toEqual(['mean-shift', 0.2, 3]);
  });

  test('refuses a network and a real update, with the reason, before any work', async () => {
    await expect(report(specWith({}, { kind: 'mlp' }))).rejects.toThrow('linear probe');
    await expect(report(specWith({}), { drift: { kind: 'model', to: 'x' } })).rejects.toThrow('one step');
    await expect(report(specWith({}), { steps: 0 })).rejects.toThrow(RangeError);
  });

  test('stops, naming the step, where the rows leave the range of float32', async () => {
    const away = specWith({ kind: 'scaling', sigma: 1000, renormalize: false });
    await expect(report(away, { steps: 20, align: false })).rejects.toThrow(
      /^After step 1\d the rows leave the range of float32: take a smaller σ, or renormalise\.$/,
    );
  });

  test('ends when cancelled', async () => {
    let looks = 0;
    const run = runAnalysis('walk', experiment, specWith({ seed: 9 }), OPTIONS, async () => {
      if (++looks > 200) throw new Cancelled();
    });
    await expect(run).rejects.toThrow(Cancelled);
  });
});
