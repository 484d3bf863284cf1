import type { ReactNode } from 'react';
import { ChartFigure } from './ChartFigure.tsx';
import type { LineChartData, LineChartOptions } from './lineChartData.ts';
import { createLineChart } from './linePainter.ts';
import { lineTable } from './lineWords.ts';
import type { ChartSource } from './source.ts';
import './lineChart.css';
import './tones.css';

export interface LineChartProps {
  readonly title: string;
  readonly source: ChartSource<LineChartData>;
  /** Keep the same object while nothing in it changes. */
  readonly options: LineChartOptions;
  /** The chart in one sentence: its text alternative. */
  readonly sentence: (data: LineChartData) => string;
  /** Short name, for styles and tests. */
  readonly kind?: string;
  readonly menu?: ReactNode;
}

/** Lines over a common x with bands, marks, levels and published points; every value in the cursor and the table. */
export function LineChart({ title, source, options, sentence, kind = 'line', menu }: LineChartProps): ReactNode {
  return (
    <ChartFigure
      kind={kind}
      title={title}
      create={createLineChart}
      source={source}
      options={options}
      sentence={sentence}
      table={lineTable}
      menu={menu}
    />
  );
}
