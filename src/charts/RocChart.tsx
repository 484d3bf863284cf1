import { useMemo, type ReactNode } from 'react';
import { ChartFigure, type ChartProps } from './ChartFigure.tsx';
import type { Beside } from './beside.ts';
import { createRocChart } from './rocPainter.ts';
import { rocSentence, rocTable, type RocData } from './rocWords.ts';
import { pairSources, type ChartSource } from './source.ts';

export interface RocChartProps extends ChartProps {
  readonly source: ChartSource<RocData>;
  /** Drawn as a dashed ghost, and what it is: without drift unless said otherwise. */
  readonly beside?: ChartSource<RocData> | null;
  readonly besideIs?: Beside;
  readonly threshold: number;
}

export function RocChart(props: RocChartProps): ReactNode {
  const { source, beside = null, besideIs, threshold, title = 'ROC curve', menu } = props;
  const pair = useMemo(() => pairSources(source, beside), [source, beside]);
  const options = useMemo(() => ({ threshold, beside: besideIs }), [threshold, besideIs]);
  return (
    <ChartFigure
      kind="roc"
      title={title}
      create={createRocChart}
      source={pair}
      options={options}
      sentence={rocSentence}
      table={rocTable}
      menu={menu}
    />
  );
}
