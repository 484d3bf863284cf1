import { DataError, grouped, quote } from '../errors.ts';
import type { OpenedFile, ReadCheckpoint } from '../readers/reading.ts';
import { readTexts, rowNumber } from './cells.ts';
import type { FileIndex, Mapping, Pairing } from './own.ts';

/** Which rows of the files belong together. The order of rows is that of the file with the embeddings. */
export interface Paired {
  readonly pairing: Pairing;
  /**
   * For each file in use, the place of each of its rows in the table, {@link NO_PLACE} for a row without a partner; null
   * where row i is in place i. Files not in use have null too.
   */
  readonly places: readonly (Uint32Array | null)[];
}

export const NO_PLACE = 0xffffffff;
/** Rows without a partner that are named. */
const FIRST_IDS = 20;

/** The files that a mapping reads from, the one with the embeddings first. */
export function filesInUse({ embeddings, target, label, split, slices }: Mapping): FileIndex[] {
  const refs = [embeddings, target, label, split, ...slices];
  return [...new Set(refs.flatMap((ref) => (ref ? [ref.file] : [])))];
}

/** Whether rows pair by id: more than one file is in use, and each has an id column. */
export function pairsById(mapping: Mapping): boolean {
  const inUse = filesInUse(mapping);
  return inUse.length > 1 && inUse.every((file) => (mapping.ids[file] ?? null) !== null);
}

/** Collects the ids of a file, row after row. */
export class IdCollector {
  readonly ids: string[] = [];

  constructor(
    private readonly file: OpenedFile,
    private readonly column: string,
  ) {}

  /** Throws DataError for an empty id. */
  add(row: number, id: string | null): void {
    if (id === null) {
      throw new DataError(
        this.file.name,
        rowNumber(this.file, row),
        `its id is empty (column ${quote(this.column)})`,
        'Give every row an id, or pair the rows by place',
      );
    }
    this.ids.push(id);
  }
}

/** Finds the rows that belong together, reading the id columns, or counting rows where a file does not say how many it has. */
export async function pairRows(
  files: readonly OpenedFile[],
  mapping: Mapping,
  checkpoint?: ReadCheckpoint,
): Promise<Paired> {
  const inUse = filesInUse(mapping);
  const byId = pairsById(mapping);
  const ids: (string[] | null)[] = files.map(() => null);
  const counts: number[] = files.map(() => 0);
  for (const index of inUse) {
    const file = files[index];
    const column = byId ? (mapping.ids[index] ?? null) : null;
    if (column !== null) {
      const collector = new IdCollector(file, column);
      counts[index] = await readTexts(file, [column], (row, _name, id) => collector.add(row, id), checkpoint);
      ids[index] = collector.ids;
    } else {
      counts[index] = file.rows ?? (await countRows(file, index, mapping, checkpoint));
    }
  }
  return pairFound(files, mapping, counts, ids);
}

/** Reads what is cheapest of a file that does not say how many rows it has. */
function countRows(
  file: OpenedFile,
  index: FileIndex,
  { embeddings, target, label, split, slices }: Mapping,
  checkpoint?: ReadCheckpoint,
): Promise<number> {
  const scalar = [label, split, ...slices].find((ref) => ref?.file === index);
  if (scalar) return readTexts(file, [scalar.column], () => undefined, checkpoint);
  const vectors = embeddings.file === index ? embeddings : (target ?? embeddings);
  const column = file.columns.find(({ name }) => name === vectors.columns[0]);
  const as = column?.kind === 'vector' ? ('vector' as const) : ('number' as const);
  return file.read([{ name: vectors.columns[0], as }], () => undefined, checkpoint);
}

/**
 * {@link pairRows} of what was read: the number of rows of each file in use and, where rows pair by id, the ids. Throws
 * DataError for an id that stands twice, for numbers of rows that differ, and where no row has partners in all files.
 */
