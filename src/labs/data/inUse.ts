import type { OwnDigests } from '../../data/own/own.ts';
import { compareOwn } from '../../engine/own/compareOwn.ts';
import type { OwnSpec } from '../../spec/types.ts';
import type { LabSession } from '../../state/session.ts';
import { useSpec } from '../session.tsx';
import { useOwn } from './useOwnImport.ts';

/** The rows that the spec names and this browser does not keep; null where there are none such, or before the library is read. */
export function useMissing(): OwnSpec | null {
  const own = useSpec(({ spec }) => (spec.data.id === 'own' ? spec.data.own : null));
  const library = useOwn((state) => state.library);
  if (!own || !library) return null;
  return library.entries.some(({ digests }) => compareOwn(own, digests).length === 0) ? null : own;
}

/**
 * Puts kept rows into use, as one step of undo: two versions become a real update from the old to the newer one. Where they
 * are the rows that the spec asks for already, it stays as it is and runs again.
 */
export function putInUse(session: LabSession, digests: OwnDigests, missing: OwnSpec | null): void {
  if (missing && compareOwn(missing, digests).length === 0) return session.refresh();
  const { commit, spec } = session.spec.getState();
  const { kind } = spec.drift;
  commit({
    data: { id: 'own', version: 'base', synthetic: null, own: { ...digests } },
    view: { slice: null },
    drift:
      digests.target !== null
        ? { kind: 'model', to: 'target', t: 1 }
        : { kind: kind === 'model' ? 'gaussian' : kind, to: null },
  });
}
