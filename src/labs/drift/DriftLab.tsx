import { part } from '../retry.tsx';
import { useSession, useSpec, useStatus } from '../session.tsx';
import { WhyPlace } from '../why/Why.tsx';
import { Charts } from './Charts.tsx';
import { Controls } from './Controls.tsx';
import { DashboardSentence } from './DashboardSentence.tsx';
import { Intro } from './Intro.tsx';
import { Panels } from './panels/Panels.tsx';
import { SigmaBar } from './SigmaBar.tsx';
import { SigmaReadings } from './SigmaReadings.tsx';
import { useStale } from './useStale.ts';
import './drift.css';

const EquivalentNoise = part('The equivalent noise', () => import('./EquivalentNoise.tsx'));

export function DriftLab() {
  const stale = useStale();
  const real = useSpec((state) => state.spec.drift.kind === 'model');
  const title = useStatus((status) => status.context?.data.title);
  const { step } = useSession();
  return (
    <main className="lab" id="lab" data-stale={stale}>
      <Intro />
      <SigmaBar />
      <div className="lab-main" aria-busy={stale} data-stale={stale} data-empty={stale && step.get() === null}>
        {stale && (
          <p className="stale" role="status">
            {step.get() === null
              ? 'The numbers of this link are not there yet.'
              : `The numbers below are still those of the settings before (${title}).`}
          </p>
        )}
        <SigmaReadings className="below-bar" />
        {real && <EquivalentNoise />}
        <DashboardSentence />
        <Charts />
        <Panels />
      </div>
      <Controls />
      <WhyPlace />
    </main>
  );
}
