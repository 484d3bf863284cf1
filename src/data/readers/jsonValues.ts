import { DataError, grouped } from '../errors.ts';
import type { TextChunks } from './textChunks.ts';

export interface JsonValue {
  readonly value: unknown;
  /** Its line in JSON Lines; its place, from 1, in a list. */
  readonly row: number;
}

const MAX_VALUE = 16 << 20;
const OPEN = /[[{]/;

/**
 * The values of JSON Lines (one a line, empty lines passed over), or the elements of one JSON list of objects or lists,
 * wherever their lines break. Holds one piece of the text and one value at a time. Python's NaN and Infinity are read: NaN
 * as null. Throws DataError for a value that is no JSON, with its row.
 */
export async function* jsonValues(chunks: TextChunks, file: string): AsyncGenerator<JsonValue[], void, void> {
  let text = '';
  let ended = false;
  const more = async (): Promise<void> => {
    // At least as much as is left of a long value, or its start would be looked through again for every piece.
    const left = text.length;
    do {
      const chunk = await chunks.next();
      ended = chunk === null;
      text += chunk ?? '';
    } while (!ended && text.length < 2 * left);
  };
  await more();
  while (!ended && text.trimStart().length < 2) await more();
  const start = text.trimStart();
  if (start === '') throw new DataError(file, null, 'it is empty', 'Give one JSON object a line');
  const inner = start.startsWith('[') ? start.slice(1).trimStart()[0] : '';
  const list = inner !== undefined && OPEN.test(inner);
  let row = 1;
  let closed = false;
  if (list) text = start.slice(1);
  for (;;) {
    const split = list ? elements(text, file, row) : lines(text, ended);
    if (text.length - split.end > MAX_VALUE) {
      const wrong = `a value starts here that does not end within ${grouped(MAX_VALUE)} characters`;
      throw new DataError(file, row + split.parts.length, wrong, 'Write one object a row');
    }
    const values: JsonValue[] = [];
    for (const part of split.parts) {
      if (list || part.trim() !== '') values.push({ value: parse(part, row, file), row });
      row++;
    }
    text = text.slice(split.end);
    closed ||= split.closed;
    if (values.length > 0) yield values;
    if (list && closed && text.trim() !== '') {
      throw new DataError(file, null, 'text follows the end of its list', 'Write one list, or one object a line');
    }
    if (ended) break;
    await more();
  }
  if (list && !closed) throw new DataError(file, row, 'it is cut short inside its list', 'Copy or export it again');
}

interface Split {
  readonly parts: readonly string[];
  /** Up to where the text is done with. */
  readonly end: number;
  /** Whether the list ended. */
  readonly closed: boolean;
}

function lines(text: string, last: boolean): Split {
  const parts = text.split('\n');
  const rest = last ? '' : (parts.pop() ?? '');
  return { parts, end: text.length - rest.length, closed: false };
}

/** The elements of a list that end in the text, which starts where one may begin. */
function elements(text: string, file: string, row: number): Split {
  const parts: string[] = [];
  const marks = /["[\]{}]/g;
  let end = 0;
  let from = -1;
  let depth = 0;
  for (let match = marks.exec(text); match !== null; match = marks.exec(text)) {
    const at = match.index;
    const mark = match[0];
    if (depth === 0 && !/^\s*,?\s*$/.test(text.slice(end, at))) {
      const wrong = 'what stands between two elements of its list is no comma';
      throw new DataError(file, row + parts.length, wrong, 'Write a list of objects');
    }
    if (mark === '"') {
      const close = stringEnd(text, at);
      if (depth === 0) throw new DataError(file, row + parts.length, 'it is a text', 'Write a list of objects');
      if (close === null) break;
      marks.lastIndex = close;
    } else if (mark === '[' || mark === '{') {
      if (depth === 0) from = at;
      depth++;
    } else if (depth === 0) {
      if (mark === '}') throw new DataError(file, row + parts.length, 'a brace closes nothing', 'Mend that row');
      return { parts, end: at + 1, closed: true };
    } else if (--depth === 0) {
      parts.push(text.slice(from, at + 1));
      end = at + 1;
    }
  }
  return { parts, end, closed: false };
}

/** Behind the quote that ends the string that starts at `at`; null where it does not end. */
function stringEnd(text: string, at: number): number | null {
  for (let from = at + 1; ;) {
    const close = text.indexOf('"', from);
    if (close === -1) return null;
    let slashes = 0;
    while (text[close - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return close + 1;
    from = close + 1;
  }
}

function parse(text: string, row: number, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (/NaN|Infinity/.test(text)) {
      try {
        return JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g, (found) => PYTHON[found] ?? found));
      } catch {
        // Named below.
      }
    }
    throw new DataError(file, row, 'it is not JSON', 'Write one object a line, such as {"embedding": [0.1, 0.2]}');
  }
}

const PYTHON: Readonly<Record<string, string>> = { NaN: 'null', Infinity: '1e999', '-Infinity': '-1e999' };
