import { describe, expect, test } from 'vitest';
import { transformRow } from '../../core/drift/transform.ts';
import { readRow } from '../../core/drift/definition.ts';
import { parseSpec } from '../../spec/parseSpec.ts';
import type { ExperimentSpec } from '../../spec/types.ts';
import { Cancelled } from '../backend.ts';
import { createCpuBackend } from '../cpu/cpuBackend.ts';
import { Experiment } from '../experiment.ts';
import { createSiteSource } from '../siteSource.ts';
import type { MechanismRow, MechanismsOptions } from './mechanisms.ts';
import { runAnalysis } from './run.ts';

const go = async () => {};

/** Gaussian classes in 64 dimensions, no files needed. */
function specWith(drift: object): ExperimentSpec {
  const synthetic = { rows: 3000, dims: 64, separation: 3, spectrum: 0.5, meanCosine: 0.2, seed: 5 };
  const parsed = parseSpec({ data: { id: 'synthetic', version: 'base', synthetic }, drift });
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  return parsed.spec;
}

const experiment = new Experiment(createSiteSource('http://localhost/'), createCpuBackend());
const OPTIONS: MechanismsOptions = { strength: 'displacement', target: null, matrices: true, versions: [] };
const report = (spec: ExperimentSpec, options: Partial<MechanismsOptions> = {}) =>
  runAnalysis('mechanisms', experiment, spec, { ...OPTIONS, ...options }, go);
const one = (rows: readonly MechanismRow[], id: string): MechanismRow => {
  const found = rows.find((row) => row.id === id);
  if (!found) throw new Error(`no row ${id}`);
  return found;
};

describe('all mechanisms at equal strength', () => {
  test('have the displacement of the present drift, to ten digits, each at its own amount', async () => {
    const spec = specWith({ sigma: 0.05 });
    const { rows, target, now } = await report(spec);
    expect(target).toBe(now.displacement);
    expect(rows.map(({ id }) => id)).toContain('subspace');
    for (const { id, state, status, reason } of rows) {
      expect([id, status, reason]).toEqual([id, 'matched', null]);
      expect(Math.abs((state?.displacement ?? 0) / (target ?? 0) - 1)).toBeLessThan(1e-10);
    }
    expect(one(rows, 'per-coordinate').state?.amount).toBeCloseTo(0.05, 9);
    expect(new Set(rows.map(({ state }) => state?.amount)).size).toBeGreaterThan(6);
  });

  test('are not called equal where the strength is lost in rounding', async () => {
    const { rows } = await report(specWith({ sigma: 0.05 }), { target: 1e-300 });
    expect(rows.length).toBeGreaterThan(6);
    for (const { status, state, reason } of rows) {
      const met = state !== null && Math.abs((state.displacement ?? 0) / 1e-300 - 1) <= 1e-6;
      expect(status === 'matched').toBe(met);
      if (status !== 'matched') expect(reason).toMatch(/No amount gives just this strength/);
    }
    expect(rows.some(({ status }) => status !== 'matched')).toBe(true);
  });

  test('do unequal harm: a random shift leaves AUC and costs accuracy, and the least displacement against the probe costs most', async () => {
    const spec = specWith({ renormalize: false });
    const { rows, clean } = await report(spec, { target: 0.8 });
    const loss = (id: string, metric: 'rocAuc' | 'accuracy') =>
      (clean.headline[metric] ?? NaN) - (one(rows, id).state?.headline[metric] ?? NaN);
    expect(Math.abs(loss('random-shift', 'rocAuc'))).toBeLessThan(0.005);
    expect(loss('random-shift', 'accuracy')).toBeGreaterThan(0.02);
    expect(loss('per-coordinate', 'rocAuc')).toBeGreaterThan(0.02);
    expect(loss('opposed', 'rocAuc')).toBeGreaterThan(loss('per-coordinate', 'rocAuc') + 0.05);

    const small = await report(spec, { target: 0.25 });
    const against = one(small.rows, 'against-probe').state?.headline.accuracy ?? NaN;
    expect(against).toBeLessThan((one(rows, 'per-coordinate').state?.headline.accuracy ?? NaN) - 0.02);
    for (const row of small.rows) {
      if (row.id === 'against-probe' || row.id === 'along-probe' || row.id === 'opposed') continue;
      expect(row.state?.headline.accuracy).toBeGreaterThanOrEqual(against);
    }
  });

  test('can be matched by angle', async () => {
    const { rows } = await report(specWith({ kind: 'rotation' }), { strength: 'angle', target: 25 });
    for (const { state } of rows) expect(state?.headline.meanAngleDegrees).toBeCloseTo(25, 8);
    expect(one(rows, 'rotation').state?.amount).toBeCloseTo((25 * Math.PI) / 180, 10);
  });

  test('say how far they go where they do not go far enough', async () => {
    const { rows } = await report(specWith({ renormalize: true }), { target: 1.45 });
    const few = one(rows, 'rotation-16');
    expect(few.status).toBe('short');
    expect(few.state).toBeNull();
    expect(few.largest).toBeLessThan(1.45);
    expect(few.reason).toContain('at most');
    expect(one(rows, 'rotation').status).toBe('matched');
  });

  test('need a drift that moves the rows, or a strength that was typed', async () => {
    const still = await report(specWith({ sigma: 0 }));
    expect(still.target).toBeNull();
    expect(still.rows).toEqual([]);
    const typed = await report(specWith({ sigma: 0 }), { target: 0.2, matrices: false });
    expect(typed.rows.filter(({ status }) => status === 'matched').length).toBeGreaterThan(8);
    expect(one(typed.rows, 'subspace').status).toBe('left-out');
  });

  test('give the displacement that the drifted rows have in all dimensions', async () => {
    const spec = specWith({});
    const { rows } = await report(spec, { target: 0.3 });
    const { drift, state } = one(rows, 'subspace');
    const own = { ...spec, drift: { ...spec.drift, ...drift } };
    const prepared = await experiment.prepare(own, go);
    const { embeddings, rows: test } = prepared.context;
    const from = new Float64Array(embeddings.dims);
    const to = new Float64Array(embeddings.dims);
    let sum = 0;
    for (let k = 0; k < test.length; k++) {
      readRow(embeddings, test[k], from);
      transformRow(prepared.drift, embeddings, test, k, state?.amount ?? NaN, to);
      sum += Math.hypot(...from.map((x, j) => to[j] - x));
    }
    expect(sum / test.length).toBeCloseTo(0.3, 10);
  });

  test('end when cancelled', async () => {
    let looks = 0;
    const run = runAnalysis('mechanisms', experiment, specWith({}), { ...OPTIONS, target: 0.21 }, async () => {
      if (++looks > 40) throw new Cancelled();
    });
    await expect(run).rejects.toThrow(Cancelled);
  });
});
