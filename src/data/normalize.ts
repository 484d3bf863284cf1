import { checkLengths, checkNormalizable, rowNorms } from './checks.ts';

/**
 * The factor of each row: 1/‖x‖ in float64 (plain summation from the first number to the last), or ones where rows are
 * used as given. Throws DataError, naming the row, where `normalize` meets a row of zeros, and where float64
 * cannot hold a length.
 */
export function rowScale(
  values: Float32Array | Float64Array,
  rows: number,
  dims: number,
  normalize: boolean,
  file = 'the embeddings',
): Float64Array {
  // Squares of float32 numbers always fit.
  if (!normalize && values instanceof Float32Array) return new Float64Array(rows).fill(1);
  const scale = rowNorms(values, rows, dims);
  checkLengths(scale, file);
  if (!normalize) return scale.fill(1);
  checkNormalizable(scale, file);
  for (let r = 0; r < rows; r++) scale[r] = 1 / scale[r];
  return scale;
}
