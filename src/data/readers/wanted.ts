import { DataError, grouped, quote } from '../errors.ts';
import type { Column, WantedColumn } from './reading.ts';

/** A block aims at this many bytes of numbers. */
const BLOCK_BYTES = 8 << 20;
/** Cells are strings or boxed numbers: counted as so many bytes. */
const CELL_BYTES = 64;
const MAX_BLOCK_ROWS = 1 << 16;
/** Columns of one file; with more of them it is rows and columns that are exchanged. */
export const MAX_COLUMNS = 100_000;

export interface Pick {
  readonly column: Column;
  /** Its place among the columns of the file. */
  readonly index: number;
  readonly as: WantedColumn['as'];
  /** Numbers a row of a 'vector'; 1 otherwise. */
  readonly dims: number;
}

/**
 * Finds the wanted columns, in the order wanted. A vector of one number and a number pass for each other. Throws
 * DataError for a name that the file lacks and for a column that cannot be given as it is wanted.
 */
export function pick(columns: readonly Column[], wanted: readonly WantedColumn[], file: string): Pick[] {
  const places = new Map(columns.map(({ name }, index) => [name, index]));
  return wanted.map(({ name, as }) => {
    const index = places.get(name);
    if (index === undefined) {
      const names = columns.slice(0, 8).map((column) => quote(column.name));
      const more = columns.length > names.length ? ', …' : '';
      throw new DataError(file, null, `no column is named ${quote(name)}`, `Choose one of ${names.join(', ')}${more}`);
    }
    const column = columns[index];
    const single = column.kind === 'vector' && column.dims === 1;
    if (as === 'vector' && column.kind !== 'vector' && column.kind !== 'number') {
      const holds = column.kind === 'mixed' ? 'values of several kinds' : `${column.kind} values`;
      throw new DataError(file, null, `column ${quote(name)} holds ${holds}, not arrays of numbers`, 'Choose another');
    }
    if (as !== 'vector' && column.kind === 'vector' && !single) {
      const wrong = `column ${quote(name)} holds ${column.dims} numbers a row, not one value`;
      throw new DataError(file, null, wrong, 'Choose a column of single values');
    }
    return { column, index, as, dims: as === 'vector' ? (column.dims ?? 1) : 1 };
  });
}

/** Rows of a block in which the picked columns take about 8 MB; at least 1. */
export function blockRows(picks: readonly Pick[]): number {
  const bytes = picks.reduce((sum, p) => sum + (p.as === 'cell' ? CELL_BYTES : 8 * p.dims), 0);
  return Math.max(1, Math.min(MAX_BLOCK_ROWS, Math.floor(BLOCK_BYTES / Math.max(1, bytes))));
}

/** Throws DataError where two columns bear one name, and where there are more than {@link MAX_COLUMNS}. */
export function checkNames(names: readonly string[], row: number | null, file: string): void {
  if (names.length > MAX_COLUMNS) {
    const wrong = `it has ${grouped(names.length)} columns; at most ${grouped(MAX_COLUMNS)} are read`;
    throw new DataError(file, row, wrong, 'Give one row a line and one column a number, or save a .npy file');
  }
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) {
      throw new DataError(file, row, `two columns are named ${quote(name)}`, 'Give every column its own name');
    }
    seen.add(name);
  }
}
