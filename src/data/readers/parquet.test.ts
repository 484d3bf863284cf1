import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { bytesSource } from './byteSource.ts';
import { openFile } from './openFile.ts';
import { readLevels } from './parquetLevels.ts';
import { collect, dataErrorOf, everyColumn } from './testing/collect.ts';
import { FIXTURES, fixtureBytes } from './testing/fixtureFiles.ts';
import { LARGE_DIMS, largeParquet, largeValues } from './testing/largeFiles.ts';

const ROWS = 12;
const X = Array.from({ length: ROWS * 5 }, (_, i) => i / 16 - 2);
const R = Array.from({ length: ROWS }, (_, r) => r);
const open = (name: string, bytes = fixtureBytes(name)) => openFile(bytesSource(bytes, name));

/** PAR1, 16 zeros, a footer of no bytes. */
function bytesOfZeros(): Uint8Array {
  const bytes = new Uint8Array(28);
  for (const at of [0, 24]) bytes.set([80, 65, 82, 49], at);
  return bytes;
}

describe('Parquet that DuckDB wrote (fixtures/make.mjs)', () => {
  test.each(FIXTURES.filter((name) => name.startsWith('duckdb-')))('%s gives every column exactly', async (name) => {
    const file = await open(name);
    const got = await collect(file, everyColumn(file));
    expect(file.format).toBe('parquet');
    expect([file.rows, got.rows]).toEqual([ROWS, ROWS]);
    for (const list of ['embedding', 'doubles', 'fixed']) expect(got.values.get(list)).toEqual(X);
    expect(got.values.get('dim_0')).toEqual(R.map((r) => X[5 * r]));
    expect(got.values.get('dim_1')).toEqual(R.map((r) => X[5 * r + 1]));
    expect(got.values.get('flag')).toEqual(R.map((r) => (r % 3) % 2 === 1));
    expect(got.values.get('label')).toEqual(R.map((r) => (r % 3) % 2));
    expect(got.values.get('count')).toEqual(R);
    expect(got.values.get('score')).toEqual(R.map((r) => (r === 3 ? NaN : r / 4)));
    expect(got.values.get('name')).toEqual(R.map((r) => ((r % 3) % 2 === 1 ? 'unsafe' : 'safe')));
    expect(got.values.get('id')?.[11]).toBe('row-11');
    expect(file.leftOut).toEqual(['Column "day": its type date is not read.']);
    expect(file.preview[7]).toMatchObject({ id: 'row-07', embedding: X.slice(35, 40), count: 7 });
    const floats = await collect(file, [{ name: 'embedding', as: 'vector' }]);
    expect(floats.wide).toBe(false);
    const cells = await collect(file, [{ name: 'score', as: 'cell' }]);
    expect(cells.values.get('score')?.[3]).toBe(null);
  });
});

test('Parquet that pandas and pyarrow wrote in several row groups gives every row', async () => {
  const file = await open('pyarrow-groups.parquet');
  const got = await collect(file, everyColumn(file));
  expect(got.rows).toBe(ROWS);
  expect(got.values.get('embedding')).toEqual(X);
  expect(got.values.get('label')).toEqual(R.map((r) => (r % 3) % 2 === 1));
  expect(got.values.get('group')).toEqual(R.map((r) => ((r % 3) % 2 === 1 ? 'unsafe' : 'safe')));
});

test('lists of unequal lengths are named by their row', async () => {
  const file = await open('pyarrow-ragged.parquet');
  const said = await dataErrorOf(() => collect(file, [{ name: 'embedding', as: 'vector' }]));
  expect(said).toMatch(/^pyarrow-ragged\.parquet, row 3: the array in "embedding" has 3 numbers where/);
});

describe('a damaged Parquet file says so', () => {
  const whole = fixtureBytes('duckdb-zstd.parquet');
  test.each<[what: string, bytes: Uint8Array, message: RegExp]>([
    ['cut', whole.slice(0, whole.length - 100), /the mark PAR1 at its end is missing/],
    ['all but its mark lost', whole.slice(0, 6), /cut short/],
    [
      'a footer that is said to be huge',
      (() => {
        const bytes = whole.slice();
        bytes.set([255, 255, 255, 127], bytes.length - 8);
        return bytes;
      })(),
      /its footer is said to be 2,147,483,647 bytes long/,
    ],
    [
      'a footer of zeros',
      bytesOfZeros(),
      /^a\.parquet: it cannot be read as Parquet \(its parts do not fit together\)\. Save it again/,
    ],
    ['pages overwritten', whole.slice().fill(255, 4, 400), /cannot be read as Parquet|a page|column/],
  ])('%s', async (_, bytes, message) => {
    const said = await dataErrorOf(async () => {
      const file = await open('a.parquet', bytes);
      return collect(file, everyColumn(file));
    });
    expect(said).toMatch(message);
    expect(said).not.toMatch(/[\r\n]/);
  });
});

