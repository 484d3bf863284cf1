import type { Column, OpenedFile } from '../readers/reading.ts';
import { cellText } from './cells.ts';
import type { FileIndex, VectorsRef } from './own.ts';
import { stemOf, wordsOf } from './names.ts';

/** Columns that could be the embeddings. */
export interface VectorsCandidate {
  readonly ref: VectorsRef;
  readonly dims: number;
  /** What to go by in guessing the version: the column's name, or the file's where the column has none of its own. */
  readonly name: string;
  /** As a message says it. */
  readonly what: string;
  /** 2: named as embeddings are; 1: a vector or numbered columns; 0: what number columns are left. */
  readonly rank: 0 | 1 | 2;
}

const EMBEDDING_WORDS = new Set(
  (
    'embedding embeddings emb embs embed embeds vector vectors vec vecs x feature features feat hidden activation ' +
    'activations representation representations values data pooled cls encoding encodings'
  ).split(' '),
);
/** A numbered group without a telling name needs so many columns to be taken for an embedding. */
const FEWEST_COLUMNS = 4;

/** Whether a column holds one value a row. */
export const isScalar = (column: Column): boolean => column.kind !== 'vector' || column.dims === 1;

/** Whether the only name a column has is its file's. */
const isNameless = (file: OpenedFile, name: string): boolean => file.columns.length === 1 && name === 'values';

/** The name of a column, or of its file where the column has none of its own. */
export const tellingName = (file: OpenedFile, column: string): string =>
  isNameless(file, column) ? stemOf(file) : column;

const isNamedSo = (name: string): boolean =>
  wordsOf(name).some((word) => EMBEDDING_WORDS.has(word.replace(/\d+$/, '')));

/** A name that ends in a number, as "emb_12" or "x[12]" does: what stands before it, and the number. One pass over the name. */
function numberedName(name: string): { readonly prefix: string; readonly number: number } | null {
  const end = name.endsWith(']') ? name.length - 1 : name.length;
  let digits = end;
  while (digits > 0 && /\d/.test(name[digits - 1])) digits--;
  if (digits === end) return null;
  let mark = digits;
  while (mark > 0 && /[\s._[-]/.test(name[mark - 1])) mark--;
  return { prefix: name.slice(0, mark), number: Number(name.slice(digits, end)) };
}

/**
 * Number columns whose names differ in a trailing number alone, counting up by one from 0 or 1, in that order. A taken
 * column at either end of such a row is no part of it. A column that is not all numbers is one of them where most others are:
 * reading then says which row is wrong, where leaving it out would change what the rows are.
 */
function numberedGroups(columns: readonly Column[], taken: ReadonlySet<string>): Map<string, string[]> {
  const groups = new Map<string, { name: string; number: number; isNumber: boolean }[]>();
  for (const { name, kind } of columns) {
    const numbered = kind === 'number' || kind === 'text' || kind === 'mixed' ? numberedName(name) : null;
    if (!numbered) continue;
    const group = groups.get(numbered.prefix) ?? [];
    group.push({ name, number: numbered.number, isNumber: kind === 'number' });
    groups.set(numbered.prefix, group);
  }
  const complete = new Map<string, string[]>();
  for (const [prefix, group] of groups) {
    const numbers = group.filter(({ isNumber }) => isNumber);
    if (numbers.length <= group.length / 2) group.splice(0, group.length, ...numbers);
    if (group.length === 0) continue;
    group.sort((a, b) => a.number - b.number);
    const start = group[0].number;
    if (start > 1 || group.some(({ number }, i) => number !== start + i)) continue;
    const names = group.map(({ name }) => name);
    while (names.length > 0 && taken.has(names[0])) names.shift();
    while (names.length > 0 && taken.has(names[names.length - 1])) names.pop();
    complete.set(prefix, names);
  }
  return complete;
}

/**
 * Everything in a file that could be embeddings; `taken` are columns that are something else by name. A single number column
 * is none, unless a person said that the file holds embeddings.
 */
export function vectorCandidates(
  file: OpenedFile,
  index: FileIndex,
  taken: ReadonlySet<string>,
  saidSo = false,
): VectorsCandidate[] {
  const found: VectorsCandidate[] = [];
  for (const { name, kind, dims } of file.columns) {
    if (kind !== 'vector' || dims === null || dims === 1) continue;
    const telling = tellingName(file, name);
    found.push({
      ref: { file: index, columns: [name] },
      dims,
      name: telling,
      what: `${name} of ${file.name} (${dims} numbers a row)`,
      rank: isNamedSo(name) || isNamedSo(telling) ? 2 : 1,
    });
  }
  for (const [prefix, columns] of numberedGroups(file.columns, taken)) {
    const named = isNamedSo(prefix);
    if (columns.length < (named ? 2 : FEWEST_COLUMNS)) continue;
    found.push({
      ref: { file: index, columns },
      dims: columns.length,
      name: prefix === '' ? stemOf(file) : prefix,
      what: `the ${columns.length} columns ${columns[0]} … ${columns[columns.length - 1]} of ${file.name}`,
      rank: named || prefix === '' ? 2 : 1,
    });
  }
  if (found.length > 0) return found;
  const isNumber = ({ kind, dims }: Column) => kind === 'number' || (kind === 'vector' && dims === 1);
  const left = file.columns.filter((column) => isNumber(column) && !taken.has(column.name));
  if (left.length < (saidSo ? 1 : 2)) return [];
  return [
    {
      ref: { file: index, columns: left.map(({ name }) => name) },
      dims: left.length,
      name: stemOf(file),
      what:
        left.length === 1
          ? `${left[0].name} of ${file.name} (one number a row)`
          : `the ${left.length} number columns ${left[0].name} … ${left[left.length - 1].name} of ${file.name}`,
      rank: 0,
    },
  ];
}

/** The texts of a column in the first rows. */
export function previewTexts(file: OpenedFile, column: string): (string | null)[] {
  return file.preview.map((row) => {
    const value = row[column];
    return Array.isArray(value) ? cellText(value.length === 1 ? Number(value[0]) : null) : cellText(value as never);
  });
}
