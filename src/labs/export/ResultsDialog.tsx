import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { download } from '../../charts/export/download.ts';
import { fileStem } from '../../charts/export/fileStem.ts';
import { DataError } from '../../data/errors.ts';
import { pythonScript } from '../../spec/python/pythonScript.ts';
import { scriptFiles } from '../../spec/python/files.ts';
import { useStale } from '../drift/useStale.ts';
import { useSession, useStatus } from '../session.tsx';
import { BIBTEX } from './citations.ts';
import { CopyButton } from './CopyButton.tsx';
import { readDroppedSpec, specFile } from './droppedSpec.ts';
import { exportedState, type Exported } from './exported.ts';
import { reportCharts } from './reportCharts.ts';
import { OWN_FILES } from './ownFiles.ts';
import OwnFileButtons from './OwnFileButtons.tsx';
import { reportHtml } from './report.ts';
import { resultJson } from './resultJson.ts';
import './results.css';

/** What can be taken away from the state on screen; Escape, its button and a press beside it close it. */
export default function ResultsDialog({ close }: { readonly close: () => void }): ReactNode {
  const session = useSession();
  const ref = useRef<HTMLDialogElement>(null);
  const title = useId();
  const stale = useStale();
  // Drawn again when the cliff of these settings is there.
  const sweeping = useStatus((status) => status.sweeping);
  useEffect(() => {
    const opener = document.activeElement;
    ref.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  const state = exportedState(session);
  return (
    <dialog
      ref={ref}
      className="results"
      aria-labelledby={title}
      onClose={close}
      onClick={(event) => {
        if (event.target === ref.current) ref.current?.close();
      }}
    >
      <div className="results-content">
        <div className="results-head">
          <h2 id={title}>Results</h2>
          <button type="button" className="button" onClick={() => ref.current?.close()}>
            Close
          </button>
        </div>
        {stale && (
          <p role="status" className="results-note">
            The engine is at work: these are the numbers on screen, of the settings before.
          </p>
        )}
        {state === null ? (
          <p>No result yet.</p>
        ) : (
          <Contents state={state} sweeping={sweeping && state.sweep === null} done={() => ref.current?.close()} />
        )}
      </div>
    </dialog>
  );
}

interface ContentsProps {
  readonly state: Exported;
  readonly sweeping: boolean;
  readonly done: () => void;
}

function Contents({ state, sweeping, done }: ContentsProps): ReactNode {
  const { spec, context } = state;
  const stem = fileStem(spec);
  const script = pythonScript(spec);
  const network = spec.probe.kind === 'mlp';
  const [problem, setProblem] = useState<string | null>(null);
  const report = async (): Promise<void> => {
    setProblem(null);
    try {
      download(`${stem}_report.html`, reportHtml(state, await reportCharts()), 'text/html');
    } catch (error) {
      setProblem(`The report could not be made: ${(error as Error).message}`);
    }
  };
  return (
    <>
      <section aria-label="This result">
        <h3>This result</h3>
        <p className="results-note">
          {context.data.title}. The JSON holds spec, link, hash of the data, versions, every number with its interval,
          and the cliff. The report is one HTML page with the charts on screen, those of open panels too; it prints on
          A4 and Letter.
        </p>
        <div className="results-row">
          <button
            type="button"
            className="button"
            onClick={() => download(`${stem}_result.json`, resultJson(state), 'application/json')}
          >
            Result as JSON
          </button>
          <button type="button" className="button" onClick={() => void report()}>
            Report as HTML
          </button>
        </div>
        {sweeping && (
          <p role="status" className="results-note">
            The cliff of these settings is still being computed; until then both go without it.
          </p>
        )}
        {problem !== null && (
          <p role="alert" className="results-problem">
            {problem}
          </p>
        )}
      </section>
      <Settings spec={spec} stem={stem} done={done} />
      <section aria-label="Reproduce in Python">
        <h3>Reproduce in Python</h3>
        <p className="results-note">
          Prints the same numbers with NumPy and scikit-learn 1.2 or later. {dataWords(state)}
          {network &&
            ' scikit-learn’s own networks draw their weights otherwise and cannot give these numbers; the script trains this one in NumPy, by the lab’s recipe, as the cpu backend does.'}
        </p>
        <DataLinks spec={spec} />
        <div className="results-row">
          <CopyButton text={script} what="the script" />
          <button type="button" className="button" onClick={() => download(`${stem}.py`, script, 'text/x-python')}>
            Download the script
          </button>
        </div>
        <pre tabIndex={0} role="region" aria-label="Python script" data-testid="python-script">
          {script}
        </pre>
      </section>
      <section aria-label="Cite">
        <h3>Cite</h3>
        <div className="results-row">
          <CopyButton text={BIBTEX} what="the BibTeX" />
          <button
            type="button"
            className="button"
            onClick={() => download('silent-failure-lab.bib', BIBTEX, 'application/x-bibtex')}
          >
            Download the BibTeX
          </button>
        </div>
        <pre tabIndex={0} role="region" aria-label="BibTeX">
          {BIBTEX}
        </pre>
      </section>
    </>
  );
}

/** The files that the script reads: of a shipped set as they lie beside the page, of own data as this browser keeps it. */
function DataLinks({ spec }: { readonly spec: Exported['spec'] }): ReactNode {
  const files = scriptFiles(spec);
  if (files === null) return null;
  if (spec.data.id === 'own') {
    const read: readonly (string | null)[] = [files.embeddings, files.target, files.labels];
    return (
      spec.data.own && <OwnFileButtons own={spec.data.own} names={OWN_FILES.filter((name) => read.includes(name))} />
    );
  }
  const names = [...new Set([files.embeddings, files.target, files.labels])].filter((name) => name !== null);
  return (
    <ul className="results-files">
      {names.map((name) => (
        <li key={name}>
          <a href={`./data/${encodeURIComponent(name)}`} download={name}>
            {name}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Where the script finds its rows. */
function dataWords({ spec }: Exported): string {
  const files = scriptFiles(spec);
  if (files === null) return 'It draws the synthetic rows itself.';
  if (spec.data.id === 'own')
    return 'It reads your rows as the lab uses them, in the order of the lab and without what was left out: save these files beside it, or name their folder with --data.';
  return 'Put these files beside it, or name their folder with --data:';
}

function Settings({
  spec,
  stem,
  done,
}: {
  readonly spec: Exported['spec'];
  readonly stem: string;
  readonly done: () => void;
}) {
  const session = useSession();
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const take = async (file: File): Promise<void> => {
    setProblem(null);
    try {
      session.spec.getState().replace(readDroppedSpec(await file.text(), file.name));
      done();
    } catch (error) {
      setProblem(error instanceof DataError ? error.message : `${file.name}: ${(error as Error).message}`);
    }
  };
  return (
    <section aria-label="Settings">
      <h3>Settings</h3>
      <p className="results-note">
        The spec holds every setting. Loading one is one step of undo; a result file will do too.
      </p>
      <div className="results-row">
        <button
          type="button"
          className="button"
          onClick={() => download(`${stem}_spec.json`, specFile(spec), 'application/json')}
        >
          Spec as JSON
        </button>
        <button type="button" className="button" onClick={() => input.current?.click()}>
          Load a spec…
        </button>
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          aria-label="Spec or result file"
          hidden
          onChange={({ target }) => {
            const file = target.files?.[0];
            target.value = '';
            if (file) void take(file);
          }}
        />
      </div>
      {problem !== null && (
        <p role="alert" className="results-problem">
          {problem}
        </p>
      )}
    </section>
  );
}
