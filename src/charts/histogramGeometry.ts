import { ticks } from 'd3-array';
import type { ConfidenceHistogram } from '../core/metrics/types.ts';
import { niceCeil, type Box } from './axis.ts';
import { px } from './svg.ts';

export interface HistogramScale {
  /** Largest counts that the upper (right) and lower (wrong) halves hold. */
  readonly up: number;
  readonly down: number;
  /** Pixel of the line between them. */
  readonly zero: number;
  readonly x: (confidence: number) => number;
  /** Pixel of a count: positive goes up (right), negative down (wrong). */
  readonly y: (count: number) => number;
}

export interface HistogramPaths {
  readonly right: string;
  /** Wrong answers with confidence at or below τ. */
  readonly unsure: string;
  /** Wrong answers with confidence above τ. */
  readonly silent: string;
}

export function histogramBox(width: number): Box {
  const right = width - 12;
  const left = 58;
  const height = Math.min(320, Math.max(220, Math.round(0.62 * (right - left))));
  return { left, top: 22, right, bottom: 22 + height };
}

/** The outline of another histogram on the same scale: its bars above and beneath the line. */
export function histogramOutline({ edges, right, wrong }: ConfidenceHistogram, scale: HistogramScale): string {
  const half = (counts: Uint32Array, sign: 1 | -1) =>
    Array.from(
      counts,
      (count, i) =>
        `${i === 0 ? 'M' : 'L'}${px(scale.x(edges[i]))},${px(scale.y(sign * count))}H${px(scale.x(edges[i + 1]))}`,
    ).join('');
  return half(right, 1) + half(wrong, -1);
}

/** One scale for both halves, so that a wrong answer is as tall as a right one. */
export function histogramScale(
  { edges, right, wrong }: ConfidenceHistogram,
  box: Box,
  beside?: ConfidenceHistogram | null,
): HistogramScale {
  const most = (counts: Uint32Array, others?: Uint32Array) => Math.max(largest(counts), others ? largest(others) : 0);
  const up = niceCeil(most(right, beside?.right));
  const down = Math.max(niceCeil(most(wrong, beside?.wrong)), 0.18 * up);
  const rows = up + down;
  const zero = box.top + (up / rows) * (box.bottom - box.top);
  const [low, high] = [edges[0], edges[edges.length - 1]];
  return {
    up,
    down,
    zero,
    x: (confidence) => box.left + ((confidence - low) / (high - low)) * (box.right - box.left),
    y: (count) => zero - (count / rows) * (box.bottom - box.top),
  };
}

/** Right answers above the line, wrong ones beneath it, a wrong bin that τ cuts drawn in two parts at τ. */
export function histogramPaths(histogram: ConfidenceHistogram, scale: HistogramScale, tau: number): HistogramPaths {
  const { edges, right, wrong } = histogram;
  let [up, unsure, silent] = ['', '', ''];
  for (let i = 0; i < right.length; i += 1) {
    const [from, to] = [edges[i], edges[i + 1]];
    const inset = Math.min(1, (scale.x(to) - scale.x(from)) / 6);
    if (right[i] > 0) up += bar(scale, from, to, right[i], inset, inset);
    if (wrong[i] === 0) continue;
    const cut = Math.min(to, Math.max(from, tau));
    if (cut > from) unsure += bar(scale, from, cut, -wrong[i], inset, cut < to ? 0 : inset);
    if (cut < to) silent += bar(scale, cut, to, -wrong[i], cut > from ? 0 : inset, inset);
  }
  return { right: up, unsure, silent };
}

/** Ticks on both sides of zero, at one step: counts, never negative when shown. */
export function histogramTicks(scale: HistogramScale, count = 6): number[] {
  return ticks(-scale.down, scale.up, count).filter(Number.isInteger);
}

function bar(scale: HistogramScale, from: number, to: number, count: number, before: number, after: number): string {
  const y = scale.y(count);
  const tip = Math.abs(y - scale.zero) < 1 ? scale.zero - Math.sign(count) : y;
  return `M${px(scale.x(from) + before)},${px(scale.zero)}H${px(scale.x(to) - after)}V${px(tip)}H${px(scale.x(from) + before)}Z`;
}

function largest(counts: Uint32Array): number {
  let most = 0;
  for (const count of counts) if (count > most) most = count;
  return most;
}
