import { describe, expect, test } from 'vitest';
import { dot } from '../linalg/dot.ts';
import { allocateEmbeddings } from '../linalg/simdKernels.ts';
import { stream } from '../random/streams.ts';
import type { DriftSettings, PrepareContext } from '../drift/definition.ts';
import { definitionOf } from '../drift/registry.ts';
import { computeScalars } from '../drift/scalars.ts';
import { scoreRows } from '../drift/score.ts';
import { shiftDirection } from '../drift/directional.ts';
import {
  commonShift,
  fullRotation,
  opposedShift,
  partialRotation,
  perCoordinateNoise,
  secondScoreDrift,
  subspaceNoise,
  temperature,
  totalNormNoise,
} from './driftAlgebra.ts';
import { expectedAuc } from './expectedAuc.ts';
import { masterFormula } from './masterFormula.ts';
import type { DriftEffect, ScoreClasses, TheoryMetrics } from './masterFormula.ts';
import { measureScoreClasses, measureSecondScore } from './scoreClasses.ts';

const ROWS = 8000;
const DIMS = 256;
/** Noise draws that are averaged: one draw of this many rows leaves a standard error of .006 in a low AUC. */
const DRAWS = 5;
const TAU = 0.8;

/** Unit rows: a common direction, a power-law residual, and a class difference along a few coordinates. */
function syntheticRows(): PrepareContext {
  const generator = stream(20, 'synthetic');
  const cone = generator.standardNormal(new Float64Array(DIMS));
  const between = generator.standardNormal(new Float64Array(DIMS));
  const embeddings = allocateEmbeddings(ROWS, DIMS);
  const { values, scale } = embeddings;
  values.set(generator.standardNormal(new Float64Array(ROWS * DIMS)));
  const labels = new Uint8Array(ROWS);
  const coneLength = Math.sqrt(dot(cone, cone));
  for (let k = 0; k < ROWS; k++) {
    labels[k] = k % 2;
    let square = 0;
    for (let j = 0; j < DIMS; j++) {
      const x =
        (12 * cone[j]) / coneLength +
        values[k * DIMS + j] * (j + 1) ** -0.25 +
        (labels[k] - 0.5) * 0.11 * between[j] * (j + 1) ** -0.25;
      values[k * DIMS + j] = x;
      square += x * x;
    }
    scale[k] = 1 / Math.sqrt(square);
  }
  // A probe as a fit would give: along the whitened class difference, with logits a few units wide.
  const direction = between.map((x, j) => x * (j + 1) ** 0.25);
  const norm = Math.sqrt(dot(direction, direction));
  const all = Uint32Array.from({ length: ROWS }, (_, k) => k);
  return {
    embeddings,
    rows: all,
    labels,
    weights: direction.map((x) => (45 * x) / norm),
    trainRows: all,
    trainLabels: labels,
    target: null,
  };
}

const context = syntheticRows();
const { labels, weights } = context;
const k = Math.sqrt(dot(weights, weights));
const base: DriftSettings = {
  ...{ kind: 'gaussian', units: 'per-coordinate', direction: 'random', planes: null, seed: 8, renormalize: true },
};
const bias = (() => {
  const prepared = definitionOf('gaussian').prepare(base, context);
  const { s } = computeScalars(prepared, context);
  return -s.reduce((sum, x) => sum + x, 0) / s.length;
})();

interface Run {
  readonly classes: ScoreClasses;
  readonly measured: Omit<TheoryMetrics, 'brier' | 'ece'>;
  readonly scalars: ReturnType<typeof computeScalars>;
}

const passes = new Map<string, ReturnType<typeof computeScalars>>();

function simulate(settings: DriftSettings, sigma: number): Run {
  const prepared = definitionOf(settings.kind).prepare(settings, context);
  // The scalars do not depend on renormalisation.
  const key = JSON.stringify({ ...settings, renormalize: null });
  const scalars = passes.get(key) ?? computeScalars(prepared, context);
  passes.set(key, scalars);
  const logits = new Float64Array(ROWS);
  scoreRows(scalars, prepared, sigma, bias, logits);
  const { value: classes, reason } = measureScoreClasses(scalars.s, labels, k, bias);
  if (classes === null) throw new Error(reason);
  let right = 0;
  let silent = 0;
  let confidence = 0;
  for (let i = 0; i < ROWS; i++) {
    const c = 1 / (1 + Math.exp(-Math.abs(logits[i])));
    confidence += c;
    if (logits[i] >= 0 === (labels[i] === 1)) right++;
    else if (c > TAU) silent++;
  }
  return {
    classes,
    scalars,
    measured: {
      rocAuc:
        expectedAuc(
          logits.filter((_, i) => labels[i] === 0),
          logits.filter((_, i) => labels[i] === 1),
          0,
        ).value ?? Number.NaN,
      accuracy: right / ROWS,
      meanConfidence: confidence / ROWS,
      silentFailureRate: silent / (ROWS - right),
    },
  };
}

