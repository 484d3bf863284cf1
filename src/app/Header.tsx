import { useState } from 'react';
import { ResultsButton } from '../labs/export/ResultsButton.tsx';
import { useSession, useSpec } from '../labs/session.tsx';
import { EngineStatus } from './EngineStatus.tsx';
import { applyTheme, storedTheme, type Theme } from './theme/theme.ts';

interface HeaderProps {
  readonly onAbout: () => void;
  readonly onShare: () => void;
}

export function Header({ onAbout, onShare }: HeaderProps) {
  const session = useSession();
  const canUndo = useSpec((state) => state.past.length > 0);
  const canRedo = useSpec((state) => state.future.length > 0);
  const [theme, setTheme] = useState<Theme>(storedTheme);
  return (
    <header className="header">
      <div className="brand">
        <h1>Silent Failure Lab</h1>
        <p>A frozen safety probe, embeddings that drift, and errors that sound sure.</p>
      </div>
      <EngineStatus />
      <div className="header-tools">
        <button type="button" className="button" disabled={!canUndo} onClick={() => session.spec.getState().undo()}>
          Undo
        </button>
        <button type="button" className="button" disabled={!canRedo} onClick={() => session.spec.getState().redo()}>
          Redo
        </button>
        <button type="button" className="button" onClick={onShare}>
          Share
        </button>
        <label className="theme">
          <span className="visually-hidden">Theme</span>
          <select
            className="input"
            value={theme}
            onChange={(event) => {
              const next = event.target.value as Theme;
              setTheme(next);
              applyTheme(next);
            }}
          >
            <option value="system">System theme</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </select>
        </label>
        <a
          className="button only-narrow"
          href="#settings"
          onClick={() => requestAnimationFrame(() => document.getElementById('settings-title')?.focus())}
        >
          Settings
        </a>
        <ResultsButton />
        <button type="button" className="button" onClick={onAbout}>
          About the data
        </button>
      </div>
    </header>
  );
}
