import { stream } from '../random/streams.ts';
import { orthonormalColumns } from './orthonormalColumns.ts';

/**
 * The first `columns` columns of the lab's random orthogonal matrix, one after the other (column c at [c·D, (c + 1)·D)):
 * Q of `stream(seed, 'rotation').standard_normal((D, D))` = QR with a positive diagonal of R, which makes Q uniform over
 * all orthogonal matrices (Mezzadri 2007). The first columns do not depend on how many are asked for.
 */
export function randomOrthogonal(seed: number, dims: number, columns: number): Float64Array {
  const generator = stream(seed, 'rotation');
  const row = new Float64Array(dims);
  const a = new Float64Array(columns * dims);
  // The recipe draws row by row; the factorisation wants columns in one piece.
  for (let i = 0; i < dims; i++) {
    generator.standardNormal(row);
    for (let c = 0; c < columns; c++) a[c * dims + i] = row[c];
  }
  return orthonormalColumns(a, dims, columns);
}
