import { DEGREES } from '../linalg/angle.ts';
import { quantilesInPlace } from './quantiles.ts';
import type { DriftScalars } from './definition.ts';
import type { PreparedDrift, RowScalars } from './types.ts';

/** Angles between clean and drifted rows, in degrees. */
export interface AngleSummary {
  /** null where no row has an angle. */
  readonly mean: number | null;
  /** 5 %, 50 % and 95 % quantiles (NumPy's linear interpolation); null where no row has an angle. */
  readonly quantiles: readonly [number, number, number] | null;
  /** Rows that have an angle: neither x nor x′ is zero. */
  readonly rows: number;
}

/**
 * Writes the angle between x and x′ of the k-th measured row, in degrees, for every k of `subset` (null: all) into `out`;
 * NaN where x or x′ is zero. O(N).
 *
 * atan2(|x∧y|, x·y) keeps its digits at any angle. |x∧y|² is expanded over the components, x∧y = β x∧d + γ x∧p, so that
 * the part of y along x cancels on paper and not in the machine. Renormalisation does not change angles.
 */
export function rowAngles(
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
  const bb = beta * beta;
  for (let i = 0; i < count; i++) {
    const k = subset === null ? i : subset[i];
    const n = n2[k];
    let across = bb * (wedge === null ? n * dd[k] - xd[k] * xd[k] : wedge[k]);
    let along = alpha * n + beta * xd[k];
    if (xp !== null && dp !== null && pp !== null) {
      const both = n * dp[k] - xd[k] * xp[k];
      const second = n * pp[k] - xp[k] * xp[k];
      across += 2 * beta * gamma * both + gamma * gamma * second;
      along += gamma * xp[k];
    }
    const sine = across > 0 ? Math.sqrt(across) : 0;
    out[i] = sine === 0 && along === 0 ? Number.NaN : Math.atan2(sine, along) * DEGREES;
  }
}

let scratch = new Float64Array(0);

/** Mean of {@link rowAngles} over `subset` alone, the same as {@link angleSummary} gives; null where no row has an angle. */
export function meanAngle(
  scalars: RowScalars,
  prepared: PreparedDrift,
  sigma: number,
  subset: Uint32Array | null = null,
): number | null {
  const { n, sum } = keepAngles(scalars, prepared, sigma, subset);
  return n === 0 ? null : sum / n;
}

/** Leaves the angles that exist, in row order, in the first n places of the scratch space. */
function keepAngles(
  scalars: RowScalars,
  prepared: PreparedDrift,
  sigma: number,
  subset: Uint32Array | null,
): { readonly n: number; readonly sum: number } {
  const count = subset === null ? scalars.rows : subset.length;
  if (scratch.length < count) scratch = new Float64Array(count);
  rowAngles(scalars, prepared, sigma, subset, scratch);
  let n = 0;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const angle = scratch[i];
    if (angle !== angle) continue;
    sum += angle;
    scratch[n++] = angle;
  }
  return { n, sum };
}

/** Mean and quantiles of {@link rowAngles} over `subset` (positions among the measured rows; null: all), in O(N). */
export function angleSummary(
  scalars: RowScalars,
  prepared: PreparedDrift,
  sigma: number,
  subset: Uint32Array | null = null,
): AngleSummary {
  const { n, sum } = keepAngles(scalars, prepared, sigma, subset);
  if (n === 0) return { mean: null, quantiles: null, rows: 0 };
  const [low, middle, high] = quantilesInPlace(scratch, n, [0.05, 0.5, 0.95]);
  return { mean: sum / n, quantiles: [low, middle, high], rows: n };
}
