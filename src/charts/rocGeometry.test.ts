import { expect, test } from 'vitest';
import type { RocCurve } from '../core/metrics/types.ts';
import { rocBox, rocPath, thresholdAt, tprAt } from './rocGeometry.ts';
import { rocReading, rocSentence, rocTable, type RocData } from './rocWords.ts';

const curve: RocCurve = {
  fpr: Float64Array.of(0, 0, 0.2, 0.6, 1),
  tpr: Float64Array.of(0, 0.5, 0.8, 0.9, 1),
  thresholds: Float64Array.of(Infinity, 2, 0, -1, -3),
  exactVertices: 5,
};
const unit = { left: 0, top: 0, right: 100, bottom: 100 };
const data: RocData = {
  roc: curve,
  operatingPoint: { fpr: 0.2, tpr: 0.8 },
  aucInterval: { value: 0.82, low: 0.8, high: 0.84, reason: null },
};
const clean: RocData = { ...data, aucInterval: { value: 0.95, low: 0.94, high: 0.96, reason: null } };

test('the box is square and inside the width, at any width', () => {
  for (const width of [240, 360, 600, 1400]) {
    const box = rocBox(width);
    expect(box.right - box.left).toBe(box.bottom - box.top);
    expect(box.right).toBeLessThanOrEqual(width);
    expect(box.left).toBeGreaterThanOrEqual(40);
  }
});

test('the path goes through every vertex of a small curve', () => {
  expect(rocPath(curve, unit)).toBe('M0,100L0,50L20,20L60,10L100,0');
});

test('a curve of 20,000 vertices becomes a short path that stays within a pixel of it', () => {
  const n = 20_000;
  const at = Float64Array.from({ length: n + 1 }, (_, i) => i / n);
  const long = { fpr: at, tpr: at.map((x) => Math.sqrt(x)), thresholds: at, exactVertices: n + 1 };
  const box = { left: 0, top: 0, right: 400, bottom: 400 };
  const points = rocPath(long, box)
    .slice(1)
    .split('L')
    .map((point) => point.split(',').map(Number));
  expect(points.length).toBeLessThan(1700);
  expect(points[0]).toEqual([0, 400]);
  expect(points[points.length - 1]).toEqual([400, 0]);
  for (const [x, y] of points) expect(Math.abs(y - (400 - 400 * Math.sqrt(x / 400)))).toBeLessThan(1);
  for (let i = 1; i < points.length; i += 1) {
    expect(Math.hypot(points[i][0] - points[i - 1][0], points[i][1] - points[i - 1][1])).toBeLessThan(3);
  }
});

test('the curve is read by straight lines between vertices, and at the top of a vertical run', () => {
  expect(tprAt(curve, 0)).toBe(0.5);
  expect(tprAt(curve, 0.1)).toBeCloseTo(0.65, 12);
  expect(tprAt(curve, 0.2)).toBe(0.8);
  expect(tprAt(curve, 1)).toBe(1);
  expect(tprAt({ ...curve, fpr: new Float64Array(), tpr: new Float64Array() }, 0.5)).toBeNull();
});

test('thresholds are read as probabilities', () => {
  expect(thresholdAt(curve, 0.2)).toBe(0.5);
  expect(thresholdAt(curve, 0.1)).toBeCloseTo(1 / (1 + Math.exp(-2)), 12);
});

test('the sentence tells the AUC, its change from clean, and the operating point', () => {
  expect(rocSentence({ now: data, beside: clean }, { threshold: 0.5 })).toBe(
    'AUC is 0.820 (95% interval 0.800 to 0.840), down from 0.950 on clean embeddings. At threshold 0.5 the probe catches 80.0% of class 1 and raises a false alarm on 20.0% of class 0. Dashed: without drift.',
  );
});

test('the sentence says when the interval holds chance, and when AUC is undefined', () => {
  const chance = { ...data, aucInterval: { value: 0.51, low: 0.48, high: 0.54, reason: null } };
  expect(rocSentence({ now: chance, beside: null }, { threshold: 0.5 })).toContain('which is chance');
  const none = { ...data, aucInterval: { value: null, low: null, high: null, reason: 'only one class' } };
  expect(rocSentence({ now: none, beside: null }, { threshold: 0.5 })).toContain('one class only');
  const oneClass = { ...data.roc, fpr: data.roc.fpr.map(() => NaN) };
  expect(rocPath(oneClass, rocBox(400))).toBe('');
});

test('the table reads both curves at the same rates and says how many vertices there are', () => {
  const table = rocTable({ now: data, beside: clean });
  expect(table.rows).toHaveLength(14);
  expect(table.rows[0]).toEqual(['0%', '50.0%', '0.8808', '50.0%']);
  expect(table.note).toContain('5 vertices');
  expect(rocReading({ now: data, beside: null }, 0.2)).toBe(
    'False positive rate 20%: true positive rate 80.0%, threshold 0.500',
  );
});
