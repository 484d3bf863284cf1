import { useMemo, useState, type ReactNode } from 'react';
import type { Sweep } from '../engine/results.ts';
import { ChartFigure, type ChartProps } from './ChartFigure.tsx';
import { createCliffChart } from './cliffPainter.ts';
import type { CliffLayer } from './cliffLayer.ts';
import type { CliffStep } from './cliffSeries.ts';
import { cliffSentence, cliffTable } from './cliffWords.ts';
import { SHARE, SIGMA } from './amount.ts';
import { createSigmaScale, PAPER_CHECKPOINTS, SHARE_SCALE, SIGMA_MAX } from './sigmaScale.ts';
import { useSettled } from './settled.ts';
import { pairSources, type ChartSource } from './source.ts';

export interface CliffChartProps extends ChartProps {
  readonly sweep: ChartSource<Sweep>;
  /** The state shown now: where the handle stands. */
  readonly step: ChartSource<CliffStep>;
  readonly maxSigma?: number;
  /** The x axis is the share of the way to another encoder version, not σ. */
  readonly share?: boolean;
  /** σ marked on the axis; an empty list for none. */
  readonly checkpoints?: readonly number[];
  /** What lies over the lines. */
  readonly layer?: CliffLayer | null;
  /** The cliff of a state kept as A, over the same amounts. */
  readonly pinned?: Sweep | null;
  /** The amount at which A was pinned. */
  readonly pinnedAmount?: number | null;
  readonly onSigma?: (sigma: number) => void;
  readonly onSigmaCommit?: (sigma: number) => void;
}

/** Where the linear axis ends, unless σ is beyond. */
const LINEAR_END = 0.3;

/** Every metric against σ, with a handle that sets σ. */
export function CliffChart(props: CliffChartProps): ReactNode {
  const { sweep, step, maxSigma = SIGMA_MAX, checkpoints = PAPER_CHECKPOINTS, onSigma, onSigmaCommit, menu } = props;
  const layer = props.layer ?? null;
  const pinned = props.pinned ?? null;
  const [axis, setAxis] = useState<'log' | 'linear'>('log');
  const pair = useMemo(() => pairSources(sweep, step), [sweep, step]);
  const share = props.share ?? false;
  const scale = useMemo(() => (share ? SHARE_SCALE : createSigmaScale(maxSigma)), [share, maxSigma]);
  // The cliff of unit rows stands below σ = 0.2: on a linear axis up to 2 it would be squeezed into the first tenth.
  const beyond = (useSettled(step)?.sigma ?? 0) > LINEAR_END;
  const end = share ? 1 : beyond ? maxSigma : Math.min(LINEAR_END, maxSigma);
  const options = useMemo(
    () => ({
      amount: share ? SHARE : SIGMA,
      scale,
      axis: share ? ('linear' as const) : axis,
      end,
      pinnedAmount: props.pinnedAmount ?? null,
      checkpoints: share ? [] : checkpoints,
      layer,
      pinned,
      onSigma,
      onSigmaCommit,
    }),
    [share, scale, axis, end, checkpoints, layer, pinned, props.pinnedAmount, onSigma, onSigmaCommit],
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
          {!share && axisButton}
          {menu}
        </>
      }
    />
  );
}
