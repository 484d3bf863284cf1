import { useEffect, useState } from 'react';
import { amountOf, settingsKey } from '../../engine/keys.ts';
import { useSession } from '../session.tsx';

/** A step that a drag waits for shows no notice. */
const AFTER_MS = 300;

/** Whether the numbers on screen belong to other settings than those on screen, for longer than a moment. */
export function useStale(): boolean {
  const { spec, status, step } = useSession();
  const [stale, setStale] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const differs = () => {
      const wanted = spec.getState().spec;
      return settingsKey(wanted) !== status.getState().shownKey || step.get()?.sigma !== amountOf(wanted.drift);
    };
    const look = () => {
      if (!differs()) {
        clearTimeout(timer);
        timer = undefined;
        setStale(false);
      } else {
        timer ??= setTimeout(() => setStale(differs()), AFTER_MS);
      }
    };
    const stops = [spec.subscribe(look), status.subscribe(look), step.subscribe(look)];
    look();
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [spec, status, step]);
  return stale;
}
