import { extent, nice, ticks } from 'd3-array';
import { spreadLabels, type Box } from './axis.ts';
import type { LineChartData, LineChartOptions, LineSeries } from './lineChartData.ts';
import { px } from './svg.ts';

/** Where an x stands; null for a value that the axis cannot hold (below 0 on a log axis, or not finite). */
export interface LineAxis {
  at(value: number): number | null;
  readonly ticks: readonly number[];
  /** Pixels between which a log axis is broken, right of the slot of 0; null where it is whole. */
  readonly gap: readonly [number, number] | null;
}

const ZERO_SLOT = 14;
const BREAK = 14;
const LABEL_GAP = 15;
/** Lines that can still be told apart by labels at their ends. */
const MOST_LABELS = 6;
/** Width of a drawing from which labels at the ends fit beside it. */
const WIDE = 480;
const LONGEST_LABEL = 22;
const CHARACTER = 7.2;

/** Whether every line is named at its end; else the key above names them. */
export function labelsAtEnds({ series }: LineChartData, width: number): boolean {
  return (
    width >= WIDE &&
    series.length > 1 &&
    series.length <= MOST_LABELS &&
    series.every(({ name }) => name.length <= LONGEST_LABEL)
  );
}

export function lineBox(data: LineChartData, width: number): Box {
  const longest = Math.max(...data.series.map(({ name }) => name.length), 0);
  const right = width - (labelsAtEnds(data, width) ? 20 + CHARACTER * longest : 14);
  const height = Math.min(260, Math.max(190, Math.round(0.45 * width)));
  return { left: 54, top: 12, right, bottom: 12 + height };
}

/** Every x at which something stands, rising, each once: where the reading cursor stops and the rows of the table. */
export function lineStops({ series, published = [] }: LineChartData): number[] {
  const all = new Set<number>();
  for (const { x, y } of series) {
    for (let i = 0; i < x.length; i += 1) if (Number.isFinite(x[i]) && i < y.length) all.add(x[i]);
  }
  for (const { x } of published) if (Number.isFinite(x)) all.add(x);
  return [...all].sort((a, b) => a - b);
}

/** A linear axis over the values, or a log one on which 0 has a slot of its own left of a break. */
export function lineAxis(kind: 'linear' | 'log', values: readonly number[], box: Box): LineAxis {
  const [low, high] = extent(values);
  const from = low ?? 0;
  const to = high ?? 1;
  if (kind === 'linear') {
    const width = box.right - box.left;
    // A single x stands in the middle.
    const [start, end] = from === to ? [from - 0.5, to + 0.5] : [from, to];
    return {
      at: (value) => (Number.isFinite(value) ? box.left + ((value - start) / (end - start)) * width : null),
      ticks: ticks(start, end, width < 400 ? 5 : 8),
      gap: null,
    };
  }
  const positive = values.filter((value) => value > 0);
  const [least = 1, most = 10] = extent(positive) as [number?, number?];
  const [bottom, top] = least === most ? [least / 2, most * 2] : [least, most];
  const hasZero = values.includes(0);
  const start = hasZero ? box.left + ZERO_SLOT + BREAK : box.left;
  const span = Math.log(top / bottom);
  const marks: number[] = hasZero ? [0] : [];
  for (let power = Math.ceil(Math.log10(bottom) - 1e-9); 10 ** power <= top * (1 + 1e-9); power += 1) {
    marks.push(Number((10 ** power).toPrecision(1)));
  }
  return {
    at(value) {
      if (value === 0) return box.left + ZERO_SLOT / 2;
      return value > 0 ? start + (Math.log(value / bottom) / span) * (box.right - start) : null;
    },
    ticks: marks,
    gap: hasZero ? [box.left + ZERO_SLOT, start] : null,
  };
}

