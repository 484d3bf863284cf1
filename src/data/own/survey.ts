import { DataError, grouped, quote } from '../errors.ts';
import type { OpenedFile, RowBlock, WantedColumn } from '../readers/reading.ts';
import { cellsOf, cellText, rowNumber, wantedCell } from './cells.ts';
import { checkTwoValues, LabelCounter, MOST_VALUES, type LabelValues } from './labels.ts';
import type { FileIndex, Mapping, Pairing, VectorsRef } from './own.ts';
import { filesInUse, IdCollector, NO_PLACE, pairFound, pairsById } from './pairing.ts';
import { splitWord } from './splitWords.ts';
import { vectorsOf, type VectorsOf } from './vectorBlocks.ts';

/** Said between blocks; cancelled by throwing. `bytes` counts those of the file that is being read. */
export interface OwnProgress {
  readonly doing: 'reading' | 'writing' | 'checking';
  /** The file, or null where it is not one file that is being read. */
  readonly file: string | null;
  readonly bytes: number;
  readonly ofBytes: number;
  readonly rows: number;
}
export type OwnCheckpoint = (progress: OwnProgress) => void | Promise<void>;

/** Rows of one version that hold NaN or infinity. */
export interface NonFinite {
  readonly version: 'base' | 'target';
  readonly file: FileIndex;
  /** 0-based rows of the file, ascending, also those without a partner. */
  readonly rows: readonly number[];
  /** As {@link rowNumber} counts, with the number that was met first: "row 4: column 2 is NaN". */
  readonly first: { readonly row: number; readonly what: string };
}

/** What reading everything once tells, before any row is chosen or written. */
export interface Survey {
  readonly files: readonly OpenedFile[];
  readonly mapping: Mapping;
  readonly pairing: Pairing;
  /** See {@link Paired}. */
  readonly places: readonly (Uint32Array | null)[];
  /** Rows of each file; 0 for files that are not in use. */
  readonly fileRows: readonly number[];
  readonly dims: number;
  readonly dtype: 'float32' | 'float64';
  /** One a paired row, as everything below. */
  readonly labels: Uint8Array;
  readonly labelValues: LabelValues;
  readonly name0: string;
  readonly name1: string;
  readonly split: readonly string[] | null;
  /** Words of the split column that were read as another, such as "dev" as "validation". */
  readonly splitReadAs: readonly { readonly word: string; readonly as: string }[];
  readonly columns: ReadonlyMap<string, readonly string[]>;
  readonly nonFinite: readonly NonFinite[];
  /** 1 for each paired row with NaN or infinity in any version. */
  readonly unusable: Uint8Array;
}

/** One value a row, in the order of a file, held once a distinct value. */
class TextColumn {
  readonly codes: number[] = [];
  readonly words: string[] = [];
  private readonly known = new Map<string, number>();

  add(text: string): void {
    let code = this.known.get(text);
    if (code === undefined) {
      code = this.words.length;
      this.words.push(text);
      this.known.set(text, code);
    }
    this.codes.push(code);
  }

  /** One text a paired row. */
  placed(places: Uint32Array | null, rows: number): string[] {
    const out = new Array<string>(rows).fill('');
    for (let row = 0; row < this.codes.length; row++) {
      const place = places ? places[row] : row;
      if (place !== NO_PLACE) out[place] = this.words[this.codes[row]];
    }
    return out;
  }
}

/** Finds the rows of a file that hold a number that is none. */
class FiniteScan {
  readonly rows: number[] = [];
  first: NonFinite['first'] | null = null;
  wide = false;

  constructor(
    private readonly file: OpenedFile,
    private readonly vectors: VectorsOf,
  ) {}

  add(block: RowBlock): void {
    const values = this.vectors.values(block);
    const { dims } = this.vectors;
    if (values instanceof Float64Array) this.wide = true;
    for (let row = 0, at = 0; row < block.rows; row++, at += dims) {
      for (let j = at; j < at + dims; j++) {
        const value = values[j];
        // v − v is 0 for every finite number and NaN for NaN and infinity.
        if (value - value === 0) continue;
        const what = Number.isNaN(value) ? 'NaN' : value > 0 ? 'infinite' : 'minus infinite';
        this.first ??= {
          row: rowNumber(this.file, block.first + row),
          what: `${this.vectors.place(j - at)} is ${what}`,
        };
        this.rows.push(block.first + row);
        break;
      }
    }
  }
}

