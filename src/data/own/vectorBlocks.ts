import { DataError, quote } from '../errors.ts';
import type { OpenedFile, RowBlock, WantedColumn } from '../readers/reading.ts';
import { columnOf } from './cells.ts';
import type { VectorsRef } from './own.ts';

/** Where embeddings stand in a file, checked against its columns. */
export interface VectorsOf {
  readonly dims: number;
  readonly wanted: readonly WantedColumn[];
  /** The rows of a block, row-major; an array of the reader's, or one that the next call writes over. */
  values(block: RowBlock): Float32Array | Float64Array;
  /** What a message calls the number at this place of a row. */
  place(j: number): string;
}

/** Throws DataError where the columns are not there, hold no numbers, or are several and not of one number each. */
export function vectorsOf(file: OpenedFile, { columns }: VectorsRef): VectorsOf {
  if (columns.length === 0) {
    throw new DataError(
      file.name,
      null,
      'no column of it is chosen as the embeddings',
      'Choose one, or all that make up a row',
    );
  }
  const known = new Map(file.columns.map((column) => [column.name, column]));
  const found = columns.map((name) => known.get(name) ?? columnOf(file, name));
  const met = new Set<string>();
  const twice = columns.find((name) => met.size === met.add(name).size);
  if (twice !== undefined) {
    throw new DataError(file.name, null, `column ${quote(twice)} is chosen twice`, 'Choose each column once');
  }
  const [first] = found;
  if (found.length === 1 && first.kind === 'vector' && first.dims !== null) {
    return {
      dims: first.dims,
      wanted: [{ name: first.name, as: 'vector' }],
      values: (block) => numbersOf(block, first.name),
      place: (j) => `column ${j + 1}`,
    };
  }
  // Where most columns are numbers, a cell that is none is told with its row when it is read.
  const mostly = found.filter(({ kind }) => kind === 'number').length > found.length / 2;
  const odd = found.find(
    ({ kind, dims }) =>
      kind !== 'number' && !(kind === 'vector' && dims === 1) && !(mostly && (kind === 'text' || kind === 'mixed')),
  );
  if (odd) {
    const holds = odd.kind === 'vector' ? `${odd.dims} numbers a row` : `${odd.kind} values`;
    throw new DataError(
      file.name,
      null,
      `column ${quote(odd.name)} holds ${holds}`,
      'Choose one column of number lists, or number columns, one a dimension',
    );
  }
  return {
    dims: columns.length,
    wanted: columns.map((name) => ({ name, as: 'number' })),
    values: joiner(columns),
    place: (j) => `column ${quote(columns[j])}`,
  };
}

function numbersOf(block: RowBlock, name: string): Float32Array | Float64Array {
  const values = block.columns.get(name);
  if (values instanceof Float32Array || values instanceof Float64Array) return values;
  throw new Error('A reader left out numbers that were asked for.');
}

/** Puts columns side by side, in a buffer that is used again. */
function joiner(columns: readonly string[]): (block: RowBlock) => Float32Array | Float64Array {
  let buffer: Float32Array | Float64Array = new Float32Array(0);
  return (block) => {
    const parts = columns.map((name) => numbersOf(block, name));
    const wide = parts.some((part) => part instanceof Float64Array);
    const dims = columns.length;
    const length = block.rows * dims;
    if (buffer.length < length || buffer instanceof Float64Array !== wide) {
      buffer = wide ? new Float64Array(length) : new Float32Array(length);
    }
    for (let j = 0; j < dims; j++) {
      const part = parts[j];
      for (let row = 0, at = j; row < block.rows; row++, at += dims) buffer[at] = part[row];
    }
    return buffer.subarray(0, length);
  };
}
