import { describe, expect, test } from 'vitest';
import type { GeometryReport } from '../../engine/analyses/geometry.ts';
import { CLEAN, createPlacer, edgesOf, fitDomain, outcome, summarize, type RowScene } from './scene.ts';
import { rowReading, rowSentence, rowTable } from './words.ts';

const none = new Float64Array(4);
const geometry: GeometryReport = {
  rows: 4,
  rowNumbers: Uint32Array.of(7, 11, 13, 1017),
  labels: Uint8Array.of(1, 1, 0, 0),
  gram: {
    rows: 4,
    n2: Float64Array.of(1, 1, 1, 1),
    xd: none,
    dd: Float64Array.of(1, 1, 1, 1),
    xp: null,
    dp: null,
    pp: null,
  },
  norm: 'original',
  probe: {
    axis: { ex: Float64Array.of(0.3, 0.1, -0.2, -0.4), ed: Float64Array.of(-1, 0, 0, 1), ep: null },
    origin: 0.05,
    weightNorm: 10,
  },
  second: {
    axis: { ex: Float64Array.of(0.1, 0.2, 0.3, 0.4), ed: none, ep: null },
    origin: 0.1,
    share: 0.25,
    probeShare: 0.01,
    trainRows: 12,
    passes: 3,
    settled: true,
  },
};
const scene = (beta: number, metrics: Partial<RowScene['metrics']> = {}): RowScene => ({
  geometry,
  coefficients: { alpha: 1, beta, gamma: 0 },
  logits: null,
  cleanLogits: null,
  metrics: { threshold: 0.5, highConfidence: 0.8, confidence: 'max', ...metrics },
});
const names = { name0: 'safe', name1: 'toxic' };

describe('a scene of rows', () => {
  test('stands at the signed distance to the plane and the second component, renormalised', () => {
    const { x, y } = createPlacer()(scene(0.5), scene(0.5).coefficients, null);
    const c = 1 / Math.sqrt(1.25);
    expect(x[0]).toBeCloseTo((0.3 - 0.5) * c - 0.05, 14);
    expect(x[3]).toBeCloseTo((-0.4 + 0.5) * c - 0.05, 14);
    expect(y[2]).toBeCloseTo(0.3 * c - 0.1, 14);
  });

  test('takes the logits of a network for the horizontal axis', () => {
    const now = { ...scene(0.5), logits: Float32Array.of(1, 2, 3, -4) };
    expect([...createPlacer()(now, now.coefficients, now.logits).x]).toEqual([1, 2, 3, -4]);
    expect(edgesOf(now).above).toBeCloseTo(Math.log(4), 12);
  });

  test('knows right from wrong and sure from unsure as the metrics do, by either convention of confidence', () => {
    const max = edgesOf(scene(0, { threshold: 0.9 }));
    expect(max.decision).toBeCloseTo(Math.log(9) / 10, 12);
    const between = (Math.log(4) + Math.log(9)) / 20;
    expect(outcome(between, 1, max)).toBe(3);
    // p is between .8 and .9: the answer is 0, whose own probability is below τ.
    expect(outcome(between, 1, edgesOf(scene(0, { threshold: 0.9, confidence: 'predicted' })))).toBe(2);
    expect(outcome(-1, 0, max)).toBe(1);
    expect(outcome(0.01, 0, max)).toBe(0);
  });

  test('is summed up by class, with counts of every outcome', () => {
    const now = scene(0.5);
    const placement = createPlacer()(now, now.coefficients, null);
    const { classes, withoutPlace } = summarize(placement, geometry.labels, edgesOf(now));
    expect(withoutPlace).toBe(0);
    expect(classes[1].rows).toBe(2);
    expect(classes[1].meanX).toBeCloseTo((placement.x[0] + placement.x[1]) / 2, 14);
    expect(classes[1].deviationX).toBeCloseTo(Math.abs(placement.x[0] - placement.x[1]) / 2, 12);
    expect(classes[1].outcomes.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(classes[1].outcomes[3]).toBe(1);
  });

  test('has axes with room for every row and for the decision line', () => {
    const { x, y } = fitDomain({ x: Float64Array.of(1, 3, Number.NaN), y: Float64Array.of(2, 2, 2) }, 0);
    expect(x[0]).toBeLessThan(0);
    expect(x[1]).toBeGreaterThan(3);
    expect(y[0]).toBeLessThan(2);
    expect(y[1]).toBeGreaterThan(2);
  });

  test('at threshold 0 or 1 has axes round its rows: the decision lies at no place', () => {
    for (const threshold of [0, 1]) {
      const now = scene(0.5, { threshold });
      const placement = createPlacer()(now, now.coefficients, null);
      const { x } = fitDomain(placement, edgesOf(now).decision);
      expect(x.every(Number.isFinite)).toBe(true);
      expect(x[0]).toBeLessThan(Math.min(...placement.x));
      expect(x[1]).toBeGreaterThan(Math.max(...placement.x));
      expect(summarize(placement, geometry.labels, edgesOf(now)).classes[threshold].outcomes.slice(0, 2)).toEqual([
        0, 0,
      ]);
    }
  });

  test('is told in words: wrong rows, silent ones, and which way the classes went', () => {
    expect(rowSentence(scene(0), names)).toMatch(/None of 4 rows lies on the wrong side.*No row has moved/);
    const said = rowSentence(scene(0.5), names);
    expect(said).toMatch(/^Of 4 rows, 2 lie on the wrong side of the decision line; 1 of them is wrong and confident/);
    expect(said).toMatch(/class 1 \(toxic\) moved 0\.245 row lengths towards class 0/);
    const table = rowTable(scene(0.5), names);
    expect(table.rows).toHaveLength(4);
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    expect(table.rows[0].slice(0, 6)).toEqual(['toxic, drifted', '2', '1', '0', '0', '1']);
    const now = scene(0);
    const placement = createPlacer()(now, CLEAN, null);
    expect(rowReading(now, placement, 3, names)).toMatch(
      /^Row 1,018: label 0 \(safe\), logit −4\.500, confidence 0\.989, right, confident/,
    );
  });
});
