import { useMemo } from 'react';
import { formatNumber, formatSigma } from '../../../../charts/format.ts';
import { useSettled } from '../../../../charts/settled.ts';
import type { BesideReport } from '../../../../engine/analyses/beside.ts';
import { AnalysisStatus } from '../../../AnalysisStatus.tsx';
import { useSession, useSpec, useStatus } from '../../../session.tsx';
import { useAnalysis } from '../../../useAnalysis.ts';
import { accuracyChanges } from './trainingLines.ts';

/** Up to so many values of all rows the linear probe is fitted by itself; above it when a person asks. */
const CHEAP = 3e6;

/** What the drift on the slider, no other, costs the network and the linear probe. */
export function AtSlider() {
  const { step } = useSession();
  const settled = useSettled(step)?.sigma ?? null;
  const values = useStatus(({ context }) => (context ? context.data.rows * context.data.dims : Infinity));
  if (settled === null) return null;
  return <Measured key={values <= CHEAP ? 'rest' : 'asked'} amount={settled} cheap={values <= CHEAP} />;
}

function Measured({ amount, cheap }: { readonly amount: number; readonly cheap: boolean }) {
  const share = useSpec((state) => state.spec.drift.kind === 'model');
  const options = useMemo(() => ({ amounts: [0, amount] }), [amount]);
  const analysis = useAnalysis('beside', options, { when: cheap ? 'rest' : 'asked' });
  return (
    <>
      <AnalysisStatus analysis={analysis} start="Compare with the linear probe" />
      {analysis.result && <Words report={analysis.result} share={share} />}
    </>
  );
}

function Words({ report, share }: { readonly report: BesideReport; readonly share: boolean }) {
  const { amount, network, linear } = accuracyChanges(report);
  return (
    <p className="training-text">
      At {share ? 'share' : 'σ ='} {formatSigma(amount)} accuracy changes by:{' '}
      <Points name="networkAccuracyChange" label="network" value={network} />,{' '}
      <Points name="linearAccuracyChange" label="linear probe" value={linear} />, each against its own without drift.
    </p>
  );
}

function Points({ name, label, value }: { readonly name: string; readonly label: string; readonly value: number }) {
  const points = value * 100;
  return (
    <>
      {label}{' '}
      <output data-metric={name} data-value={String(value)}>
        <strong>
          {points > 0 ? '+' : points < 0 ? '−' : ''}
          {formatNumber(Math.abs(points), 1)} points
        </strong>
      </output>
    </>
  );
}
