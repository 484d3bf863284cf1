import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCsv } from './csv.ts';
import { DataError } from './errors.ts';
import { parseLabels } from './labelsCsv.ts';
import { decodeText } from './text.ts';

const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof DataError) return error.message;
    throw error;
  }
  return 'nothing was thrown';
};
const messageFor = (text: string): string => messageOf(() => parseLabels(text, 'l.csv'));

describe('a labels file', () => {
  test('gives labels, split, ids and every other column as written', () => {
    const read = parseLabels('id,label,split,source\na,1,train,x\nb,0,test, "y"\n', 'l.csv');
    expect(Array.from(read.labels)).toEqual([1, 0]);
    expect(read.rows).toBe(2);
    expect(read.split).toEqual(['train', 'test']);
    expect(read.ids).toEqual(['a', 'b']);
    expect([...read.columns]).toEqual([['source', ['x', ' "y"']]]);
  });
  test('may have a byte order mark, CRLF, quoted cells and empty lines at the end', () => {
    const read = parseLabels('\ufeff"label",note\r\n1,"a, ""b""\r\nc"\r\n0,d\r\n\r\n  \r\n', 'l.csv');
    expect(Array.from(read.labels)).toEqual([1, 0]);
    expect(read.columns.get('note')).toEqual(['a, "b"\r\nc', 'd']);
    expect([read.split, read.ids]).toEqual([null, null]);
  });
  test('may hold labels alone', () => {
    expect(Array.from(parseLabels('label\n0\n1', 'l.csv').labels)).toEqual([0, 1]);
  });
  test('may have columns with the names of object members', () => {
    expect(parseLabels('label,__proto__,constructor\n1,a,b\n', 'l.csv').columns.get('__proto__')).toEqual(['a']);
  });
});

describe('what is wrong is said with the line and the remedy', () => {
  test.each([
    ['', 'l.csv: it is empty. Give a header line with a column named label, then one line a row.'],
    ['label\n', 'l.csv: it has a header and no rows. Add one line a row.'],
    [
      'id,toxic\n1,0\n',
      'l.csv, row 1: no column is named label; the columns are "id", "toxic". Name the column of 0s and 1s label.',
    ],
    [
      'id;label\n1;0\n',
      'l.csv, row 1: no column is named label; the columns are "id;label". Save it with commas between cells: it seems to use ";".',
    ],
    [
      'id\tlabel\n1\t0\n',
      'l.csv, row 1: no column is named label; the columns are "id label". Save it with commas between cells: it seems to use tabs.',
    ],
    ['label\n1\n2\n', 'l.csv, row 3: the label is "2", not 0 or 1. Write 0 or 1 in the column label.'],
    ['label,a\n,x\n', 'l.csv, row 2: the label is empty. Write 0 or 1 in the column label.'],
    [
      'label,a\n"1","x\ny"\n0\n',
      'l.csv, row 4: it has 1 cell where the header has 2. Quote cells that hold a comma, and fill every column.',
    ],
    [
      'label,a\n1,2,3\n',
      'l.csv, row 2: it has 3 cells where the header has 2. Quote cells that hold a comma, and fill every column.',
    ],
    ['label,a\n1,x\n\n0,y\n', 'l.csv, row 3: the line is empty. Remove it: every line is one row.'],
    ['label,label\n1,1\n', 'l.csv, row 1: two columns are named "label". Give every column its own name.'],
    ['label,\n1,1\n', 'l.csv, row 1: column 2 has no name. Name every column in the header.'],
    [
      'label,split\n1,dev\n',
      'l.csv, row 2: the split is "dev", not train, validation or test. Write train, validation or test, or remove the column.',
    ],
    [
      'label,a\n1,"x\n',
      'l.csv, row 2: a quoted cell starts here and never ends. Close the quote, or double quotes inside cells.',
    ],
    ['label,a\n1,"x"y\n', 'l.csv, row 2: text follows a closing quote. Double quotes that belong to a quoted cell.'],
  ])('%j', (text, message) => {
    expect(messageFor(text)).toBe(message);
  });
  test('text that is not UTF-8 is refused', () => {
    expect(messageOf(() => decodeText(new Uint8Array([0xff, 0xfe, 0x6c, 0]), 'l.csv'))).toMatch(/UTF-16/);
    expect(messageOf(() => decodeText(new Uint8Array([0x6c, 0xe9, 0x0a]), 'l.csv'))).toMatch(/not UTF-8/);
    expect(decodeText(new Uint8Array([0xef, 0xbb, 0xbf, 0x6c]), 'l.csv')).toBe('l');
  });
});

describe('properties', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é', ';'), maxLength: 8 });
  const table = fc
    .integer({ min: 1, max: 4 })
    .chain((n) => fc.array(fc.array(cell, { minLength: n, maxLength: n }), { minLength: 1, maxLength: 6 }));
  const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
  const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;

  test('cells written by the rules of RFC 4180 come back as they were', () => {
    fc.assert(
      fc.property(table, lineEnd, fc.boolean(), (rows, end, last) => {
        const text = rows.map((cells) => cells.map(quoted).join(',')).join(end) + (last ? end : '');
        const cells = parseCsv(text, 'x.csv').map((record) => record.cells);
        const kept = rows.slice();
        while (kept.length > 0 && kept[kept.length - 1].length === 1 && kept[kept.length - 1][0].trim() === '')
          kept.pop();
        expect(cells).toEqual(kept);
      }),
      { numRuns: 1000 },
    );
  });
  test('the line of a record is the number of line ends before it, plus one', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const written = rows.map((cells) => cells.map(quoted).join(','));
        const records = parseCsv([...written, 'end,x'].join('\n'), 'x.csv');
        let line = 1;
        records.forEach((record, i) => {
          expect(record.line).toBe(line);
          if (i < written.length) line += (written[i].match(/\r\n|\r|\n/g) ?? []).length + 1;
        });
      }),
      { numRuns: 1000 },
    );
  });
  test('any text gives labels or a DataError', () => {
    const piece = fc.constantFrom(
      'label',
      'split',
      'id',
      ',',
      '\n',
      '\r\n',
      '"',
      '0',
      '1',
      'train',
      ' ',
      '\ufeff',
      'x',
      ';',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')),
        (tail) => {
          for (const text of [tail, `label,id\n${tail}`]) {
            try {
              const read = parseLabels(text, 'x.csv');
              expect(read.labels.length).toBe(read.rows);
              for (const column of read.columns.values())
                expect(column.filter((v) => typeof v === 'string')).toHaveLength(read.rows);
            } catch (error) {
              expect(error).toBeInstanceOf(DataError);
            }
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
