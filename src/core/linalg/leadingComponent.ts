import { stream } from '../random/streams.ts';
import { dot, norm } from './dot.ts';
import type { RowIndex } from './embeddings.ts';
import type { RowKernels } from './kernels.ts';

/** Passes over the rows at most. */
export const MOST_PASSES = 100;
/** The search ends when a pass raises the variance found by less than this share of it. */
const SETTLED = 1e-6;

export interface LeadingComponent {
  /** Unit vector of length dims; its largest entry is positive. All zeros where no variance is left. */
  readonly direction: Float64Array;
  /** Mean of the rows, of length dims. */
  readonly mean: Float64Array;
  /** Variance of the rows along `direction` (divided by the number of rows). */
  readonly variance: number;
  /** Variance of the rows in all dimensions. */
  readonly totalVariance: number;
  /** `variance` over `totalVariance`, in [0, 1]; null where the rows do not vary. */
  readonly share: number | null;
  /** Passes made. */
  readonly passes: number;
  /** Whether the variance had settled when the search ended; if not, no one direction stands out. */
  readonly settled: boolean;
}

/**
 * The direction of most variance of the rows, among those orthogonal to `without` (null: among all): the first principal
 * component of the centred rows after `without` is taken out. Power iteration with a start from `stream(seed, 'component')`,
 * so that the same rows give the same direction. Yields the share of passes done, in [0, 1); one pass is O(N·D).
 */
export function* leadingComponentSteps(
  kernels: RowKernels,
  rows: RowIndex,
  without: Float64Array | null,
  seed: number,
): Generator<number, LeadingComponent> {
  const { dims } = kernels.embeddings;
  const n = rows.length;
  const mean = new Float64Array(dims);
  const none = { direction: new Float64Array(dims), mean, variance: 0, share: null, passes: 0, settled: true };
  if (n === 0) return { ...none, totalVariance: 0 };
  kernels.transposeVec(rows, new Float64Array(n).fill(1 / n), mean);
  const deviations = new Float64Array(dims);
  kernels.squaredDeviations(rows, mean, deviations);
  const totalVariance = deviations.reduce((sum, square) => sum + square, 0) / n;
  yield 0;

  const length = without === null ? 0 : norm(without);
  const axis = without !== null && length > 0 ? without.map((value) => value / length) : null;
  const takeOut = (v: Float64Array): void => {
    if (axis === null) return;
    // Twice: the first removal leaves rounding errors of the size of v, not of what is left of it.
    for (let time = 0; time < 2; time++) {
      const along = dot(v, axis);
      for (let j = 0; j < dims; j++) v[j] -= along * axis[j];
    }
  };

  let direction = stream(seed, 'component').standardNormal(new Float64Array(dims));
  takeOut(direction);
  let size = norm(direction);
  if (!(size > 0) || !(totalVariance > 0)) return { ...none, totalVariance };
  direction = direction.map((value) => value / size);
  const next = new Float64Array(dims);
  const scores = new Float64Array(n);
  const spread = (first: number, count: number, t: Float64Array): void => {
    for (let i = 0; i < count; i++) scores[first + i] = t[i];
  };
  let variance = 0;
  let passes = 0;
  let settled = false;
  while (passes < MOST_PASSES && !settled) {
    const sum = kernels.fusedProduct(rows, direction, -dot(mean, direction), spread, next);
    passes++;
    // Σ t is zero but for rounding: taking out sum·mean leaves exactly Xcᵀ t.
    for (let j = 0; j < dims; j++) next[j] -= sum * mean[j];
    const found = dot(scores, scores) / n;
    settled = passes > 1 && found - variance <= SETTLED * found;
    variance = found;
    if (settled) break;
    takeOut(next);
    size = norm(next);
    if (!(size > 1e-12 * n * totalVariance)) return { ...none, totalVariance, passes };
    for (let j = 0; j < dims; j++) direction[j] = next[j] / size;
    yield passes / (MOST_PASSES + 1);
  }
  const largest = direction.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  if (largest < 0) direction = direction.map((value) => -value);
  return { direction, mean, variance, totalVariance, share: variance / totalVariance, passes, settled };
}
