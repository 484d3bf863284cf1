import type { Box } from './axis.ts';
import { cliffY, type CliffAxis } from './cliffGeometry.ts';
import { niceCeil } from './axis.ts';
import { px } from './svg.ts';

const ZERO_SLOT = 14;
type Place = (value: number) => number;

/** A curve over ascending σ; an undefined point lifts the pen, and σ = 0 is a dash of its own on the log axis. */
export function curvePath(sigmas: ArrayLike<number>, values: ArrayLike<number>, axis: CliffAxis, y: Place): string {
  let path = '';
  let down = false;
  for (let k = 0; k < sigmas.length; k += 1) {
    if (!Number.isFinite(values[k]) || sigmas[k] > axis.end) {
      down = false;
      continue;
    }
    const [at, level] = [px(axis.at(sigmas[k])), px(y(values[k]))];
    if (axis.gap !== null && sigmas[k] === 0) {
      path += `M${px(at - ZERO_SLOT / 2)},${level}h${ZERO_SLOT}`;
      down = false;
      continue;
    }
    path += `${down ? 'L' : 'M'}${at},${level}`;
    down = true;
  }
  return path;
}

/** The area between two curves, one closed piece for each run of points where both are defined; σ = 0 is left out. */
export function areaPath(
  sigmas: ArrayLike<number>,
  low: ArrayLike<number>,
  high: ArrayLike<number>,
  axis: CliffAxis,
  y: Place,
): string {
  let path = '';
  for (let from = 0; from < sigmas.length; from += 1) {
    const defined = (k: number): boolean =>
      k < sigmas.length &&
      sigmas[k] > 0 &&
      sigmas[k] <= axis.end &&
      Number.isFinite(low[k]) &&
      Number.isFinite(high[k]);
    if (!defined(from)) continue;
    let to = from;
    while (defined(to + 1)) to += 1;
    const points: string[] = [];
    for (let k = from; k <= to; k += 1) points.push(`${px(axis.at(sigmas[k]))},${px(y(high[k]))}`);
    for (let k = to; k >= from; k -= 1) points.push(`${px(axis.at(sigmas[k]))},${px(y(low[k]))}`);
    path += `M${points.join('L')}Z`;
    from = to;
  }
  return path;
}

/** The strip of residuals under the axis title of the cliff. */
export function stripBox(box: Box): Box {
  return { left: box.left, right: box.right, top: box.bottom + 66, bottom: box.bottom + 122 };
}

/** Pixels that the strip needs below the room of the cliff's own axis. */
export const STRIP_ROOM = 122;

/** Half the height of the strip's axis: just above the largest residual, and no finer than .01. */
export function stripReach(residuals: readonly ArrayLike<number>[]): number {
  let largest = 0;
  for (const values of residuals) {
    for (let k = 0; k < values.length; k += 1) {
      if (Number.isFinite(values[k])) largest = Math.max(largest, Math.abs(values[k]));
    }
  }
  return Math.max(0.01, niceCeil(largest));
}

export function stripY(strip: Box, reach: number): Place {
  const middle = (strip.top + strip.bottom) / 2;
  const half = (strip.bottom - strip.top) / 2;
  return (value) => middle - (value / reach) * half;
}

export const cliffPlace =
  (box: Box): Place =>
  (value) =>
    cliffY(box, value);
