import { useCallback, useSyncExternalStore } from 'react';
import type { ChartSource } from './source.ts';

export const SETTLE_MS = 250;

/** Calls the listener once a source has been silent for `delay` ms; at once for its very first value. Returns the stop. */
export function onSettle<T>(source: ChartSource<T>, listener: () => void, delay: number = SETTLE_MS): () => void {
  let empty = source.get() === null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = source.subscribe(() => {
    clearTimeout(timer);
    if (empty) {
      empty = false;
      listener();
    } else {
      timer = setTimeout(listener, delay);
    }
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/** The value of a source, rendered only when it settles: a drag renders nothing. */
export function useSettled<T>(source: ChartSource<T>): T | null {
  const subscribe = useCallback((changed: () => void) => onSettle(source, changed), [source]);
  const read = useCallback(() => source.get(), [source]);
  return useSyncExternalStore(subscribe, read, read);
}