/** The ends of the y axis: the ones asked for, else round numbers around everything drawn. */
export function lineDomain(data: LineChartData, { yDomain }: LineChartOptions): readonly [number, number] {
  if (yDomain !== undefined) return yDomain;
  let [low, high] = [Infinity, -Infinity];
  const take = (value: number): void => {
    if (!Number.isFinite(value)) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  for (const { y, low: lows, high: highs } of data.series) {
    for (const values of [y, lows, highs]) if (values) Array.from(values).forEach(take);
  }
  data.published?.forEach(({ y }) => take(y));
  data.levels?.forEach(({ y }) => take(y));
  if (low > high) return [0, 1];
  if (low === high) return [low - 0.5, high + 0.5];
  return nice(low, high, 6) as [number, number];
}

/** Pixel of a y. */
export function lineY(box: Box, [low, high]: readonly [number, number], value: number): number {
  return box.bottom - ((value - low) / (high - low)) * (box.bottom - box.top);
}

type Place = (value: number) => number;

/**
 * A series as a path. An undefined point, or one off the axis, lifts the pen; 0 on a broken log axis is a dash of its own.
 */
export function linePath({ x, y }: LineSeries, axis: LineAxis, place: Place): string {
  let path = '';
  let down = false;
  for (let i = 0; i < x.length; i += 1) {
    const at = axis.at(x[i]);
    if (at === null || !Number.isFinite(y[i])) {
      down = false;
    } else if (axis.gap !== null && x[i] === 0) {
      path += `M${px(at - ZERO_SLOT / 2)},${px(place(y[i]))}h${ZERO_SLOT}`;
      down = false;
    } else {
      path += `${down ? 'L' : 'M'}${px(at)},${px(place(y[i]))}`;
      down = true;
    }
  }
  return path;
}

/** The band between `low` and `high`: one closed area for each run of points where both are defined. */
export function bandPath({ x, low, high }: LineSeries, axis: LineAxis, place: Place): string {
  if (low === undefined || high === undefined) return '';
  let path = '';
  let run: Array<readonly [number, number, number]> = [];
  const close = (): void => {
    if (run.length > 1) {
      const top = run.map(([at, , above]) => `${px(at)},${px(above)}`);
      const back = run.map(([at, below]) => `${px(at)},${px(below)}`).reverse();
      path += `M${top.join('L')}L${back.join('L')}Z`;
    } else if (run.length === 1) {
      const [at, below, above] = run[0];
      path += `M${px(at - 4)},${px(above)}h8V${px(below)}h-8Z`;
    }
    run = [];
  };
  for (let i = 0; i < x.length; i += 1) {
    const at = axis.at(x[i]);
    if (at === null || !Number.isFinite(low[i]) || !Number.isFinite(high[i])) {
      close();
      continue;
    }
    const alone = axis.gap !== null && x[i] === 0;
    run.push([at, place(low[i]), place(high[i])]);
    if (alone) close();
  }
  close();
  return path;
}

/** Shapes of marks, one a line, so that lines differ without colour: circle, square, triangle, diamond. */
const SHAPES: readonly ((r: number) => string)[] = [
  (r) => `m${-r},0a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0Z`,
  (r) => `m${-r},${-r}h${2 * r}v${2 * r}h${-2 * r}Z`,
  (r) => `m${-1.2 * r},${r}h${2.4 * r}l${-1.2 * r},${-2.2 * r}Z`,
  (r) => `m${-1.3 * r},0l${1.3 * r},${-1.3 * r}l${1.3 * r},${1.3 * r}l${-1.3 * r},${1.3 * r}Z`,
];

export function markPath(shape: number, x: number, y: number, radius = 3.5): string {
  return `M${px(x)},${px(y)}${SHAPES[shape % SHAPES.length](radius)}`;
}

/** Marks at every drawn point of a series. */
export function marksPath({ x, y }: LineSeries, shape: number, axis: LineAxis, place: Place): string {
  let path = '';
  for (let i = 0; i < x.length; i += 1) {
    const at = axis.at(x[i]);
    if (at !== null && Number.isFinite(y[i])) path += markPath(shape, at, place(y[i]));
  }
  return path;
}

export interface LineEnd {
  readonly id: string;
  /** Where the line ends, and where its label stands. */
  readonly from: { readonly x: number; readonly y: number };
  readonly y: number;
}

/** A label for each line at its last drawn point, moved apart so that none covers another. */
export function lineEnds({ series }: LineChartData, axis: LineAxis, place: Place, box: Box): LineEnd[] {
  const ends = series.flatMap(({ id, x, y }) => {
    for (let i = x.length - 1; i >= 0; i -= 1) {
      const at = axis.at(x[i]);
      if (at !== null && Number.isFinite(y[i])) return [{ id, from: { x: at, y: place(y[i]) } }];
    }
    return [];
  });
  const placed = spreadLabels(
    ends.map(({ from }) => from.y),
    LABEL_GAP,
    box.top,
    box.bottom,
  );
  return ends.map((end, i) => ({ ...end, y: placed[i] }));
}

/** The index of an x in a series; −1 where it has no point there. */
export function indexAt({ x }: LineSeries, value: number): number {
  for (let i = 0; i < x.length; i += 1) if (x[i] === value) return i;
  return -1;
}
