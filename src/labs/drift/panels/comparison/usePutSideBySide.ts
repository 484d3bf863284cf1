import { useCallback, useEffect, useRef, useState } from 'react';
import { amountOf, resultKey } from '../../../../engine/keys.ts';
import { pin } from '../../../../state/pin.ts';
import type { ExperimentSpec } from '../../../../spec/types.ts';
import { useSession } from '../../../session.tsx';

/** Shows A, pins it once its numbers are there, then shows B. Any other change of the settings meanwhile gives it up. */
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
      const { spec, step, status } = session;
      const { panels } = spec.getState().spec.view;
      const open = (state: ExperimentSpec) => ({ ...state, view: { ...state.view, panels } });
      const shown = () => {
        const state = session.shownState();
        return state !== null && resultKey(state.spec) === resultKey(a) && state.step.sigma === amountOf(a.drift);
      };
      const look = () => {
        if (resultKey(spec.getState().spec) !== resultKey(a) || status.getState().phase === 'crashed') return cancel();
        if (!shown()) return;
        cancel();
        pin(session);
        spec.getState().replace(open(b));
      };
      // A source speaks before the session has noted whose numbers these are.
      const later = () => void Promise.resolve().then(look);
      const stops = [step.subscribe(later), spec.subscribe(later), status.subscribe(later)];
      stop.current = () => stops.forEach((end) => end());
      setWaiting(true);
      spec.getState().replace(open(a));
      later();
    },
    [session, cancel],
  );
  return { put, cancel, waiting };
}
