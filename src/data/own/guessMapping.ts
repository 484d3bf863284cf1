import { quote } from '../errors.ts';
import type { Column, OpenedFile } from '../readers/reading.ts';
import { isScalar, previewTexts, tellingName, vectorCandidates, type VectorsCandidate } from './candidates.ts';
import { guessUnsafe } from './labels.ts';
import { olderOf, stemOf, wordsOf } from './names.ts';
import type { ColumnRef, FileIndex, Mapping, VectorsRef } from './own.ts';
import { splitWord } from './splitWords.ts';

/** Why a part of a mapping was guessed so, or what keeps it from being guessed. */
export interface MappingNote {
  readonly about: 'embeddings' | 'target' | 'label' | 'ids' | 'split' | 'text' | 'slices';
  /** 'problem': there is no mapping before a person chooses; 'look': a guess that the names alone do not settle. */
  readonly level: 'guess' | 'look' | 'problem';
  readonly message: string;
}

/** The parts of a mapping as far as they could be guessed. */
export interface MappingParts extends Omit<Mapping, 'embeddings' | 'label'> {
  readonly embeddings: VectorsRef | null;
  readonly label: Mapping['label'] | null;
}

export interface MappingGuess {
  /** Null where no embeddings or no label column could be found; `parts` then holds the rest. */
  readonly mapping: Mapping | null;
  readonly parts: MappingParts;
  readonly notes: readonly MappingNote[];
}

/** Which file a person said to take each part from, where they did. */
export interface MappingRoles {
  readonly embeddings?: FileIndex;
  readonly target?: FileIndex;
  readonly label?: FileIndex;
}

interface Named extends ColumnRef {
  readonly kind: Column['kind'];
  /** The words of its name, joined by a space. */
  readonly words: string;
  readonly texts: readonly (string | null)[];
}

/** Alone in a file, values of a one-dimensional array go by the file's name. */
function scalarsOf(files: readonly OpenedFile[]): Named[] {
  return files.flatMap((file, index) =>
    file.columns.filter(isScalar).map(({ name, kind }) => ({
      file: index,
      column: name,
      kind,
      words: wordsOf(tellingName(file, name)).join(' '),
      texts: previewTexts(file, name),
    })),
  );
}

const LABEL_NAMES: readonly (readonly [RegExp, number])[] = [
  [/^(label|labels|unsafe|is unsafe)$/, 12],
  [/^(y|target|targets|y true|ground truth|gold|class label|binary label|safety label)$/, 11],
  [
    /^(is |has )?(toxic|toxicity|harmful|harm|jailbreak|attack|spam|malicious|hate|offensive|flagged|injection|safe|adversarial)$/,
    10,
  ],
  [/^(class|classes|category|outcome|verdict|annotation|truth)$/, 8],
  [/(^| )(label|labels|y)$/, 7],
  [/^(is|has) /, 6],
];
const ID_NAME =
  /^(row |sample |example |doc |document |text |comment |prompt |message |item |record )?(id|ids|uuid|guid|uid|key|idx|index)$|^(row|unnamed 0)$/;
const SPLIT_NAME = /^(split|splits|partition|subset|set|fold|data split|dataset split)$/;
const TEXT_NAME =
  /^(text|texts|prompt|prompts|comment|comment text|content|sentence|message|tweet|question|instruction|input|inputs|body|document|query|utterance)$/;

const filled = (texts: readonly (string | null)[]): string[] => texts.filter((text): text is string => text !== null);
const distinct = (texts: readonly (string | null)[]): string[] => [...new Set(filled(texts))];

/** How much a column looks like the label; below 1 it does not. */
function labelScore({ kind, words, texts }: Named): number {
  const values = distinct(texts);
  if (values.length > 2) return 0;
  const byName = LABEL_NAMES.find(([pattern]) => pattern.test(words))?.[1] ?? 0;
  const binary = values.length > 0 && values.every((text) => text === '0' || text === '1');
  const byValue = kind === 'boolean' || binary ? 2 : values.length === 2 && texts.length >= 4 ? 1 : 0;
  // A column that only repeats one value could be anything.
  return byName > 0 ? byName + byValue : values.length === 2 ? byValue : 0;
}

