import { describe, expect, test } from 'vitest';
import { openFile } from '../readers/openFile.ts';
import type { Cell, OpenedFile } from '../readers/reading.ts';
import { textSource } from '../readers/testing/collect.ts';
import { assemble } from './assemble.ts';
import { rowsDigest } from './digest.ts';
import type { Mapping, RowChoices } from './own.ts';
import { memoryRows } from './rows.ts';
import { sampleRows } from './sample.ts';
import { surveyFiles, type OwnProgress } from './survey.ts';
import { memoryFile, vectors } from './testing/memoryFile.ts';

const ALL: RowChoices = { nonFinite: 'refuse', sample: null };
const mapping = (change: Partial<Mapping> = {}): Mapping => ({
  embeddings: { file: 0, columns: ['x'] },
  target: null,
  label: { file: 0, column: 'y', unsafe: 'bad' },
  ids: [null, null, null],
  split: null,
  text: null,
  slices: [],
  ...change,
});
const goodBad = (rows: number): Cell[] => Array.from({ length: rows }, (_, row) => (row % 3 === 0 ? 'bad' : 'good'));
const open = (_: string, shape: Parameters<typeof memoryRows>[0]) => memoryRows(shape);

async function assembled(files: readonly OpenedFile[], map: Mapping, choices: RowChoices = ALL) {
  return assemble(await surveyFiles(files, map), choices, open);
}
const numbersOf = async (store: { rows: number; read(first: number, count: number): unknown } | null) =>
  store && [...((await store.read(0, store.rows)) as Float64Array)];

describe('one file', () => {
  const file = memoryFile('all.npz', {
    x: vectors(20, 3),
    y: goodBad(20),
    part: Array.from({ length: 20 }, (_, row) => (row < 15 ? 'Train' : row < 17 ? 'dev' : 'test')),
    source: Array.from({ length: 20 }, (_, row) => (row === 3 ? null : `s${row % 2}`)),
  });
  const map = mapping({ split: { file: 0, column: 'part' }, slices: [{ file: 0, column: 'source' }] });

  test('rows, labels, split and columns come in the order of the file', async () => {
    const { table, base, target, dropped, sampledOf, digests } = await assembled([file], map);
    expect(table).toMatchObject({
      rows: 20,
      dims: 3,
      dtype: 'float32',
      name0: 'good',
      name1: 'bad',
      kept: null,
      of: 20,
    });
    expect([...table.labels]).toEqual(goodBad(20).map((text) => (text === 'bad' ? 1 : 0)));
    expect(table.split?.slice(14, 18)).toEqual(['train', 'validation', 'validation', 'test']);
    expect(table.columns.get('source')?.slice(0, 4)).toEqual(['s0', 's1', 's0', '']);
    expect(await numbersOf(base)).toEqual([...vectors(20, 3).values]);
    expect([target, dropped, sampledOf, digests.target]).toEqual([null, 0, null, null]);
  });

  test('the words that were read as another are told', async () => {
    const { splitReadAs } = await surveyFiles([file], map);
    expect(splitReadAs).toEqual([
      { word: 'Train', as: 'train' },
      { word: 'dev', as: 'validation' },
    ]);
  });

  test('a sample takes the rows of its recipe, and names them', async () => {
    const { table, base, sampledOf } = await assembled([file], map, { ...ALL, sample: { rows: 8, seed: 5 } });
    const labels = Uint8Array.from(goodBad(20), (text) => (text === 'bad' ? 1 : 0));
    const taken = [...sampleRows(labels, 8, 5).entries()].filter(([, one]) => one === 1).map(([row]) => row);
    expect([table.rows, table.of, sampledOf, [...(table.kept ?? [])]]).toEqual([8, 20, 20, taken]);
    expect(await numbersOf(base)).toEqual(taken.flatMap((row) => [3 * row + 1, 3 * row + 2, 3 * row + 3]));
    expect([...table.labels]).toEqual(taken.map((row) => labels[row]));
    expect(table.columns.get('source')).toEqual(taken.map((row) => (row === 3 ? '' : `s${row % 2}`)));
    expect(table.split).toHaveLength(8);
  });

  test('a sample larger than the data is an error', async () => {
    await expect(assembled([file], map, { ...ALL, sample: { rows: 21, seed: 5 } })).rejects.toThrow(
      'all.npz: a sample of 21 rows was asked for and there are 20. Ask for 1 to 20.',
    );
  });

  test('what it does is told with bytes and rows', async () => {
    const said: OwnProgress[] = [];
    const say = (progress: OwnProgress) => void said.push(progress);
    await assemble(await surveyFiles([file], map, say), ALL, open, say);
    expect([...new Set(said.map(({ doing }) => doing))]).toEqual(['reading', 'writing', 'checking']);
    expect(said[said.length - 1]).toEqual({ doing: 'checking', file: null, bytes: 240, ofBytes: 240, rows: 20 });
  });

  test('a checkpoint that throws ends it', async () => {
    const stop = () => {
      throw new Error('stopped');
    };
    await expect(surveyFiles([file], map, stop)).rejects.toThrow('stopped');
    await expect(assemble(await surveyFiles([file], map), ALL, open, stop)).rejects.toThrow('stopped');
  });
});

