import type { Cell, Column, OpenedFile, ReadCheckpoint, WantedColumn } from '../readers/reading.ts';
import { DataError, quote } from '../errors.ts';

/** A cell as text, the one form in which labels, ids and slices are compared; null where it is empty. */
export function cellText(cell: Cell): string | null {
  if (cell === null) return null;
  const text = typeof cell === 'string' ? cell.trim() : String(cell);
  return text === '' || text === 'NaN' ? null : text;
}

/** How messages count the rows of a file, from 1; in csv and tsv the header is row 1, as a spreadsheet shows it. */
export function rowNumber(file: OpenedFile, row: number): number {
  return row + (file.format === 'csv' || file.format === 'tsv' ? 2 : 1);
}

/** The column of this name. Throws DataError that names those there are. */
export function columnOf(file: OpenedFile, name: string): Column {
  const column = file.columns.find((one) => one.name === name);
  if (column) return column;
  const known = file.columns.map((one) => quote(one.name));
  const named = known.length > 12 ? `${known.slice(0, 12).join(', ')} and ${known.length - 12} more` : known.join(', ');
  throw new DataError(file.name, null, `it has no column ${quote(name)}`, `Choose one of ${named}`);
}

/** How a column of one value a row is read. Throws DataError where it holds vectors. */
export function wantedCell(file: OpenedFile, name: string): WantedColumn {
  const column = columnOf(file, name);
  if (column.kind !== 'vector') return { name, as: 'cell' };
  if (column.dims === 1) return { name, as: 'vector' };
  throw new DataError(
    file.name,
    null,
    `column ${quote(name)} holds ${column.dims} numbers a row, not one value`,
    'Choose a column of one value a row',
  );
}

/** Cells of a column of a block, as {@link wantedCell} asked for them. */
export function cellsOf(values: Float32Array | Float64Array | readonly Cell[] | undefined): ArrayLike<Cell> {
  if (!values) throw new Error('A reader left out a column that was asked for.');
  return values;
}

/** Reads columns of one value a row, giving the text of each; resolves to the number of rows. */
export function readTexts(
  file: OpenedFile,
  names: readonly string[],
  each: (row: number, name: string, text: string | null) => void,
  checkpoint?: ReadCheckpoint,
): Promise<number> {
  const wanted = [...new Set(names)].map((name) => wantedCell(file, name));
  return file.read(
    wanted,
    ({ first, rows, columns }) => {
      for (const { name } of wanted) {
        const cells = cellsOf(columns.get(name));
        for (let i = 0; i < rows; i++) each(first + i, name, cellText(cells[i]));
      }
    },
    checkpoint,
  );
}
