import type { BarChartData, BarChartOptions } from '../barChartData.ts';
import { classDensity, densityDomain, type DensityPair } from '../densities/densityGeometry.ts';
import type { LineChartData, LineChartOptions } from '../lineChartData.ts';
import type { Behind } from './behind.ts';
import { has, type Cell, type ExactTable } from './exactTable.ts';

interface Of<T, O> extends Behind {
  readonly data: T;
  readonly options: O;
}

type Lines = Of<LineChartData, LineChartOptions>;
/** Lines and bars bear a kind of their own in each panel: their data tell them apart. */
export const isLines = (behind: Behind): behind is Lines => has(behind.data, 'series') && has(behind.options, 'xScale');

/** One row a point of a line; levels and published points after them. */
export function linesExact({ data: { series, published = [], levels = [] }, options }: Lines): ExactTable {
  const rows: Cell[][] = [];
  for (const { name, x, y, low, high } of series) {
    for (let i = 0; i < Math.min(x.length, y.length); i++)
      rows.push([name, x[i], y[i], low?.[i] ?? null, high?.[i] ?? null]);
  }
  for (const { label, x, y } of published) rows.push([label, x, y, null, null]);
  for (const { label, y } of levels) rows.push([label, null, y, null, null]);
  return { columns: ['line', options.xTitle, options.yTitle, 'low', 'high'], rows };
}

type Bars = Of<BarChartData, BarChartOptions>;
export const isBars = (behind: Behind): behind is Bars => has(behind.data, 'series', 'groups');

export function barsExact({ data: { groups, notes, series }, options }: Bars): ExactTable {
  const rows = groups.flatMap((group, g) =>
    series.map(({ name, values, low, high, published }): Cell[] => [
      ...[group, notes?.[g] ?? null, name, values[g], low?.[g] ?? null, high?.[g] ?? null, published?.[g] ?? null],
    ]),
  );
  return { columns: [options.xTitle, 'note', 'bar', options.yTitle, 'low', 'high', 'published'], rows };
}

type Densities = Of<DensityPair, { readonly name0: string; readonly name1: string }>;
export const isDensities = (behind: Behind): behind is Densities => behind.kind === 'densities';

const POINTS = 201;

/** The densities at even logits, each with the share of its class in it. */
export function densitiesExact({ data, options: { name0, name1 } }: Densities): ExactTable {
  const [low, high] = densityDomain(data);
  const states = [data.now, data.clean];
  const logits = Array.from({ length: POINTS }, (_, k) => low + ((high - low) * k) / (POINTS - 1));
  return {
    columns: ['logit', ...['now', 'without drift'].flatMap((state) => [`${name0}, ${state}`, `${name1}, ${state}`])],
    rows: logits.map((logit) => [
      logit,
      ...states.flatMap((state) => [classDensity(state, 0, logit), classDensity(state, 1, logit)]),
    ]),
  };
}

interface CertifiedData {
  readonly degrees: Float64Array;
  readonly right: Uint8Array;
}
type Certified = Of<CertifiedData, null>;
export const isCertified = (behind: Behind): behind is Certified => behind.kind === 'certified';

/** The angle of every measured row; the chart counts them in bins. */
export function certifiedExact({ data: { degrees, right } }: Certified): ExactTable {
  return {
    columns: ['measured_row', 'certified_angle_degrees', 'right_without_drift'],
    rows: Array.from(degrees, (angle, i) => [i, angle, right[i]]),
  };
}
