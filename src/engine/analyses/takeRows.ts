/** The values at `rows`, in their order, in an array of its own; all of them, the array itself, where `rows` is null. */
export function takeRows(values: Float64Array, rows: Uint32Array | null): Float64Array {
  return rows === null ? values : Float64Array.from(rows, (row) => values[row]);
}
