import { describe, expect, test } from 'vitest';
import { bytesSource } from './byteSource.ts';
import { openFile } from './openFile.ts';
import { collect, everyColumn, type Collected } from './testing/collect.ts';
import { FIXTURES, fixtureBytes } from './testing/fixtureFiles.ts';
import type { OpenedFile } from './reading.ts';

const ROWS = 12;
const DIMS = 5;
/** What fixtures/make.py writes, in full. */
const X = Array.from({ length: ROWS * DIMS }, (_, i) => i / 16 - 2);
const COUNTS = Array.from({ length: ROWS * DIMS }, (_, i) => i);
const LABELS = Array.from({ length: ROWS }, (_, r) => (r % 3) % 2);
const NAMES = LABELS.map((label) => (label === 1 ? 'unsafe' : 'safe'));
const IDS = Array.from({ length: ROWS }, (_, r) => `row-${String(r).padStart(2, '0')}`);
const dimension = (c: number): number[] => X.filter((_, i) => i % DIMS === c);

async function read(name: string): Promise<{ file: OpenedFile; got: Collected }> {
  const file = await openFile(bytesSource(fixtureBytes(name), name));
  const got = await collect(file, everyColumn(file));
  return { file, got };
}

const named = (pattern: RegExp): string[] => FIXTURES.filter((name) => pattern.test(name));

describe('NumPy', () => {
  test.each(named(/^f[248]-.*\.npy$/))('%s gives its numbers exactly, in the precision it has', async (name) => {
    const { file, got } = await read(name);
    expect(file.columns).toEqual([{ name: 'values', kind: 'vector', dims: DIMS, type: `float${8 * Number(name[1])}` }]);
    expect(file.rows).toBe(ROWS);
    expect(got.values.get('values')).toEqual(X);
    expect(got.wide).toBe(name.startsWith('f8'));
    expect(file.preview.map((row) => row.values)).toEqual(
      Array.from({ length: 8 }, (_, r) => X.slice(r * DIMS, (r + 1) * DIMS)),
    );
  });

  test.each(named(/^labels-u?int.*\.npy$/))('%s gives whole numbers', async (name) => {
    const { file, got } = await read(name);
    expect(file.columns[0].kind).toBe('number');
    expect(got.values.get('values')).toEqual(LABELS);
  });

  test.each(named(/^counts-.*\.npy$/))('%s gives whole numbers in Fortran order', async (name) => {
    const { file, got } = await read(name);
    expect(file.columns[0].dims).toBe(DIMS);
    expect(got.values.get('values')).toEqual(COUNTS);
    expect(got.wide).toBe(/32|64/.test(name));
  });

  test('gives booleans as cells and as 0 and 1', async () => {
    const { file, got } = await read('labels-bool.npy');
    expect(got.values.get('values')).toEqual(LABELS.map((label) => label === 1));
    const numbers = await collect(file, [{ name: 'values', as: 'number' }]);
    expect(numbers.values.get('values')).toEqual(LABELS);
  });

  test.each(['labels-text.npy', 'labels-bytes.npy'])('%s gives texts', async (name) => {
    const { file, got } = await read(name);
    expect(file.columns[0].kind).toBe('text');
    expect(got.values.get('values')).toEqual(NAMES);
  });

  test('gives the arrays of a stored archive as columns', async () => {
    const { file, got } = await read('stored.npz');
    expect(file.columns.map((column) => column.name)).toEqual(['embeddings', 'label', 'id']);
    expect(got.values.get('embeddings')).toEqual(X);
    expect(got.values.get('label')).toEqual(LABELS);
    expect(got.values.get('id')).toEqual(IDS);
  });

  test('gives the arrays of a compressed archive as columns, in either order', async () => {
    const { got } = await read('deflated.npz');
    expect(got.values.get('embeddings')).toEqual(X);
    expect(got.values.get('fortran')).toEqual(X);
    expect(got.values.get('label')).toEqual(LABELS);
    expect(got.values.get('id')).toEqual(IDS);
  });

  test('leaves out an array that can be no column, and names it', async () => {
    const { file, got } = await read('with-cube.npz');
    expect(file.columns.map((column) => column.name)).toEqual(['embeddings']);
    expect(file.leftOut?.[0]).toContain('array "cube": it has 3 dimensions');
    expect(got.values.get('embeddings')).toEqual(X);
  });

  test('gives what numpy.savetxt writes between spaces', async () => {
    const { file, got } = await read('numpy-savetxt.txt');
    expect(file.columns.map((column) => column.name)).toEqual([1, 2, 3, 4, 5].map((c) => `column ${c}`));
    for (let c = 0; c < DIMS; c++) expect(got.values.get(`column ${c + 1}`)).toEqual(dimension(c));
  });
});

