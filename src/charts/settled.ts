import { useMemo, useSyncExternalStore } from 'react';
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

/** A source whose value changes only when the given one settles. */
export function settledSource<T>(source: ChartSource<T>): {
  get(): T | null;
  subscribe(changed: () => void): () => void;
} {
  let value = source.get();
  return {
    get: () => value,
    subscribe(changed) {
      value = source.get();
      return onSettle(source, () => {
        value = source.get();
        changed();
      });
    },
  };
}

/**
 * The value of a source, rendered only when it settles: a drag renders nothing, and whatever else renders meanwhile goes on
 * showing the value that settled last.
 */
export function useSettled<T>(source: ChartSource<T>): T | null {
  const settled = useMemo(() => settledSource(source), [source]);
  return useSyncExternalStore(settled.subscribe, settled.get, settled.get);
}
