import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { LabSession } from '../state/session.ts';
import { reviveSnapshot } from '../state/snapshot.ts';
import { App } from './App.tsx';
import './theme/tokens.css';
import './app.css';
import { applyTheme, storedTheme } from './theme/theme.ts';

applyTheme(storedTheme());

const picture = document.getElementById('first-picture')?.textContent;
if (!picture) throw new Error('The page holds no first picture.');

const session = new LabSession({
  spawn: () =>
    new Worker(new URL('../../workers/engine.worker.ts', import.meta.url), { type: 'module', name: 'engine' }),
  siteUrl: document.baseURI,
  backend: 'cpu',
  snapshot: reviveSnapshot(JSON.parse(picture)),
});

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');
createRoot(root).render(
  <StrictMode>
    <App session={session} />
  </StrictMode>,
);
void session.start();

if (import.meta.hot) import.meta.hot.dispose(() => session.stop());
