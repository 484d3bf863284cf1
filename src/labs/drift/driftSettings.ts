import { useState } from 'react';
import type { DriftSpec } from '../../spec/types.ts';
import type { SpecState } from '../../state/specStore.ts';
import { useSpec } from '../session.tsx';

export type DriftSettings = Omit<DriftSpec, 'sigma' | 't'>;

function same(a: DriftSettings, b: DriftSettings): boolean {
  const keys: readonly (keyof DriftSettings)[] = ['kind', 'units', 'direction', 'planes', 'to', 'renormalize', 'seed'];
  return keys.every((key) => a[key] === b[key]);
}

/** Selects the drift's settings but its amount: the same object as long as none of them changes. */
export function selectDriftSettings(): (state: SpecState) => DriftSettings {
  let kept: DriftSettings | null = null;
  return ({ spec: { drift } }) => {
    if (kept === null || !same(kept, drift)) {
      const { kind, units, direction, planes, to, renormalize, seed } = drift;
      kept = { kind, units, direction, planes, to, renormalize, seed };
    }
    return kept;
  };
}

/** The drift's settings but its amount: a drag renders nothing that asks for these. */
export function useDriftSettings(): DriftSettings {
  const [select] = useState(selectDriftSettings);
  return useSpec(select);
}
