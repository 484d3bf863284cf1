import { CheckField } from '../fields/CheckField.tsx';
import { useOwn, useOwnStore } from './useOwnImport.ts';

/** Beyond so many columns a choice one by one is no help. */
const MOST = 200;

/** Where the embeddings are several number columns of a table: which of them, in the table's order. */
export function EmbeddingColumns() {
  const store = useOwnStore();
  const opened = useOwn((state) => state.opened);
  const ref = useOwn((state) => state.parts?.embeddings ?? null);
  const taken = useOwn((state) => state.parts?.target?.columns ?? null);
  if (!opened || !ref || (ref.columns.length === 1 && opened.files[ref.file].columns.length === 1)) return null;
  const { columns } = opened.files[ref.file];
  const numbers = columns.filter(({ kind }) => kind === 'number').map(({ name }) => name);
  const first = columns.find(({ name }) => name === ref.columns[0]);
  if (first?.kind !== 'number' || numbers.length < 2 || numbers.length > MOST) return null;
  return (
    <details className="own-slices">
      <summary>
        Columns that make up the embeddings ({ref.columns.length} of {numbers.length})
      </summary>
      <div className="own-checks">
        {numbers.map((name) => (
          <CheckField
            key={name}
            label={name}
            checked={ref.columns.includes(name)}
            disabled={taken?.includes(name) && !ref.columns.includes(name)}
            onCommit={(on) => {
              const chosen = new Set(on ? [...ref.columns, name] : ref.columns.filter((one) => one !== name));
              if (chosen.size === 0) return;
              const next = { file: ref.file, columns: numbers.filter((one) => chosen.has(one)) };
              void store.getState().map({ embeddings: next });
            }}
          />
        ))}
      </div>
    </details>
  );
}