/** The same with the metrics averaged over several draws of the noise. */
function simulateNoise(settings: DriftSettings, sigma: number): Run {
  const runs = Array.from({ length: DRAWS }, (_, i) => simulate({ ...settings, seed: i }, sigma));
  const average = (name: keyof Run['measured']) =>
    runs.reduce((sum, run) => sum + (run.measured[name] ?? 0), 0) / DRAWS;
  return {
    ...runs[0],
    measured: {
      rocAuc: average('rocAuc'),
      accuracy: average('accuracy'),
      meanConfidence: average('meanConfidence'),
      silentFailureRate: average('silentFailureRate'),
    },
  };
}

/** The accuracy of the formula found for 10,000 synthetic rows: AUC .008, accuracy .012, confidence .004. */
function expectAgreement({ classes, measured }: Run, effect: DriftEffect): void {
  const theory = masterFormula(classes, effect, TAU);
  expect(Math.abs(theory.rocAuc - measured.rocAuc)).toBeLessThan(0.008);
  expect(Math.abs(theory.accuracy - measured.accuracy)).toBeLessThan(0.012);
  expect(Math.abs(theory.meanConfidence - measured.meanConfidence)).toBeLessThan(0.004);
  expect(Math.abs((theory.silentFailureRate ?? 0) - (measured.silentFailureRate ?? 1))).toBeLessThan(0.03);
}

const second = (run: Run) => {
  const { value, reason } = measureSecondScore(run.scalars.s, run.scalars.wd, labels, k);
  if (value === null) throw new Error(reason);
  return value;
};

