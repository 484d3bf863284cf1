import { useEffect, useRef } from 'react';
import { useStatus } from '../labs/session.tsx';

export function AboutData({ onClose }: { readonly onClose: () => void }) {
  const ref = useRef<HTMLDialogElement>(null);
  const catalogue = useStatus((status) => status.catalogue);
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
  }, []);
  return (
    <dialog className="about" ref={ref} onClose={onClose} aria-labelledby="about-title">
      <div className="about-head">
        <h2 id="about-title">About the data</h2>
        <button type="button" className="button" onClick={() => ref.current?.close()}>
          Close
        </button>
      </div>
      <p>
        Everything is computed in your browser. The lab makes no request to any other site, and what you load stays on
        your machine. The shipped sets are numbers only: embeddings and labels, no text.
      </p>
      {!catalogue && <p>The list of datasets is still loading.</p>}
      {catalogue?.encoders.map((encoder) => (
        <section key={encoder.id}>
          <h3>Encoder: {encoder.title}</h3>
          <p>
            {encoder.attribution}. {encoder.source}. Licence: {encoder.licence}.
          </p>
        </section>
      ))}
      {catalogue?.sets.map((set) => (
        <section key={set.id}>
          <h3>{set.title}</h3>
          <p>{set.source}</p>
          <ul>
            {set.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
          <h4>Sources</h4>
          <ul>
            {set.sources.map((source) => (
              <li key={source.id}>
                {source.title}: {source.rows.toLocaleString('en-US')} rows. {source.attribution}. {source.licence}.
              </li>
            ))}
          </ul>
          <h4>Versions of the encoder</h4>
          <ul>
            {set.versions.map((version) => (
              <li key={version.id}>
                <strong>{version.title}.</strong> {version.changed}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </dialog>
  );
}
