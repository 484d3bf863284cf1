import { expect, test } from 'vitest';
import { checkTwoValues, guessUnsafe, labelValues } from './labels.ts';
import { memoryFile } from './testing/memoryFile.ts';

test.each([
  [['0', '1'], '1'],
  [['1', '0'], '1'],
  [['true', 'false'], 'true'],
  [['-1', '1'], '1'],
  [['safe', 'unsafe'], 'unsafe'],
  [['toxic', 'non-toxic'], 'toxic'],
  [['not_harmful', 'harmful'], 'harmful'],
  [['benign', 'jailbreak'], 'jailbreak'],
  [['ham', 'spam'], 'spam'],
  [['negative', 'positive'], 'positive'],
  [['INJECTION', 'LEGIT'], 'INJECTION'],
  [['normal', 'strange'], 'strange'],
])('of %j the unsafe one is %s', (values, unsafe) => {
  expect(guessUnsafe(values)).toMatchObject({ unsafe, sure: true });
});

test.each([
  [['2', '10'], '10'],
  [['red', 'blue'], 'red'],
  [['0'], '1'],
  [['safe'], 'unsafe'],
  [[], '1'],
])('of %j it is %s, and a person should look', (values, unsafe) => {
  expect(guessUnsafe(values)).toMatchObject({ unsafe, sure: false });
});

test('values are counted over all blocks, with the row of the first', async () => {
  const file = memoryFile('y.csv', { label: Array.from({ length: 30 }, (_, row) => (row < 20 ? 'no' : 'yes')) });
  expect(await labelValues(file, 'label')).toEqual({
    rows: 30,
    values: [
      { text: 'no', count: 20, firstRow: 0 },
      { text: 'yes', count: 10, firstRow: 20 },
    ],
    more: false,
  });
});

test('a third value is named with its row, the counts and the remedy', async () => {
  const label = [...Array.from({ length: 30 }, (_, row) => row % 2), 2, 0];
  const file = memoryFile('y.npy', { label });
  const found = await labelValues(file, 'label');
  expect(() => checkTwoValues(found, file, 'label')).toThrow(
    'y.npy, row 31: the label is "2", a third value beside "0" and "1"; column "label" holds "0" (16), "1" (15), "2" (1). Write 0 or 1 in every row',
  );
});

test('a column of many values stops being told apart, and says so', async () => {
  const file = memoryFile('y.csv', { score: Array.from({ length: 300 }, (_, row) => row / 7) }, { format: 'csv' });
  const found = await labelValues(file, 'score');
  expect([found.values.length, found.more, found.rows]).toEqual([50, true, 300]);
  expect(() => checkTwoValues(found, file, 'score')).toThrow(
    /y.csv, row 4: .* and more. Choose a column of two values/,
  );
});

test('an empty label is named with the row as a spreadsheet counts', async () => {
  const file = memoryFile('y.csv', { label: ['a', ' ', 'b'] }, { format: 'csv' });
  await expect(labelValues(file, 'label')).rejects.toThrow('y.csv, row 3: the label is empty (column "label")');
});

test('a column that is not there is named with those that are', async () => {
  await expect(labelValues(memoryFile('y.csv', { a: ['x'], b: ['y'] }), 'label')).rejects.toThrow(
    'y.csv: it has no column "label". Choose one of "a", "b".',
  );
});

test.each([
  ['1', 'true'],
  ['0', 'no'],
  ['1', '1.0'],
  ['Toxic', 'toxic'],
])('two ways to write one label, %s and %s, are no two classes', async (one, other) => {
  const file = memoryFile('y.csv', { label: [one, one, other, one] }, { format: 'csv' });
  const found = await labelValues(file, 'label');
  expect(() => checkTwoValues(found, file, 'label')).toThrow(
    `y.csv, row 4: the label is "${other}", which says the same as "${one}"; column "label" holds "${one}" (3), "${other}" (1). Write 0 or 1 in every row`,
  );
});
