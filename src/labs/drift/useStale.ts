import { useEffect, useState } from 'react';
import { amountOf, settingsKey } from '../../engine/keys.ts';
import { useSession, useSpec, useStatus } from '../session.tsx';

/** Quick work shows no notice. */
const AFTER_MS = 200;

/** Whether the numbers on screen belong to other settings than those on screen, for longer than a moment. */
export function useStale(): boolean {
  const { step } = useSession();
  const shown = useStatus((status) => status.shownKey);
  const stopped = useStatus((status) => status.phase === 'failed' || status.phase === 'crashed');
  const wanted = useSpec((state) => settingsKey(state.spec));
  const amount = useSpec((state) => (stopped ? amountOf(state.spec.drift) : null));
  const differs = wanted !== shown || (amount !== null && step.get()?.sigma !== amount);
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!differs) return;
    const timer = setTimeout(() => setLate(true), AFTER_MS);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [differs]);
  return differs && late;
}
