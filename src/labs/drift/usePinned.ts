import { useStore } from 'zustand';
import type { Pin } from '../../state/pin.ts';
import { useSession } from '../session.tsx';

/** The state kept as A, or null. */
export function usePinned(): Pin | null {
  return useStore(useSession().pins, (state) => state.pinned);
}