/**
 * Reads every file in use once: pairs rows, encodes labels, checks the split, finds rows with NaN or infinity. Throws
 * DataError for what makes the mapping impossible: no such column, more than two labels, rows that do not pair, rows of
 * different sizes.
 */
export async function surveyFiles(
  files: readonly OpenedFile[],
  mapping: Mapping,
  checkpoint?: OwnCheckpoint,
): Promise<Survey> {
  const { embeddings, target, label, split, slices } = mapping;
  const base = vectorsOf(files[embeddings.file], embeddings);
  const newer = target && vectorsOf(files[target.file], target);
  checkDims(files, embeddings, target, base, newer);
  const byId = pairsById(mapping);
  const versions = [
    { version: 'base' as const, ref: embeddings, scan: new FiniteScan(files[embeddings.file], base), vectors: base },
    ...(target && newer
      ? [{ version: 'target' as const, ref: target, scan: new FiniteScan(files[target.file], newer), vectors: newer }]
      : []),
  ];
  const labels = new LabelCounter(files[label.file], label.column);
  const labelColumn = new TextColumn();
  const splitColumn = split ? new TextColumn() : null;
  const sliceColumns = slices.map(() => new TextColumn());
  const ids = files.map((file, index) => {
    const column = byId && filesInUse(mapping).includes(index) ? (mapping.ids[index] ?? null) : null;
    return column === null ? null : { column, collector: new IdCollector(file, column) };
  });

  const fileRows = files.map(() => 0);
  for (const index of filesInUse(mapping)) {
    const file = files[index];
    const takers: { readonly column: string; readonly take: (row: number, text: string | null) => void }[] = [];
    if (label.file === index) {
      takers.push({
        column: label.column,
        take: (row, text) => {
          labels.add(row, text);
          // Beyond that many values the column is refused anyway.
          if (labelColumn.words.length <= MOST_VALUES) labelColumn.add(text ?? '');
        },
      });
    }
    const own = ids[index];
    if (own) takers.push({ column: own.column, take: (row, text) => own.collector.add(row, text) });
    if (split && splitColumn && split.file === index) {
      takers.push({
        column: split.column,
        take: (row, text) => splitColumn.add(splitCell(file, split.column, row, text)),
      });
    }
    slices.forEach((slice, k) => {
      if (slice.file === index)
        takers.push({ column: slice.column, take: (_, text) => sliceColumns[k].add(text ?? '') });
    });
    const scans = versions.filter(({ ref }) => ref.file === index);
    const cells = [...new Set(takers.map(({ column }) => column))].map((column) => wantedCell(file, column));
    const wanted = distinctWanted([...cells, ...scans.flatMap(({ vectors }) => vectors.wanted)], file);
    fileRows[index] = await file.read(
      wanted,
      (block) => {
        for (const { column, take } of takers) {
          const values = cellsOf(block.columns.get(column));
          for (let i = 0; i < block.rows; i++) take(block.first + i, cellText(values[i]));
        }
        for (const { scan } of scans) scan.add(block);
      },
      ({ bytes, rows }) => checkpoint?.({ doing: 'reading', file: file.name, bytes, ofBytes: file.bytes, rows }),
    );
  }

  const labelValues = labels.values();
  checkTwoValues(labelValues, files[label.file], label.column);
  checkUnsafe(labelValues, label, files[label.file]);
  const { pairing, places } = pairFound(
    files,
    mapping,
    fileRows,
    ids.map((own) => own?.collector.ids ?? null),
  );
  if (pairing.rows === 0) {
    throw new DataError(files[embeddings.file].name, null, 'it has no rows', 'Give a file with one row for each label');
  }
  const names = labelNames(labelValues, label.unsafe);
  const texts = labelColumn.placed(places[label.file], pairing.rows);
  const unusable = new Uint8Array(pairing.rows);
  for (const { ref, scan } of versions) {
    const of = places[ref.file];
    for (const row of scan.rows) {
      const place = of ? of[row] : row;
      if (place !== NO_PLACE) unusable[place] = 1;
    }
  }
  return {
    ...{ files, mapping, pairing, places, fileRows, labelValues, unusable, ...names },
    dims: base.dims,
    dtype: versions.some(({ scan }) => scan.wide) ? 'float64' : 'float32',
    labels: Uint8Array.from(texts, (text) => (text === label.unsafe ? 1 : 0)),
    split: split && splitColumn ? splitColumn.placed(places[split.file], pairing.rows).map(wordOf) : null,
    splitReadAs: (splitColumn?.words ?? [])
      .filter((word) => wordOf(word) !== word)
      .map((word) => ({ word, as: wordOf(word) })),
    columns: new Map(
      slices.map((slice, k) => [
        sliceName(files, mapping, k),
        sliceColumns[k].placed(places[slice.file], pairing.rows),
      ]),
    ),
    nonFinite: versions.flatMap(({ version, ref, scan }) =>
      scan.first ? [{ version, file: ref.file, rows: scan.rows, first: scan.first }] : [],
    ),
  };
}

