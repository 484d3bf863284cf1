import { orthogonalColumns } from '../linalg/qr.ts';
import { stream } from '../random/streams.ts';

/**
 * The first `columns` columns of the lab's random orthogonal matrix, one after the other (column c at [c·D, (c + 1)·D)):
 * Q of `stream(seed, 'rotation').standard_normal((D, D))` = QR with a positive diagonal of R, which makes Q uniform over
 * all orthogonal matrices (Mezzadri 2007). The first columns do not depend on how many are asked for.
 */
export function randomOrthogonal(seed: number, dims: number, columns: number): Float64Array {
  const normal = stream(seed, 'rotation').standardNormal(new Float64Array(dims * dims));
  return orthogonalColumns(normal, dims, columns);
}
