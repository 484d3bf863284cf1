import { useEffect, useId, useRef } from 'react';
import type { ExperimentSpec } from '../../spec/types.ts';
import { WHY, type WhyMetric } from '../drift/why/index.ts';
import { useSpec } from '../session.tsx';
import { ConventionsTable } from './ConventionsTable.tsx';
import type { WhyEntry } from './entry.ts';
import '../modal.css';
import './why.css';

/** The explanation of a number, as a modal dialog; Escape, its button and a click beside it close it. */
export default function WhyDialog({ metric, close }: { readonly metric: WhyMetric; readonly close: () => void }) {
  const entry: WhyEntry = WHY[metric];
  const spec = useSpec((state) => state.spec);
  const ref = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    // The button that opened it gets the focus back when it closes.
    const opener = document.activeElement;
    dialog.showModal();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className="modal why"
      aria-labelledby={title}
      data-why={metric}
      onClose={close}
      onClick={(event) => {
        if (event.target === ref.current) ref.current?.close();
      }}
    >
      <div className="modal-content">
        <header className="modal-head">
          <h2 id={title}>{entry.title}</h2>
          <button type="button" className="button" onClick={() => ref.current?.close()}>
            Close
          </button>
        </header>
        <Explanation entry={entry} spec={spec} />
        {entry.conventions && <ConventionsTable {...entry.conventions} />}
      </div>
    </dialog>
  );
}

function Explanation({ entry, spec }: { readonly entry: WhyEntry; readonly spec: ExperimentSpec }) {
  const { definition, formula, source, convention, misleads } = entry;
  return (
    <>
      <p>{definition}</p>
      <dl className="why-facts">
        <dt>Formula</dt>
        <dd className="why-formula">
          {formula.map((line) => (
            <span key={line}>{line}</span>
          ))}
        </dd>
        <dt>In use here</dt>
        <dd>{typeof convention === 'string' ? convention : convention(spec)}</dd>
        <dt>It misleads where</dt>
        <dd>{misleads}</dd>
        <dt>Source</dt>
        <dd>{source}</dd>
      </dl>
    </>
  );
}