/**
 * Proposes what the columns of the files are, from their names, kinds and first rows; every guess is explained. The label's
 * `unsafe` comes from the first rows alone: {@link labelValues} and {@link guessUnsafe} settle it for the whole column.
 */
export function guessMapping(files: readonly OpenedFile[], roles: MappingRoles = {}): MappingGuess {
  const notes: MappingNote[] = [];
  const note = (about: MappingNote['about'], level: MappingNote['level'], message: string) =>
    void notes.push({ about, level, message });
  const scalars = scalarsOf(files);
  const label = guessLabel(files, scalars, roles, note);
  const { embeddings, target } = guessVectors(files, scalars, label, roles, note);
  const used = new Set([embeddings, target, label].flatMap((ref) => (ref ? [ref.file] : [])));
  const isLabel = (one: ColumnRef) => one.file === label?.file && one.column === label.column;
  const vectors = [embeddings, target].flatMap((ref) =>
    ref ? [{ file: ref.file, columns: new Set(ref.columns) }] : [],
  );
  const inVectors = (one: ColumnRef) =>
    vectors.some(({ file, columns }) => file === one.file && columns.has(one.column));
  const free = scalars.filter((one) => used.has(one.file) && !isLabel(one) && !inVectors(one));

  const idOf = files.map((_, index) => {
    const of = free.filter((one) => one.file === index && ID_NAME.test(one.words));
    return of.find(({ texts }) => distinct(texts).length === texts.length) ?? null;
  });
  const ids = idOf.map((one) => one?.column ?? null);
  explainIds(files, used, ids, note);
  const first = (pattern: RegExp) => free.find((one) => pattern.test(one.words) && idOf[one.file] !== one) ?? null;
  const split = guessSplit(files, first(SPLIT_NAME), note);
  const text = free.find((one) => TEXT_NAME.test(one.words) && one.kind === 'text') ?? null;
  if (text) note('text', 'guess', `${text.column} of ${files[text.file].name} is the text of a row, by its name.`);
  const slices = free
    .filter((one) => idOf[one.file] !== one && one !== split && one !== text && canSlice(one))
    .map(refOf);
  if (slices.length > 0) {
    note('slices', 'guess', `Results can be sliced by ${slices.map(({ column }) => column).join(', ')}.`);
  }
  const parts: MappingParts = {
    embeddings,
    target,
    label,
    ids,
    split: split && refOf(split),
    text: text && refOf(text),
    slices,
  };
  return {
    mapping: embeddings && label ? { ...parts, embeddings, label } : null,
    parts,
    notes,
  };
}

const refOf = ({ file, column }: ColumnRef): ColumnRef => ({ file, column });

/** Texts and whole numbers; a column of fractions or of long texts has a value of its own in nearly every row. */
function canSlice({ kind, texts }: Named): boolean {
  const values = filled(texts);
  if (kind === 'number' || kind === 'vector') return values.every((text) => Number.isInteger(Number(text)));
  return values.every((text) => text.length <= 64);
}

type Note = (about: MappingNote['about'], level: MappingNote['level'], message: string) => void;