export function pairFound(
  files: readonly OpenedFile[],
  mapping: Mapping,
  counts: readonly number[],
  ids: readonly (readonly string[] | null)[],
): Paired {
  const inUse = filesInUse(mapping);
  const places: (Uint32Array | null)[] = files.map(() => null);
  const [base, ...others] = inUse;
  const baseIds = ids[base];
  if (!pairsById(mapping) || !baseIds) {
    for (const index of others) checkCounts(files, base, index, mapping, counts);
    const why = othersWhy(files, mapping, inUse);
    return { pairing: { by: 'place', rows: counts[base], unpaired: [], why }, places };
  }

  const rowOf = inUse.map((index) => {
    const own = ids[index] ?? [];
    // Equal ids in equal order need no index, and are the usual case.
    return index !== base && sameIds(own, baseIds) ? null : indexIds(files[index], own);
  });
  const place = new Uint32Array(baseIds.length).fill(NO_PLACE);
  let rows = 0;
  for (let row = 0; row < baseIds.length; row++) {
    if (rowOf.every((index) => index === null || index.has(baseIds[row]))) place[row] = rows++;
  }
  if (rows === 0) {
    const [other] = others;
    throw new DataError(
      files[base].name,
      null,
      `none of its ids is in ${others.map((index) => files[index].name).join(' and ')}: it has ${quote(baseIds[0] ?? '')}, they have ${quote(ids[other]?.[0] ?? '')}`,
      'Choose id columns that name the same rows, or pair the rows by place',
    );
  }
  const baseIndex = rowOf[0];
  inUse.forEach((index, k) => {
    const own = ids[index] ?? [];
    const lookup = rowOf[k];
    const of = k === 0 || lookup === null ? place : new Uint32Array(own.length);
    if (of !== place) {
      for (let row = 0; row < own.length; row++) {
        const at = baseIndex?.get(own[row]);
        of[row] = at === undefined ? NO_PLACE : place[at];
      }
    }
    places[index] = isIdentity(of) ? null : of;
  });
  const unpaired = inUse.flatMap((index) => {
    const of = places[index];
    const own = ids[index] ?? [];
    if (!of) return [];
    const firstIds: string[] = [];
    let count = 0;
    for (let row = 0; row < of.length; row++) {
      if (of[row] !== NO_PLACE) continue;
      if (count++ < FIRST_IDS) firstIds.push(own[row]);
    }
    return count > 0 ? [{ file: index, count, firstIds }] : [];
  });
  const named = inUse.map((index) => `${mapping.ids[index]} of ${files[index].name}`).join(', ');
  return { pairing: { by: 'id', rows, unpaired, why: `Every file has an id column: ${named}.` }, places };
}

function othersWhy(files: readonly OpenedFile[], mapping: Mapping, inUse: readonly FileIndex[]): string {
  if (inUse.length === 1) return `Everything is in ${files[inUse[0]].name}.`;
  const without = inUse.filter((index) => (mapping.ids[index] ?? null) === null).map((index) => files[index].name);
  return `Row i of each file is row i of the others: ${without.join(', ')} ${without.length === 1 ? 'has' : 'have'} no id column.`;
}

function checkCounts(
  files: readonly OpenedFile[],
  base: FileIndex,
  other: FileIndex,
  { target, label }: Mapping,
  counts: readonly number[],
): void {
  if (counts[base] === counts[other]) return;
  // The labels are what the rows are held against, as they can say which file is too short.
  const [wrong, right] = other === target?.file && label.file !== base ? [other, label.file] : [base, other];
  if (counts[wrong] === counts[right]) return;
  const what = right === label.file ? 'labels' : 'rows';
  throw new DataError(
    files[wrong].name,
    null,
    `it has ${grouped(counts[wrong])} rows but ${files[right].name} has ${grouped(counts[right])} ${what}`,
    'Give files in which row i of one is row i of the other, or an id column in each',
  );
}

const sameIds = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, row) => id === b[row]);

/** The row of each id. Throws DataError where one stands twice, naming the first rows. */
function indexIds(file: OpenedFile, ids: readonly string[]): Map<string, number> {
  const index = new Map<string, number>();
  const twice: [number, number][] = [];
  let more = 0;
  for (let row = 0; row < ids.length; row++) {
    const before = index.get(ids[row]);
    if (before === undefined) index.set(ids[row], row);
    else if (twice.length < 3) twice.push([row, before]);
    else more++;
  }
  if (twice.length === 0) return index;
  const [[row, before]] = twice;
  const named = twice.slice(1).map(([later]) => rowNumber(file, later));
  const others = twice.length + more - 1;
  const rest =
    others > 0 ? `; ${grouped(others)} more ${others === 1 ? 'row does' : 'rows do'} so, from row ${named[0]}` : '';
  throw new DataError(
    file.name,
    rowNumber(file, row),
    `its id ${quote(ids[row])} is that of row ${rowNumber(file, before)} already${rest}`,
    'Give every row an id of its own, or pair the rows by place',
  );
}

function isIdentity(places: Uint32Array): boolean {
  for (let row = 0; row < places.length; row++) if (places[row] !== row) return false;
  return true;
}
