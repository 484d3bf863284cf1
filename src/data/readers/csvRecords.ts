import { DataError } from '../errors.ts';
import type { TextChunks } from './textChunks.ts';

export interface CsvRecord {
  readonly cells: readonly string[];
  /** Line of the file on which the record starts, counted from 1. */
  readonly line: number;
}

/** A record longer than this many characters is taken for a quote that never closes. */
const MAX_RECORD = 16 << 20;

/**
 * Records of delimited text (RFC 4180 with any one-character delimiter): quoted cells with doubled quotes, line ends LF,
 * CRLF or CR, also inside quotes. Empty lines at the end are dropped; an empty line elsewhere is a record of one empty
 * cell. Holds one piece of the text and one record at a time. Throws DataError for a quote that does not close and for
 * text beside a quoted cell.
 */
export async function* csvRecords(
  chunks: TextChunks,
  delimiter: string,
  file: string,
): AsyncGenerator<readonly CsvRecord[], void, void> {
  let text = '';
  let line = 1;
  let pending: CsvRecord[] = [];
  for (;;) {
    // At least as much as is left of a long record, or its start would be looked through again for every piece.
    const left = text.length;
    let ended = false;
    do {
      const chunk = await chunks.next();
      ended = chunk === null;
      text += chunk ?? '';
    } while (!ended && text.length < 2 * left);
    const parsed = records(text, delimiter, line, ended, file);
    if (text.length - parsed.end > MAX_RECORD) {
      const wrong = 'a row starts here that does not end within 16 million characters';
      throw new DataError(file, parsed.line, wrong, 'Look for a quote that is not closed');
    }
    text = text.slice(parsed.end);
    line = parsed.line;
    let full = parsed.records.length;
    while (full > 0 && isBlank(parsed.records[full - 1])) full--;
    if (full > 0) {
      yield [...pending, ...parsed.records.slice(0, full)];
      pending = [];
    }
    pending.push(...parsed.records.slice(full));
    if (ended) return;
  }
}

export function isBlank(record: CsvRecord): boolean {
  return record.cells.length === 1 && record.cells[0].trim() === '';
}

interface Parsed {
  readonly records: CsvRecord[];
  /** Where the first record starts that does not end in the text. */
  readonly end: number;
  /** Its line. */
  readonly line: number;
}

function records(text: string, delimiter: string, firstLine: number, last: boolean, file: string): Parsed {
  const out: CsvRecord[] = [];
  let at = 0;
  let line = firstLine;
  let [lf, cr, quote] = [-2, -2, -2];
  // The next place of a mark from `from` on, searched anew only when passed; the length of the text where there is none.
  const after = (known: number, mark: string, from: number): number => {
    if (known >= from) return known;
    const found = text.indexOf(mark, from);
    return found === -1 ? text.length : found;
  };
  while (at < text.length) {
    lf = after(lf, '\n', at);
    cr = after(cr, '\r', at);
    quote = after(quote, '"', at);
    const end = Math.min(lf, cr);
    if (quote < end) {
      const record = quotedRecord(text, at, delimiter, line, last, file);
      if (record === null) break;
      out.push({ cells: record.cells, line });
      at = record.end;
      line += record.lines;
      continue;
    }
    // A CR at the very end may be half of a CRLF.
    if (!last && end >= text.length - (cr === end ? 1 : 0)) break;
    out.push({ cells: text.slice(at, end).split(delimiter), line });
    at = end + (end === cr && text[end + 1] === '\n' ? 2 : 1);
    line++;
  }
  return { records: out, end: Math.min(at, text.length), line };
}

interface QuotedRecord {
  readonly cells: string[];
  readonly end: number;
  readonly lines: number;
}

/** A record in which a quote stands; null where it does not end in the text. */
function quotedRecord(
  text: string,
  start: number,
  delimiter: string,
  line: number,
  last: boolean,
  file: string,
): QuotedRecord | null {
  const cells: string[] = [];
  let at = start;
  let lines = 0;
  for (;;) {
    if (text[at] === '"') {
      const cell = quotedCell(text, at, last, file, line + lines);
      if (cell === null) return null;
      cells.push(cell.value);
      at = cell.end;
      lines += cell.lines;
      const next = text[at];
      if (next !== undefined && next !== delimiter && next !== '\n' && next !== '\r') {
        const wrong = 'text follows a closing quote';
        throw new DataError(file, line + lines, wrong, 'Double quotes that belong to a quoted cell');
      }
    } else {
      const from = at;
      while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++;
      cells.push(text.slice(from, at));
    }
    if (at >= text.length) return last ? { cells, end: at, lines: lines + 1 } : null;
    if (text[at] !== delimiter) break;
    at++;
  }
  if (text[at] === '\r' && at + 1 >= text.length && !last) return null;
  return { cells, end: at + (text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1), lines: lines + 1 };
}

function quotedCell(
  text: string,
  start: number,
  last: boolean,
  file: string,
  line: number,
): { value: string; end: number; lines: number } | null {
  let value = '';
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1 || (quote === text.length - 1 && !last)) {
      if (!last) return null;
      if (quote === -1) {
        const wrong = 'a quoted cell starts here and never ends';
        throw new DataError(file, line, wrong, 'Close the quote, or double quotes inside cells');
      }
    }
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"') {
      const lines = value.match(/\r\n|\n|\r/g)?.length ?? 0;
      return { value, end: quote + 1, lines };
    }
    value += '"';
    from = quote + 2;
  }
}
