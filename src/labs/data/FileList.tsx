import { useRef } from 'react';
import { formatCount } from '../../charts/format.ts';
import { formatBytes } from './words.ts';
import { useOwn, useOwnStore } from './useOwnImport.ts';

const ACCEPT = '.npy,.npz,.csv,.tsv,.txt,.json,.jsonl,.ndjson,.parquet,.arrow,.feather,.safetensors';

/** The files brought so far, with what each turned out to be, and the ways to bring more. */
export function FileList() {
  const store = useOwnStore();
  const files = useOwn((state) => state.files);
  const opened = useOwn((state) => state.opened);
  const input = useRef<HTMLInputElement>(null);
  return (
    <section className="own-step" aria-label="Files">
      <h3>Files</h3>
      {files.length > 0 && (
        <ul className="own-files">
          {files.map((file, place) => {
            const summary = opened?.files.find(({ given }) => given === place);
            const problem = opened?.problems.find(({ given }) => given === place);
            return (
              <li key={`${file.name} ${file.size} ${file.lastModified}`}>
                <div>
                  <strong>{file.name}</strong> <span className="own-quiet">{formatBytes(file.size)}</span>
                  {summary && (
                    <span className="own-quiet">
                      {' '}
                      · {summary.format} ·{' '}
                      {summary.rows === null ? 'rows counted when read' : `${formatCount(summary.rows)} rows`} ·{' '}
                      {columnWords(summary.columns)}
                    </span>
                  )}
                  {problem && (
                    <p className="field-error" role="alert">
                      {problem.message}
                    </p>
                  )}
                  {summary?.leftOut?.map((sentence) => (
                    <p className="field-hint" key={sentence}>
                      Not used: {sentence}
                    </p>
                  ))}
                </div>
                <button
                  type="button"
                  className="button"
                  aria-label={`Remove ${file.name}`}
                  onClick={() => void store.getState().removeFile(place)}
                >
                  Remove
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <div className="own-drop" data-empty={files.length === 0}>
        <p>
          {files.length === 0
            ? 'Drop files anywhere on this page, paste a table, or choose files.'
            : 'Drop, paste or choose more: labels, or the same rows from a newer encoder.'}
        </p>
        <button type="button" className="button button-main" onClick={() => input.current?.click()}>
          Choose files…
        </button>
        <input
          ref={input}
          className="visually-hidden"
          type="file"
          multiple
          accept={ACCEPT}
          aria-label="Files with embeddings and labels"
          tabIndex={-1}
          onChange={(event) => {
            void store.getState().add([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
        <p className="field-hint">
          Embeddings and labels, in one file or several: .npy, .npz, .csv, .tsv, .jsonl, .parquet, .arrow, .feather,
          .safetensors. Nothing is uploaded: everything is read by this browser, on this machine.
        </p>
      </div>
    </section>
  );
}

function columnWords(columns: readonly { readonly name: string; readonly dims: number | null }[]): string {
  if (columns.length === 1 && columns[0].dims !== null) return `${columns[0].dims} numbers a row`;
  if (columns.length > 6) return `${formatCount(columns.length)} columns`;
  return columns.map(({ name, dims }) => (dims === null ? name : `${name} (${dims} numbers)`)).join(', ');
}
