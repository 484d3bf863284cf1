import { parseCsv } from './csv.ts';
import { DataError, quote } from './errors.ts';

export interface Labels {
  /** 0 or 1, one a row. */
  readonly labels: Uint8Array;
  readonly rows: number;
  /** 'train', 'validation' or 'test' for each row; null where the file has no column `split`. */
  readonly split: string[] | null;
  readonly ids: string[] | null;
  /** Every other column by name, values as written, for slicing. */
  readonly columns: Map<string, string[]>;
}

const SPLITS = ['train', 'validation', 'test'];

/**
 * Reads a labels file: comma-separated UTF-8 text with a header and a column `label` of 0 and 1. Columns `split` and `id`
 * are optional; any other column is kept. Throws DataError naming the line and what to change.
 */
export function parseLabels(text: string, file: string): Labels {
  const records = parseCsv(text, file);
  if (records.length === 0) {
    throw new DataError(file, null, 'it is empty', 'Give a header line with a column named label, then one line a row');
  }
  const names = headerNames(records[0].cells, records[0].line, file);
  const labelAt = names.indexOf('label');
  if (labelAt === -1) {
    const found = names.map((name) => quote(name)).join(', ');
    const separator = names.length === 1 ? /[;\t|]/.exec(names[0])?.[0] : undefined;
    const remedy =
      separator === undefined
        ? 'Name the column of 0s and 1s label'
        : `Save it with commas between cells: it seems to use ${separator === '\t' ? 'tabs' : quote(separator)}`;
    throw new DataError(file, records[0].line, `no column is named label; the columns are ${found}`, remedy);
  }
  if (records.length === 1) throw new DataError(file, null, 'it has a header and no rows', 'Add one line a row');

  const rows = records.length - 1;
  const labels = new Uint8Array(rows);
  const cells = names.map((_, column) => (column === labelAt ? [] : new Array<string>(rows)));
  for (let r = 0; r < rows; r++) {
    const record = records[r + 1];
    if (record.cells.length !== names.length) throw wrongCount(record.cells, names.length, record.line, file);
    for (let c = 0; c < names.length; c++) {
      if (c === labelAt) labels[r] = labelValue(record.cells[c], record.line, file);
      else cells[c][r] = record.cells[c];
    }
  }

  const columns = new Map<string, string[]>();
  names.forEach((name, c) => {
    if (c !== labelAt && name !== 'split' && name !== 'id') columns.set(name, cells[c]);
  });
  const column = (name: string): string[] | null => (names.includes(name) ? cells[names.indexOf(name)] : null);
  const split = column('split');
  if (split !== null) {
    for (let r = 0; r < rows; r++) split[r] = splitValue(split[r], records[r + 1].line, file);
  }
  return { labels, rows, split, ids: column('id'), columns };
}

function headerNames(cells: readonly string[], line: number, file: string): string[] {
  const names = cells.map((cell) => cell.trim());
  const blank = names.indexOf('');
  if (blank !== -1 && names.length > 1) {
    throw new DataError(file, line, `column ${blank + 1} has no name`, 'Name every column in the header');
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new DataError(file, line, `two columns are named ${quote(twice)}`, 'Give every column its own name');
  }
  return names;
}

function labelValue(cell: string, line: number, file: string): 0 | 1 {
  const value = cell.trim();
  if (value === '1') return 1;
  if (value === '0') return 0;
  const wrong = value === '' ? 'the label is empty' : `the label is ${quote(value)}, not 0 or 1`;
  throw new DataError(file, line, wrong, 'Write 0 or 1 in the column label');
}

function splitValue(cell: string, line: number, file: string): string {
  const value = cell.trim();
  if (SPLITS.includes(value)) return value;
  const wrong = `the split is ${quote(value)}, not train, validation or test`;
  throw new DataError(file, line, wrong, 'Write train, validation or test, or remove the column');
}

function wrongCount(cells: readonly string[], expected: number, line: number, file: string): DataError {
  if (cells.length === 1 && cells[0].trim() === '') {
    return new DataError(file, line, 'the line is empty', 'Remove it: every line is one row');
  }
  return new DataError(
    file,
    line,
    `it has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'} where the header has ${expected}`,
    'Quote cells that hold a comma, and fill every column',
  );
}