/** A column that serves twice is read once. Throws DataError where it is wanted as a value and as a part of the embeddings. */
function distinctWanted(wanted: readonly WantedColumn[], file: OpenedFile): WantedColumn[] {
  const byName = new Map<string, WantedColumn>();
  for (const one of wanted) {
    const before = byName.get(one.name);
    if (before && before.as !== one.as) {
      throw new DataError(
        file.name,
        null,
        `column ${quote(one.name)} is chosen as a part of the embeddings and as something else`,
        'Choose it once',
      );
    }
    byName.set(one.name, one);
  }
  return [...byName.values()];
}

function checkDims(
  files: readonly OpenedFile[],
  embeddings: VectorsRef,
  target: VectorsRef | null,
  base: VectorsOf,
  newer: VectorsOf | null,
): void {
  if (!target || !newer || newer.dims === base.dims) return;
  const where = target.file === embeddings.file ? 'the older version' : `those of ${files[embeddings.file].name}`;
  throw new DataError(
    files[target.file].name,
    null,
    `its rows have ${newer.dims} numbers but ${where} have ${base.dims}`,
    'Give rows of an encoder of the same size: the probe cannot read others',
  );
}

/** With two values, one of them is the unsafe one; a column of one value may lack it. */
function checkUnsafe({ values }: LabelValues, { unsafe, column }: Mapping['label'], file: OpenedFile): void {
  if (values.length < 2 || values.some(({ text }) => text === unsafe)) return;
  const both = values.map(({ text }) => quote(text)).join(' and ');
  throw new DataError(
    file.name,
    null,
    `the unsafe label is said to be ${quote(unsafe)}, but column ${quote(column)} holds ${both}`,
    'Choose one of them',
  );
}

/** The names of both classes. A column of one value names the other class after what is missing. */
function labelNames({ values }: LabelValues, unsafe: string): { name0: string; name1: string } {
  const other = values.find(({ text }) => text !== unsafe)?.text;
  return { name0: className(other ?? `not ${unsafe}`), name1: className(unsafe) };
}

const className = (text: string): string => (/^[-+\d.]+$/.test(text) ? `label ${text}` : text);

const wordOf = (word: string): string => splitWord(word) ?? word;

function splitCell(file: OpenedFile, column: string, row: number, text: string | null): string {
  if (text !== null && splitWord(text) !== null) return text;
  throw new DataError(
    file.name,
    rowNumber(file, row),
    text === null
      ? `the split is empty (column ${quote(column)})`
      : `the split is ${quote(text)}, not train, validation or test`,
    'Write train, validation or test, or choose no split column',
  );
}

/** The name that a column to slice by goes under: its own, with the file's where two columns bear it. */
function sliceName(files: readonly OpenedFile[], { slices }: Mapping, k: number): string {
  const { file, column } = slices[k];
  const shared = slices.some((other, i) => i !== k && other.column === column);
  return shared ? `${column} (${files[file].name})` : column;
}

/** The error for rows that are refused: the first with what is wrong, then the first 20 by number. */
export function nonFiniteError({ files, nonFinite }: Survey): DataError {
  const [{ file, rows, first }] = nonFinite;
  const shown = rows.slice(0, 20).map((row) => rowNumber(files[file], row));
  const more = rows.length > shown.length ? `, … (${grouped(rows.length)} rows)` : '';
  const also = rows.length > 1 ? `; rows with NaN or infinity: ${shown.join(', ')}${more}` : '';
  return new DataError(
    files[file].name,
    first.row,
    `${first.what}${also}`,
    'Remove the row from embeddings and labels, embed it again, or choose to leave such rows out',
  );
}
