import { useMemo, type ReactNode } from 'react';
import { ChartFigure, type ChartProps } from './ChartFigure.tsx';
import { createConfusionMatrix } from './confusionPainter.ts';
import { confusionSentence, confusionTable, type ConfusionData, type ConfusionOptions } from './confusionWords.ts';
import type { ChartSource } from './source.ts';

export interface ConfusionMatrixProps extends ChartProps, ConfusionOptions {
  readonly source: ChartSource<ConfusionData>;
}

export function ConfusionMatrix(props: ConfusionMatrixProps): ReactNode {
  const { source, label1, label0, threshold, pinned, title = 'Confusion matrix', menu } = props;
  const options = useMemo(() => ({ label1, label0, threshold, pinned }), [label1, label0, threshold, pinned]);
  return (
    <ChartFigure
      kind="confusion"
      title={title}
      create={createConfusionMatrix}
      source={source}
      options={options}
      sentence={confusionSentence}
      table={confusionTable}
      menu={menu}
    />
  );
}
