import type { LineSeries } from './lineChartData.ts';

/** One bar in each group. */
export interface BarSeries {
  readonly id: string;
  readonly name: string;
  readonly tone: LineSeries['tone'];
  /** One value a group; NaN where undefined: no bar, and a dash on the axis. */
  readonly values: ArrayLike<number>;
  /** Ends of a whisker, one a group; NaN for none. */
  readonly low?: ArrayLike<number>;
  readonly high?: ArrayLike<number>;
  /** Values from elsewhere, one a group, drawn as hollow marks; NaN where none is known. */
  readonly published?: ArrayLike<number>;
}

export interface BarChartData {
  /** Names of the groups, left to right. */
  readonly groups: readonly string[];
  /** Said under the name of a group, e.g. 'n = 120'. */
  readonly notes?: readonly string[];
  /** At most four: the fill of a bar (solid, hatched, outlined, crossed) tells the series apart, as colour does. */
  readonly series: readonly BarSeries[];
}

export interface BarChartOptions {
  readonly xTitle: string;
  readonly yTitle: string;
  /** Fixed ends of the y axis; from 0 to a round number above the data where absent. */
  readonly yDomain?: readonly [number, number];
  readonly decimals: number;
}
