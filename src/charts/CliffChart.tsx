import { useMemo, useState, type ReactNode } from 'react';
import type { Sweep } from '../engine/results.ts';
import { ChartFigure, type ChartProps } from './ChartFigure.tsx';
import { createCliffChart } from './cliffPainter.ts';
import type { CliffStep } from './cliffSeries.ts';
import { cliffSentence, cliffTable } from './cliffWords.ts';
import { createSigmaScale, PAPER_CHECKPOINTS, SIGMA_MAX } from './sigmaScale.ts';
import { pairSources, type ChartSource } from './source.ts';

export interface CliffChartProps extends ChartProps {
  readonly sweep: ChartSource<Sweep>;
  /** The state shown now: where the handle stands. */
  readonly step: ChartSource<CliffStep>;
  readonly maxSigma?: number;
  /** σ marked on the axis; an empty list for none. */
  readonly checkpoints?: readonly number[];
  readonly onSigma?: (sigma: number) => void;
  readonly onSigmaCommit?: (sigma: number) => void;
}

/** Every metric against σ, with a handle that sets σ. */
export function CliffChart(props: CliffChartProps): ReactNode {
  const { sweep, step, maxSigma = SIGMA_MAX, checkpoints = PAPER_CHECKPOINTS, onSigma, onSigmaCommit, menu } = props;
  const [axis, setAxis] = useState<'log' | 'linear'>('log');
  const pair = useMemo(() => pairSources(sweep, step), [sweep, step]);
  const scale = useMemo(() => createSigmaScale(maxSigma), [maxSigma]);
  const options = useMemo(
    () => ({ scale, axis, checkpoints, onSigma, onSigmaCommit }),
    [scale, axis, checkpoints, onSigma, onSigmaCommit],
  );
  const axisButton = (
    <button
      type="button"
      className="chart-button"
      aria-pressed={axis === 'linear'}
      onClick={() => setAxis(axis === 'log' ? 'linear' : 'log')}
    >
      Linear axis
    </button>
  );
  return (
    <ChartFigure
      kind="cliff"
      title={props.title ?? 'The cliff'}
      create={createCliffChart}
      source={pair}
      options={options}
      sentence={cliffSentence}
      table={cliffTable}
      menu={
        <>
          {axisButton}
          {menu}
        </>
      }
    />
  );
}
