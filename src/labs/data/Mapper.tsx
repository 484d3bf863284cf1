import type { VectorsCandidate } from '../../data/own/candidates.ts';
import type { MappingNote, MappingParts } from '../../data/own/guessMapping.ts';
import type { ColumnRef, VectorsRef } from '../../data/own/own.ts';
import { filesInUse } from '../../data/own/pairing.ts';
import { formatCount } from '../../charts/format.ts';
import type { FileSummary } from '../../engine/own/importApi.ts';
import { wholeMapping } from '../../state/ownDataImport.ts';
import { CheckField } from '../fields/CheckField.tsx';
import { SelectField, type Option } from '../fields/SelectField.tsx';
import { EmbeddingColumns } from './EmbeddingColumns.tsx';
import { useOwn, useOwnStore } from './useOwnImport.ts';

const NONE = '';
const key = (ref: VectorsRef | ColumnRef | null) => (ref === null ? NONE : JSON.stringify(plain(ref)));
const plain = (ref: VectorsRef | ColumnRef) =>
  'columns' in ref ? { file: ref.file, columns: ref.columns } : { file: ref.file, column: ref.column };
const sameRef = (a: VectorsRef | ColumnRef | null, b: VectorsRef | ColumnRef | null) => key(a) === key(b);

/** What each column is: guessed, marked as guessed, and changeable. */
export function Mapper() {
  const store = useOwnStore();
  const opened = useOwn((state) => state.opened);
  const parts = useOwn((state) => state.parts);
  const labels = useOwn((state) => state.labels);
  if (!opened || !parts || opened.files.length === 0) return null;
  const { files, guess } = opened;
  const map = (patch: Partial<MappingParts>) => void store.getState().map(patch);
  const scalars = files.flatMap(({ columns }, file) =>
    columns.filter(({ dims }) => dims === null || dims === 1).map(({ name }) => ({ file, column: name })),
  );
  const nameOf = ({ file, column }: ColumnRef) => (files.length > 1 ? `${column} (${files[file].name})` : column);
  const isNumber = (ref: ColumnRef) =>
    [parts.embeddings, parts.target].some((one) => one?.file === ref.file && one.columns.includes(ref.column));
  // Of hundreds of number columns that make up the embeddings none is offered as anything else.
  const words = scalars.filter(
    (ref) => !isNumber(ref) || [parts.label, parts.split, parts.text].some((other) => sameRef(other, ref)),
  );
  const columnOptions = (none: string | null): Option<string>[] => [
    ...(none === null ? [] : [{ value: NONE, label: none }]),
    ...words.map((ref) => ({ value: key(ref), label: nameOf(ref) })),
  ];
  const read = <T,>(value: string): T | null => (value === NONE ? null : (JSON.parse(value) as T));
  const hint = (about: MappingNote['about'], same: boolean) => (
    <GuessHint notes={guess.notes} about={about} same={same} />
  );
  const vectors = vectorOptions(opened.vectors, [guess.parts.embeddings, guess.parts.target, parts.embeddings]);
  const whole = wholeMapping(parts);
  const inUse = whole ? filesInUse(whole) : [];
  const free = scalars.filter((ref) => ![parts.label, parts.split, parts.text].some((other) => sameRef(other, ref)));
  const sliceable = free.filter((ref) => !isNumber(ref) && parts.ids[ref.file] !== ref.column);
  return (
    <section className="own-step" aria-label="Columns">
      <h3>What the columns are</h3>
      <div className="own-fields">
        <SelectField
          label="Embeddings"
          value={key(parts.embeddings)}
          options={[...(parts.embeddings ? [] : [{ value: NONE, label: 'Choose…' }]), ...vectors]}
          hint={hint('embeddings', sameRef(parts.embeddings, guess.parts.embeddings))}
          onCommit={(value) => map({ embeddings: read<VectorsRef>(value) })}
        />
        <SelectField
          label="The same rows from a newer encoder"
          value={key(parts.target)}
          options={[{ value: NONE, label: 'None: one version only' }, ...vectors]}
          hint={hint('target', sameRef(parts.target, guess.parts.target))}
          onCommit={(value) => map({ target: read<VectorsRef>(value) })}
        />
        <SelectField
          label="Label"
          value={key(parts.label)}
          options={columnOptions(parts.label ? null : 'Choose…')}
          hint={
            words.length === 0 ? (
              <span className="own-look">No file here has labels. Drop, paste or choose the file that has them.</span>
            ) : (
              hint('label', sameRef(parts.label, guess.parts.label))
            )
          }
          onCommit={(value) => {
            const ref = read<ColumnRef>(value);
            map({ label: ref && { ...ref, unsafe: '' } });
          }}
        />
        {parts.label && labels && (
          <SelectField
            label="Value that means unsafe (label 1)"
            value={parts.label.unsafe}
            options={unsafeOptions(labels.values, parts.label.unsafe)}
            hint={
              labels.values.length > 2
                ? `${parts.label.column} holds ${labels.more ? 'more than ' : ''}${formatCount(labels.values.length)} values, and a probe tells two apart: choose a label of two values.`
                : parts.label.unsafe === labels.guess.unsafe
                  ? `${labels.guess.sure ? 'Guessed' : 'Guessed, please look'}: ${labels.guess.why}.`
                  : 'Chosen by you.'
            }
            onCommit={(unsafe) => parts.label && map({ label: { ...parts.label, unsafe } })}
          />
        )}
        <SelectField
          label="Split"
          value={key(parts.split)}
          options={columnOptions('None: split by seed')}
          hint={hint('split', sameRef(parts.split, guess.parts.split))}
          onCommit={(value) => map({ split: read<ColumnRef>(value) })}
        />
        <SelectField
          label="Text of a row"
          value={key(parts.text)}
          options={columnOptions('None')}
          hint="Shown in the preview; it is not kept and nothing is computed from it."
          onCommit={(value) => map({ text: read<ColumnRef>(value) })}
        />
        {inUse.length > 1 &&
          inUse.map((file, place) => (
            <SelectField
              key={file}
              label={`Id in ${files[file].name}`}
              value={parts.ids[file] ?? NONE}
              options={[
                { value: NONE, label: 'None: pair rows by place' },
                ...files[file].columns
                  .filter(({ dims }) => dims === null || dims === 1)
                  .map(({ name }) => ({ value: name, label: name })),
              ]}
              hint={
                place === 0 &&
                hint(
                  'ids',
                  inUse.every((one) => parts.ids[one] === guess.parts.ids[one]),
                )
              }
              onCommit={(value) =>
                map({ ids: parts.ids.map((id, at) => (at === file ? (value === NONE ? null : value) : id)) })
              }
            />
          ))}
      </div>
      <EmbeddingColumns />
      {sliceable.length > 0 && (
        <details className="own-slices" open={sliceable.length <= 8}>
          <summary>
            Columns to slice by ({parts.slices.length} of {sliceable.length})
          </summary>
          <div className="own-checks">
            {sliceable.map((ref) => {
              const on = parts.slices.some((slice) => sameRef(slice, ref));
              return (
                <CheckField
                  key={key(ref)}
                  label={nameOf(ref)}
                  checked={on}
                  onCommit={(checked) =>
                    map({
                      slices: checked ? [...parts.slices, ref] : parts.slices.filter((slice) => !sameRef(slice, ref)),
                    })
                  }
                />
              );
            })}
          </div>
        </details>
      )}
    </section>
  );
}

