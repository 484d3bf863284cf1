import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { DecodedLink } from '../spec/link.ts';
import { LabSession } from '../state/session.ts';
import { reviveSnapshot } from '../state/snapshot.ts';
import { App } from './App.tsx';
import './theme/tokens.css';
import './app.css';
import { applyTheme, storedTheme } from './theme/theme.ts';

applyTheme(storedTheme());

const picture = document.getElementById('first-picture')?.textContent;
if (!picture) throw new Error('The page holds no first picture.');
const snapshot = reviveSnapshot(JSON.parse(picture));

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');

/** `link` is null where the address holds none, and undefined where the code that reads it did not arrive. */
function begin(root: HTMLElement, link: DecodedLink | null | undefined): void {
  const session = new LabSession({
    spawn: () =>
      new Worker(new URL('../../workers/engine.worker.ts', import.meta.url), { type: 'module', name: 'engine' }),
    siteUrl: document.baseURI,
    backend: 'cpu',
    snapshot,
    link,
  });
  followWhenNeeded(session, link);
  createRoot(root).render(
    <StrictMode>
      <App session={session} />
    </StrictMode>,
  );
  void session.start();
  if (import.meta.hot)
    import.meta.hot.dispose(() => {
      session.address.getState().address?.stop();
      session.stop();
    });
}

/** The code that follows the address is loaded with the first change; where it does not arrive, with the next. */
function followWhenNeeded(session: LabSession, link: DecodedLink | null | undefined): void {
  const began = location.hash;
  let asked = false;
  const join = () => {
    if (asked) return;
    asked = true;
    import('../state/addressJoin.ts').then(
      ({ joinAddress }) => joinAddress(window, session, began),
      () => (asked = false),
    );
  };
  session.spec.subscribe(join);
  addEventListener('popstate', join);
  if (link) join();
}

// The first picture is that of the default spec: with a link, nothing is drawn before the link is read.
if (location.hash.length > 1) {
  void import('./embed/openLink.ts')
    .then(({ openLink }) => openLink(location.hash))
    .catch(() => undefined)
    .then((link) => begin(root, link));
} else begin(root, null);
