import { Charts } from './Charts.tsx';
import { Controls } from './Controls.tsx';
import { DashboardSentence } from './DashboardSentence.tsx';
import { Headlines } from './Headlines.tsx';
import { SigmaBar } from './SigmaBar.tsx';
import { SigmaReadings } from './SigmaReadings.tsx';
import './drift.css';

export function DriftLab() {
  return (
    <main className="lab" id="lab">
      <SigmaBar />
      <div className="lab-main">
        <SigmaReadings />
        <DashboardSentence />
        <Headlines />
        <Charts />
      </div>
      <Controls />
    </main>
  );
}
