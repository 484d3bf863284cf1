import type { ReactNode } from 'react';
import type { BarChartData, BarChartOptions } from './barChartData.ts';
import { createBarChart } from './barPainter.ts';
import { barTable } from './barWords.ts';
import { ChartFigure } from './ChartFigure.tsx';
import type { ChartSource } from './source.ts';
import './lineChart.css';
import './barChart.css';
import './tones.css';

export interface BarChartProps {
  readonly title: string;
  readonly source: ChartSource<BarChartData>;
  /** Keep the same object while nothing in it changes. */
  readonly options: BarChartOptions;
  /** The chart in one sentence: its text alternative. */
  readonly sentence: (data: BarChartData) => string;
  /** Short name, for styles and tests. */
  readonly kind?: string;
  readonly menu?: ReactNode;
}

/** Grouped bars, told apart by colour and by fill, with whiskers and published marks. */
export function BarChart({ title, source, options, sentence, kind = 'bars', menu }: BarChartProps): ReactNode {
  return (
    <ChartFigure
      kind={kind}
      title={title}
      create={createBarChart}
      source={source}
      options={options}
      sentence={sentence}
      table={barTable}
      menu={menu}
    />
  );
}
