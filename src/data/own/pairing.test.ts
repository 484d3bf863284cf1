import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OpenedFile } from '../readers/reading.ts';
import type { Mapping } from './own.ts';
import { NO_PLACE, pairRows } from './pairing.ts';
import { memoryFile, vectors } from './testing/memoryFile.ts';

const mapping = (ids: (string | null)[], target = false): Mapping => ({
  embeddings: { file: 0, columns: ['x'] },
  target: target ? { file: 2, columns: ['x'] } : null,
  label: { file: 1, column: 'y', unsafe: '1' },
  ids,
  split: null,
  text: null,
  slices: [],
});
const rowsOf = (name: string, ids: readonly (string | number)[]): OpenedFile =>
  memoryFile(name, { id: ids, x: vectors(ids.length, 2) });
const labelsOf = (ids: readonly (string | number)[]): OpenedFile =>
  memoryFile('y.csv', { id: ids, y: ids.map((_, row) => row % 2) }, { format: 'csv', knowsRows: false });

test('rows of one file belong together as they stand', async () => {
  const file = memoryFile('all.npz', { x: vectors(5, 2), y: [0, 1, 0, 1, 1], id: [1, 1, 1, 1, 1] });
  const one = { ...mapping(['id']), label: { file: 0, column: 'y', unsafe: '1' } };
  const { pairing, places } = await pairRows([file], one);
  expect(pairing).toMatchObject({ by: 'place', rows: 5, unpaired: [], why: 'Everything is in all.npz.' });
  expect(places).toEqual([null]);
});

test('without ids in every file rows pair by place', async () => {
  const files = [rowsOf('x.npz', ['a', 'b', 'c']), labelsOf(['c', 'b', 'a'])];
  const { pairing, places } = await pairRows(files, mapping([null, 'id']));
  expect(pairing).toMatchObject({ by: 'place', rows: 3 });
  expect(pairing.why).toContain('x.npz has no id column');
  expect(places).toEqual([null, null]);
});

test('by place, files of different lengths are an error that names both', async () => {
  const files = [rowsOf('x.npz', ['a', 'b', 'c']), labelsOf(['c', 'b'])];
  await expect(pairRows(files, mapping([null, null]))).rejects.toThrow('x.npz: it has 3 rows but y.csv has 2 labels.');
  const three = [rowsOf('x.npz', ['a', 'b']), labelsOf(['c', 'b']), rowsOf('new.npz', ['a'])];
  await expect(pairRows(three, mapping([null, null, null], true))).rejects.toThrow(
    'new.npz: it has 1 rows but y.csv has 2 labels.',
  );
});

test('by id, rows come in the order of the embeddings, and rows without a partner are named', async () => {
  const files = [
    rowsOf('x.npz', ['a', 'b', 'c', 'd']),
    labelsOf(['d', 'z', 'a', 'c']),
    rowsOf('new.npz', ['c', 'a', 'd', 'q']),
  ];
  const { pairing, places } = await pairRows(files, mapping(['id', 'id', 'id'], true));
  expect(pairing).toMatchObject({
    by: 'id',
    rows: 3,
    unpaired: [
      { file: 0, count: 1, firstIds: ['b'] },
      { file: 2, count: 1, firstIds: ['q'] },
      { file: 1, count: 1, firstIds: ['z'] },
    ],
  });
  expect(places.map((of) => of && [...of])).toEqual([
    [0, NO_PLACE, 1, 2],
    [2, NO_PLACE, 0, 1],
    [1, 0, 2, NO_PLACE],
  ]);
});

test('a number and the same number as text are one id', async () => {
  const files = [rowsOf('x.npz', [10, 11, 12]), labelsOf(['12', '11', '10'])];
  const { places } = await pairRows(files, mapping(['id', 'id']));
  expect(places.map((of) => of && [...of])).toEqual([null, [2, 1, 0]]);
});

test('an id that stands twice is an error that names the rows', async () => {
  const x = rowsOf('x.npz', ['a', 'b', 'c']);
  await expect(pairRows([x, labelsOf(['a', 'b', 'a', 'b'])], mapping(['id', 'id']))).rejects.toThrow(
    'y.csv, row 4: its id "a" is that of row 2 already; 1 more row does so, from row 5. Give every row an id of its own, or pair',
  );
  await expect(pairRows([rowsOf('x.npz', ['a', 'a']), labelsOf(['a', 'a'])], mapping(['id', 'id']))).rejects.toThrow(
    'x.npz, row 2: its id "a" is that of row 1 already.',
  );
});

test('an empty id, and ids that name no common row, are errors', async () => {
  const x = rowsOf('x.npz', ['a', 'b']);
  await expect(pairRows([x, labelsOf(['a', ''])], mapping(['id', 'id']))).rejects.toThrow(
    'y.csv, row 3: its id is empty',
  );
  await expect(pairRows([x, labelsOf(['1', '2'])], mapping(['id', 'id']))).rejects.toThrow(
    'x.npz: none of its ids is in y.csv: it has "a", they have "1".',
  );
});

test('whatever the order of the files, each id keeps its row', async () => {
  const ids = fc.uniqueArray(fc.nat({ max: 60 }), { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(ids, ids, async (one, other) => {
      fc.pre(one.some((id) => other.includes(id)));
      const { pairing, places } = await pairRows([rowsOf('x.npz', one), labelsOf(other)], mapping(['id', 'id']));
      const both = one.filter((id) => other.includes(id));
      expect(pairing.rows).toBe(both.length);
      for (const [file, own] of [one, other].entries()) {
        own.forEach((id, row) => {
          const place = places[file]?.[row] ?? (places[file] ? NO_PLACE : row);
          expect(place).toBe(both.includes(id) ? both.indexOf(id) : NO_PLACE);
        });
      }
    }),
    { numRuns: 200 },
  );
});
