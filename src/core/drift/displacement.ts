import { rowAngles } from './angles.ts';
import type { DriftScalars } from './definition.ts';
import type { PreparedDrift, RowScalars } from './types.ts';

const RADIANS = Math.PI / 180;

/**
 * Writes ‖x′ − x‖ of the k-th measured row for every k of `subset` (null: all) into `out`; NaN where x or y is zero and the
 * row should be renormalised. O(N) from the scalars, in the units of the rows (1 is the length of a unit row).
 *
 * With renormalisation x′ has the direction of y and a length L that is known, so that
 * ‖x′ − x‖² = (L − ‖x‖)² + 4·L·‖x‖·sin²(φ/2) with φ the angle between them: nothing cancels, however small the drift.
 * Without it, the difference is split along x and across it, and the part across comes from the same inner products as
 * the angle.
 */
export function rowDisplacements(
  scalars: RowScalars,
  prepared: PreparedDrift,
  sigma: number,
  subset: Uint32Array | null,
  out: Float64Array,
): void {
  if (prepared.norm === 'none') plainDisplacements(scalars, prepared, sigma, subset, out);
  else renormalisedDisplacements(scalars, prepared, sigma, subset, out);
}

function renormalisedDisplacements(
  scalars: RowScalars,
  prepared: PreparedDrift,
  sigma: number,
  subset: Uint32Array | null,
  out: Float64Array,
): void {
  const { alpha, beta } = prepared.coefficients(sigma);
  const { n2, dd } = scalars;
  const count = subset === null ? scalars.rows : subset.length;
  rowAngles(scalars, prepared, sigma, subset, out);
  for (let i = 0; i < count; i++) {
    const k = subset === null ? i : subset[i];
    const length = Math.sqrt(n2[k]);
    const longer = prepared.norm === 'interpolated' ? (alpha - 1) * length + beta * Math.sqrt(dd[k]) : 0;
    const half = Math.sin((out[i] * RADIANS) / 2);
    out[i] = Math.sqrt(longer * longer + 4 * (length + longer) * length * half * half);
  }
}

function plainDisplacements(
  scalars: RowScalars,
  prepared: PreparedDrift,
  sigma: number,
  subset: Uint32Array | null,
  out: Float64Array,
): void {
  const { alpha, beta, gamma } = prepared.coefficients(sigma);
  const { n2, xd, dd, xp, dp, pp } = scalars;
  const wedge = 'wedge' in scalars ? (scalars as DriftScalars).wedge : null;
  const count = subset === null ? scalars.rows : subset.length;
  const stretch = alpha - 1;
  for (let i = 0; i < count; i++) {
    const k = subset === null ? i : subset[i];
    const n = n2[k];
    let square: number;
    if (wedge !== null && n > 0) {
      // d may be almost x itself (the same row in another version): dd − 2·xd + n would cancel.
      const along = stretch * n + beta * xd[k];
      square = (along * along + beta * beta * wedge[k]) / n;
    } else {
      square = stretch * stretch * n + beta * beta * dd[k] + 2 * stretch * beta * xd[k];
      if (xp !== null && dp !== null && pp !== null) {
        square += gamma * (gamma * pp[k] + 2 * stretch * xp[k] + 2 * beta * dp[k]);
      }
    }
    out[i] = square > 0 ? Math.sqrt(square) : 0;
  }
}

let scratch = new Float64Array(0);

/** Mean of {@link rowDisplacements} over the rows that have one; null where none has. O(N). */
export function meanDisplacement(
  scalars: RowScalars,
  prepared: PreparedDrift,
  sigma: number,
  subset: Uint32Array | null = null,
): number | null {
  const count = subset === null ? scalars.rows : subset.length;
  if (scratch.length < count) scratch = new Float64Array(count);
  rowDisplacements(scalars, prepared, sigma, subset, scratch);
  let n = 0;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    if (scratch[i] !== scratch[i]) continue;
    sum += scratch[i];
    n++;
  }
  return n === 0 ? null : sum / n;
}
