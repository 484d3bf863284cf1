import { useMemo, type ReactNode } from 'react';
import { ChartFigure, type ChartProps } from './ChartFigure.tsx';
import { createRocChart } from './rocPainter.ts';
import { rocSentence, rocTable, type RocData } from './rocWords.ts';
import { pairSources, type ChartSource } from './source.ts';

export interface RocChartProps extends ChartProps {
  readonly source: ChartSource<RocData>;
  /** The clean state, drawn as a dashed ghost. */
  readonly clean?: ChartSource<RocData> | null;
  readonly threshold: number;
}

export function RocChart({ source, clean = null, threshold, title = 'ROC curve', menu }: RocChartProps): ReactNode {
  const pair = useMemo(() => pairSources(source, clean), [source, clean]);
  const options = useMemo(() => ({ threshold }), [threshold]);
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
