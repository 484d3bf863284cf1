import { describe, expect, test } from 'vitest';
import type { Band, BandReport } from '../engine/analyses/band.ts';
import type { OverlayReport } from '../engine/analyses/overlay.ts';
import { emptySweep, type Sweep } from '../engine/results.ts';
import { cliffAxis } from './cliffGeometry.ts';
import { areaPath, cliffPlace, curvePath, stripReach, stripY } from './cliffLayerGeometry.ts';
import {
  bandAt,
  deepestBelow,
  insideBand,
  largestResidual,
  theoryAucAt,
  type CliffLayerData,
} from './cliffLayerData.ts';
import { layerReading, layerSentence, layerTable } from './cliffLayerWords.ts';
import { paperMeasured, PUBLISHED_AUC } from './cliffPublished.ts';
import { HEADLINE } from './testData.ts';
import { createSigmaScale } from './sigmaScale.ts';

const box = { left: 0, top: 0, right: 228, bottom: 100 };
const scale = createSigmaScale();
const log = cliffAxis('log', scale, box);
const linear = cliffAxis('linear', scale, box);
const sigmas = Float64Array.of(0, 0.01, 0.1, 1);
const of = (...values: number[]) => Float64Array.from(values);

const sweep: Sweep = { ...emptySweep(sigmas), rocAuc: of(0.9, 0.88, 0.7, 0.52) };
const pair = { now: sweep, beside: { sigma: 0.1, headline: { ...HEADLINE, rocAuc: 0.7 } } };

const line = {
  low: of(0.9, 0.86, 0.71, 0.48),
  middle: of(0.9, 0.87, 0.73, 0.5),
  high: of(0.9, 0.89, 0.75, 0.53),
  mean: of(0.9, 0.87, 0.73, 0.5),
  defined: Uint32Array.of(200, 200, 200, 200),
};
const lines = { rocAuc: line, accuracy: line, f1: line, meanConfidence: line, ece: line, silentFailureRate: line };
const report: BandReport = {
  method: 'exact in law',
  draws: 200,
  asked: 200,
  band: { amounts: sigmas, lines } satisfies Band,
  reason: null,
};

const measured = { theory: of(0.9, 0.87, 0.73, 0.5), residual: of(0, 0.01, -0.03, 0.02) };
const overlay: OverlayReport = {
  amounts: sigmas,
  measured: { rocAuc: sweep.rocAuc, accuracy: of(), meanConfidence: of(), ece: of(), silentFailureRate: of() },
  theory: {
    model: { kind: 'noise', units: 'per-coordinate', dims: 64, renormalize: true },
    classes: { mean0: 0, mean1: 0.1, sd0: 0.05, sd1: 0.05, pi1: 0.5, k: 40, b: -2 },
    settings: { threshold: 0.5, highConfidence: 0.8 },
    curves: { rocAuc: measured, accuracy: null, meanConfidence: null, ece: null, silentFailureRate: null },
    missing: {},
    ends: null,
    reason: null,
  },
  expected: { values: of(0.9, 0.87, 0.72, 0.51), reason: null },
  floor: { values: of(NaN, 0.8, 0.72, 0.5), reason: null },
};
const all: CliffLayerData = { band: report, overlay, theory: true, reach: true, published: true };
const none: CliffLayerData = { band: null, overlay: null, theory: false, reach: false, published: false };

describe('paths over the cliff', () => {
  test('a curve lifts the pen where it is undefined, and σ = 0 is a dash on the log axis alone', () => {
    const y = cliffPlace(box);
    expect(curvePath(sigmas, of(0.5, 0.5, NaN, 0.5), log, y)).toMatch(/^M0,50h14M[\d.]+,50M[\d.]+,50$/);
    expect(curvePath(sigmas, of(0.5, 0.5, 0.5, 0.5), linear, y).match(/L/g)).toHaveLength(3);
  });

  test('an area is closed around each run of defined points and leaves σ = 0 out', () => {
    const y = cliffPlace(box);
    const path = areaPath(sigmas, of(0, 0, NaN, 0), of(1, 1, 1, 1), linear, y);
    expect(path.match(/Z/g)).toHaveLength(2);
    expect(path).not.toContain('NaN');
    expect(areaPath(sigmas, of(0, NaN, NaN, NaN), of(1, 1, 1, 1), log, y)).toBe('');
  });

  test('the strip of residuals is symmetric around zero and never finer than .01', () => {
    expect(stripReach([of(0.001, NaN, -0.002)])).toBe(0.01);
    expect(stripReach([of(0.04), of(-0.051)])).toBe(0.075);
    const y = stripY({ left: 0, right: 10, top: 20, bottom: 60 }, 0.1);
    expect([y(0.1), y(0), y(-0.1)]).toEqual([20, 40, 60]);
  });
});

