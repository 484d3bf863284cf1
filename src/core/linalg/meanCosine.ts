import type { Embeddings } from './embeddings.ts';
import { createKernels } from './kernels.ts';

/** Values read between two reports of progress. */
const PIECE = 1 << 21;

/** Mean pairwise cosine with what it comes from. */
export interface Anisotropy {
  /** Mean cosine over all pairs of different rows; null with fewer than two rows or where a row is all zeros. */
  readonly meanCosine: number | null;
  /** Rows of zeros. */
  readonly zeroRows: number;
}

/**
 * Mean cosine over all pairs of different rows, (‖Σ x̂‖² − n)/(n(n − 1)) with x̂ = x/‖x‖: exact in O(rows × dims). Yields the
 * share done, in [0, 1].
 */
export function* anisotropySteps(embeddings: Embeddings): Generator<number, Anisotropy> {
  const { rows, dims } = embeddings;
  const kernels = createKernels(embeddings);
  const sum = new Float64Array(dims);
  const part = new Float64Array(dims);
  const step = Math.max(1, Math.floor(PIECE / dims));
  let zeroRows = 0;
  for (let first = 0; first < rows; first += step) {
    const piece = Uint32Array.from({ length: Math.min(step, rows - first) }, (_, k) => first + k);
    const factors = new Float64Array(piece.length);
    kernels.squaredNorms(piece, factors);
    for (let k = 0; k < piece.length; k++) {
      if (factors[k] === 0) zeroRows++;
      else factors[k] = 1 / Math.sqrt(factors[k]);
    }
    kernels.transposeVec(piece, factors, part);
    for (let j = 0; j < dims; j++) sum[j] += part[j];
    yield Math.min(1, (first + step) / rows);
  }
  if (rows < 2 || zeroRows > 0) return { meanCosine: null, zeroRows };
  let squares = 0;
  for (let j = 0; j < dims; j++) squares += sum[j] * sum[j];
  return { meanCosine: (squares - rows) / (rows * (rows - 1)), zeroRows };
}

/** {@link anisotropySteps} in one go. */
export function meanPairwiseCosine(embeddings: Embeddings): number | null {
  const steps = anisotropySteps(embeddings);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value.meanCosine;
}
