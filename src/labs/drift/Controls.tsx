import { useState, type ReactNode } from 'react';
import { part } from '../retry.tsx';
import { useSession } from '../session.tsx';
import { DataControls } from './controls/DataControls.tsx';
import { DriftControls } from './controls/DriftControls.tsx';

/** The groups that begin closed are loaded when they are first opened. */
const EngineControls = part(
  'This group of settings',
  async () => ({ default: (await import('./controls/EngineControls.tsx')).EngineControls }),
  'Loading…',
);
const MeasureControls = part(
  'This group of settings',
  async () => ({ default: (await import('./controls/MeasureControls.tsx')).MeasureControls }),
  'Loading…',
);
const ProbeControls = part(
  'This group of settings',
  async () => ({ default: (await import('./controls/ProbeControls.tsx')).ProbeControls }),
  'Loading…',
);

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
  const [opened, setOpened] = useState(open);
  return (
    <details className="controls-group" open={open} onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary>{title}</summary>
      <div className="controls-body">{opened && children}</div>
    </details>
  );
}
