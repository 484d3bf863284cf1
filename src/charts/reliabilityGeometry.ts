import type { ReliabilityBin } from '../core/metrics/types.ts';
import { niceCeil, type Box } from './axis.ts';
import { px } from './svg.ts';

export interface ReliabilityBoxes {
  readonly plot: Box;
  /** The strip of counts beneath. */
  readonly strip: Box;
}

export interface ReliabilityPaths {
  /** Consistency band: a rectangle a bin, across its width. */
  readonly band: string;
  /** From the diagonal to the observed accuracy, at the bin's mean confidence. */
  readonly gaps: string;
  /** Wilson intervals: whiskers with caps. */
  readonly whiskers: string;
  /** Observed accuracy: a dot a bin. */
  readonly points: string;
  readonly counts: string;
  /** Slots of bins without rows. */
  readonly empty: string;
  readonly diagonal: string;
}

const DOT = 4.5;

export function reliabilityBoxes(width: number): ReliabilityBoxes {
  const [left, right, top] = [46, 12, 8];
  const side = Math.min(430, width - left - right);
  const start = left + Math.floor((width - left - right - side) / 2);
  const bottom = top + Math.round(side * 0.8);
  return {
    plot: { left: start, top, right: start + side, bottom },
    strip: { left: start, top: bottom + 22, right: start + side, bottom: bottom + 70 },
  };
}

/** The x axis: [0.5, 1] where no bin reaches below 0.5, as confidences do; else [0, 1]. */
export function reliabilityDomain(bins: readonly ReliabilityBin[]): readonly [number, number] {
  return bins.length > 0 && bins.every((bin) => bin.lower >= 0.5) ? [0.5, 1] : [0, 1];
}

/** Pixel of a value on the x axis. */
export function reliabilityX(box: Box, domain: readonly [number, number], value: number): number {
  return box.left + ((value - domain[0]) / (domain[1] - domain[0])) * (box.right - box.left);
}

/** Pixel of an accuracy; the y axis is [0, 1]. */
export function reliabilityY(box: Box, value: number): number {
  return box.bottom - value * (box.bottom - box.top);
}

export function largestCount(bins: readonly ReliabilityBin[]): number {
  return bins.reduce((most, bin) => Math.max(most, bin.count), 0);
}

/** Paths of the diagram. An empty bin has a slot in the strip and nothing above: no dot, no gap, no bar at 0. */
export function reliabilityPaths(bins: readonly ReliabilityBin[], boxes: ReliabilityBoxes): ReliabilityPaths {
  const { plot, strip } = boxes;
  const domain = reliabilityDomain(bins);
  const x = (value: number): number => reliabilityX(plot, domain, value);
  const y = (value: number): number => reliabilityY(plot, value);
  const top = niceCeil(largestCount(bins));
  let [band, gaps, whiskers, points, counts, empty] = ['', '', '', '', '', ''];
  for (const bin of bins) {
    const [from, to] = [x(bin.lower), x(bin.upper)];
    const inset = Math.min(1, (to - from) / 4);
    if (bin.count === 0 || bin.confidence === null || bin.accuracy === null) {
      empty += rect(from + inset, strip.top, to - inset, strip.bottom);
      continue;
    }
    if (bin.consistencyLow !== null && bin.consistencyHigh !== null) {
      band += rect(from, y(bin.consistencyHigh), to, y(bin.consistencyLow));
    }
    const at = px(x(bin.confidence));
    gaps += `M${at},${px(y(bin.confidence))}V${px(y(bin.accuracy))}`;
    if (bin.low !== null && bin.high !== null) {
      whiskers += `M${px(at - 3)},${px(y(bin.low))}h6m-3,0V${px(y(bin.high))}m-3,0h6`;
    }
    points += dot(at, y(bin.accuracy));
    const height = Math.max(1, (bin.count / top) * (strip.bottom - strip.top));
    counts += rect(from + inset, strip.bottom - height, to - inset, strip.bottom);
  }
  const diagonal = `M${px(x(domain[0]))},${px(y(domain[0]))}L${px(x(domain[1]))},${px(y(domain[1]))}`;
  return { band, gaps, whiskers, points, counts, empty, diagonal };
}

function rect(x0: number, y0: number, x1: number, y1: number): string {
  return `M${px(x0)},${px(y0)}H${px(x1)}V${px(y1)}H${px(x0)}Z`;
}

function dot(x: number, y: number): string {
  return `M${px(x - DOT)},${px(y)}a${DOT},${DOT} 0 1 0 ${2 * DOT},0a${DOT},${DOT} 0 1 0 ${-2 * DOT},0Z`;
}
