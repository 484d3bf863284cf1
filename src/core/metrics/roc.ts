import { classCounts } from './auc.ts';
import { ScoreSorter } from './rank.ts';
import { rankLabels } from './rankedLabels.ts';
import type { RankedLabels } from './rankedLabels.ts';
import type { RocCurve } from './types.ts';

/** The ROC curve of rows that are sorted already; see {@link rocCurve}. */
export function rocFromSorted(ranked: RankedLabels, scores: Float64Array, sorter: ScoreSorter): RocCurve {
  const { rows, positives, negatives, label, startsTie } = ranked;
  let vertices = 1;
  for (let k = 0; k < rows; k++) vertices += startsTie[k];
  const fpr = new Float64Array(vertices);
  const tpr = new Float64Array(vertices);
  const thresholds = new Float64Array(vertices);
  thresholds[0] = Infinity;
  let tp = 0;
  let fp = 0;
  let vertex = 1;
  for (let k = rows - 1; k >= 0; k--) {
    tp += label[k];
    fp += 1 - label[k];
    if (startsTie[k] === 1) {
      fpr[vertex] = fp / negatives;
      tpr[vertex] = tp / positives;
      thresholds[vertex] = scores[sorter.order[k]];
      vertex++;
    }
  }
  if (negatives === 0) fpr.fill(NaN);
  if (positives === 0) tpr.fill(NaN);
  return { fpr, tpr, thresholds, exactVertices: vertices };
}

/**
 * The exact ROC curve: (0, 0) at threshold +Infinity, then one vertex for each distinct score, descending; a row counts as
 * positive where its score is at least the threshold. A tie between classes is one slanted segment.
 *
 * @returns Rates in [0, 1]; tpr is all NaN where there are no positives, fpr all NaN where there are no negatives.
 */
export function rocCurve(labels: Uint8Array, scores: Float64Array, sorter = new ScoreSorter(scores.length)): RocCurve {
  sorter.sort(scores);
  return rocFromSorted(rankLabels(labels, sorter), scores, sorter);
}

function pick(curve: RocCurve, kept: readonly number[]): RocCurve {
  return {
    fpr: Float64Array.from(kept, (k) => curve.fpr[k]),
    tpr: Float64Array.from(kept, (k) => curve.tpr[k]),
    thresholds: Float64Array.from(kept, (k) => curve.thresholds[k]),
    exactVertices: curve.exactVertices,
  };
}

/**
 * The vertices that scikit-learn's `drop_intermediate` keeps: the first, the highest score, the lowest score, and every vertex
 * at which the step (in rows of either class) changes. The drawn line is the same. Two steps in one direction but of unequal
 * length are both kept, as there.
 */
export function dropCollinear(curve: RocCurve, labels: Uint8Array): RocCurve {
  const { positives, negatives } = classCounts(labels);
  const last = curve.fpr.length - 1;
  // Counts, not rates: differences of rates are not exact.
  const tp = Float64Array.from(curve.tpr, (rate) => (positives === 0 ? 0 : Math.round(rate * positives)));
  const fp = Float64Array.from(curve.fpr, (rate) => (negatives === 0 ? 0 : Math.round(rate * negatives)));
  const kept = [0];
  for (let k = 1; k <= last; k++) {
    const bends =
      k === 1 || k === last || tp[k + 1] - tp[k] !== tp[k] - tp[k - 1] || fp[k + 1] - fp[k] !== fp[k] - fp[k - 1];
    if (bends) kept.push(k);
  }
  return pick(curve, kept);
}

/**
 * At most `limit` vertices for drawing: the curve is cut into limit − 2 stretches of equal fpr + tpr, and of each stretch the
 * vertex furthest from the stretch's chord is kept, besides both ends. The thinned line leaves the exact one by less than
 * 2/(limit − 2). A curve within the limit comes back as it is; `exactVertices` always tells the exact number.
 */
export function thin(curve: RocCurve, limit = 512): RocCurve {
  const { fpr, tpr } = curve;
  const n = fpr.length;
  if (limit < 3) throw new RangeError(`A thinned curve needs at least 3 vertices, not ${limit}.`);
  if (n <= limit) return curve;
  // An undefined rate is NaN; along the other one the curve is still cut evenly.
  const x = Number.isNaN(fpr[0]) ? tpr : fpr;
  const y = Number.isNaN(tpr[0]) ? fpr : tpr;
  const stretches = limit - 2;
  const kept = [0];
  for (let start = 1; start < n - 1;) {
    const stretch = Math.min(stretches - 1, Math.floor(((x[start] + y[start]) / 2) * stretches));
    let end = start + 1;
    while (end < n - 1 && Math.min(stretches - 1, Math.floor(((x[end] + y[end]) / 2) * stretches)) === stretch) end++;
    const dx = x[end] - x[start - 1];
    const dy = y[end] - y[start - 1];
    let best = start;
    let furthest = -1;
    for (let k = start; k < end; k++) {
      const distance = Math.abs((x[k] - x[start - 1]) * dy - (y[k] - y[start - 1]) * dx);
      if (distance > furthest) {
        furthest = distance;
        best = k;
      }
    }
    kept.push(best);
    start = end;
  }
  kept.push(n - 1);
  return pick(curve, kept);
}
