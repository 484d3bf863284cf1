import { createKernels } from '../linalg/kernels.ts';
import type { Embeddings } from '../linalg/embeddings.ts';
import { orthogonalFactorSteps } from '../linalg/polar.ts';
import { readRow } from './definition.ts';

/** Share of the mean squared length that is added for the identity, so that what no pair shows stays where it is. */
export const TOWARDS_IDENTITY = 1e-6;

/**
 * The orthogonal map that brings drifted rows nearest to what they were, from unlabelled pairs (the same texts in both
 * states): M = argmin Σ ‖M·x′ − x‖² over orthogonal M, the orthogonal factor of Σ x x′ᵀ (Schönemann 1966), with
 * {@link TOWARDS_IDENTITY} of its size added to the diagonal. Row-major D × D; O(n·D² + D³).
 *
 * Yields shares in [0, 1]. Returns null where the pairs do not determine a map.
 */
export function* alignmentSteps(
  clean: Embeddings,
  drifted: Embeddings,
  rows: Uint32Array,
): Generator<number, Float64Array | null, void> {
  const { dims } = clean;
  const product = new Float64Array(dims * dims);
  const x = new Float64Array(dims);
  const y = new Float64Array(dims);
  let energy = 0;
  for (let k = 0; k < rows.length; k++) {
    energy += readRow(clean, rows[k], x);
    readRow(drifted, rows[k], y);
    for (let i = 0; i < dims; i++) {
      const xi = x[i];
      const at = i * dims;
      for (let j = 0; j < dims; j++) product[at + j] += xi * y[j];
    }
    if (k % 8 === 7) yield (0.5 * (k + 1)) / rows.length;
  }
  for (let i = 0; i < dims; i++) product[i * dims + i] += (TOWARDS_IDENTITY * energy) / dims;
  const factor = orthogonalFactorSteps(product, dims);
  for (let step = 1; ; step++) {
    const next = factor.next();
    if (next.done) return next.value;
    yield 1 - 0.5 / (1 + step / 400);
  }
}

/** Weights that read drifted rows as `weights` read aligned ones: w·(M·x′) = (Mᵀw)·x′. */
export function alignedWeights(map: Float64Array, weights: Float64Array): Float64Array {
  const { length } = weights;
  const out = new Float64Array(length);
  for (let i = 0; i < length; i++) for (let j = 0; j < length; j++) out[j] += map[i * length + j] * weights[i];
  return out;
}

/**
 * Bias of a linear probe re-centred on unlabelled drifted rows: b − w·(m′ − m), with m and m′ the means of the same rows
 * before and after the drift. It takes out what is common to all rows, and nothing else.
 */
export function recentredBias(
  weights: Float64Array,
  bias: number,
  clean: Embeddings,
  drifted: Embeddings,
  rows: Uint32Array,
): number {
  const mean = (embeddings: Embeddings): number => {
    const scores = new Float64Array(rows.length);
    createKernels(embeddings).matVec(rows, weights, scores);
    return scores.reduce((sum, score) => sum + score, 0) / rows.length;
  };
  return rows.length === 0 ? bias : bias - (mean(drifted) - mean(clean));
}
