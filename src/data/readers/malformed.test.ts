import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { bytesSource } from './byteSource.ts';
import { Crc32 } from './crc32.ts';
import { openFile } from './openFile.ts';
import type { WantedColumn } from './reading.ts';
import { collect, dataErrorOf, everyColumn } from './testing/collect.ts';
import { fixtureBytes } from './testing/fixtureFiles.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What reading all of a file ends in. */
const said = (bytes: Uint8Array | string, name: string, wanted?: readonly WantedColumn[]): Promise<string> =>
  dataErrorOf(async () => {
    const file = await openFile(bytesSource(typeof bytes === 'string' ? bytesOf(bytes) : bytes, name));
    return collect(file, wanted ?? everyColumn(file));
  });

/** A .npy file with this header text and so many bytes of data. */
function npy(header: string, data: number): Uint8Array {
  const out = new Uint8Array(10 + header.length + data);
  out.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8]);
  out.set(bytesOf(header), 10);
  return out;
}
const header = (descr: string, shape: string): string =>
  `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`;

/** A zip archive with one deflated member; `size` is what the archive says that it inflates to. */
function zip(name: string, content: Uint8Array, size = content.length): Uint8Array {
  const packed = deflateRawSync(content);
  const sum = new Crc32();
  sum.add(content);
  const local = new Uint8Array(30);
  const entry = new Uint8Array(46);
  const end = new Uint8Array(22);
  const [l, e, z] = [local, entry, end].map((bytes) => new DataView(bytes.buffer));
  l.setUint32(0, 0x04034b50, true);
  e.setUint32(0, 0x02014b50, true);
  for (const [view, at] of [
    [l, 8],
    [e, 10],
  ] as const) {
    view.setUint16(at, 8, true);
    view.setUint32(at + 6, sum.value, true);
    view.setUint32(at + 10, packed.length, true);
    view.setUint32(at + 14, size, true);
    view.setUint16(at + 18, name.length, true);
  }
  z.setUint32(0, 0x06054b50, true);
  z.setUint16(8, 1, true);
  z.setUint16(10, 1, true);
  z.setUint32(12, 46 + name.length, true);
  z.setUint32(16, 30 + name.length + packed.length, true);
  return new Uint8Array([...local, ...bytesOf(name), ...packed, ...entry, ...bytesOf(name), ...end]);
}

function safetensors(json: string, data: number): Uint8Array {
  const out = new Uint8Array(8 + json.length + data);
  new DataView(out.buffer).setBigUint64(0, BigInt(json.length), true);
  out.set(bytesOf(json), 8);
  return out;
}
const tensor = (dtype: string, shape: string, offsets: string): string =>
  `{"x": {"dtype": "${dtype}", "shape": ${shape}, "data_offsets": ${offsets}}}`;

const edited = (name: string, edit: (bytes: Uint8Array) => Uint8Array): Uint8Array => edit(fixtureBytes(name));
const cut =
  (end: number) =>
  (bytes: Uint8Array): Uint8Array =>
    bytes.slice(0, end);

