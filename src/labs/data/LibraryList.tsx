import { useState } from 'react';
import { formatCount } from '../../charts/format.ts';
import type { OwnEntry } from '../../engine/own/library.ts';
import { useSession, useSpec } from '../session.tsx';
import { putInUse, useMissing } from './inUse.ts';
import { useOwn, useOwnStore } from './useOwnImport.ts';
import { formatBytes } from './words.ts';

/** What this browser keeps: use it again, or remove it. */
export function LibraryList({ onUsed }: { readonly onUsed: () => void }) {
  const library = useOwn((state) => state.library);
  const problem = useOwn((state) => state.libraryProblem);
  const total = library?.entries.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0;
  return (
    <section className="own-step" aria-label="Library">
      <h3>Kept in this browser</h3>
      {problem && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
      {!library && !problem && <p className="own-quiet">Reading the list…</p>}
      {library?.entries.length === 0 && (
        <p className="own-quiet">Nothing yet. What you use is kept here until you remove it.</p>
      )}
      {library && library.entries.length > 0 && (
        <>
          <ul className="own-files">
            {library.entries.map((entry) => (
              <Entry key={entry.key} entry={entry} onUsed={onUsed} />
            ))}
          </ul>
          <p className="field-hint">
            {formatBytes(total)} in all
            {library.free !== null && `; room for ${formatBytes(library.free)} more`}. The browser may clear it when you
            clear this site’s data.
          </p>
        </>
      )}
    </section>
  );
}

function Entry({ entry, onUsed }: { readonly entry: OwnEntry; readonly onUsed: () => void }) {
  const session = useSession();
  const store = useOwnStore();
  const missing = useMissing();
  const [asking, setAsking] = useState(false);
  const inUse = useSpec(
    ({ spec: { data } }) =>
      data.own?.embeddings === entry.digests.embeddings && data.own.labels === entry.digests.labels,
  );
  const { title, digests, bytes, date, leftOut, key } = entry;
  return (
    <li data-testid="own-entry" data-key={key}>
      <div>
        <strong>{title}</strong> {inUse && <span className="badge">in use</span>}
        <p className="own-quiet">
          {formatCount(digests.rows)} × {formatCount(digests.dims)}
          {digests.target !== null && ', two versions'} · {formatBytes(bytes)}
          {date && ` · ${date.slice(0, 16).replace('T', ' ')} UTC`}
          {leftOut && ` · ${leftOut}`}
        </p>
      </div>
      {asking ? (
        <div className="buttons" role="group" aria-label={`Remove ${title}?`}>
          <button
            type="button"
            className="button own-danger"
            autoFocus
            onClick={() => void store.getState().remove(key)}
          >
            Remove {formatBytes(bytes)} for good
          </button>
          <button type="button" className="button" onClick={() => setAsking(false)}>
            Keep it
          </button>
        </div>
      ) : (
        <div className="buttons">
          <button
            type="button"
            className="button"
            aria-label={`Use ${title}`}
            onClick={() => {
              putInUse(session, digests, missing);
              onUsed();
            }}
          >
            Use
          </button>
          <button type="button" className="button" aria-label={`Remove ${title}`} onClick={() => setAsking(true)}>
            Remove…
          </button>
        </div>
      )}
    </li>
  );
}
