import { toCsv } from '../../charts/export/csv.ts';
import { DataError } from '../../data/errors.ts';
import type { OwnTable } from '../../data/own/own.ts';
import { npyHeader } from '../../data/npyWrite.ts';
import type { Library } from '../../engine/own/library.ts';
import type { OwnSpec } from '../../spec/types.ts';

export const OWN_FILES = ['embeddings.npy', 'target.npy', 'labels.csv'] as const;
export type OwnFileName = (typeof OWN_FILES)[number];

/** What the script reads of a label file besides the columns to slice by. */
const TAKEN = ['label', 'split'];

/**
 * Own rows as the lab uses them, in the files that the Python script reads: what was left out is not there, labels are 0
 * and 1. Embeddings are little-endian .npy, float32 or float64 as kept, and stay on disk until they are saved. Throws
 * DataError where this browser does not keep them, and where a column's name keeps labels from being written so.
 */
export async function ownFile(own: OwnSpec, name: OwnFileName, library: Library): Promise<Blob> {
  const kept = await library.find(own);
  if (!kept) {
    throw new DataError(
      'Your own data',
      null,
      'this browser does not keep these rows any more',
      'Open the files again',
    );
  }
  if (name === 'labels.csv') return new Blob([labelsCsv(kept.table, kept.about.title)], { type: 'text/csv' });
  const { blob } = await kept.rows(name === 'target.npy' ? 'target' : 'base');
  const { dtype, rows, dims } = kept.table;
  return new Blob([npyHeader(dtype, rows, dims), blob], { type: 'application/octet-stream' });
}

function labelsCsv({ labels, split, columns }: OwnTable, title: string): string {
  const clash = TAKEN.find((name) => columns.has(name));
  if (clash !== undefined) {
    throw new DataError(
      title,
      null,
      `a column to slice by is named "${clash}", which the script reads as the ${clash}`,
      'Bring the files again without slicing by it, or name it otherwise',
    );
  }
  const extra = [...(split ? [['split', split] as const] : []), ...columns];
  return toCsv({
    columns: ['label', ...extra.map(([name]) => name)],
    rows: Array.from(labels, (label, row) => [label, ...extra.map(([, values]) => values[row])]),
  });
}
