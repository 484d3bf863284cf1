import { useEffect, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { ownData } from '../../state/ownData.ts';
import { useSession } from '../session.tsx';
import { FileList } from './FileList.tsx';
import { LibraryList } from './LibraryList.tsx';
import { Mapper } from './Mapper.tsx';
import { Preview } from './Preview.tsx';
import { readSpecFile } from './specFile.ts';
import { Rows } from './Rows.tsx';
import { openOwnImport, OwnImportProvider } from './useOwnImport.ts';
import { Wanted } from './Wanted.tsx';
import { WorkStatus } from './WorkStatus.tsx';
import './ownData.css';

/** The screen on which a person brings embeddings: files, columns, rows, report and the library, all in view at once. */
export default function OwnData() {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const { spec } = useSession();
  const [{ store, stop }] = useState(openOwnImport);
  const brought = useStore(ownData, (door) => door.brought);
  useEffect(() => {
    if (dialog.current && !dialog.current.open) dialog.current.showModal();
    void store.getState().list();
  }, [store]);
  useEffect(() => stop, [stop]);
  useEffect(() => {
    if (brought.length === 0) return;
    void (async () => {
      try {
        const replacement = brought.length === 1 ? await readSpecFile(brought[0]) : null;
        if (!replacement) return await store.getState().add(brought);
        spec.getState().replace(replacement);
        dialog.current?.close();
      } catch (error) {
        store.getState().fail(error);
      }
    })();
  }, [brought, store, spec]);
  return (
    <dialog className="own" ref={dialog} aria-labelledby={title} onClose={() => ownData.getState().close()}>
      <OwnImportProvider value={store}>
        <header className="own-head">
          <h2 id={title}>Your own data</h2>
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </header>
        <Wanted />
        <FileList />
        <WorkStatus />
        <Mapper />
        <Preview />
        <Rows onUsed={() => dialog.current?.close()} />
        <LibraryList onUsed={() => dialog.current?.close()} />
      </OwnImportProvider>
    </dialog>
  );
}
