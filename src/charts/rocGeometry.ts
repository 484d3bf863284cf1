import type { RocCurve } from '../core/metrics/types.ts';
import type { Box } from './axis.ts';
import { px } from './svg.ts';

const LARGEST = 430;

/** A square box in the middle of the width. */
export function rocBox(width: number): Box {
  const [left, right, top] = [46, 12, 8];
  const side = Math.min(LARGEST, width - left - right);
  const start = left + Math.floor((width - left - right - side) / 2);
  return { left: start, top, right: start + side, bottom: top + side };
}

/**
 * The curve as a path. Vertices that would move the pen by less than half a pixel are left out, so any number of vertices
 * gives a short path whose distance from the exact one cannot be seen. Empty where a rate is undefined: one class only.
 */
export function rocPath(curve: RocCurve, box: Box): string {
  const [w, h] = [box.right - box.left, box.bottom - box.top];
  const last = curve.fpr.length - 1;
  if (last < 0 || Number.isNaN(curve.fpr[last]) || Number.isNaN(curve.tpr[last])) return '';
  let path = '';
  let [lastX, lastY] = [Infinity, Infinity];
  for (let i = 0; i <= last; i += 1) {
    const x = box.left + w * curve.fpr[i];
    const y = box.bottom - h * curve.tpr[i];
    if (i !== 0 && i !== last && Math.abs(x - lastX) < 0.5 && Math.abs(y - lastY) < 0.5) continue;
    path += `${i === 0 ? 'M' : 'L'}${px(x)},${px(y)}`;
    [lastX, lastY] = [x, y];
  }
  return path;
}

/**
 * The curve's height at a false positive rate in [0, 1], between vertices by a straight line (the expected rate of a
 * randomised threshold); on a vertical run its top. Null for a curve without vertices.
 */
export function tprAt(curve: RocCurve, fpr: number): number | null {
  const after = lastAtOrBelow(curve.fpr, fpr);
  if (after < 0) return null;
  const [x0, y0] = [curve.fpr[after], curve.tpr[after]];
  if (after === curve.fpr.length - 1 || x0 === fpr) return y0;
  const share = (fpr - x0) / (curve.fpr[after + 1] - x0);
  return y0 + share * (curve.tpr[after + 1] - y0);
}

/** The threshold, as a probability, of the last vertex at or below this false positive rate. */
export function thresholdAt(curve: RocCurve, fpr: number): number | null {
  const at = lastAtOrBelow(curve.fpr, fpr);
  return at < 0 ? null : 1 / (1 + Math.exp(-curve.thresholds[at]));
}

function lastAtOrBelow(rising: Float64Array, value: number): number {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