describe('a file whose bytes are wrong says what, and what to do', () => {
  test.each<[what: string, bytes: Uint8Array | string, name: string, message: RegExp]>([
    ['an empty file', '', 'a.npy', /^a\.npy: it is empty\. Give a file with rows/],
    [
      'a .npy cut in its header',
      edited('f4-little-C.npy', cut(40)),
      'a.npy',
      /^a\.npy: it is cut short inside its header/,
    ],
    [
      'a .npy cut in its data',
      edited('f4-little-C.npy', cut(200)),
      'a.npy',
      /it is cut short: the header promises 12 × 5/,
    ],
    [
      'a lying shape',
      npy(header('<f4', '(1000000000, 768)'), 64),
      'a.npy',
      /cut short: the header promises 1,000,000,000/,
    ],
    ['a shape beyond all files', npy(header('<f4', '(9007199254740991, 768)'), 64), 'a.npy', /is larger than any file/],
    ['a wrong dtype', npy(header('<c8', '(2, 2)'), 32), 'a.npy', /it holds numbers of type "<c8"/],
    ['objects', npy(header('|O', '(2,)'), 16), 'a.npy', /Python objects, which can run code/],
    ['no rows', npy(header('<f4', '(0, 4)'), 0), 'a.npy', /it is an empty array of shape \(0, 4\)/],
    ['three dimensions', npy(header('<f4', '(2, 2, 2)'), 32), 'a.npy', /it has 3 dimensions.*x\.reshape/],
    ['numbers × rows', npy(header('|i1', '(1, 40000000)'), 40_000_000), 'a.npy', /save x\.T/],
    ['an integer beyond 2^53', fixtureBytes('beyond-int64.npy'), 'a.npy', /row 3: the whole number "9007199254740993"/],
    ['unequal arrays', fixtureBytes('unequal.npz'), 'a.npz', /unequal numbers of rows: "a" has 12, "b" has 11/],
    ['a cut .npz', edited('stored.npz', cut(900)), 'a.npz', /a zip archive that is cut short/],
    ['a zip without arrays', zip('a.txt', bytesOf('hello')), 'a.npz', /a zip archive without \.npy members/],
    [
      'a member longer than its header promises',
      zip('x.npy', npy(header('<f4', '(2, 2)'), 99)),
      'a.npz',
      /array "x": it is too long/,
    ],
    [
      'a member that inflates to more than the archive says',
      zip('x.npy', npy(header('<f4', '(2, 2)'), 900), 10 + header('<f4', '(2, 2)').length + 16),
      'a.npz',
      /it inflates to more than the \d+ bytes|its checksum/,
    ],
    [
      'a zip bomb',
      zip('x.npy', npy(header('|u1', '(90000000,)'), 90_000_000)),
      'a.npz',
      /it is said to inflate from [\d,]+ to 90,000,\d+ bytes\. Save the arrays without compression/,
    ],
    ['a cut .safetensors', edited('numpy.safetensors', cut(700)), 'a.safetensors', /is said to end at byte/],
    [
      'a .safetensors cut in its header',
      edited('numpy.safetensors', cut(100)),
      'a.safetensors',
      /its header is said to be \d+ bytes long/,
    ],
    [
      'offsets that do not fit the shape',
      safetensors(tensor('F32', '[2, 2]', '[0, 12]'), 16),
      'a.safetensors',
      /of shape \(2, 2\) and type F32 is said to fill 12 bytes/,
    ],
    [
      'offsets that run backwards',
      safetensors(tensor('F32', '[2, 2]', '[16, 0]'), 16),
      'a.safetensors',
      /no data_offsets/,
    ],
    [
      'a type that is not read',
      safetensors(tensor('F8_E4M3', '[2, 2]', '[0, 4]'), 4),
      'a.safetensors',
      /its type "F8_E4M3" is not read/,
    ],
    ['a cut .feather', edited('pyarrow-lz4.feather', cut(3000)), 'a.feather', /the mark ARROW1 at its end is missing/],
    ['a cut stream', edited('pyarrow-stream.arrows', cut(2500)), 'a.arrows', /cut short/],
  ])('%s', async (_, bytes, name, message) => {
    const text = await said(bytes, name);
    expect(text).toMatch(message);
    expect(text).not.toMatch(/[\r\n]/);
    expect(text.startsWith(name)).toBe(true);
  });
});

describe('a text whose rows are wrong names the line', () => {
  test.each<[what: string, text: string, name: string, message: RegExp]>([
    ['a ragged row', 'a,b\n1,2\n3\n', 'a.csv', /^a\.csv, row 3: it has 1 cell where the first line has 2/],
    ['a ragged row behind quoted lines', 'a,b\n"x\r\ny",2\n3\n', 'a.csv', /^a\.csv, row 4: it has 1 cell/],
    ['an open quote', 'a,b\n1,"2\n3\n', 'a.csv', /row 2: a quoted cell starts here and never ends/],
    ['an empty line', 'a,b\n1,2\n\n3,4\n', 'a.csv', /row 3: the line is empty/],
    ['a header alone', 'a,b\n', 'a.csv', /it has a header and no rows/],
    ['two columns of one name', 'a,a\n1,2\n', 'a.csv', /row 1: two columns are named "a"/],
    ['a hexadecimal number', `a\n${'1\n'.repeat(200_000)}0x10\n`, 'a.csv', /row 200002: column "a" holds "0x10"/],
    ['a list of another length', 'e\n"[1, 2]"\n"[1, 2, 3]"\n', 'a.csv', /row 3: the array in "e" has 3 numbers/],
    ['a list that NumPy shortened', 'e\n"[1. 2.]"\n"[1. ... 2.]"\n', 'a.csv', /row 3: .* shortened with "\.\.\."/],
    ['a row that is no JSON', '{"e": [1]}\n{"e": [1\n', 'a.jsonl', /row 2: it is not JSON/],
    ['a row that is no object', '{"e": [1]}\n7\n', 'a.jsonl', /row 2: it is "7", not an object/],
    ['a list of another length in JSON', '{"e": [1]}\n{"e": [1, 2]}\n', 'a.jsonl', /row 2: the array in "e" has 2/],
    ['text in a list', `${'{"e": [1]}\n'.repeat(120)}{"e": ["x"]}\n`, 'a.jsonl', /row 121: .* not a list of numbers/],
    ['a cut list', '[{"e": [1]}, {"e": [2]', 'a.json', /cut short inside its list/],
    ['an empty list', '[{}]', 'a.json', /it holds no values/],
  ])('%s', async (_, text, name, message) => {
    const found = await said(text, name);
    expect(found).toMatch(message);
    expect(found).not.toMatch(/[\r\n]/);
  });

  test('bytes that are not UTF-8, and UTF-16', async () => {
    expect(await said(new Uint8Array([97, 10, 0xe9, 10]), 'a.csv')).toMatch(/not text|not UTF-8/);
    expect(await said(new Uint8Array([0xff, 0xfe, 97, 0, 10, 0]), 'a.csv')).toMatch(/it is UTF-16 text/);
  });

  test('more columns than a table has, and a first line of a thousand brackets, are told at once', async () => {
    const names = Array.from({ length: 100_001 }, (_, j) => `e${j}`).join(',');
    expect(await said(`${names}\n${names.replace(/e/g, '')}\n`, 'wide.csv')).toMatch(
      /^wide\.csv, row 1: it has 100,001 columns; at most 100,000 are read\. Give one row a line/,
    );
    const start = performance.now();
    await said('['.repeat(65_000), 'brackets.csv');
    expect(performance.now() - start).toBeLessThan(4_000);
  });

  test('a list that holds a word is refused as a list', async () => {
    const lines = ['{"x":[1,2]}', '{"x":[1,"a"]}'].join('\n');
    expect(await said(lines, 'x.jsonl')).toMatch(
      /^x\.jsonl, row 2: "x" is .*, not a list of numbers\. Mend that row\.$/,
    );
  });

  test('labels of several kinds are given as they are, and refused as numbers', async () => {
    const text = '{"label": 1}\n{"label": "yes"}\n{"label": true}\n';
    const file = await openFile(bytesSource(bytesOf(text), 'a.jsonl'));
    expect(file.columns[0]).toMatchObject({ kind: 'mixed' });
    const cells = await collect(file, [{ name: 'label', as: 'cell' }]);
    expect(cells.values.get('label')).toEqual([1, 'yes', true]);
    expect(await said(text, 'a.jsonl', [{ name: 'label', as: 'number' }])).toMatch(
      /row 2: "label" is ".*yes.*", not a number/,
    );
  });

  test('NaN, infinity, null and empty cells come as they are', async () => {
    const csv = await openFile(bytesSource(bytesOf('a,b\nnan,1\n-inf,\n,3\n'), 'a.csv'));
    const got = await collect(csv, everyColumn(csv));
    expect(got.values.get('a')).toEqual([NaN, -Infinity, NaN]);
    expect(got.values.get('b')).toEqual([1, NaN, 3]);
  });
});

