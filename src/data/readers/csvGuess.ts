import type { CsvRecord } from './csvRecords.ts';
import type { ColumnKind } from './reading.ts';
import { numberIn, numbersIn } from './textNumbers.ts';

export interface Header {
  /** Of every column, "column 1" and so on where the file gives none. */
  readonly names: readonly string[];
  /** Whether the first line of the file names columns. */
  readonly written: boolean;
}

const DELIMITERS = [',', '\t', ';', '|'];

/**
 * The delimiter of a text, by its name and its first line: a file called .tsv or .tab has tabs, any other commas, unless
 * the first line has none of it and another mark, or spaces between numbers, instead.
 */
export function guessDelimiter(text: string, file: string): string {
  const line = firstLine(text);
  const usual = /\.(tsv|tab)$/i.test(file) ? '\t' : ',';
  const count = (mark: string): number => line.split(mark).length - 1;
  if (count(usual) > 0) return usual;
  const others = DELIMITERS.filter((mark) => count(mark) > 0);
  if (others.length > 0) return others.sort((a, b) => count(b) - count(a))[0];
  // numpy.savetxt writes numbers between spaces.
  const parts = line.split(' ');
  return parts.length > 1 && parts.every((part) => part !== '' && numberIn(part) !== null) ? ' ' : usual;
}

/** The first line that is not empty, without what stands in quotes or brackets. */
function firstLine(text: string): string {
  const plain = text.replace(/"(?:[^"]|"")*"/g, '').trimStart();
  return (/^[^\r\n]*/.exec(plain)?.[0] ?? '').replace(/\[[^[\]]*\]/g, '');
}

/**
 * What the first line says about names. It is a row, not a header, where every cell is a number, unless they count
 * 0, 1, 2 … as pandas names columns that have no names.
 */
export function namesOf(first: CsvRecord, second: CsvRecord | undefined): Header {
  const cells = first.cells.map((cell) => cell.trim());
  const counted = cells.length > 1 && cells.every((cell, i) => cell === String(i));
  const afterIndex = cells.length > 2 && cells[0] === '' && cells.every((cell, i) => i === 0 || cell === String(i - 1));
  const isData = cells.every((cell) => cell !== '' && (numberIn(cell) !== null || numbersIn(cell) !== null));
  if (isData && !(counted && second !== undefined) && !afterIndex) {
    return { names: cells.map((_, i) => `column ${i + 1}`), written: false };
  }
  return { names: cells.map((cell, i) => (cell === '' ? `column ${i + 1}` : cell)), written: true };
}

/** What a column holds, by its first cells; empty ones tell nothing. */
export function guessKind(cells: readonly string[]): { readonly kind: ColumnKind; readonly dims: number | null } {
  const filled = cells.filter((cell) => cell.trim() !== '');
  if (filled.length === 0) return { kind: 'text', dims: null };
  if (filled.every((cell) => numberIn(cell) !== null)) return { kind: 'number', dims: null };
  if (filled.every((cell) => /^\s*(true|false)\s*$/i.test(cell))) return { kind: 'boolean', dims: null };
  const dims = numbersIn(filled[0])?.length ?? 0;
  if (dims > 0 && filled.every((cell) => cell.trimStart().startsWith('['))) return { kind: 'vector', dims };
  return { kind: 'text', dims: null };
}