describe('the master formula against simulated rows', () => {
  test('the synthetic probe is a useful one', () => {
    const { measured } = simulate(base, 0);
    expect(measured.rocAuc).toBeGreaterThan(0.75);
    expect(measured.rocAuc).toBeLessThan(0.95);
  });

  test.each([0, 0.005, 0.02, 0.1])('per-coordinate noise of σ = %s', (sigma) => {
    const run = simulateNoise(base, sigma);
    expectAgreement(run, perCoordinateNoise(run.classes, sigma, DIMS, true));
  });

  test('per-coordinate noise without renormalisation, where confidence rises', () => {
    const run = simulateNoise({ ...base, renormalize: false }, 0.05);
    expectAgreement(run, perCoordinateNoise(run.classes, 0.05, DIMS, false));
    expect(run.measured.meanConfidence).toBeGreaterThan(simulate(base, 0).measured.meanConfidence + 0.02);
  });

  test.each([0.02, 0.5, 2])('total-norm noise of σ = %s', (sigma) => {
    const run = simulateNoise({ ...base, units: 'total-norm' }, sigma);
    expectAgreement(run, totalNormNoise(run.classes, sigma, DIMS, true));
  });

  test('a common shift with and without renormalisation', () => {
    const settings: DriftSettings = { ...base, kind: 'directional' };
    const onProbe = dot(shiftDirection(settings, context), weights) / k;
    const plain = simulate({ ...settings, renormalize: false }, 0.3);
    expectAgreement(plain, commonShift(plain.classes, 0.3, onProbe, null));
    const run = simulate(settings, 0.15);
    // measureSecondScore divides by ‖w‖, which a = u·v does not contain.
    const { value: along } = measureSecondScore(
      run.scalars.s,
      run.scalars.xd.map((a) => a * k),
      labels,
      k,
    );
    expectAgreement(run, commonShift(run.classes, 0.15, onProbe, along));
  });

  test.each([0.02, 0.35, 1])('a rotation in all dimensions by %s radians', (sigma) => {
    const run = simulate({ ...base, kind: 'rotation' }, sigma);
    expectAgreement(run, fullRotation(run.classes, sigma, second(run)));
  });

  test('a rotation in 16 of 128 planes, by its measured displacement or on average over planes', () => {
    const theta = 0.5;
    const run = simulate({ ...base, kind: 'rotation', planes: 16 }, theta);
    const { wd, wp } = run.scalars;
    const moved = wd.map((q, i) => Math.sin(theta) * q + (Math.cos(theta) - 1) * (wp?.[i] ?? Number.NaN));
    const { value } = measureSecondScore(run.scalars.s, moved, labels, k);
    if (value === null) throw new Error('both classes are there');
    expectAgreement(run, secondScoreDrift(run.classes, 1, 1, value, 1));
    const average = masterFormula(run.classes, partialRotation(run.classes, theta, 32, DIMS, second(run)), TAU);
    expect(Math.abs(average.rocAuc - run.measured.rocAuc)).toBeLessThan(0.008);
    expect(Math.abs(average.meanConfidence - run.measured.meanConfidence)).toBeLessThan(0.02);
  });

  test.each([0.02, 0.15])('the paper’s subspace mix at σ = %s', (sigma) => {
    const run = simulate({ ...base, kind: 'subspace' }, sigma);
    const theta = (sigma * Math.PI) / 2;
    const meanXd = run.scalars.xd.reduce((sum, x) => sum + x, 0) / ROWS;
    const length = Math.sqrt(1 + Math.sin(2 * theta) * meanXd);
    expectAgreement(run, secondScoreDrift(run.classes, Math.cos(theta), Math.sin(theta), second(run), length));
  });

  test('axis scaling', () => {
    const run = simulate({ ...base, kind: 'scaling' }, 0.2);
    const { xd, dd } = run.scalars;
    let square = 0;
    for (let i = 0; i < ROWS; i++) square += (1 + 0.4 * xd[i] + 0.04 * dd[i]) / ROWS;
    expectAgreement(run, secondScoreDrift(run.classes, 1, 0.2, second(run), Math.sqrt(square)));
  });

  test('a class-opposed shift falls linearly, crosses one half at Δ/2 and inverts', () => {
    const clean = simulate(base, 0).classes;
    const separation = clean.mean1 - clean.mean0;
    for (const share of [0.25, 0.5, 0.9]) {
      const sigma = share * separation;
      const run = simulate({ ...base, kind: 'directional', direction: 'opposed' }, sigma);
      const effect = opposedShift(run.classes, sigma, true);
      expect(effect.separation).toBeCloseTo((1 - 2 * share) * separation, 12);
      expectAgreement(run, effect);
      if (share === 0.5) expect(Math.abs(run.measured.rocAuc - 0.5)).toBeLessThan(0.008);
      if (share === 0.9) expect(run.measured.rocAuc).toBeLessThan(0.35);
    }
  });

  test('along the probe AUC stays exactly where it was while accuracy falls', () => {
    const clean = simulate(base, 0).measured;
    const { measured } = simulate({ ...base, kind: 'directional', direction: 'against-probe' }, 0.08);
    expect(measured.rocAuc).toBe(clean.rocAuc);
    expect(measured.accuracy).toBeLessThan(clean.accuracy - 0.2);
  });
});

describe('effects by their table', () => {
  const classes: ScoreClasses = { mean0: -0.02, mean1: 0.03, sd0: 0.04, sd1: 0.04, pi1: 0.5, k: 50, b: 0 };

  test('noise in a random subspace that holds its share of the probe is total-norm noise', () => {
    expect(subspaceNoise(classes, 0.3, 40, 40 / 768, true)).toEqual({
      ...totalNormNoise(classes, 0.3, 768, true),
      nuSquared: expect.closeTo(0.09 / 768, 15) as number,
      c: expect.closeTo(Math.sqrt(1.09), 14) as number,
    });
  });

  test('a temperature leaves AUC and accuracy of a probe without bias untouched', () => {
    const hot = masterFormula(classes, temperature(classes, 3), TAU);
    const clean = masterFormula(classes, temperature(classes, 1), TAU);
    expect(hot.rocAuc).toBeCloseTo(clean.rocAuc, 14);
    expect(hot.accuracy).toBeCloseTo(clean.accuracy, 14);
    expect(hot.meanConfidence).toBeLessThan(clean.meanConfidence);
    expect(() => temperature(classes, 0)).toThrow(RangeError);
  });

  test('class statistics are undefined with a class of one row', () => {
    expect(measureScoreClasses(Float64Array.of(1, 2, 3), Uint8Array.of(0, 1, 1), 1, 0).value).toBeNull();
    expect(measureScoreClasses(Float64Array.of(1, 1, 2, 3), Uint8Array.of(0, 0, 1, 1), 1, 0).reason).toMatch(
      /two rows/,
    );
    expect(measureSecondScore(Float64Array.of(1), Float64Array.of(1), Uint8Array.of(0), 1).value).toBeNull();
  });
});
