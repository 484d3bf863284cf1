import { describe, expect, test } from 'vitest';
import { runAnalysis } from '../src/engine/analyses/run.ts';
import { createCpuBackend } from '../src/engine/cpu/cpuBackend.ts';
import { Experiment } from '../src/engine/experiment.ts';
import { CONES, standsAt, STEPS } from '../src/labs/drift/panels/cliffWalk/steps.ts';
import { DEFAULT_SPEC } from '../src/spec/defaultSpec.ts';
import { parseSpec } from '../src/spec/parseSpec.ts';
import { applyPatch } from '../src/state/specStore.ts';
import { shippedSource } from './files.ts';

const experiment = new Experiment(shippedSource(), createCpuBackend());
const go = async () => {};

async function measure(place: number) {
  const spec = applyPatch(DEFAULT_SPEC, STEPS[place].patch);
  const prepared = await experiment.prepare(spec, go);
  return {
    clean: experiment.step(prepared, spec, 0).headline,
    now: experiment.step(prepared, spec, spec.drift.sigma).headline,
  };
}

describe('the walk to the cliff', () => {
  test('every step is a spec of the lab, and stands at its own place alone', () => {
    STEPS.forEach((step, place) => {
      const spec = applyPatch(DEFAULT_SPEC, step.patch);
      expect(parseSpec(JSON.parse(JSON.stringify(spec))).ok).toBe(true);
      expect(STEPS.findIndex((other) => standsAt(spec, other))).toBe(place);
    });
  });

  test.each(CONES)('the multiple of mean cosine $meanCosine is the one that solving gives', async (cone) => {
    const spec = applyPatch(DEFAULT_SPEC, STEPS[0].patch);
    const solved = await runAnalysis('coneMultiple', experiment, spec, { meanCosine: cone.meanCosine, seed: 42 }, go);
    expect(Math.abs((solved.multiple ?? NaN) / cone.multiple - 1)).toBeLessThan(1e-4);
  });

  test('goes where its words say', async () => {
    const walk = [];
    for (let place = 0; place < STEPS.length; place++) walk.push(await measure(place));
    const auc = walk.map(({ now }) => now.rocAuc ?? NaN);
    const confidence = walk.map(({ now }) => now.meanConfidence ?? NaN);
    const angle = walk.map(({ now }) => now.meanAngleDegrees ?? NaN);
    // One degree does nothing.
    expect(Math.abs(auc[0] - (walk[0].clean.rocAuc ?? NaN))).toBeLessThan(0.01);
    expect(Math.abs(angle[0] - 1.15)).toBeLessThan(0.05);
    for (const place of [1, 2, 3, 4]) {
      expect(Math.abs(angle[place] - 24.3)).toBeLessThan(0.2);
      expect(auc[place]).toBeLessThan(auc[place - 1] - 0.03);
      expect(confidence[place]).toBeGreaterThan(confidence[place - 1]);
      expect(walk[place].clean.rocAuc).toBeGreaterThan(0.93);
    }
    expect(Math.abs(auc[4] - 0.54)).toBeLessThan(0.04);
    expect(confidence[4]).toBeGreaterThan(0.99);
    expect(walk[4].now.silentFailureRate).toBeGreaterThan(0.97);
    expect(Math.abs(angle[5] - 1.15)).toBeLessThan(0.05);
    expect(auc[5]).toBeGreaterThan(0.8);
    // One degree now costs about ten points of accuracy, and confidence does not fall.
    expect(Math.abs((walk[5].clean.accuracy ?? NaN) - (walk[5].now.accuracy ?? NaN) - 0.1)).toBeLessThan(0.02);
    expect(confidence[5]).toBeGreaterThanOrEqual(walk[5].clean.meanConfidence ?? NaN);
    // Without the scaler AUC falls as well, from a probe that was never sure.
    expect(Math.abs(angle[6] - angle[4])).toBeLessThan(1e-9);
    expect(walk[6].clean.rocAuc).toBeGreaterThan(0.92);
    expect(auc[6]).toBeLessThan(0.7);
    for (const { meanConfidence } of [walk[6].clean, walk[6].now])
      expect(Math.abs((meanConfidence ?? NaN) - 0.5)).toBeLessThan(0.05);
    expect(walk[6].now.silentFailureRate).toBe(0);
  });
});
