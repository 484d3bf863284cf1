import { choleskyFactor } from '../linalg/cholesky.ts';
import { createGram } from '../linalg/gram.ts';
import type { Problem } from './problem.ts';

/** Widest problem whose Hessian is formed: 2,048 features are 33 MB and some seconds. */
const WIDEST = 2048;

/**
 * Hessian–vector products that cost about as much as forming and factoring the Hessian; Infinity where it is too wide.
 * Measured with SIMD kernels at 2,800 × 512 and 7,000 × 1,024: standardising the rows, their outer products, the factor.
 */
export function factorCost({ dims, rows }: Problem): number {
  return dims > WIDEST ? Infinity : 14 + 0.16 * dims + (dims * dims) / (2.6 * rows.length);
}

/**
 * Cholesky factor of the whole Hessian X̃ᵀ diag(h) X̃ + diag(1 … 1, 0), (dims + 1)², or null where it is not positive
 * definite to rounding. Yields after every block of rows, so that a caller can stop.
 */
export function* hessianFactor(problem: Problem, h: Float64Array): Generator<void, Float64Array | null, void> {
  const { kernels, rows, dims, mean, std } = problem;
  const { values, scale } = kernels.embeddings;
  const gram = createGram(dims + 1);
  const { block, blockRows, stride } = gram;
  for (let first = 0; first < rows.length; first += blockRows) {
    const count = Math.min(blockRows, rows.length - first);
    for (let k = 0; k < count; k++) {
      const at = rows[first + k] * dims;
      const to = k * stride;
      const factor = scale[rows[first + k]];
      const root = Math.sqrt(h[first + k]);
      for (let j = 0; j < dims; j++) block[to + j] = (root * (factor * values[at + j] - mean[j])) / std[j];
      block[to + dims] = root;
    }
    gram.add(count);
    yield;
  }
  const matrix = gram.lower();
  for (let j = 0; j < dims; j++) matrix[j * (dims + 1) + j] += 1;
  return choleskyFactor(matrix, dims + 1) ? matrix : null;
}
