import { createContext, useContext, useEffect, useRef, type RefObject } from 'react';
import { useStore } from 'zustand';
import type { LabSession } from '../state/session.ts';
import type { Source } from '../state/source.ts';
import type { SpecState } from '../state/specStore.ts';
import type { LabStatus } from '../state/status.ts';

const SessionContext = createContext<LabSession | null>(null);
export const SessionProvider = SessionContext.Provider;

export function useSession(): LabSession {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs a SessionProvider above it.');
  return session;
}

export function useSpec<T>(select: (state: SpecState) => T): T {
  return useStore(useSession().spec, select);
}

export function useStatus<T>(select: (state: LabStatus) => T): T {
  return useStore(useSession().status, select);
}

/** Draws into an element each time a source has a new value, outside React's render. */
export function useDrawn<T, E extends HTMLElement>(
  source: Source<T>,
  draw: (element: E, value: T) => void,
): RefObject<E | null> {
  const ref = useRef<E | null>(null);
  const latestDraw = useRef(draw);
  useEffect(() => {
    latestDraw.current = draw;
    const value = source.get();
    if (ref.current && value !== null) draw(ref.current, value);
  });
  useEffect(
    () =>
      source.subscribe((value) => {
        if (ref.current) latestDraw.current(ref.current, value);
      }),
    [source],
  );
  return ref;
}
