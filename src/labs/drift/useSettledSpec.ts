import { useMemo } from 'react';
import { useSettled } from '../../charts/settled.ts';
import type { ExperimentSpec } from '../../spec/types.ts';
import { useSession } from '../session.tsx';

/** The spec once it rests, for words that need not follow a drag: a drag renders nothing. */
export function useSettledSpec(): ExperimentSpec {
  const { spec } = useSession();
  const source = useMemo(() => {
    const get = () => spec.getState().spec;
    return { get, subscribe: (listener: (now: ExperimentSpec) => void) => spec.subscribe(() => listener(get())) };
  }, [spec]);
  return useSettled(source) ?? spec.getState().spec;
}
