import { useMemo } from 'react';
import { OWN_TITLES } from '../data/dataInUse.ts';
import { useStatus } from '../session.tsx';
import type { Titles } from './describeDifference.ts';

/** Names of sets and encoder versions from the catalogue; ids until it is there. */
export function useTitles(): Titles {
  const catalogue = useStatus((status) => status.catalogue);
  return useMemo(() => {
    const setOf = (id: string) => catalogue?.sets.find((set) => set.id === id);
    return {
      set: (id) => (id === 'synthetic' ? 'Synthetic rows' : id === 'own' ? 'Own data' : (setOf(id)?.title ?? id)),
      version: (set, id) =>
        (set === 'own' ? OWN_TITLES[id] : undefined) ??
        setOf(set)?.versions.find((version) => version.id === id)?.title ??
        id,
    };
  }, [catalogue]);
}
