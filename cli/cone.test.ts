import { describe, expect, test } from 'vitest';
import { runAnalysis } from '../src/engine/analyses/run.ts';
import { createCpuBackend } from '../src/engine/cpu/cpuBackend.ts';
import type { DataSource } from '../src/engine/dataset.ts';
import { Experiment } from '../src/engine/experiment.ts';
import { amountOf } from '../src/engine/keys.ts';
import { parseSpec } from '../src/spec/parseSpec.ts';
import { shippedSource } from './files.ts';

/**
 * Measured with NumPy and scikit-learn: a common vector added to the rows of `tweets base`, rows renormalised, C = 1,
 * noise of σ = .02; AUC scatters by about .03 over splits and directions. Columns: mean cosine, AUC without scaler (per coordinate),
 * AUC with scaler (per coordinate), its mean confidence, AUC with scaler (total norm).
 */
const TABLE = `
.30   .955 .870 .94  .943
.90   .929 .718 .975 .942
.97   .888 .636 .988 .939
.99   .821 .588 .992 .931
.999  .640 .539 .995 .849
.9999 .547 .521 .998 .669`;
const ROWS = TABLE.trim()
  .split('\n')
  .map((line) => line.split(/\s+/).map(Number));

let loads = 0;
const shipped = shippedSource();
const source: DataSource = {
  catalogue: () => shipped.catalogue(),
  load: (data, checkpoint) => {
    loads++;
    return shipped.load(data, checkpoint);
  },
};
const experiment = new Experiment(source, createCpuBackend());
const go = async () => {};

function read(json: object) {
  const parsed = parseSpec(json);
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  return parsed.spec;
}

async function multipleFor(meanCosine: number): Promise<number> {
  const solved = await runAnalysis('coneMultiple', experiment, read({}), { meanCosine, seed: 42 }, go);
  if (solved.multiple === null) throw new Error(solved.reason);
  return solved.multiple;
}

async function measure(meanCosine: number, standardize: boolean, units: string) {
  const cone = meanCosine === 0.3 ? null : { multiple: await multipleFor(meanCosine), seed: 42 };
  const spec = read({ data: { cone }, probe: { standardize, classWeight: null }, drift: { units, sigma: 0.02 } });
  const prepared = await experiment.prepare(spec, go);
  return {
    prepared,
    clean: experiment.step(prepared, spec, 0).headline,
    now: experiment.step(prepared, spec, amountOf(spec.drift)).headline,
  };
}

describe('where the paper’s cliff comes from, against NumPy and scikit-learn on the same rows', () => {
  test.each(ROWS)('mean cosine %d', async (cosine, noScaler, scaler, confidence, totalNorm) => {
    const plain = await measure(cosine, false, 'per-coordinate');
    const scaled = await measure(cosine, true, 'per-coordinate');
    const total = await measure(cosine, true, 'total-norm');
    expect(Math.abs((plain.now.rocAuc ?? NaN) - noScaler)).toBeLessThan(0.04);
    expect(Math.abs((scaled.now.rocAuc ?? NaN) - scaler)).toBeLessThan(0.04);
    expect(Math.abs((scaled.now.meanConfidence ?? NaN) - confidence)).toBeLessThan(0.02);
    expect(Math.abs((total.now.rocAuc ?? NaN) - totalNorm)).toBeLessThan(0.04);
    const measured = scaled.prepared.meanCosine ?? NaN;
    expect(Math.abs(Math.log((1 - measured) / (1 - cosine)))).toBeLessThan(1e-3);
    expect(scaled.prepared.baseMeanCosine).toBeCloseTo(0.3000440575583712, 9);
    // A cone takes nothing from the clean probe: the rows still tell the classes apart.
    expect(scaled.clean.rocAuc).toBeGreaterThan(0.92);
  });

  test('all of that read the file once', () => {
    expect(loads).toBe(1);
  });

  test('the other encoder version gets the same cone', async () => {
    const data = { cone: { multiple: 5, seed: 42 } };
    const spec = read({ data, drift: { kind: 'model', to: 'int8-per-channel' } });
    const { target, dataset } = await experiment.prepare(spec, go);
    const direct = await experiment.prepare(read({ data: { ...data, version: 'int8-per-channel' } }), go);
    const same = (a: ArrayLike<number>, b: ArrayLike<number> | undefined) =>
      b !== undefined && a.length === b.length && Array.prototype.every.call(a, (value, i) => value === b[i]);
    expect(same(direct.dataset.embeddings.values, target?.embeddings.values)).toBe(true);
    expect(same(dataset.embeddings.values, target?.embeddings.values)).toBe(false);
  });

  test('rows that are not normalised keep their lengths', async () => {
    const { dataset } = await experiment.prepare(
      read({ data: { normalize: false, cone: { multiple: 5, seed: 42 } } }),
      go,
    );
    const plain = await experiment.prepare(read({ data: { normalize: false } }), go);
    const length = ({ values, scale, dims }: typeof dataset.embeddings) =>
      scale[7] * Math.hypot(...values.subarray(7 * dims, 8 * dims));
    expect(length(dataset.embeddings)).toBeCloseTo(length(plain.dataset.embeddings), 12);
  });

  test('a drift that is Cancelled while the cone is made leaves nothing half made', async () => {
    const spec = read({ data: { cone: { multiple: 3.3, seed: 9 } } });
    const stop = async (_: number, doing: string) => {
      if (doing.includes('cone')) throw new Error('stop');
    };
    await expect(experiment.prepare(spec, stop)).rejects.toThrow('stop');
    expect((await experiment.prepare(spec, go)).meanCosine).toBeGreaterThan(0.9);
  });
});
