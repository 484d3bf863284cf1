import { normalCdf } from '../theory/normal.ts';
import { choleskyFactor, choleskySolve } from '../linalg/cholesky.ts';
import { dot } from '../linalg/dot.ts';
import { classMoments, readRow } from './classMoments.ts';
import type { Embeddings, RowIndex } from '../linalg/embeddings.ts';
import type { ClassMoments } from './classMoments.ts';

/** Separation of the classes along one axis: scores are logits, or projections w·x. Null where a class has fewer than 2 rows or no spread. */
export interface AxisSeparation {
  /** (μ₁ − μ₀)/√((s₀² + s₁²)/2), s² with ddof 1: each class weighs the same. */
  readonly dPrime: number | null;
  /** (μ₁ − μ₀)/√(((n₀ − 1)s₀² + (n₁ − 1)s₁²)/(n₀ + n₁ − 2)): each row weighs the same (Cohen 1988). */
  readonly cohensD: number | null;
  /** Fisher's ratio of one dimension, (μ₁ − μ₀)²/(s₀² + s₁²) = d′²/2. */
  readonly fisher: number | null;
  /** Φ(d′/√2): the AUC if both classes were Gaussian. */
  readonly gaussianAuc: number | null;
}

/** d′, Cohen's d and Fisher's ratio of scores. */
export function axisSeparation(labels: Uint8Array, scores: Float64Array): AxisSeparation {
  const counts = [0, 0];
  const means = [0, 0];
  const squares = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    counts[labels[i]]++;
    means[labels[i]] += scores[i];
  }
  for (const c of [0, 1]) means[c] /= counts[c];
  for (let i = 0; i < labels.length; i++) squares[labels[i]] += (scores[i] - means[labels[i]]) ** 2;
  if (counts[0] < 2 || counts[1] < 2 || squares[0] + squares[1] === 0) {
    return { dPrime: null, cohensD: null, fisher: null, gaussianAuc: null };
  }
  const gap = means[1] - means[0];
  const variances = squares[0] / (counts[0] - 1) + squares[1] / (counts[1] - 1);
  const dPrime = gap / Math.sqrt(variances / 2);
  return {
    dPrime,
    cohensD: gap / Math.sqrt((squares[0] + squares[1]) / (counts[0] + counts[1] - 2)),
    fisher: (gap * gap) / variances,
    gaussianAuc: normalCdf(dPrime / Math.SQRT2),
  };
}

/** Two multivariate readings of "Fisher"; they differ by more than a constant. Null without spread or without a class. */
export interface FisherRatios {
  /** tr S_B/tr S_W: Σ_c n_c‖μ_c − μ‖² over Σ_c Σ_i ‖x_i − μ_c‖². */
  readonly traceRatio: number | null;
  /** ‖μ₁ − μ₀‖²/(mean_j σ²_0j + mean_j σ²_1j), population variances (ddof 0), means over dimensions (arXiv 2603.01297, eq. 26). */
  readonly paper: number | null;
}

/** Fisher ratios from class moments. */
export function fisherRatios({ dims, counts, means, squares }: ClassMoments): FisherRatios {
  const [n0, n1] = counts;
  if (n0 === 0 || n1 === 0) return { traceRatio: null, paper: null };
  let distance = 0;
  const spread = [0, 0];
  for (let j = 0; j < dims; j++) {
    distance += (means[1][j] - means[0][j]) ** 2;
    spread[0] += squares[0][j];
    spread[1] += squares[1][j];
  }
  const within = spread[0] + spread[1];
  if (within === 0) return { traceRatio: null, paper: null };
  // Two classes: Σ n_c‖μ_c − μ‖² = n₀n₁/n ‖δ‖².
  return {
    traceRatio: (((n0 * n1) / (n0 + n1)) * distance) / within,
    paper: distance / ((spread[0] / n0 + spread[1] / n1) / dims),
  };
}

/** Whether a pivot (the square of a diagonal entry of L) is no more than rounding of the diagonal entry it came from. */
const isRounding = (factor: number, diagonal: number, dims: number): boolean =>
  factor * factor <= 8 * dims * Number.EPSILON * diagonal;

export interface Mahalanobis {
  /** δᵀS⁻¹δ of the class means; null with `reason` where S cannot be inverted. */
  readonly squared: number | null;
  readonly distance: number | null;
  /** Φ(distance/√2): the AUC of the best linear probe if classes were Gaussian with covariance S. In-sample, so optimistic. */
  readonly gaussianAuc: number | null;
  readonly reason: string | null;
}

/**
 * Mahalanobis distance of the class means under the pooled within-class covariance S (ddof n − 2).
 *
 * @param shrinkage λ in [0, 1]: S becomes (1 − λ)S + λ(tr S/D)·I. With D ≥ n − 2 it must be above 0, else S is singular.
 *   O(n·D² + D³).
 */
export function mahalanobis(embeddings: Embeddings, rows: RowIndex, labels: Uint8Array, shrinkage = 0): Mahalanobis {
  const work = mahalanobisWork(embeddings, rows, labels, shrinkage);
  for (;;) {
    const turn = work.next();
    if (turn.done) return turn.value;
  }
}

/** {@link mahalanobis} in pieces: yields the share of the rows done after each row. */
export function* mahalanobisWork(
  embeddings: Embeddings,
  rows: RowIndex,
  labels: Uint8Array,
  shrinkage = 0,
): Generator<number, Mahalanobis> {
  const { dims } = embeddings;
  if (!(shrinkage >= 0 && shrinkage <= 1)) throw new RangeError(`shrinkage must be in [0, 1], not ${shrinkage}.`);
  const none = (reason: string): Mahalanobis => ({ squared: null, distance: null, gaussianAuc: null, reason });
  const { counts, means } = classMoments(embeddings, rows, labels);
  const freedom = counts[0] + counts[1] - 2;
  if (counts[0] === 0 || counts[1] === 0) return none('A class has no rows.');
  if (freedom < 1) return none('Two rows leave no degree of freedom for the covariance.');
  const covariance = new Float64Array(dims * dims);
  const x = new Float64Array(dims);
  for (let i = 0; i < rows.length; i++) {
    readRow(embeddings, rows[i], x);
    const mean = means[labels[i]];
    for (let j = 0; j < dims; j++) x[j] -= mean[j];
    for (let j = 0; j < dims; j++) {
      const xj = x[j];
      const row = j * dims;
      for (let k = 0; k <= j; k++) covariance[row + k] += xj * x[k];
    }
    yield (i + 1) / rows.length;
  }
  let trace = 0;
  for (let j = 0; j < dims; j++) trace += covariance[j * dims + j];
  const target = (shrinkage * trace) / dims / freedom;
  for (let j = 0; j < dims; j++) {
    for (let k = 0; k <= j; k++) covariance[j * dims + k] *= (1 - shrinkage) / freedom;
    covariance[j * dims + j] += target;
  }
  const diagonal = Float64Array.from({ length: dims }, (_, j) => covariance[j * dims + j]);
  if (!choleskyFactor(covariance, dims) || diagonal.some((d, j) => isRounding(covariance[j * dims + j], d, dims))) {
    return none(`The within-class covariance is singular (${rows.length} rows, ${dims} dimensions): use shrinkage.`);
  }
  const delta = Float64Array.from(means[1], (value, j) => value - means[0][j]);
  const solved = new Float64Array(dims);
  choleskySolve(covariance, dims, delta, solved);
  const squared = dot(delta, solved);
  const distance = Math.sqrt(squared);
  return { squared, distance, gaussianAuc: normalCdf(distance / Math.SQRT2), reason: null };
}
