import { angleOfScaled } from '../linalg/angle.ts';
import { dot, norm } from '../linalg/dot.ts';
import type { Embeddings, RowIndex } from '../linalg/embeddings.ts';
import { readRow } from './definition.ts';
import { quantilesInPlace } from './quantiles.ts';
import { transformRow } from './transform.ts';
import type { PreparedDrift } from './types.ts';

/** Rows between two reports of progress. */
const BLOCK = 64;

/** The two parts of a drift's turn, in degrees; all null, with the reason, where there is no single common turn. */
export interface DriftAngles {
  /** Between the centroids of the unit rows, before and after. */
  readonly common: number | null;
  /** Mean angle left in each row once the common turn is undone. */
  readonly individual: number | null;
  /** 5 %, 50 % and 95 % quantiles of what is left. */
  readonly individualQuantiles: readonly [number, number, number] | null;
  readonly rows: number;
  readonly reason: string | null;
}

/**
 * Splits the turn of the rows at `positions` of `rows` (null: all) as metrics/angle.ts splitAngles does, from the literal
 * transform, without keeping the drifted rows: two passes of O(N·D), one for the centroids and one for the angles. Yields
 * the share done, in [0, 1).
 */
export function* driftAngleSteps(
  prepared: PreparedDrift,
  embeddings: Embeddings,
  rows: RowIndex,
  positions: Uint32Array | null,
  amount: number,
): Generator<number, DriftAngles> {
  const { dims } = prepared;
  const n = positions === null ? rows.length : positions.length;
  const at = (i: number): number => (positions === null ? i : positions[i]);
  const none = (reason: string): DriftAngles => ({
    common: null,
    individual: null,
    individualQuantiles: null,
    rows: n,
    reason,
  });
  if (n === 0) return none('There are no rows.');
  const a = new Float64Array(dims);
  const b = new Float64Array(dims);
  const u = new Float64Array(dims);
  const v = new Float64Array(dims);
  /** Reads row i before and after into u and v, as unit vectors (a zero row stays zero). */
  const read = (i: number): void => {
    const k = at(i);
    readRow(embeddings, rows[k], u);
    transformRow(prepared, embeddings, rows, k, amount, v);
    for (const w of [u, v]) {
      const length = norm(w);
      if (length > 0) for (let j = 0; j < dims; j++) w[j] /= length;
    }
  };
  for (let i = 0; i < n; i++) {
    read(i);
    for (let j = 0; j < dims; j++) {
      a[j] += u[j];
      b[j] += v[j];
    }
    if (i % BLOCK === BLOCK - 1) yield (0.5 * i) / n;
  }
  const [lengthA, lengthB] = [norm(a), norm(b)];
  if (!(Math.min(lengthA, lengthB) > 1e-12 * n)) {
    return none('The rows point in all directions alike: their centroid is zero.');
  }
  for (let j = 0; j < dims; j++) {
    a[j] /= lengthA;
    b[j] /= lengthB;
  }
  const cosine = dot(a, b);
  if (1 + cosine < 1e-12) return none('The centroids are opposite: no single plane turns one into the other.');
  const common = angleBetween(a, b);
  const angles = new Float64Array(n);
  let left = 0;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    read(i);
    const [av, bv] = [dot(a, v), dot(b, v)];
    // Turns b back to a: R v = v − (a + b)·((a + b)·v)/(1 + a·b) + 2a·(b·v).
    const along = (av + bv) / (1 + cosine);
    for (let j = 0; j < dims; j++) v[j] += 2 * bv * a[j] - along * (a[j] + b[j]);
    const angle = angleBetween(u, v);
    if (angle === angle) {
      angles[left++] = angle;
      sum += angle;
    }
    if (i % BLOCK === BLOCK - 1) yield 0.5 + (0.5 * i) / n;
  }
  if (left === 0) return none('Every row is zero, before or after: no row has an angle.');
  const [low, middle, high] = quantilesInPlace(angles, left, [0.05, 0.5, 0.95]);
  return { common, individual: sum / left, individualQuantiles: [low, middle, high], rows: left, reason: null };
}

/** Degrees between unit vectors; NaN where one is zero. */
function angleBetween(u: Float64Array, v: Float64Array): number {
  return dot(u, u) > 0 && dot(v, v) > 0 ? angleOfScaled(u, 1, v, 1) : Number.NaN;
}
