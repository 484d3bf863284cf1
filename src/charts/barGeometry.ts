import { nice } from 'd3-array';
import type { Box } from './axis.ts';
import type { BarChartData, BarChartOptions } from './barChartData.ts';

/** A bar in pixels; `zero` is its foot. Null height where the value is undefined. */
export interface Bar {
  readonly series: number;
  readonly group: number;
  readonly x: number;
  readonly width: number;
  readonly middle: number;
  readonly top: number | null;
  readonly published: number | null;
  readonly whisker: readonly [number, number] | null;
}

const GROUP_SHARE = 0.76;
const WIDEST_BAR = 44;

export function barBox(width: number): Box {
  const height = Math.min(240, Math.max(180, Math.round(0.5 * width)));
  return { left: 54, top: 12, right: width - 14, bottom: 12 + height };
}

/** The ends of the y axis: the ones asked for, else round numbers around everything drawn and 0. */
export function barDomain({ series }: BarChartData, { yDomain }: BarChartOptions): readonly [number, number] {
  if (yDomain !== undefined) return yDomain;
  let [low, high] = [0, 0];
  for (const { values, low: lows, high: highs, published } of series) {
    for (const list of [values, lows, highs, published]) {
      for (const value of list ? Array.from(list) : []) {
        if (!Number.isFinite(value)) continue;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  }
  return low === high ? [0, 1] : (nice(low, high, 5) as [number, number]);
}

export function barY(box: Box, [low, high]: readonly [number, number], value: number): number {
  return box.bottom - ((Math.min(high, Math.max(low, value)) - low) / (high - low)) * (box.bottom - box.top);
}

/** The middle of a group on the x axis. */
export function groupMiddle(box: Box, groups: number, group: number): number {
  return box.left + ((group + 0.5) / groups) * (box.right - box.left);
}

export function bars({ groups, series }: BarChartData, box: Box, domain: readonly [number, number]): Bar[] {
  const slot = (box.right - box.left) / Math.max(1, groups.length);
  const width = Math.min(WIDEST_BAR, (slot * GROUP_SHARE) / Math.max(1, series.length));
  const place = (value: number | undefined): number | null =>
    value !== undefined && Number.isFinite(value) ? barY(box, domain, value) : null;
  return groups.flatMap((_, group) =>
    series.map((bar, index) => {
      const x = groupMiddle(box, groups.length, group) + (index - series.length / 2) * width;
      const [low, high] = [place(bar.low?.[group]), place(bar.high?.[group])];
      return {
        series: index,
        group,
        x: x + 1,
        width: width - 2,
        middle: x + width / 2,
        top: place(bar.values[group]),
        published: place(bar.published?.[group]),
        whisker: low === null || high === null ? null : ([low, high] as const),
      };
    }),
  );
}
