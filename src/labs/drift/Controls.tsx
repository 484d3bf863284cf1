import type { ReactNode } from 'react';
import { useSession } from '../session.tsx';
import { DataControls } from './controls/DataControls.tsx';
import { DriftControls } from './controls/DriftControls.tsx';
import { EngineControls } from './controls/EngineControls.tsx';
import { MeasureControls } from './controls/MeasureControls.tsx';
import { ProbeControls } from './controls/ProbeControls.tsx';

export function Controls() {
  const session = useSession();
  return (
    <aside className="controls" id="settings" aria-labelledby="settings-title">
      <div className="controls-head">
        <h2 id="settings-title" tabIndex={-1}>
          Settings
        </h2>
        <a className="button only-narrow" href="#lab">
          Back to the charts
        </a>
        <button type="button" className="button" onClick={() => session.reset()}>
          Start over
        </button>
      </div>
      <Group title="Data" open>
        <DataControls />
      </Group>
      <Group title="Drift" open>
        <DriftControls />
      </Group>
      <Group title="Probe">
        <ProbeControls />
      </Group>
      <Group title="Measurement">
        <MeasureControls />
      </Group>
      <Group title="Engine and checks">
        <EngineControls />
      </Group>
    </aside>
  );
}

function Group({
  title,
  open = false,
  children,
}: {
  readonly title: string;
  readonly open?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <details className="controls-group" open={open}>
      <summary>{title}</summary>
      <div className="controls-body">{children}</div>
    </details>
  );
}
