import { rocFromSorted, thin } from './roc.ts';
import type { ScoreSorter } from './rank.ts';
import type { RankedLabels } from './rankedLabels.ts';
import type { RocCurve } from './types.ts';

/** Vertices of one stretch of the curve. */
interface Stretch {
  length: number;
  x: Float64Array;
  y: Float64Array;
  /** Place of the vertex's lowest row in the sorted order. */
  place: Uint32Array;
}

function grow(stretch: Stretch): void {
  const capacity = 2 * stretch.x.length;
  for (const key of ['x', 'y'] as const) {
    const wider = new Float64Array(capacity);
    wider.set(stretch[key]);
    stretch[key] = wider;
  }
  const places = new Uint32Array(capacity);
  places.set(stretch.place);
  stretch.place = places;
}

/** The vertex of the stretch that lies furthest from the chord between its neighbours (x0, y0) and (x1, y1). */
function furthest({ length, x, y }: Stretch, x0: number, y0: number, x1: number, y1: number): number {
  const dx = x1 - x0;
  const dy = y1 - y0;
  let best = 0;
  let most = -1;
  for (let k = 0; k < length; k++) {
    const distance = Math.abs((x[k] - x0) * dy - (y[k] - y0) * dx);
    if (distance > most) {
      most = distance;
      best = k;
    }
  }
  return best;
}

/**
 * `thin(rocFromSorted(labels, scores, sorter), limit)`, vertex for vertex and bit for bit, without the exact curve in between:
 * one stretch of about rows/limit vertices is held at a time.
 */
export function drawnRoc(ranked: RankedLabels, scores: Float64Array, sorter: ScoreSorter, limit = 512): RocCurve {
  const { rows, positives, negatives, label, startsTie } = ranked;
  let vertices = 1;
  for (let k = 0; k < rows; k++) vertices += startsTie[k];
  if (vertices <= limit) return thin(rocFromSorted(ranked, scores, sorter), limit);
  const stretches = limit - 2;
  const room = Math.ceil((2 * rows) / stretches) + 8;
  const stretch: Stretch = {
    length: 0,
    x: new Float64Array(room),
    y: new Float64Array(room),
    place: new Uint32Array(room),
  };
  const fpr = new Float64Array(limit);
  const tpr = new Float64Array(limit);
  const thresholds = new Float64Array(limit);
  const { order } = sorter;
  let kept = 0;
  const keep = (x: number, y: number, threshold: number): void => {
    fpr[kept] = negatives === 0 ? NaN : x;
    tpr[kept] = positives === 0 ? NaN : y;
    thresholds[kept++] = threshold;
  };
  keep(0, 0, Infinity);
  // The vertex before the stretch.
  let x0 = 0;
  let y0 = 0;
  let current = -1;
  let tp = 0;
  let fp = 0;
  for (let k = rows - 1; k >= 0; k--) {
    const y1 = label[k];
    tp += y1;
    fp += 1 - y1;
    if (startsTie[k] === 0) continue;
    // An undefined rate follows the other one.
    const x = negatives === 0 ? tp / positives : fp / negatives;
    const y = positives === 0 ? x : tp / positives;
    const at = Math.min(stretches - 1, Math.floor(((x + y) / 2) * stretches));
    if (at !== current || k === 0) {
      const { length } = stretch;
      if (length > 0) {
        const best = furthest(stretch, x0, y0, x, y);
        keep(stretch.x[best], stretch.y[best], scores[order[stretch.place[best]]]);
        x0 = stretch.x[length - 1];
        y0 = stretch.y[length - 1];
        stretch.length = 0;
      }
      current = at;
    }
    if (stretch.length === stretch.x.length) grow(stretch);
    stretch.x[stretch.length] = x;
    stretch.y[stretch.length] = y;
    stretch.place[stretch.length++] = k;
  }
  keep(1, 1, scores[order[0]]);
  return {
    fpr: fpr.slice(0, kept),
    tpr: tpr.slice(0, kept),
    thresholds: thresholds.slice(0, kept),
    exactVertices: vertices,
  };
}