describe('pandas', () => {
  test.each(named(/^pandas-(wide.*|semicolon)\.(csv|tsv|jsonl)$/).concat('pandas.feather'))(
    '%s gives one column a dimension',
    async (name) => {
      const { got } = await read(name);
      for (let c = 0; c < DIMS; c++) expect(got.values.get(`dim_${c}`)).toEqual(dimension(c));
      expect(got.values.get('id')).toEqual(IDS);
      expect(got.values.get('label')).toEqual(NAMES);
      expect(got.values.get('text')).toEqual(IDS.map((_, i) => `line one,\n"quoted" ${i}, naïve é 漢字`));
    },
  );

  test.each(named(/^pandas-(lists|numpy2-lists|arrays)\./))('%s gives a vector a row', async (name) => {
    const { file, got } = await read(name);
    expect(file.columns.find((column) => column.name === 'embedding')).toMatchObject({ kind: 'vector', dims: DIMS });
    expect(got.values.get('embedding')).toEqual(X);
    expect(got.values.get('label')).toEqual(LABELS);
  });

  test('counts its own unnamed columns 0, 1, 2: a header, not a row', async () => {
    const { got } = await read('pandas-unnamed.csv');
    expect(got.rows).toBe(ROWS);
    for (let c = 0; c < DIMS; c++) expect(got.values.get(String(c))).toEqual(dimension(c));
  });
});

describe('JSON Lines', () => {
  test.each([
    ['nested.jsonl', 'data.embedding'],
    ['openai-batch.jsonl', 'response.body.data[0].embedding'],
  ])('%s gives the vector that stands inside, by its path', async (name, path) => {
    const { got } = await read(name);
    expect(got.values.get(path)).toEqual(X);
  });

  test('that Python wrote give NaN and infinity as they are', async () => {
    const { got } = await read('python-nan.jsonl');
    expect(got.values.get('embedding')).toEqual([1.5, NaN, Infinity, -Infinity]);
    expect(got.values.get('text')).toEqual(['NaN "Infinity"', 'NaN "Infinity"']);
  });
});

test('safetensors gives every tensor as a column, exactly', async () => {
  const { file, got } = await read('numpy.safetensors');
  for (const name of ['embeddings', 'half', 'double']) expect(got.values.get(name)).toEqual(X);
  expect(got.values.get('label')).toEqual(LABELS);
  expect(got.values.get('flag')).toEqual(LABELS.map((label) => label === 1));
  expect(file.columns.find((column) => column.name === 'half')?.type).toBe('F16');
  expect(got.wide).toBe(true);
});

test('safetensors gives bfloat16 exactly', async () => {
  const { file, got } = await read('bfloat16.safetensors');
  expect(file.columns[0].type).toBe('BF16');
  expect(got.values.get('x')).toEqual([0, 1, 2, 3]);
  expect(got.wide).toBe(false);
});

describe('Arrow', () => {
  test.each(named(/^pyarrow-.*\.(feather|arrows)$/))(
    '%s gives lists, texts, numbers, booleans and dictionaries',
    async (name) => {
      const { file, got } = await read(name);
      expect(file.rows).toBe(ROWS);
      for (const list of ['embedding', 'doubles', 'halves']) expect(got.values.get(list)).toEqual(X);
      expect(got.values.get('id')).toEqual(IDS);
      expect(got.values.get('label')).toEqual(LABELS.map((label) => label === 1));
      expect(got.values.get('score')).toEqual(IDS.map((_, i) => (i === 3 ? NaN : i / 4)));
      expect(got.values.get('count')).toEqual(IDS.map((_, i) => i));
      expect(got.values.get('group')).toEqual(NAMES);
      expect(got.values.get('dim_0')).toEqual(dimension(0));
      expect(file.leftOut).toEqual(['Column "when": its type timestamp is not read.']);
      const cells = await collect(file, [{ name: 'score', as: 'cell' }]);
      expect(cells.values.get('score')?.[3]).toBe(null);
      expect(file.preview[6]).toMatchObject({ id: 'row-06', embedding: X.slice(30, 35), group: NAMES[6] });
    },
  );

  test.each(named(/^long-/))('%s inflates to the last number', async (name) => {
    const { got } = await read(name);
    expect(got.values.get('x')).toEqual(Array.from({ length: 40_000 }, (_, i) => (i % 97) / 8));
  });
});