function guessLabel(
  files: readonly OpenedFile[],
  scalars: readonly Named[],
  roles: MappingRoles,
  note: Note,
): Mapping['label'] | null {
  const ranked = scalars
    .filter((one) => roles.label === undefined || one.file === roles.label)
    .filter((one) => !ID_NAME.test(one.words) && !SPLIT_NAME.test(one.words))
    .map((one) => ({ one, score: labelScore(one) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const best = ranked[0]?.one ?? namedWithMore(scalars, roles);
  if (!best) {
    const named = scalars.find((one) => LABEL_NAMES.some(([pattern]) => pattern.test(one.words)));
    const where = roles.label === undefined ? '' : ` in ${files[roles.label].name}`;
    note(
      'label',
      'problem',
      named
        ? `${named.column} of ${files[named.file].name} is named like a label but holds more than two values. Choose a column of two values.`
        : `No column looks like a label${where}. Name a column of two values label, or choose it.`,
    );
    return null;
  }
  const file = files[best.file];
  const named = LABEL_NAMES.some(([pattern]) => pattern.test(best.words));
  const guess = guessUnsafe(distinct(best.texts));
  const others = ranked.slice(1).filter(({ score }) => score === ranked[0].score);
  const more = distinct(best.texts).length > 2;
  note(
    'label',
    named && others.length === 0 && !more ? 'guess' : 'look',
    `${best.column} of ${file.name} is the label, ${named ? 'by its name' : 'because its first rows hold two values'}` +
      (more ? '; it holds more than two values.' : '') +
      (others.length > 0 ? `; ${others.map(({ one }) => one.column).join(', ')} would do as well.` : more ? '' : '.'),
  );
  note('label', guess.sure ? 'guess' : 'look', `${sentence(guess.why)} (from the first rows).`);
  return { file: best.file, column: best.column, unsafe: guess.unsafe };
}

/** A column that is named a label and whose first rows hold more than two words or whole numbers: reading it says where. */
function namedWithMore(scalars: readonly Named[], roles: MappingRoles): Named | undefined {
  return scalars.find(
    ({ file, words, texts }) =>
      (roles.label === undefined || file === roles.label) &&
      LABEL_NAMES.some(([pattern]) => pattern.test(words)) &&
      distinct(texts).length > 2 &&
      filled(texts).every((text) => !/^[-+]?\d*\.\d+/.test(text)),
  );
}

const sentence = (text: string): string => text[0].toUpperCase() + text.slice(1);

function guessVectors(
  files: readonly OpenedFile[],
  scalars: readonly Named[],
  label: ColumnRef | null,
  roles: MappingRoles,
  note: Note,
): { embeddings: VectorsRef | null; target: VectorsRef | null } {
  const candidates = files.flatMap((file, index) => {
    if (roles.embeddings !== undefined && index !== roles.embeddings && index !== roles.target) return [];
    const taken = scalars.filter(
      (one) =>
        one.file === index &&
        (one.column === (label?.file === index ? label.column : null) ||
          ID_NAME.test(one.words) ||
          SPLIT_NAME.test(one.words)),
    );
    const saidSo = index === roles.embeddings || index === roles.target;
    return vectorCandidates(file, index, new Set(taken.map(({ column }) => column)), saidSo);
  });
  const best = Math.max(...candidates.map(({ rank }) => rank));
  const [first, ...rest] = [...candidates].sort((a, b) => b.rank - a.rank);
  if (!first) {
    const where = roles.embeddings === undefined ? '' : ` in ${files[roles.embeddings].name}`;
    note(
      'embeddings',
      'problem',
      `Nothing looks like embeddings${where}. They are a column of number lists, or number columns named such as emb_0, emb_1, …`,
    );
    return { embeddings: null, target: null };
  }
  const pick = chooseTwo(files, candidates, first, roles, note);
  const why =
    pick.base.rank === 2 ? 'by its name' : pick.base.rank === 1 ? 'by its shape' : 'as no name says otherwise';
  note('embeddings', pick.base.rank === 0 ? 'look' : 'guess', `The embeddings are ${pick.base.what}, ${why}.`);
  const unused = rest.concat(first).filter((one) => one !== pick.base && one !== pick.target && one.rank === best);
  if (unused.length > 0) {
    note('embeddings', 'look', `Not used: ${unused.map(({ what }) => what).join('; ')}.`);
  }
  return { embeddings: pick.base.ref, target: pick.target?.ref ?? null };
}

/** The embeddings and, where another candidate is the same rows from another version, that one. */
function chooseTwo(
  files: readonly OpenedFile[],
  candidates: readonly VectorsCandidate[],
  first: VectorsCandidate,
  roles: MappingRoles,
  note: Note,
): { base: VectorsCandidate; target: VectorsCandidate | null } {
  if (roles.embeddings !== undefined) {
    const of = (index: FileIndex | undefined) =>
      candidates.filter(({ ref }) => ref.file === index).sort((a, b) => b.rank - a.rank);
    const base = of(roles.embeddings)[0] ?? first;
    if (roles.target === undefined) return { base, target: null };
    const target = of(roles.target).find((one) => one !== base) ?? null;
    if (target) note('target', 'guess', `The newer version is ${target.what}, as said.`);
    else {
      note('target', 'problem', `Nothing in ${files[roles.target].name} looks like embeddings of a newer version.`);
    }
    return { base, target };
  }
  for (const other of candidates) {
    if (other === first || other.rank < 1 || first.rank < 1) continue;
    if (other.dims !== first.dims) {
      if (other.rank === first.rank) {
        note('target', 'look', `${other.what} is no newer version of ${first.what}: a probe reads one size only.`);
      }
      continue;
    }
    const sameFile = other.ref.file === first.ref.file;
    const [rows, otherRows] = [files[first.ref.file].rows, files[other.ref.file].rows];
    if (rows !== null && otherRows !== null && rows !== otherRows && !(hasId(files, first) && hasId(files, other))) {
      note(
        'target',
        'look',
        `${other.what} has ${otherRows} rows and ${first.what} has ${rows}, so they are not two versions of the same rows.`,
      );
      continue;
    }
    const older = olderOf([versionName(files, first, sameFile), versionName(files, other, sameFile)]);
    if (older === null && sameFile) continue;
    const [base, target] = older === 1 ? [other, first] : [first, other];
    note(
      'target',
      older === null ? 'look' : 'guess',
      older === null
        ? `The newer version is ${target.what}, only because it came second: no name says which is newer.`
        : `The newer version is ${target.what}, by its name.`,
    );
    return { base, target };
  }
  return { base: first, target: null };
}

const versionName = (files: readonly OpenedFile[], { name, ref }: VectorsCandidate, sameFile: boolean): string =>
  sameFile ? name : `${stemOf(files[ref.file])} ${name}`;

const hasId = (files: readonly OpenedFile[], { ref }: VectorsCandidate): boolean =>
  files[ref.file].columns.some((column) => isScalar(column) && ID_NAME.test(wordsOf(column.name).join(' ')));

function explainIds(
  files: readonly OpenedFile[],
  used: ReadonlySet<FileIndex>,
  ids: readonly (string | null)[],
  note: Note,
): void {
  if (used.size < 2) return;
  const without = [...used].filter((file) => ids[file] === null);
  if (without.length === 0) {
    const named = [...used].map((file) => `${ids[file]} of ${files[file].name}`).join(', ');
    note('ids', 'guess', `Rows pair by id: ${named}.`);
  } else {
    const named = without.map((file) => files[file].name).join(', ');
    note(
      'ids',
      'guess',
      `Rows pair by place, row i with row i: ${named} ${without.length === 1 ? 'has' : 'have'} no id column.`,
    );
  }
}

function guessSplit(files: readonly OpenedFile[], found: Named | null, note: Note): Named | null {
  if (!found) return null;
  const words = distinct(found.texts);
  // One wrong word in a column of split words is a mistake to be told, not a reason to leave the column aside.
  const odd = words.some((text) => splitWord(text) !== null) ? undefined : words[0];
  const what = `${found.column} of ${files[found.file].name}`;
  if (odd !== undefined) {
    note('split', 'guess', `${what} says ${quote(odd)}, not train, validation or test: it is not taken as the split.`);
    return null;
  }
  note('split', 'guess', `${what} is the split, by its name.`);
  return found;
}
