import type { SliceChoice } from './api.ts';
import type { ViewSpec } from '../spec/types.ts';
import type { Dataset } from './dataset.ts';

/** A slice that leaves nothing to measure, or a column that the labels file does not have. */
export class SliceError extends Error {}

/**
 * Positions within `test` of the rows that a slice keeps; null where there is no slice. Throws {@link SliceError} for a
 * column or value that the test rows do not have.
 */
export function sliceRows(dataset: Dataset, test: Uint32Array, slice: ViewSpec['slice']): Uint32Array | null {
  if (!slice) return null;
  const column = dataset.columns.get(slice.column);
  if (!column) {
    const known = [...dataset.columns.keys()].join(', ');
    const remedy = known ? `Choose one of ${known}.` : 'They have none to slice by: set view.slice to null.';
    throw new SliceError(`The labels of ${dataset.title} have no column "${slice.column}". ${remedy}`);
  }
  const kept: number[] = [];
  test.forEach((row, k) => {
    if (column[row] === slice.value) kept.push(k);
  });
  if (kept.length === 0) {
    throw new SliceError(
      `No test row of ${dataset.title} has ${slice.column} = "${slice.value}". Choose another value.`,
    );
  }
  return Uint32Array.from(kept);
}

/** A list of values longer than this is no choice: rows would be picked one by one. */
const MOST_VALUES = 40;

export interface SliceChoices {
  /** The values of each column with their counts among the test rows, most frequent first. */
  readonly columns: readonly SliceChoice[];
  /** Columns that are not offered, with how many values they have: a single one, or more than a list can hold. */
  readonly leftOut: readonly { readonly column: string; readonly values: number }[];
}

export function sliceChoices(dataset: Dataset, test: Uint32Array): SliceChoices {
  const columns: SliceChoice[] = [];
  const leftOut = [];
  for (const [column, cells] of dataset.columns) {
    const counts = new Map<string, number>();
    for (const row of test) counts.set(cells[row], (counts.get(cells[row]) ?? 0) + 1);
    if (counts.size < 2 || counts.size > MOST_VALUES) {
      leftOut.push({ column, values: counts.size });
      continue;
    }
    const values = [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
    columns.push({ column, values });
  }
  return { columns, leftOut };
}
