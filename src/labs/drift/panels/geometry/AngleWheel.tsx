import { useId } from 'react';
import { SaveButton } from '../../../../charts/export/SaveButton.tsx';
import { formatNumber } from '../../../../charts/format.ts';
import { useSettled } from '../../../../charts/settled.ts';
import { AnalysisStatus } from '../../../AnalysisStatus.tsx';
import { useSession, useSpec } from '../../../session.tsx';
import { useAnalysis } from '../../../useAnalysis.ts';
import { Why } from '../../../why/Why.tsx';
import { dialArc, dialEnd, dialNote, dialPoint, type Dial } from './dial.ts';

const OPTIONS = {};
const RADIUS = 150;

/** Degrees with two decimals, more where there is little. */
const degrees = (value: number | null): string =>
  value === null ? '–' : `${formatNumber(value, value !== 0 && value < 1 ? 3 : 2)}°`;

/** How far rows turn, and how much of the turn they share. */
export function AngleWheel() {
  const { step } = useSession();
  const settled = useSettled(step);
  // Each row of the paper's mixture is a product with a D × D matrix: twice over all rows is more than a moment.
  const slow = useSpec((state) => state.spec.drift.kind === 'subspace');
  const analysis = useAnalysis('angleSplit', OPTIONS, { when: slow ? 'asked' : 'rest' });
  const { result, phase } = analysis;
  const titleId = useId();
  const mean = settled?.headline.meanAngleDegrees ?? null;
  const quantiles = settled?.angleQuantiles ?? null;
  const fresh = phase === 'done' ? result : null;
  const common = fresh?.common ?? null;
  const individual = fresh?.individual ?? null;
  const end = dialEnd([mean, common, individual, quantiles?.[2] ?? null]);
  const dial: Dial = { centreX: end === 90 ? 34 : RADIUS + 40, centreY: RADIUS + 14, radius: RADIUS };
  return (
    <section className="wheel" aria-labelledby={titleId}>
      <h4 id={titleId}>How far rows turn</h4>
      <div className="chart-actions">
        <SaveButton
          title="How far rows turn"
          behind={() => ({
            kind: 'table',
            data: {
              columns: ['angle', 'degrees'],
              rows: [
                ['mean', mean],
                ...(quantiles ?? []).map((degrees, k) => [`${[5, 50, 95][k]} % of rows below`, degrees]),
                ['common part', common],
                ['individual part', individual],
              ],
            },
            options: null,
          })}
        />
      </div>
      <Wheel dial={dial} end={end} mean={mean} quantiles={quantiles} common={common} individual={individual} />
      <p className="wheel-scale">{dialNote(mean)}</p>
      <dl className="wheel-numbers">
        <dt>
          <span className="wheel-mark is-mean" aria-hidden="true" /> mean angle
        </dt>
        <dd>
          {degrees(mean)}
          {quantiles && (
            <small>
              {' '}
              5–95% of rows: {degrees(quantiles[0])} to {degrees(quantiles[2])}
            </small>
          )}{' '}
          <Why metric="meanAngleDegrees" of="mean angle of the wheel" />
        </dd>
        <dt>
          <span className="wheel-mark is-common" aria-hidden="true" /> common part
        </dt>
        <dd>
          <output data-metric="commonAngleDegrees" data-value={String(common)}>
            {degrees(common)}
          </output>
          <small> between the centroids before and after</small>{' '}
          <Why metric="commonAngleDegrees" of="common part of the angle" />
        </dd>
        <dt>
          <span className="wheel-mark is-individual" aria-hidden="true" /> individual part
        </dt>
        <dd>
          <output data-metric="individualAngleDegrees" data-value={String(individual)}>
            {degrees(individual)}
          </output>
          <small> mean of what is left in each row once the common turn is undone</small>{' '}
          <Why metric="individualAngleDegrees" of="individual part of the angle" />
        </dd>
      </dl>
      {fresh?.reason && <p role="note">{fresh.reason}</p>}
      <p className="wheel-scale">{verdict(mean, common, individual)}</p>
      <AnalysisStatus analysis={analysis} start="Split the turn" showsOld={false} />
    </section>
  );
}

function verdict(mean: number | null, common: number | null, individual: number | null): string {
  if (mean === null || common === null || individual === null) return '';
  if (mean < 1e-6) return 'No row turns.';
  const parts = 'The two do not add up: they are angles of different pairs.';
  if (common > 3 * individual) return `Nearly all of the turn is common: the rows move as one. ${parts}`;
  if (individual > 3 * common)
    return `Nearly all of the turn is each row’s own: the cloud stays, its rows scatter. ${parts}`;
  return `Part of the turn is common, part is each row’s own. ${parts}`;
}

interface WheelProps {
  readonly dial: Dial;
  readonly end: 90 | 180;
  readonly mean: number | null;
  readonly quantiles: readonly [number, number, number] | null;
  readonly common: number | null;
  readonly individual: number | null;
}

function Wheel({ dial, end, mean, quantiles, common, individual }: WheelProps) {
  // Hands of different reach, so that none hides another of the same angle.
  const hand = (angle: number, from: number, to: number): string =>
    `M${dialPoint(dial, angle, from).join()}L${dialPoint(dial, angle, to).join()}`;
  const marks = end === 90 ? [0, 30, 60, 90] : [0, 45, 90, 135, 180];
  return (
    <svg className="wheel-dial" viewBox={`0 0 ${dial.centreX + RADIUS + 56} ${RADIUS + 34}`} aria-hidden="true">
      <path className="wheel-rim" d={`${hand(0, 0, 1)}${hand(end, 0, 1)}${dialArc(dial, 0, end, 1)}`} />
      {marks.map((angle) => {
        const [x, y] = dialPoint(dial, angle, 1.04);
        return (
          <text
            key={angle}
            className="wheel-text"
            textAnchor={angle > 90 ? 'end' : undefined}
            x={x + (angle === 90 ? -4 : 3)}
            y={y + (angle === 0 ? 4 : -1)}
          >
            {angle}°
          </text>
        );
      })}
      {quantiles && <path className="wheel-spread" d={dialArc(dial, quantiles[0], quantiles[2], 0.92)} />}
      {individual !== null && <path className="wheel-hand is-individual" d={hand(individual, 0, 0.45)} />}
      {common !== null && <path className="wheel-hand is-common" d={hand(common, 0, 0.62)} />}
      {mean !== null && <path className="wheel-hand is-mean" d={hand(mean, 0.66, 0.98)} />}
    </svg>
  );
}
