import { useMemo } from 'react';
import { amountOf } from '../../engine/keys.ts';
import type { SpecPatch } from '../../state/specStore.ts';
import { useSession } from '../session.tsx';

/** What the slider moves: σ, or the share of the way to a new encoder; as a source outside React's render. */
export function useAmount() {
  const { spec } = useSession();
  return useMemo(() => {
    const read = () => amountOf(spec.getState().spec.drift);
    const patch = (amount: number): SpecPatch =>
      spec.getState().spec.drift.kind === 'model' ? { drift: { t: amount } } : { drift: { sigma: amount } };
    return {
      source: {
        get: read,
        subscribe: (listener: (amount: number) => void) => spec.subscribe(() => listener(read())),
      },
      drag: (amount: number) => spec.getState().drag(patch(amount)),
      commit: (amount: number) => spec.getState().commit(patch(amount)),
    };
  }, [spec]);
}
