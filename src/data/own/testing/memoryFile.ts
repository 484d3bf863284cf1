import type { Cell, Column, FormatId, OpenedFile, RowBlock } from '../../readers/reading.ts';

/** Values of one column of a file in memory: cells, or rows of numbers. */
interface Vectors {
  readonly dims: number;
  readonly values: Float32Array | Float64Array;
}
export type MemoryColumn = readonly Cell[] | Vectors;

const isVector = (column: MemoryColumn): column is Vectors => 'dims' in column;

function kindOf(cells: readonly Cell[]): Column['kind'] {
  const kinds = new Set(cells.filter((cell) => cell !== null).map((cell) => typeof cell));
  if (kinds.size !== 1) return 'mixed';
  return kinds.has('number') ? 'number' : kinds.has('boolean') ? 'boolean' : 'text';
}

/** An opened file over arrays in memory that reads in small blocks, for tests of what stands on readers. */
export function memoryFile(
  name: string,
  columns: Readonly<Record<string, MemoryColumn>>,
  { format = 'npz' as FormatId, knowsRows = true, blockRows = 7 } = {},
): OpenedFile {
  const entries = Object.entries(columns);
  const rows = entries.length === 0 ? 0 : rowsOf(entries[0][1]);
  const at = (column: MemoryColumn, row: number) =>
    isVector(column) ? [...column.values.subarray(row * column.dims, (row + 1) * column.dims)] : column[row];
  return {
    name,
    format,
    bytes: 1000,
    rows: knowsRows ? rows : null,
    columns: entries.map(([column, values]) => ({
      name: column,
      kind: isVector(values) ? 'vector' : kindOf(values),
      dims: isVector(values) ? values.dims : null,
      type: 'test',
    })),
    preview: Array.from({ length: Math.min(8, rows) }, (_, row) =>
      Object.fromEntries(entries.map(([column, values]) => [column, at(values, row)])),
    ),
    async read(wanted, sink, checkpoint) {
      for (let first = 0; first < rows; first += blockRows) {
        const count = Math.min(blockRows, rows - first);
        const block = new Map<string, Float32Array | Float64Array | readonly Cell[]>();
        for (const { name: column, as } of wanted) {
          const values = columns[column];
          if (isVector(values))
            block.set(column, values.values.slice(first * values.dims, (first + count) * values.dims));
          else if (as === 'number')
            block.set(
              column,
              Float64Array.from(values.slice(first, first + count), (v) => (v === null ? NaN : Number(v))),
            );
          else block.set(column, values.slice(first, first + count));
        }
        const given: RowBlock = { first, rows: count, columns: block };
        await sink(given);
        await checkpoint?.({ bytes: first + count, rows: first + count });
      }
      return rows;
    },
  };
}

function rowsOf(column: MemoryColumn): number {
  return isVector(column) ? column.values.length / column.dims : column.length;
}

/** Numbers 1, 2, 3, … as a vector column. */
export const vectors = (rows: number, dims: number): { dims: number; values: Float32Array } => ({
  dims,
  values: Float32Array.from({ length: rows * dims }, (_, i) => i + 1),
});
