import { ticks } from 'd3-array';
import type { Sweep } from '../engine/results.ts';
import { spreadLabels, type Box } from './axis.ts';
import { SERIES, type SeriesId } from './cliffSeries.ts';
import { niceSigma, type SigmaScale } from './sigmaScale.ts';
import { px } from './svg.ts';

/** How σ stands on the x axis of the cliff. */
export interface CliffAxis {
  readonly kind: 'log' | 'linear';
  /** Pixel of a σ. */
  at(sigma: number): number;
  /** σ of a pixel: a σ of the slider's positions on the log axis, three significant digits on the linear one. */
  sigmaAt(pixel: number): number;
  readonly ticks: readonly number[];
  /** The largest σ on the axis. */
  readonly end: number;
  /** Pixels between which the axis is broken; null on a linear axis. */
  readonly gap: readonly [number, number] | null;
}

/** Width of the slot of σ = 0 left of the break. */
const ZERO_SLOT = 14;
const BREAK = 14;

export function cliffBox(width: number): Box {
  const narrow = width < 520;
  const right = width - (narrow ? 94 : 146);
  const height = Math.min(270, Math.max(220, Math.round(0.5 * width)));
  return { left: 46, top: 30, right, bottom: 30 + height };
}

/** The log axis gives σ = 0 a place of its own left of a break; the linear one goes from 0 to `end`. */
export function cliffAxis(kind: 'log' | 'linear', scale: SigmaScale, box: Box, end = scale.max): CliffAxis {
  if (kind === 'linear') {
    const width = box.right - box.left;
    return {
      kind,
      at: (sigma) => box.left + (Math.min(end, Math.max(0, sigma)) / end) * width,
      sigmaAt: (pixel) => niceSigma(Math.min(1, Math.max(0, (pixel - box.left) / width)) * end),
      ticks: ticks(0, end, 5),
      end,
      gap: null,
    };
  }
  const zero = box.left + ZERO_SLOT / 2;
  const start = box.left + ZERO_SLOT + BREAK;
  const powers = [0];
  for (let power = Math.ceil(Math.log10(scale.min) - 1e-9); 10 ** power <= scale.max; power += 1) {
    powers.push(Number((10 ** power).toPrecision(1)));
  }
  return {
    kind,
    at: (sigma) => (sigma > 0 ? start + scale.logShare(sigma) * (box.right - start) : zero),
    sigmaAt(pixel) {
      if (pixel < (zero + start) / 2) return 0;
      const share = Math.min(1, Math.max(0, (pixel - start) / (box.right - start)));
      return scale.sigmaAt(1 + Math.round(share * (scale.positions - 1)));
    },
    ticks: powers,
    end: scale.max,
    gap: [box.left + ZERO_SLOT, start],
  };
}

/** Pixel of a share; the y axis is [0, 1]. */
export function cliffY(box: Box, value: number): number {
  return box.bottom - value * (box.bottom - box.top);
}

/**
 * A series as a path. An undefined point (NaN) lifts the pen; so does the break, left of which σ = 0 is a dash of its own.
 * Points beyond the axis are left out.
 */
export function cliffPath(sweep: Sweep, id: SeriesId, axis: CliffAxis, scale: SigmaScale, box: Box): string {
  const values = sweep[id];
  let path = '';
  let down = false;
  for (let i = 0; i < values.length; i += 1) {
    const sigma = sweep.sigmas[i];
    const value = values[i];
    if (!Number.isFinite(value) || sigma > axis.end || (axis.kind === 'log' && sigma > 0 && sigma < scale.min)) {
      down = false;
      continue;
    }
    const [x, y] = [px(axis.at(sigma)), px(cliffY(box, value))];
    if (axis.kind === 'log' && sigma === 0) {
      path += `M${px(x - ZERO_SLOT / 2)},${y}h${ZERO_SLOT}`;
      down = false;
      continue;
    }
    path += `${down ? 'L' : 'M'}${x},${y}`;
    down = true;
  }
  return path;
}

export interface EndLabel {
  readonly id: SeriesId;
  /** Where the line ends, and where its label stands. */
  readonly from: { readonly x: number; readonly y: number };
  readonly y: number;
}

const LABEL_GAP = 15;

/** A label for each visible line at its last defined point, moved apart so that none covers another. */
export function endLabels(sweep: Sweep, visible: ReadonlySet<SeriesId>, axis: CliffAxis, box: Box): EndLabel[] {
  const ends = SERIES.flatMap(({ id }) => {
    if (!visible.has(id)) return [];
    for (let i = sweep.sigmas.length - 1; i >= 0; i -= 1) {
      if (!Number.isFinite(sweep[id][i]) || sweep.sigmas[i] > axis.end) continue;
      return [{ id, from: { x: axis.at(sweep.sigmas[i]), y: cliffY(box, sweep[id][i]) } }];
    }
    return [];
  });
  const placed = spreadLabels(
    ends.map((end) => end.from.y),
    LABEL_GAP,
    box.top,
    box.bottom,
  );
  return ends.map((end, i) => ({ ...end, y: placed[i] }));
}
