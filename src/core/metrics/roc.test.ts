import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rocAuc } from './auc.ts';
import { labelledLogits } from './fixtures/arbitrary.ts';
import { largestGap } from './fixtures/golden.ts';
import { scikit } from './fixtures/scikit.ts';
import { drawnRoc } from './drawnRoc.ts';
import { ScoreSorter } from './rank.ts';
import { rankLabels } from './rankedLabels.ts';
import { dropCollinear, rocCurve, thin } from './roc.ts';
import type { RocCurve } from './types.ts';

function area(curve: RocCurve): number {
  let sum = 0;
  for (let k = 1; k < curve.fpr.length; k++) {
    sum += ((curve.fpr[k] - curve.fpr[k - 1]) * (curve.tpr[k] + curve.tpr[k - 1])) / 2;
  }
  return sum;
}

/** Distance of a point from a polyline. */
function distance(x: number, y: number, curve: RocCurve): number {
  let best = Infinity;
  for (let k = 1; k < curve.fpr.length; k++) {
    const dx = curve.fpr[k] - curve.fpr[k - 1];
    const dy = curve.tpr[k] - curve.tpr[k - 1];
    const squared = dx * dx + dy * dy;
    const along = squared === 0 ? 0 : ((x - curve.fpr[k - 1]) * dx + (y - curve.tpr[k - 1]) * dy) / squared;
    const t = Math.min(1, Math.max(0, along));
    best = Math.min(best, Math.hypot(x - curve.fpr[k - 1] - t * dx, y - curve.tpr[k - 1] - t * dy));
  }
  return best;
}

test.each(scikit.scores)('the curve of $name scores equals that of scikit-learn', (c) => {
  const curve = rocCurve(Uint8Array.from(c.y), Float64Array.from(c.z));
  expect(largestGap(curve.fpr, c.roc_fpr)).toBeLessThanOrEqual(1e-12);
  expect(largestGap(curve.tpr, c.roc_tpr)).toBeLessThanOrEqual(1e-12);
});

test('the area under the curve is the AUC, with and without collinear vertices', () => {
  fc.assert(
    fc.property(labelledLogits(), ({ labels, logits }) => {
      const auc = rocAuc(labels, logits);
      if (auc === null) return;
      const curve = rocCurve(labels, logits);
      expect(area(curve)).toBeCloseTo(auc, 12);
      expect(area(dropCollinear(curve, labels))).toBeCloseTo(auc, 12);
    }),
  );
});

test('a curve within the limit is not thinned', () => {
  const curve = rocCurve(Uint8Array.of(0, 1), Float64Array.of(0, 1));
  expect(thin(curve)).toBe(curve);
});

test.each([
  ['mixed', 0.7, 0.4],
  ['separated', 30, 0.4],
  ['inverted', -30, 0.4],
  ['few positives', 0.7, 0.01],
])(
  'the thinned curve of %s scores has at most 512 vertices, tells the exact number and stays close',
  (_, gap, share) => {
    const n = 6000;
    const labels = Uint8Array.from({ length: n }, (_row, i) => ((i * 0.618034) % 1 < share ? 1 : 0));
    const scores = Float64Array.from(
      labels,
      (label, i) => gap * (2 * label - 1) + 3 * Math.sin(i * 1.7) + (i % 97) / 50,
    );
    const curve = rocCurve(labels, scores);
    const thinned = thin(curve);
    expect(thinned.fpr.length).toBeLessThanOrEqual(512);
    expect(thinned.exactVertices).toBe(curve.fpr.length);
    expect([thinned.fpr[0], thinned.tpr[0], thinned.thresholds[0]]).toEqual([0, 0, Infinity]);
    expect([thinned.fpr.at(-1), thinned.tpr.at(-1)]).toEqual([1, 1]);
    let furthest = 0;
    for (let k = 0; k < curve.fpr.length; k += 7) {
      furthest = Math.max(furthest, distance(curve.fpr[k], curve.tpr[k], thinned));
    }
    expect(furthest).toBeLessThan(2 / 510);
  },
);

test('with one class the rate of the other is NaN, and thinning still works', () => {
  const n = 2000;
  const curve = rocCurve(
    new Uint8Array(n).fill(1),
    Float64Array.from({ length: n }, (_, i) => i),
  );
  expect(curve.fpr.every(Number.isNaN)).toBe(true);
  expect(curve.tpr.at(-1)).toBe(1);
  expect(thin(curve).fpr.length).toBeLessThanOrEqual(512);
});

test('the curve for drawing is, bit for bit, the thinned exact one, for any number of vertices', () => {
  fc.assert(
    fc.property(labelledLogits(200), fc.integer({ min: 3, max: 40 }), ({ labels, logits }, limit) => {
      const sorter = new ScoreSorter(labels.length);
      sorter.sort(logits);
      const drawn = drawnRoc(rankLabels(labels, sorter), logits, sorter, limit);
      expect(drawn).toEqual(thin(rocCurve(labels, logits), limit));
    }),
    { numRuns: 300 },
  );
});
