import { formatCount, formatNumber, formatSigma } from './format.ts';
import type { LineChartData, LineChartOptions, LineSeries } from './lineChartData.ts';
import { indexAt, lineStops } from './lineGeometry.ts';
import type { ChartTable } from './table.ts';

/** An x in words: whole numbers as they are, others with three significant digits. */
export function formatX(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : formatSigma(value);
}

/** The value of a series at an index, with its band: "0.850 (0.840 to 0.861)". */
function valueText({ y, low, high }: LineSeries, index: number, decimals: number): string {
  const value = formatNumber(y[index], decimals);
  if (low === undefined || high === undefined) return value;
  if (!Number.isFinite(low[index]) || !Number.isFinite(high[index])) return value;
  return `${value} (${formatNumber(low[index], decimals)} to ${formatNumber(high[index], decimals)})`;
}

/** Every value of the chart: a row for each x, a column for each line. An empty cell: the line has no point there. */
export function lineTable(data: LineChartData, { xTitle, decimals }: LineChartOptions): ChartTable {
  const { series, published = [], levels = [] } = data;
  const notes = levels.map(({ label, y }) => `${label}: ${formatNumber(y, decimals)}.`);
  return {
    columns: [xTitle, ...series.map(({ name }) => name), ...(published.length > 0 ? ['Published'] : [])],
    rows: lineStops(data).map((x) => [
      formatX(x),
      ...series.map((line) => {
        const index = indexAt(line, x);
        return index < 0 ? '' : valueText(line, index, decimals);
      }),
      ...(published.length > 0 ? [publishedAt(data, x, decimals).join('; ')] : []),
    ]),
    note: notes.length > 0 ? notes.join(' ') : undefined,
  };
}

function publishedAt({ published = [] }: LineChartData, x: number, decimals: number): string[] {
  return published.filter((point) => point.x === x).map(({ y, label }) => `${formatNumber(y, decimals)} (${label})`);
}

/** What stands at an x, in words: only the lines that have a point there. */
export function lineReading(data: LineChartData, x: number, { xTitle, decimals }: LineChartOptions): string {
  const values = data.series.flatMap((line) => {
    const index = indexAt(line, x);
    return index < 0 ? [] : [`${line.name} ${valueText(line, index, decimals)}`];
  });
  return `${xTitle} ${formatX(x)}: ${[...values, ...publishedAt(data, x, decimals)].join(', ')}`;
}
