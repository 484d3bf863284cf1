import { VANISHED } from './score.ts';
import type { Coefficients, PreparedDrift, RowScalars } from './types.ts';

/** What is needed to place rows on an axis e: inner products of x and of the components with e, one a row. */
export interface AxisScalars {
  /** e·x */
  readonly ex: Float64Array;
  /** e·d */
  readonly ed: Float64Array;
  /** e·p; null where the drift has no second component. */
  readonly ep: Float64Array | null;
}

/** The inner products of a row and its components with each other: the part of {@link RowScalars} without a probe. */
export type GramScalars = Pick<RowScalars, 'rows' | 'n2' | 'xd' | 'dd' | 'xp' | 'dp' | 'pp'>;

/**
 * Writes the factor (target norm)/‖y‖ of every row into `out`; all ones without renormalisation, and at no drift. NaN for a
 * row that is moved onto the origin, which has no place on any axis.
 */
export function renormalisation(
  { rows, n2, xd, dd, xp, dp, pp }: GramScalars,
  { alpha, beta, gamma }: Coefficients,
  norm: PreparedDrift['norm'],
  out: Float64Array,
): void {
  if (norm === 'none' || (alpha === 1 && beta === 0 && gamma === 0)) {
    out.fill(1, 0, rows);
    return;
  }
  const [aa, bb, gg, ab] = [alpha * alpha, beta * beta, gamma * gamma, 2 * alpha * beta];
  for (let k = 0; k < rows; k++) {
    let terms = aa * n2[k] + bb * dd[k];
    let square = terms + ab * xd[k];
    if (xp !== null && dp !== null && pp !== null) {
      const own = gg * pp[k];
      terms += own;
      square += own + 2 * gamma * (alpha * xp[k] + beta * dp[k]);
    }
    const n = Math.sqrt(n2[k]);
    const length = norm === 'original' ? n : alpha * n + beta * Math.sqrt(dd[k]);
    out[k] = square > VANISHED * terms ? length / Math.sqrt(square) : Number.NaN;
  }
}

/** Writes e·x′ − origin of every row into `out`, with the factors of {@link renormalisation}. O(N). */
export function placeOnAxis(
  { ex, ed, ep }: AxisScalars,
  { alpha, beta, gamma }: Coefficients,
  factors: Float64Array,
  origin: number,
  out: Float64Array,
): void {
  const n = ex.length;
  if (ep === null) {
    for (let k = 0; k < n; k++) out[k] = (alpha * ex[k] + beta * ed[k]) * factors[k] - origin;
  } else {
    for (let k = 0; k < n; k++) out[k] = (alpha * ex[k] + beta * ed[k] + gamma * ep[k]) * factors[k] - origin;
  }
}