describe('number types', () => {
  const wide = { dims: 2, values: Float64Array.from({ length: 20 }, (_, i) => i + 0.1) };
  test('float64 stays float64, to the last digit', async () => {
    const { table, base } = await assembled([memoryFile('x.npz', { x: wide, y: goodBad(10) })], mapping());
    expect(table.dtype).toBe('float64');
    expect(await numbersOf(base)).toEqual([...wide.values]);
  });

  test('number columns side by side are rows of float64 in the order chosen', async () => {
    const columns = { a: [1, 2, 3], b: [10, 20, 30], y: ['good', 'bad', 'good'] };
    const map = mapping({ embeddings: { file: 0, columns: ['b', 'a'] } });
    const { table, base } = await assembled([memoryFile('x.csv', columns, { blockRows: 2 })], map);
    expect([table.dims, table.dtype]).toEqual([2, 'float64']);
    expect(await numbersOf(base)).toEqual([10, 1, 20, 2, 30, 3]);
  });

  test('with one version in float64 both are', async () => {
    const file = memoryFile('x.npz', { x: vectors(10, 2), w: wide, y: goodBad(10) });
    const { base, target, table } = await assembled([file], mapping({ target: { file: 0, columns: ['w'] } }));
    expect([base.dtype, target?.dtype, table.dtype]).toEqual(['float64', 'float64', 'float64']);
    expect(await numbersOf(base)).toEqual([...vectors(10, 2).values]);
    expect(await numbersOf(target)).toEqual([...wide.values]);
  });
});

describe('several files', () => {
  const ids = Array.from({ length: 30 }, (_, row) => `r${row}`);
  const shuffled = ids.map((_, k) => `r${(7 * k + 3) % 30}`);
  const x = memoryFile('old.npz', { id: ids, x: vectors(30, 2) });
  const newRow = (id: string) => 100 + Number(id.slice(1));
  const newer = memoryFile('new.npz', {
    id: [...shuffled, 'extra'],
    x: { dims: 2, values: Float32Array.from([...shuffled, 'r500'].flatMap((id) => [newRow(id), -newRow(id)])) },
  });
  const y = memoryFile('y.csv', {
    id: [...ids].reverse(),
    y: [...ids].reverse().map((id) => (newRow(id) % 2 ? 'bad' : 'good')),
  });
  const map = mapping({
    target: { file: 1, columns: ['x'] },
    label: { file: 2, column: 'y', unsafe: 'bad' },
    ids: ['id', 'id', 'id'],
  });

  test('rows of every file land in the row of their id', async () => {
    const { table, base, target } = await assembled([x, newer, y], map);
    expect(table.rows).toBe(30);
    expect(await numbersOf(base)).toEqual([...vectors(30, 2).values]);
    expect(await numbersOf(target)).toEqual(ids.flatMap((id) => [newRow(id), -newRow(id)]));
    expect([...table.labels]).toEqual(ids.map((id) => newRow(id) % 2));
  });

  test('the digests are those of the rows in their order, whatever the order of the file', async () => {
    const { digests, target } = await assembled([x, newer, y], map);
    const inOrder = memoryRows(
      { rows: 30, dims: 2, dtype: 'float32' },
      Float32Array.from(ids.flatMap((id) => [newRow(id), -newRow(id)])),
    );
    expect(digests.target).toBe(await rowsDigest(inOrder));
    expect(target?.rows).toBe(30);
  });

  test('rows without a partner are left out of both, and the rows kept are those of the file with the embeddings', async () => {
    const fewer = memoryFile('y.csv', { id: ['r5', 'r2', 'r9'], y: ['bad', 'good', 'bad'] });
    const { table, base, target } = await assembled([x, newer, fewer], map);
    expect([...(table.kept ?? [])]).toEqual([2, 5, 9]);
    expect([table.rows, table.of]).toEqual([3, 30]);
    expect(await numbersOf(base)).toEqual([5, 6, 11, 12, 19, 20]);
    expect(await numbersOf(target)).toEqual([102, -102, 105, -105, 109, -109]);
    expect([...table.labels]).toEqual([0, 1, 1]);
  });

  test('two columns of one name are told apart by their files', async () => {
    const a = memoryFile('a.npz', { x: vectors(4, 2), source: ['p', 'p', 'q', 'q'] });
    const b = memoryFile('b.csv', { y: goodBad(4), source: ['1', '2', '1', '2'] });
    const slices = [0, 1].map((file) => ({ file, column: 'source' }));
    const { table } = await assembled([a, b], mapping({ label: { file: 1, column: 'y', unsafe: 'bad' }, slices }));
    expect([...table.columns.keys()]).toEqual(['source (a.npz)', 'source (b.csv)']);
  });

  test('versions of different sizes are an error', async () => {
    const small = memoryFile('new.npz', { id: ids, x: vectors(30, 3) });
    await expect(surveyFiles([x, small, y], map)).rejects.toThrow(
      'new.npz: its rows have 3 numbers but those of old.npz have 2. Give rows of an encoder of the same size',
    );
  });
});

