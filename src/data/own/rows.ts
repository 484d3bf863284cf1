/** Rows of numbers somewhere: in memory, or on disk. */
export interface RowShape {
  readonly rows: number;
  readonly dims: number;
  readonly dtype: 'float32' | 'float64';
}

/** Takes rows at any place, each row once. */
export interface RowWriter {
  /** `values` are whole rows from row `first` on, in the shape's number type; the writer's only until it resolves. */
  write(first: number, values: Float32Array | Float64Array): void | Promise<void>;
}

/** Gives rows back. */
export interface RowReader extends RowShape {
  /** Rows first … first + count − 1, row-major; the caller's only until the next read. */
  read(first: number, count: number): Float32Array | Float64Array | Promise<Float32Array | Float64Array>;
}

export interface RowStore extends RowReader, RowWriter {}

/** Makes the place for the rows of a version before they are written. */
export type OpenStore = (version: 'base' | 'target', shape: RowShape) => RowStore | Promise<RowStore>;

/** Rows in memory; `values` takes the place of an array of its own. Throws RangeError where it does not fit the shape. */
export function memoryRows(
  { rows, dims, dtype }: RowShape,
  values: Float32Array | Float64Array = dtype === 'float64'
    ? new Float64Array(rows * dims)
    : new Float32Array(rows * dims),
): RowStore & { readonly values: Float32Array | Float64Array } {
  if (values.length !== rows * dims || values instanceof Float64Array !== (dtype === 'float64')) {
    throw new RangeError(`An array of ${values.length} numbers does not hold ${rows} × ${dims} of ${dtype}.`);
  }
  return {
    ...{ rows, dims, dtype, values },
    write: (first, given) => values.set(given, first * dims),
    read: (first, count) => values.subarray(first * dims, (first + count) * dims),
  };
}
