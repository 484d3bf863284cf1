import { describe, expect, test } from 'vitest';
import { effectAt } from '../../core/theory/effectModel.ts';
import { masterFormula, noEffect } from '../../core/theory/masterFormula.ts';
import { parseSpec } from '../../spec/parseSpec.ts';
import { createCpuBackend } from '../cpu/cpuBackend.ts';
import { Experiment } from '../experiment.ts';
import { createManifestSource } from '../manifestSource.ts';
import type { AlgebraReport } from './algebra.ts';
import { NAMED } from './namedMechanisms.ts';
import { runAnalysis } from './run.ts';

const source = createManifestSource(async () => {
  throw new Error('Synthetic rows need no files.');
});
const experiment = new Experiment(source, createCpuBackend());
const go = async () => {};
const synthetic = { rows: 8000, dims: 64, separation: 1.5, spectrum: 0.5, meanCosine: 0.6, seed: 3 };

function specOf(drift: object, probe: object = { C: 1 }) {
  const parsed = parseSpec({
    data: { id: 'synthetic', synthetic },
    split: { train: 0.4, validation: 0.1, test: 0.5 },
    probe,
    drift,
  });
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  return parsed.spec;
}

const run = (drift: object, strength: 'sigma' | 'angle' = 'sigma'): Promise<AlgebraReport> =>
  runAnalysis('algebra', experiment, specOf(drift), { strength, matrices: true }, go);
const point = (report: AlgebraReport, id: string) => {
  const found = report.points.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`No point ${id}`);
  return found;
};

describe('the drift algebra on synthetic Gaussian classes', () => {
  test('temperature and a common shift without renormalisation leave the AUC of the formula and of the rows as it was', async () => {
    const report = await run({ sigma: 0.1, renormalize: false });
    const clean = masterFormula(report.classes, noEffect(report.classes), 0.8);
    for (const id of ['temperature', 'random-shift', 'along-probe', 'against-probe', 'class-mean', 'mean-shift']) {
      const { effect, measured } = point(report, id);
      if (!effect) throw new Error(`${id} has no effect`);
      const formula = masterFormula(report.classes, effect, 0.8);
      expect(Math.abs(formula.rocAuc - clean.rocAuc), id).toBeLessThan(1e-12);
      expect(Math.abs((measured?.rocAuc ?? NaN) - (report.clean.rocAuc ?? NaN)), id).toBeLessThan(1e-12);
    }
    const { effect } = point(report, 'temperature');
    const cooled = masterFormula(report.classes, effect ?? noEffect(report.classes), 0.8);
    expect(cooled.accuracy).toBeCloseTo(clean.accuracy, 12);
    expect(cooled.meanConfidence).toBeLessThan(clean.meanConfidence - 0.03);
    const shifted = point(report, 'against-probe');
    expect(shifted.measured?.accuracy).toBeLessThan((report.clean.accuracy ?? NaN) - 0.1);
  });

  test.each([true, false])(
    'formula and measurement agree for every mechanism (renormalised: %s)',
    async (renormalize) => {
      const report = await run({ sigma: 0.06, renormalize });
      expect(report.points.map(({ id }) => id)).toEqual(['present', ...Object.keys(NAMED), 'temperature']);
      for (const { id, effect, measured } of report.points) {
        if (!effect || !measured) throw new Error(`${id} has no effect`);
        const formula = masterFormula(report.classes, effect, 0.8);
        // 4,000 rows: the standard error of an AUC is near .007, and one noise draw scatters by as much again.
        expect(Math.abs(formula.rocAuc - (measured.rocAuc ?? NaN)), id).toBeLessThan(0.02);
        expect(Math.abs(formula.accuracy - (measured.accuracy ?? NaN)), id).toBeLessThan(0.025);
        expect(Math.abs(formula.meanConfidence - (measured.meanConfidence ?? NaN)), id).toBeLessThan(0.015);
      }
    },
  );

  test('the present drift is the named one at the same σ, and follows σ', async () => {
    for (const sigma of [0.02, 0.1]) {
      const report = await run({ kind: 'directional', direction: 'opposed', sigma });
      expect(point(report, 'present').effect).toEqual(point(report, 'opposed').effect);
      expect(point(report, 'present').measured).toEqual(point(report, 'opposed').measured);
      expect(point(report, 'present').amount).toBe(sigma);
    }
  });

  test('scalars that are kept give what the drift itself gives', async () => {
    await run({ sigma: 0.01 });
    const report = await run({ sigma: 0.3 });
    for (const id of ['rotation', 'subspace', 'scaling', 'class-mean'] as const) {
      const spec = specOf({ ...NAMED[id], sigma: 0.3 });
      const fresh = new Experiment(source, createCpuBackend());
      const prepared = await fresh.prepare(spec, go);
      const { rocAuc, meanConfidence, meanAngleDegrees } = fresh.point(prepared, spec, 0.3);
      expect(point(report, id).measured?.rocAuc).toBe(rocAuc);
      expect(point(report, id).measured?.meanConfidence).toBe(meanConfidence);
      expect(point(report, id).angle).toBe(meanAngleDegrees);
    }
  });

  test('at equal angle every mechanism turns the rows as far as the present drift', async () => {
    const report = await run({ sigma: 0.03 }, 'angle');
    for (const { id, angle, amount, reason } of report.points) {
      if (id === 'temperature') continue;
      if (amount === null) expect(reason).not.toBeNull();
      else expect(Math.abs((angle ?? NaN) - (report.presentAngle ?? NaN)), id).toBeLessThan(1e-6);
    }
    expect(report.points.filter(({ amount }) => amount === null).length).toBeLessThan(2);
  });

  test('no drift is no effect, exactly', async () => {
    const report = await run({ sigma: 0 });
    for (const { id, effect, measured } of report.points) {
      if (id === 'temperature') continue;
      expect(effect).toEqual(noEffect(report.classes));
      expect(measured).toEqual(report.clean);
    }
    expect(effectAt({ kind: 'opposed', renormalize: true }, report.classes, 0).effect).toEqual(
      noEffect(report.classes),
    );
  });

  test('rows of other lengths and networks are refused in words', async () => {
    const raw = parseSpec({ data: { id: 'synthetic', synthetic, normalize: false } });
    if (!raw.ok) throw new Error('bad spec');
    await expect(
      runAnalysis('algebra', experiment, raw.spec, { strength: 'sigma', matrices: true }, go),
    ).rejects.toThrow('length one');
    const network = specOf({}, { kind: 'mlp' });
    await expect(
      runAnalysis('algebra', experiment, network, { strength: 'sigma', matrices: true }, go),
    ).rejects.toThrow('linear');
  });
});
