import { useMemo, type ReactNode } from 'react';
import type { StepResult } from '../engine/results.ts';
import type { Beside } from './beside.ts';
import { ChartFigure, type ChartProps } from './ChartFigure.tsx';
import { createHighConfidenceErrors } from './highConfidenceErrorsPainter.ts';
import { errorsSentence, errorsTable } from './highConfidenceErrorsWords.ts';
import { pairSources, type ChartSource } from './source.ts';

export interface HighConfidenceErrorsProps extends ChartProps {
  readonly source: ChartSource<Pick<StepResult, 'headline'>>;
  readonly beside?: ChartSource<Pick<StepResult, 'headline'>> | null;
  readonly besideIs?: Beside;
  readonly highConfidence: number;
}

export function HighConfidenceErrors(props: HighConfidenceErrorsProps): ReactNode {
  const { source, beside = null, besideIs, highConfidence, title = 'High-confidence errors', menu } = props;
  const pair = useMemo(() => pairSources(source, beside), [source, beside]);
  const options = useMemo(() => ({ highConfidence, beside: besideIs }), [highConfidence, besideIs]);
  return (
    <ChartFigure
      kind="errors"
      title={title}
      create={createHighConfidenceErrors}
      source={pair}
      options={options}
      sentence={errorsSentence}
      table={errorsTable}
      menu={menu}
    />
  );
}
