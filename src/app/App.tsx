import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { Bringing } from '../labs/data/Bringing.tsx';
import { DriftLab } from '../labs/drift/DriftLab.tsx';
import { part } from '../labs/retry.tsx';
import { SessionProvider } from '../labs/session.tsx';
import { ownData } from '../state/ownData.ts';
import type { LabSession } from '../state/session.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Header } from './Header.tsx';

const AboutData = part(
  '“About the data”',
  async () => ({ default: (await import('./AboutData.tsx')).AboutData }),
  null,
  ({ onClose }) => onClose,
);

const Linked = part('What there is to say of the link', () => import('./embed/Linked.tsx'));
const ShareDialog = part(
  '“Share”',
  () => import('../labs/share/ShareDialog.tsx'),
  null,
  ({ onClose }) => onClose,
);
const OwnData = part(
  '“Own data”',
  () => import('../labs/data/OwnData.tsx'),
  null,
  () => ownData.getState().close,
);

export function App({ session }: { readonly session: LabSession }) {
  const [about, setAbout] = useState(false);
  const [share, setShare] = useState(false);
  const linked = useStore(session.address, ({ opened, unread }) => opened || unread);
  useUndoKeys(session);
  const own = useStore(ownData, ({ open }) => open);
  return (
    <ErrorBoundary>
      <SessionProvider value={session}>
        <a className="skip" href="#lab">
          Skip to the lab
        </a>
        <Header onAbout={() => setAbout(true)} onShare={() => setShare(true)} />
        {linked && <Linked />}
        <DriftLab />
        <footer className="footer">
          <p>
            After “I Can’t Believe It’s Not Robust: Catastrophic Collapse of Safety Classifiers under Embedding Drift”
            (arXiv 2603.01297). Nothing you load leaves this browser.{' '}
            <a href="./third-party.txt">Third-party notices</a>
          </p>
        </footer>
        {share && <ShareDialog onClose={() => setShare(false)} />}
        <Bringing />
        {own && <OwnData />}
        {about && <AboutData onClose={() => setAbout(false)} />}
      </SessionProvider>
    </ErrorBoundary>
  );
}

/** Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y), except where a text field has its own undo. */
function useUndoKeys(session: LabSession): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const target = event.target as HTMLElement | null;
      if (target instanceof HTMLInputElement && target.type !== 'range' && target.type !== 'checkbox') return;
      const key = event.key.toLowerCase();
      const { undo, redo } = session.spec.getState();
      if (key === 'z' && !event.shiftKey) undo();
      else if ((key === 'z' && event.shiftKey) || key === 'y') redo();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [session]);
}
