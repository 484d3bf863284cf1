import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { ImportClient } from '../../engine/own/importClient.ts';
import { createOwnImport, type OwnImport, type OwnImportStore } from '../../state/ownDataImport.ts';

const Context = createContext<OwnImportStore | null>(null);
export const OwnImportProvider = Context.Provider;

const spawn = () =>
  new Worker(new URL('../../../workers/import.worker.ts', import.meta.url), { type: 'module', name: 'import' });

/** A store with a worker of its own, and how to end it. */
export function openOwnImport(): { readonly store: OwnImportStore; readonly stop: () => void } {
  const client = new ImportClient(spawn);
  return { store: createOwnImport(client), stop: () => client.stop() };
}

export function useOwnStore(): OwnImportStore {
  const store = useContext(Context);
  if (!store) throw new Error('useOwnStore needs an OwnImportProvider above it.');
  return store;
}

export function useOwn<T>(select: (state: OwnImport) => T): T {
  return useStore(useOwnStore(), select);
}
