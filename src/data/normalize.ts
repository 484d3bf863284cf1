import { checkNormalizable, rowNorms } from './checks.ts';

/**
 * The factor of each row: 1/‖x‖ in float64 (plain summation from the first number to the last), or ones where rows are
 * used as given. Throws DataError, naming the row, where `normalize` meets a row of zeros.
 */
export function rowScale(
  values: Float32Array | Float64Array,
  rows: number,
  dims: number,
  normalize: boolean,
  file = 'the embeddings',
): Float64Array {
  if (!normalize) return new Float64Array(rows).fill(1);
  const scale = rowNorms(values, rows, dims);
  checkNormalizable(scale, file);
  for (let r = 0; r < rows; r++) scale[r] = 1 / scale[r];
  return scale;
}
