import { DataError, grouped } from '../errors.ts';
import { ownDigests } from './digest.ts';
import type { OwnDigests, OwnTable, RowChoices, VectorsRef } from './own.ts';
import { NO_PLACE } from './pairing.ts';
import type { OpenStore, RowShape, RowStore } from './rows.ts';
import { sampleRows } from './sample.ts';
import { nonFiniteError, type OwnCheckpoint, type Survey } from './survey.ts';
import { vectorsOf } from './vectorBlocks.ts';

/** A person's rows, ready: the table, and the numbers where `open` put them. */
export interface Assembled {
  readonly table: OwnTable;
  readonly base: RowStore;
  readonly target: RowStore | null;
  readonly digests: OwnDigests;
  /** Rows that were left out because they hold NaN or infinity. */
  readonly dropped: number;
  /** Rows before a sample was drawn; null where all were taken. */
  readonly sampledOf: number | null;
}

/** Which rows are taken, told before the numbers are read. */
export interface Chosen {
  readonly table: OwnTable;
  /** For each paired row its place among the rows taken, or {@link NO_PLACE}; null where all are taken. */
  readonly places: Uint32Array | null;
  readonly dropped: number;
  readonly sampledOf: number | null;
}

/**
 * Leaves out what a person chose to leave out. Throws DataError where rows with NaN or infinity are refused, where no
 * row is left, and where a sample is larger than what there is.
 */
export function chooseRows(survey: Survey, choices: RowChoices): Chosen {
  const { pairing, unusable, mapping, files } = survey;
  const source = files[mapping.embeddings.file].name;
  let dropped = 0;
  for (let row = 0; row < pairing.rows; row++) dropped += unusable[row];
  if (dropped > 0 && choices.nonFinite === 'refuse') throw nonFiniteError(survey);
  let taken: Uint32Array = new Uint32Array(pairing.rows - dropped);
  for (let row = 0, at = 0; row < pairing.rows; row++) if (unusable[row] === 0) taken[at++] = row;
  if (taken.length === 0) {
    throw new DataError(source, null, 'every row of it holds NaN or infinity', 'Embed the rows again');
  }
  let sampledOf: number | null = null;
  if (choices.sample) {
    const { rows, seed } = choices.sample;
    if (!Number.isInteger(rows) || rows < 1 || rows > taken.length) {
      const most = grouped(taken.length);
      throw new DataError(
        source,
        null,
        `a sample of ${rows} rows was asked for and there are ${most}`,
        `Ask for 1 to ${most}`,
      );
    }
    sampledOf = taken.length;
    const before = taken;
    const labels = Uint8Array.from(before, (row) => survey.labels[row]);
    const part = sampleRows(labels, rows, seed);
    taken = before.filter((_, k) => part[k] === 1);
  }
  const all = taken.length === pairing.rows;
  const places = all ? null : new Uint32Array(pairing.rows).fill(NO_PLACE);
  if (places) taken.forEach((row, place) => (places[row] = place));
  return { table: tableOf(survey, taken, all), places, dropped, sampledOf };
}

function tableOf(survey: Survey, taken: Uint32Array, all: boolean): OwnTable {
  const { dims, dtype, labels, split, columns, name0, name1, fileRows, mapping } = survey;
  const pick = (values: readonly string[]): readonly string[] =>
    all ? values : Array.from(taken, (row) => values[row]);
  const of = fileRows[mapping.embeddings.file];
  return {
    ...{ dims, dtype, name0, name1, of },
    rows: taken.length,
    labels: all ? labels : Uint8Array.from(taken, (row) => labels[row]),
    split: split && pick(split),
    columns: new Map([...columns].map(([name, values]) => [name, pick(values)])),
    kept: taken.length === of ? null : keptRows(survey, taken),
  };
}

/** Rows of the file with the embeddings; they stand in its order. */
function keptRows({ places, mapping, pairing }: Survey, taken: Uint32Array): Uint32Array {
  const of = places[mapping.embeddings.file];
  if (!of) return taken;
  const rowOf = new Uint32Array(pairing.rows);
  for (let row = 0; row < of.length; row++) if (of[row] !== NO_PLACE) rowOf[of[row]] = row;
  return taken.map((place) => rowOf[place]);
}

/**
 * Reads the numbers of the rows taken, block by block, into the stores that `open` makes, and computes the digests from
 * what the stores then hold. No more than a few blocks are in memory besides the stores.
 */
export async function assemble(
  survey: Survey,
  choices: RowChoices,
  open: OpenStore,
  checkpoint?: OwnCheckpoint,
): Promise<Assembled> {
  const { files, mapping } = survey;
  const chosen = chooseRows(survey, choices);
  const { table, dropped, sampledOf } = chosen;
  const shape: RowShape = { rows: table.rows, dims: table.dims, dtype: table.dtype };
  const base = await open('base', shape);
  const target = mapping.target ? await open('target', shape) : null;
  const versions: { ref: VectorsRef; store: RowStore }[] = [{ ref: mapping.embeddings, store: base }];
  if (mapping.target && target) versions.push({ ref: mapping.target, store: target });
  for (const index of new Set(versions.map(({ ref }) => ref.file))) {
    const file = files[index];
    const here = versions
      .filter(({ ref }) => ref.file === index)
      .map(({ ref, store }) => ({ vectors: vectorsOf(file, ref), store }));
    const wanted = new Map(here.flatMap(({ vectors }) => vectors.wanted).map((one) => [one.name, one]));
    const place = placing(survey.places[index], chosen.places);
    await file.read(
      [...wanted.values()],
      async (block) => {
        for (const { vectors, store } of here) {
          await writeRuns(store, vectors.values(block), block.first, block.rows, place);
        }
      },
      ({ bytes, rows }) => checkpoint?.({ doing: 'writing', file: file.name, bytes, ofBytes: file.bytes, rows }),
    );
  }
  const bytesOfRow = shape.dims * (shape.dtype === 'float64' ? 8 : 4);
  const ofBytes = shape.rows * bytesOfRow * versions.length;
  const digests = await ownDigests(table, base, target, (rows) =>
    checkpoint?.({ doing: 'checking', file: null, bytes: rows * bytesOfRow, ofBytes, rows }),
  );
  return { table, base, target, digests, dropped, sampledOf };
}

/** The place of a row of a file among the rows taken. */
function placing(paired: Uint32Array | null, taken: Uint32Array | null): (row: number) => number {
  if (!paired) return taken ? (row) => taken[row] : (row) => row;
  if (!taken) return (row) => paired[row];
  return (row) => (paired[row] === NO_PLACE ? NO_PLACE : taken[paired[row]]);
}

/** Writes rows that stay side by side in one go. */
async function writeRuns(
  store: RowStore,
  values: Float32Array | Float64Array,
  first: number,
  rows: number,
  place: (row: number) => number,
): Promise<void> {
  const { dims } = store;
  const wide = store.dtype === 'float64';
  for (let row = 0; row < rows;) {
    const start = place(first + row);
    let end = row + 1;
    if (start === NO_PLACE) {
      row = end;
      continue;
    }
    while (end < rows && place(first + end) === start + (end - row)) end++;
    const part = values.subarray(row * dims, end * dims);
    await store.write(start, wide && part instanceof Float32Array ? Float64Array.from(part) : part);
    row = end;
  }
}