describe('rows with NaN or infinity', () => {
  const values = vectors(30, 2).values.slice();
  values[9] = NaN;
  values[20] = -Infinity;
  const newer = vectors(30, 2).values.slice();
  newer[21] = Infinity;
  newer[50] = NaN;
  const file = memoryFile('x.npz', { x: { dims: 2, values }, z: { dims: 2, values: newer }, y: goodBad(30) });
  const map = mapping({ target: { file: 0, columns: ['z'] } });

  test('are listed by version', async () => {
    const { nonFinite } = await surveyFiles([file], map);
    expect(nonFinite).toEqual([
      { version: 'base', file: 0, rows: [4, 10], first: { row: 5, what: 'column 2 is NaN' } },
      { version: 'target', file: 0, rows: [10, 25], first: { row: 11, what: 'column 2 is infinite' } },
    ]);
  });

  test('refused, they are an error that names them', async () => {
    await expect(assembled([file], map)).rejects.toThrow(
      'x.npz, row 5: column 2 is NaN; rows with NaN or infinity: 5, 11. Remove the row from embeddings and labels, embed it again, or choose to leave such rows out.',
    );
  });

  test('dropped, they are left out of every version', async () => {
    const { table, base, target, dropped } = await assembled([file], map, { nonFinite: 'drop', sample: null });
    expect([table.rows, table.of, dropped]).toEqual([27, 30, 3]);
    const rows = Array.from({ length: 30 }, (_, row) => row).filter((row) => ![4, 10, 25].includes(row));
    expect([...(table.kept ?? [])]).toEqual(rows);
    const expected = rows.flatMap((row) => [2 * row + 1, 2 * row + 2]);
    expect(await numbersOf(base)).toEqual(expected);
    expect(await numbersOf(target)).toEqual(expected);
  });

  test('a sample is drawn from the rows that are left', async () => {
    const choices: RowChoices = { nonFinite: 'drop', sample: { rows: 9, seed: 1 } };
    const { table, sampledOf } = await assembled([file], map, choices);
    expect([table.rows, sampledOf]).toEqual([9, 27]);
    for (const row of [4, 10, 25]) expect(table.kept).not.toContain(row);
  });

  test('with a remainder of none there is nothing to use', async () => {
    const none = memoryFile('x.npz', { x: { dims: 1, values: Float32Array.of(NaN, NaN) }, y: ['good', 'bad'] });
    await expect(
      assembled([{ ...none, columns: none.columns.map((c) => ({ ...c })) }], mapping(), {
        nonFinite: 'drop',
        sample: null,
      }),
    ).rejects.toThrow('every row of it holds NaN or infinity');
  });
});

test('a cell that is no number, in columns that are numbers, is told with its row', async () => {
  const rows = Array.from({ length: 20 }, (_, row) => `${row % 2 ? 'bad' : 'good'},${row},${row === 6 ? '0x10' : 1},2`);
  const file = await openFile(textSource(`y,e0,e1,e2\n${rows.join('\n')}\n`, 't.csv'));
  const wide = mapping({ embeddings: { file: 0, columns: ['e0', 'e1', 'e2'] } });
  await expect(assembled([file], wide)).rejects.toThrow(
    't.csv, row 8: column "e1" holds "0x10", which is no number. Write a number',
  );
});

describe('a mapping that the files do not fit', () => {
  const file = memoryFile('x.npz', {
    x: vectors(4, 2),
    y: goodBad(4),
    word: ['a', 'b', 'c', 'd'],
    part: ['train', 'test', '3', ''],
  });
  test.each<[string, Partial<Mapping>, string]>([
    ['a column that is not there', { embeddings: { file: 0, columns: ['w'] } }, 'no column "w"'],
    ['texts as embeddings', { embeddings: { file: 0, columns: ['word'] } }, 'column "word" holds text values'],
    ['no column at all', { embeddings: { file: 0, columns: [] } }, 'no column of it is chosen'],
    ['vectors side by side', { embeddings: { file: 0, columns: ['x', 'y'] } }, 'column "x" holds 2 numbers a row'],
    ['a column twice', { embeddings: { file: 0, columns: ['word', 'word'] } }, 'chosen twice'],
    ['a vector as the label', { label: { file: 0, column: 'x', unsafe: '1' } }, 'holds 2 numbers a row, not one value'],
    ['a label of four values', { label: { file: 0, column: 'word', unsafe: 'a' } }, 'a third value beside "a" and "b"'],
    [
      'an unsafe value that is not there',
      { label: { file: 0, column: 'y', unsafe: '1' } },
      'column "y" holds "bad" and "good"',
    ],
    ['a split of other words', { split: { file: 0, column: 'part' } }, 'x.npz, row 3: the split is "3", not train'],
  ])('%s', async (_, change, words) => {
    await expect(surveyFiles([file], mapping(change))).rejects.toThrow(words);
  });
});
