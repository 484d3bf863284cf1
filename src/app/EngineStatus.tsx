import { useEffect, useState } from 'react';
import { ownData } from '../state/ownData.ts';
import { useSession, useSpec, useStatus } from '../labs/session.tsx';

/** Long enough that quick work does not flicker. */
const SHOW_AFTER_MS = 250;
/** After so long a first load may be waiting for an answer that never comes. */
const RESTART_AFTER_MS = 8000;

/** One line on the engine: what it computes with, what it is doing, what went wrong; with cancel and retry. */
export function EngineStatus() {
  const session = useSession();
  const phase = useStatus((status) => status.phase);
  const problem = useStatus((status) => status.problem);
  const progress = useStatus((status) => status.progress);
  const backend = useStatus((status) => status.backend);
  const parity = useStatus((status) => status.parity);
  const own = useSpec(({ spec }) => spec.data.id === 'own');
  const busy = phase === 'busy' || phase === 'starting';
  const slow = useSlow(busy, SHOW_AFTER_MS);
  const first = useStatus((status) => status.firstPicture === null);
  const stuck = useSlow(busy && (first || phase === 'starting'), RESTART_AFTER_MS);

  if (phase === 'crashed') {
    return (
      <div className="engine-status engine-problem" role="alert">
        <p>The engine stopped: {problem} Your settings are kept.</p>
        <button type="button" className="button" onClick={() => void session.start()}>
          Start it again
        </button>
      </div>
    );
  }
  if (phase === 'failed') {
    return (
      <div className="engine-status engine-problem" role="alert">
        <p>{problem}</p>
        {own && (
          <button type="button" className="button" onClick={() => ownData.getState().show()}>
            Open files…
          </button>
        )}
        <button type="button" className="button" onClick={() => session.refresh()}>
          Try again
        </button>
        <button type="button" className="button" onClick={() => session.cancel()}>
          {session.step.get() === null ? 'Open the lab without this link' : 'Back to what is shown'}
        </button>
      </div>
    );
  }
  return (
    <div className="engine-status" role="status" data-phase={phase} data-testid="engine-status">
      {busy && slow ? (
        <>
          <span>{progress?.doing ?? (phase === 'starting' ? 'Starting the engine' : 'Computing')}</span>
          <progress max={1} value={progress?.share} aria-label="Progress" />
          {phase === 'busy' && (
            <button type="button" className="button" onClick={() => session.cancel()}>
              Cancel
            </button>
          )}
          {stuck && (
            <button type="button" className="button" onClick={() => void session.restart()}>
              Start again
            </button>
          )}
        </>
      ) : (
        <span className="badge" data-agrees={parity ? String(parity.agrees) : undefined}>
          Computed on {backend ? backend.name : '…'}
          {parity && (parity.agrees ? (parity.network ? ' · checked, network too' : ' · checked') : ' · check failed')}
        </span>
      )}
    </div>
  );
}

function useSlow(busy: boolean, after: number): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!busy) return;
    const timer = setTimeout(() => setSlow(true), after);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [busy, after]);
  return busy && slow;
}
