import { useMemo, type ReactNode } from 'react';
import { ChartFigure, type ChartProps } from './ChartFigure.tsx';
import { createConfidenceHistogram } from './histogramPainter.ts';
import { histogramSentence, histogramTable, type HistogramData, type HistogramOptions } from './histogramWords.ts';
import type { ChartSource } from './source.ts';

export interface ConfidenceHistogramProps extends ChartProps, HistogramOptions {
  readonly source: ChartSource<HistogramData>;
}

/** Confidence of right and wrong answers. With `onHighConfidence` the τ line can be moved by pointer and keys. */
export function ConfidenceHistogram(props: ConfidenceHistogramProps): ReactNode {
  const { source, highConfidence, pinned, onHighConfidence, onHighConfidenceCommit, menu } = props;
  const options = useMemo(
    () => ({ highConfidence, pinned, onHighConfidence, onHighConfidenceCommit }),
    [highConfidence, pinned, onHighConfidence, onHighConfidenceCommit],
  );
  return (
    <ChartFigure
      kind="histogram"
      title={props.title ?? 'Confidence, right and wrong'}
      create={createConfidenceHistogram}
      source={source}
      options={options}
      sentence={histogramSentence}
      table={histogramTable}
      menu={menu}
    />
  );
}
