import { useMemo, type ReactNode } from 'react';
import { ChartFigure, type ChartProps } from './ChartFigure.tsx';
import { createReliabilityChart } from './reliabilityPainter.ts';
import {
  reliabilitySentence,
  reliabilityTable,
  type ReliabilityData,
  type ReliabilityOptions,
} from './reliabilityWords.ts';
import type { ChartSource } from './source.ts';

export interface ReliabilityChartProps extends ChartProps {
  readonly source: ChartSource<ReliabilityData>;
  readonly target?: ReliabilityOptions['target'];
  readonly pinned?: ReliabilityData | null;
}

export function ReliabilityChart(props: ReliabilityChartProps): ReactNode {
  const { source, target = 'top-label', pinned, title = 'Reliability diagram', menu } = props;
  const options = useMemo(() => ({ target, pinned }), [target, pinned]);
  return (
    <ChartFigure
      kind="reliability"
      title={title}
      create={createReliabilityChart}
      source={source}
      options={options}
      sentence={reliabilitySentence}
      table={reliabilityTable}
      menu={menu}
    />
  );
}