function GuessHint({
  notes,
  about,
  same,
}: {
  readonly notes: readonly MappingNote[];
  readonly about: MappingNote['about'];
  readonly same: boolean;
}) {
  const mine = notes.filter((note) => note.about === about);
  if (!same) return <>Chosen by you.</>;
  if (mine.length === 0) return null;
  const look = mine.some(({ level }) => level !== 'guess');
  const problem = mine.some(({ level }) => level === 'problem');
  return (
    <span className={look ? 'own-look' : undefined}>
      {problem ? 'To choose' : look ? 'Guessed, please look' : 'Guessed'}:{' '}
      {mine.map(({ message }) => message).join(' ')}
    </span>
  );
}

/** Every candidate, and what was guessed or chosen where that is none of them. */
function vectorOptions(vectors: readonly VectorsCandidate[], refs: readonly (VectorsRef | null)[]): Option<string>[] {
  const options = new Map<string, string>();
  for (const { ref, what } of vectors) options.set(key(ref), what);
  for (const ref of refs) {
    if (!ref || options.has(key(ref))) continue;
    options.set(key(ref), `${ref.columns.length} columns, ${ref.columns[0]} … ${ref.columns.at(-1)}`);
  }
  return [...options].map(([value, label]) => ({ value, label }));
}

function unsafeOptions(
  values: readonly { readonly text: string; readonly count: number }[],
  chosen: string,
): Option<string>[] {
  const options = values.map(({ text, count }) => ({ value: text, label: `${text} (${formatCount(count)} rows)` }));
  return options.some(({ value }) => value === chosen)
    ? options
    : [...options, { value: chosen, label: `${chosen} (no row)` }];
}

/** What a column is taken for; null where it is not used. */
export function roleOf(parts: MappingParts, file: number, { name }: FileSummary['columns'][number]): string | null {
  const at = (ref: ColumnRef | null) => ref?.file === file && ref.column === name;
  const within = (ref: VectorsRef | null) => ref?.file === file && ref.columns.includes(name);
  if (within(parts.embeddings)) return 'embedding';
  if (within(parts.target)) return 'newer embedding';
  if (at(parts.label)) return 'label';
  if (at(parts.split)) return 'split';
  if (at(parts.text)) return 'text';
  if (parts.ids[file] === name) return 'id';
  return parts.slices.some(at) ? 'slice' : null;
}
