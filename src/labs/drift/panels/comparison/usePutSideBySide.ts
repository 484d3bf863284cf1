import { useCallback, useEffect, useRef, useState } from 'react';
import { amountOf, resultKey } from '../../../../engine/keys.ts';
import { pin } from '../../../../state/pin.ts';
import type { ExperimentSpec } from '../../../../spec/types.ts';
import { useSession } from '../../../session.tsx';

/**
 * Shows A, pins it once its numbers and its cliff are there, then shows B. Any other change of the settings meanwhile gives
 * it up, and so does data that cannot be loaded.
 */
export function usePutSideBySide() {
  const session = useSession();
  const [waiting, setWaiting] = useState(false);
  const stop = useRef<() => void>(() => {});
  const cancel = useCallback(() => {
    stop.current();
    stop.current = () => {};
    setWaiting(false);
  }, []);
  useEffect(() => () => stop.current(), []);

  const put = useCallback(
    (a: ExperimentSpec, b: ExperimentSpec) => {
      cancel();
      const { spec, step, sweep, status } = session;
      // A failure from before says nothing of A.
      let tried = false;
      const { panels } = spec.getState().spec.view;
      const open = (state: ExperimentSpec) => ({ ...state, view: { ...state.view, panels } });
      const shown = () => {
        const state = session.shownState();
        return (
          state !== null &&
          state.sweep !== null &&
          resultKey(state.spec) === resultKey(a) &&
          state.step.sigma === amountOf(a.drift)
        );
      };
      const look = () => {
        const { phase } = status.getState();
        if (phase !== 'failed') tried = true;
        const gone = phase === 'crashed' || (phase === 'failed' && tried);
        if (resultKey(spec.getState().spec) !== resultKey(a) || gone) return cancel();
        if (!shown()) return;
        cancel();
        pin(session);
        spec.getState().replace(open(b));
      };
      // A source speaks before the session has noted whose numbers these are.
      const later = () => void Promise.resolve().then(look);
      const stops = [step.subscribe(later), sweep.subscribe(later), spec.subscribe(later), status.subscribe(later)];
      stop.current = () => stops.forEach((end) => end());
      setWaiting(true);
      spec.getState().replace(open(a));
      later();
    },
    [session, cancel],
  );
  return { put, cancel, waiting };
}