describe('Parquet that is sound and cannot be used says why', () => {
  test.each<[name: string, message: RegExp]>([
    ['pyarrow-empty.parquet', /^pyarrow-empty\.parquet: it holds no rows\. Save at least one row/],
    [
      'pyarrow-types.parquet',
      /no column of numbers, texts or lists of numbers\. Column "when": its type timestamp is not/,
    ],
    ['pyarrow-run.parquet', /column "label": 5,000,000 values are said to fill 16,020 bytes/],
    ['pyarrow-bomb.parquet', /column "text": a page is said to inflate from 47 to 17,500,010 bytes/],
  ])('%s', async (name, message) => {
    const said = await dataErrorOf(async () => {
      const file = await open(name);
      return collect(file, everyColumn(file));
    });
    expect(said).toMatch(message);
    expect(said).not.toMatch(/[\r\n]/);
  });
});

test('NaN, infinity and nulls in Parquet come as they are', async () => {
  const file = await open('pyarrow-nan.parquet');
  const got = await collect(file, everyColumn(file));
  expect(got.values.get('embedding')).toEqual([1, NaN, 3, -Infinity, NaN, NaN, 4, NaN]);
  expect(got.values.get('label')).toEqual(['yes', null, 'no', 'yes']);
});

test('a footer that lies about the number of rows is found out wherever it lies', async () => {
  const whole = fixtureBytes('duckdb-uncompressed.parquet');
  const footer = whole.length - 8 - new DataView(whole.buffer, whole.byteOffset).getUint32(whole.length - 8, true);
  const said = new Set<string>();
  for (let at = footer; at < whole.length - 8; at++) {
    // 12, as the footer writes it (zigzag); 13 instead.
    if (whole[at] !== 24) continue;
    const bytes = whole.slice();
    bytes[at] = 26;
    const result = await openFile(bytesSource(bytes, 'a.parquet')).then(
      (file) => collect(file, everyColumn(file)).then(({ rows }) => `${rows} rows`, String),
      String,
    );
    expect(result).toMatch(/^12 rows$|DataError: a\.parquet: /);
    said.add(result);
  }
  const found = [...said].join('\n');
  expect(found).toMatch(/column "id" has 12 rows in group 1, not 13/);
  expect(found).toMatch(/column "dim_0": its pages hold 12 values, not 13/);
});

describe('a row group of many pages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parquet-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('gives every number where rows cross from one page to the next', async () => {
    const path = join(folder, 'pages.parquet');
    largeParquet(path, 2_000);
    const file = await open('pages.parquet', new Uint8Array(readFileSync(path)));
    expect(file.columns).toEqual([{ name: 'embedding', kind: 'vector', dims: LARGE_DIMS, type: 'list<float>' }]);
    const got = await collect(file, [{ name: 'embedding', as: 'vector' }]);
    expect(got.wide).toBe(false);
    const wanted = largeValues(2_000, 0);
    const wrong = got.values.get('embedding')?.findIndex((value, i) => value !== wanted[i]);
    expect([got.values.get('embedding')?.length, wrong]).toEqual([wanted.length, -1]);
  });

  test('is refused where one page would take more than 256 MB, with how to write smaller ones', async () => {
    const path = join(folder, 'page.parquet');
    largeParquet(path, 650, 290_000_000);
    const said = await dataErrorOf(() => open('page.parquet', new Uint8Array(readFileSync(path))));
    expect(said).toMatch(/column "embedding": a page has 290,000,000 bytes and .* data_page_size=1048576/);
  });
});

describe('levels', () => {
  test('packed bits and runs give what was written', () => {
    const part = fc.oneof(
      fc.record({ run: fc.integer({ min: 1, max: 300 }), level: fc.nat(255) }),
      fc.record({ packed: fc.integer({ min: 1, max: 20 }), seed: fc.nat() }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.array(part, { minLength: 1, maxLength: 8 }), (width, parts) => {
        const bytes: number[] = [];
        const levels: number[] = [];
        const varint = (value: number): void => {
          if (value > 127) bytes.push((value & 127) | 128, value >> 7);
          else bytes.push(value);
        };
        for (const p of parts) {
          if ('run' in p) {
            varint(p.run << 1);
            bytes.push(p.level % 2 ** width);
            for (let i = 0; i < p.run; i++) levels.push(p.level % 2 ** width);
            continue;
          }
          varint((p.packed << 1) | 1);
          const bits: number[] = [];
          for (let i = 0; i < 8 * p.packed; i++) {
            const level = (p.seed + i * 7) % 2 ** width;
            levels.push(level);
            for (let b = 0; b < width; b++) bits.push((level >> b) & 1);
          }
          for (let i = 0; i < bits.length; i += 8)
            bytes.push(bits.slice(i, i + 8).reduce((sum, bit, b) => sum + (bit << b), 0));
        }
        expect([...readLevels(Uint8Array.from(bytes), width, levels.length)]).toEqual(levels);
        expect(() => readLevels(Uint8Array.from(bytes), width, levels.length + 1)).toThrow(RangeError);
      }),
    );
  });
});
