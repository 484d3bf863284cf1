import { expect, test } from 'vitest';
import { committedTables, conventionTable, updateTable } from './realUpdatesTable.ts';

test('the table of real updates in docs/METHODS.md is what the lab computes, to the printed digits', async () => {
  const [table, spread] = committedTables('updates');
  expect(table).toEqual(await updateTable());
  expect(spread.map((row) => row.slice(0, 2))).toEqual(table.map((row) => row.slice(0, 2)));
});

test('the table of conventions in docs/METHODS.md is what the lab computes, to the printed digits', async () => {
  expect(committedTables('conventions')).toEqual([await conventionTable()]);
});