describe('numbers over the cliff', () => {
  test('a band is read by straight lines between its amounts, and not outside of them', () => {
    expect(bandAt(all, 'rocAuc', 0.1)).toEqual([0.71, 0.75]);
    expect(bandAt(all, 'rocAuc', 0.055)?.[0]).toBeCloseTo(0.785, 12);
    expect(bandAt(all, 'rocAuc', 2)).toBeNull();
    expect(bandAt(none, 'rocAuc', 0.1)).toBeNull();
  });

  test('points with drift inside the band are counted, the clean one is not', () => {
    expect(insideBand(all, pair)).toEqual({ inside: 2, of: 3 });
    expect(insideBand(none, pair)).toBeNull();
  });

  test('the formula is worked out at the handle, off the points of the sweep too', () => {
    const at = [0, 0.05, 0.1].map((sigma) => theoryAucAt(all, sigma) ?? NaN);
    expect(at[0]).toBeCloseTo(0.9214, 4); // Φ(√2)
    expect(at[1]).toBeCloseTo(0.8413, 4); // Φ(1): noise as wide as the classes
    expect(at[2]).toBeLessThan(at[1]);
    expect(theoryAucAt(none, 0.1)).toBeNull();
  });

  test('the largest residual keeps its sign, and the depth below the reach of noise its place', () => {
    expect(largestResidual(all)).toEqual({ value: -0.03, sigma: 0.1 });
    const deep = deepestBelow(all);
    expect([deep?.sigma, deep?.value]).toEqual([0.1, expect.closeTo(0.02, 12)]);
    expect(largestResidual(none)).toBeNull();
    expect(deepestBelow(none)).toBeNull();
  });
});

describe('words over the cliff', () => {
  test('the sentence says how the band was drawn, what the formula gives, and what is published', () => {
    const text = layerSentence(all, pair);
    expect(text).toContain('Over 200 draws, exact in law, nine AUCs in ten lie from 0.710 to 0.750');
    expect(text).toContain('inside at 2 of 3 points');
    expect(text).toContain('off by −0.030 at most, at 0.1.');
    expect(text).toContain('0.020 below what isotropic noise can reach');
    expect(text).toContain('Published: AUC .85');
    expect(layerSentence(none, pair)).toBe('');
  });

  test('real draws are called so', () => {
    const real = { ...report, method: 'real draws', draws: 20 } as const;
    expect(layerSentence({ ...none, band: real }, pair)).toContain('Over 20 real draws,');
  });

  test('the reading cursor adds theory, residual, band and reach', () => {
    expect(layerReading(all, pair, 2)).toBe(
      '; theory AUC 0.730, residual −0.030; AUC band 0.710 to 0.750; noise reaches 0.720',
    );
    expect(layerReading(none, pair, 2)).toBe('');
  });

  test('the table has a column for each number shown, and quotes what is published', () => {
    const table = layerTable(all, pair, [0, 2]);
    expect(table.columns.slice(0, 6)).toEqual([
      'AUC, theory',
      'AUC, residual',
      'AUC, 5 %',
      'AUC, 50 %',
      'AUC, 95 %',
      'AUC, mean of draws',
    ]);
    expect(new Set(table.columns).size).toBe(table.columns.length);
    expect(table.rows[1].slice(0, 3)).toEqual(['0.730', '−0.030', '0.710']);
    expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true);
    expect(table.note).toContain('exact in law');
    expect(table.note).toContain('.4975 at σ = .028');
    expect(layerTable(none, pair, [0]).columns).toEqual([]);
  });

  test('a layer of other amounts than the sweep says nothing at its points', () => {
    const other = { ...overlay, amounts: of(0, 0.02, 0.2, 1.5) };
    expect(layerTable({ ...all, band: null, overlay: other }, pair, [2]).rows[0].every((cell) => cell === '–')).toBe(
      true,
    );
    expect(layerReading({ ...all, band: null, overlay: other }, pair, 2)).toBe('');
  });
});

test('published points stand only with the kinds that the paper measured', () => {
  expect(paperMeasured('gaussian', 'random')).toBe(true);
  expect(paperMeasured('subspace', 'random')).toBe(true);
  expect(paperMeasured('directional', 'random')).toBe(true);
  expect(paperMeasured('directional', 'along-probe')).toBe(false);
  expect(paperMeasured('rotation', 'random')).toBe(false);
  expect(PUBLISHED_AUC.map(({ auc }) => auc)).toEqual([0.85, 0.5, 0.4975, 0.51]);
  expect(PUBLISHED_AUC.map(({ mark }) => mark)).toEqual(['.85', '.50', '.4975', '.51']);
  expect(PUBLISHED_AUC.map(({ source }) => source)).toEqual([
    'AUC .85 without drift (abstract; Fig. 2 has .90)',
    'AUC .50 at σ = .02 (abstract)',
    'AUC .4975 at σ = .028, checkpoint 1 (text)',
    'AUC .51 at σ = .028, checkpoint 1 (Fig. 2)',
  ]);
});