describe('a column is refused as what it is not', () => {
  test.each<[wanted: WantedColumn, message: RegExp]>([
    [{ name: 'nothing', as: 'cell' }, /no column is named "nothing"\. Choose one of "id", "embedding"/],
    [{ name: 'id', as: 'vector' }, /column "id" holds text values, not arrays of numbers/],
    [{ name: 'embedding', as: 'cell' }, /column "embedding" holds 5 numbers a row, not one value/],
    [{ name: 'id', as: 'number' }, /row 1: column "id" holds text where numbers are wanted/],
  ])('%o', async (wanted, message) => {
    expect(await said(fixtureBytes('pyarrow-zstd.feather'), 'a.feather', [wanted])).toMatch(message);
  });
});

describe('what the lab does not read is named', () => {
  test.each<[bytes: Uint8Array | string, name: string, message: RegExp]>([
    [new Uint8Array([0x1f, 0x8b, 8, 0]), 'a.csv.gz', /it is a gzip archive\. Unpack it first/],
    [new Uint8Array([0x80, 4, 0x95, 0]), 'a.npy', /it is a Python pickle, which can run code/],
    ['%PDF-1.7', 'a.csv', /it is a PDF document/],
    ['\n<!DOCTYPE html><html>', 'a.parquet', /it is an HTML page\. Download the file itself/],
    [zip('xl/workbook.xml', bytesOf('x')), 'a.csv', /it is an Excel workbook \(\.xlsx\)/],
    [zip('archive/data.pkl', bytesOf('x')), 'a.pt', /it is a PyTorch file/],
    ['a,b\n1,2\n', 'a.npy', /it is text, not a \.npy file/],
    [new Uint8Array([1, 2, 3, 4, 0, 0]), 'a.csv', /it is not text in UTF-8, as a \.csv file is\. Save it as UTF-8/],
    [new Uint8Array([1, 2, 3, 4, 0, 0]), 'a.bin', /its format is not known/],
    ['version https://git-lfs.github.com/spec/v1\n', 'a.npy', /it is a Git LFS pointer/],
    ['FEA1xxxx', 'a.feather', /it is a Feather file of version 1/],
  ])('%#', async (bytes, name, message) => {
    expect(await said(bytes, name)).toMatch(message);
  });

  test('a wrong extension does not matter where the bytes are clear', async () => {
    for (const [name, as] of [
      ['f4-little-C.npy', 'a.csv'],
      ['stored.npz', 'a.zip'],
      ['numpy.safetensors', 'a.npy'],
      ['pyarrow-lz4.feather', 'a.dat'],
      ['pandas-lists.jsonl', 'a.txt'],
    ]) {
      const file = await openFile(bytesSource(fixtureBytes(name), as));
      expect(file.preview.length).toBe(8);
    }
  });
});
