import { formatNumber } from './format.ts';
import type { BarChartData, BarChartOptions, BarSeries } from './barChartData.ts';
import type { ChartTable } from './table.ts';

function cell({ values, low, high }: BarSeries, group: number, decimals: number): string {
  const value = formatNumber(values[group], decimals);
  if (low === undefined || high === undefined) return value;
  if (!Number.isFinite(low[group]) || !Number.isFinite(high[group])) return value;
  return `${value} (${formatNumber(low[group], decimals)} to ${formatNumber(high[group], decimals)})`;
}

/** A row for each group, a column for each series and for what is published of it. */
export function barTable({ groups, notes, series }: BarChartData, { xTitle, decimals }: BarChartOptions): ChartTable {
  return {
    columns: [
      xTitle,
      ...(notes ? ['Rows'] : []),
      ...series.flatMap(({ name, published }) => (published ? [name, `${name}, published`] : [name])),
    ],
    rows: groups.map((group, g) => [
      group,
      ...(notes ? [notes[g]] : []),
      ...series.flatMap((bar) => [
        cell(bar, g, decimals),
        ...(bar.published ? [formatNumber(bar.published[g], decimals)] : []),
      ]),
    ]),
  };
}

/** What stands in a group, in words. */
export function barReading(
  { groups, notes, series }: BarChartData,
  group: number,
  { decimals }: BarChartOptions,
): string {
  const values = series.flatMap((bar) => {
    const published = bar.published?.[group];
    const beside =
      published === undefined || !Number.isFinite(published) ? '' : ` (published ${formatNumber(published, decimals)})`;
    return [`${bar.name} ${cell(bar, group, decimals)}${beside}`];
  });
  const note = notes === undefined ? '' : ` (${notes[group]})`;
  return `${groups[group]}${note}: ${values.join(', ')}`;
}
