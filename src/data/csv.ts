import { DataError } from './errors.ts';

export interface CsvRecord {
  readonly cells: readonly string[];
  /** Line of the file on which the record starts, counted from 1. */
  readonly line: number;
}

const QUOTE = 34;
const COMMA = 44;
const LF = 10;
const CR = 13;

/**
 * Records of a comma-separated text (RFC 4180): quoted cells with doubled quotes, line ends LF, CRLF or CR, also inside
 * quotes. A byte order mark and empty lines at the end are dropped; an empty line elsewhere is a record of one empty cell.
 * Throws DataError for a quote that does not close and for text beside a quoted cell.
 */
export function parseCsv(text: string, file: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let line = 1;

  while (at < text.length) {
    const startLine = line;
    const cells: string[] = [];
    for (;;) {
      if (text.charCodeAt(at) === QUOTE) {
        const cell = quotedCell(text, at, file, line);
        cells.push(cell.value);
        at = cell.end;
        line += cell.lines;
      } else {
        const from = at;
        while (at < text.length) {
          const c = text.charCodeAt(at);
          if (c === COMMA || c === LF || c === CR) break;
          at++;
        }
        cells.push(text.slice(from, at));
      }
      if (text.charCodeAt(at) !== COMMA) break;
      at++;
    }
    if (at < text.length) {
      at += text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF ? 2 : 1;
      line++;
    }
    records.push({ cells, line: startLine });
  }

  while (records.length > 0 && isEmpty(records[records.length - 1])) records.pop();
  return records;
}

function isEmpty(record: CsvRecord): boolean {
  return record.cells.length === 1 && record.cells[0].trim() === '';
}

function quotedCell(
  text: string,
  start: number,
  file: string,
  line: number,
): { value: string; end: number; lines: number } {
  let value = '';
  let lines = 0;
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) {
      throw new DataError(
        file,
        line,
        'a quoted cell starts here and never ends',
        'Close the quote, or double quotes inside cells',
      );
    }
    value += text.slice(from, quote);
    if (text.charCodeAt(quote + 1) === QUOTE) {
      value += '"';
      from = quote + 2;
      continue;
    }
    for (let i = start; i < quote; i++) {
      const c = text.charCodeAt(i);
      if (c === LF || (c === CR && text.charCodeAt(i + 1) !== LF)) lines++;
    }
    const next = quote + 1;
    const c = text.charCodeAt(next);
    if (next < text.length && c !== COMMA && c !== LF && c !== CR) {
      throw new DataError(
        file,
        line + lines,
        'text follows a closing quote',
        'Double quotes that belong to a quoted cell',
      );
    }
    return { value, end: next, lines };
  }
}
