/**
 * The two readings of σ for Gaussian noise and the angles they mean. Noise in D dimensions is nearly orthogonal to the row,
 * so the mean angle is arctan(σ√D) per coordinate and arctan(σ) for the total norm, up to terms of order 1/D.
 */
import { DEGREES } from '../linalg/angle.ts';
import { meanAngle } from './angles.ts';
import type { NoiseUnits } from './definition.ts';
import type { PreparedDrift, RowScalars } from './types.ts';

/** Expected angle in degrees of noise of strength `sigma` in `dims` dimensions, in [0, 90). */
export function expectedNoiseAngle(sigma: number, units: NoiseUnits, dims: number): number {
  return Math.atan(units === 'per-coordinate' ? sigma * Math.sqrt(dims) : sigma) * DEGREES;
}

/** The σ whose expected angle is `degrees`; null for angles outside [0, 90), which noise does not reach. */
export function sigmaForExpectedAngle(degrees: number, units: NoiseUnits, dims: number): number | null {
  if (!(degrees >= 0 && degrees < 90)) return null;
  const length = Math.tan(degrees / DEGREES);
  return units === 'per-coordinate' ? length / Math.sqrt(dims) : length;
}

/** Either σ, or why there is none. */
export type MeasuredSigma =
  { readonly sigma: number; readonly reason: null } | { readonly sigma: null; readonly reason: string };

/**
 * The σ in [0, largest] at which the mean angle of `rows` (null: all) is `degrees`, to the last few digits, for any drift
 * whose mean angle grows with σ there. About 60 passes of O(N). null with the reason where no such σ is in reach.
 */
export function sigmaForMeasuredAngle(
  scalars: RowScalars,
  prepared: PreparedDrift,
  degrees: number,
  largest: number,
  rows: Uint32Array | null = null,
): MeasuredSigma {
  const at = (sigma: number): number | null => meanAngle(scalars, prepared, sigma, rows);
  const top = at(largest);
  if (top === null) return { sigma: null, reason: 'No row has an angle at this amount of drift.' };
  if (!(degrees >= 0)) return { sigma: null, reason: 'An angle must be zero or more.' };
  if (degrees === 0) return { sigma: 0, reason: null };
  if (top < degrees) {
    return { sigma: null, reason: `Up to ${largest} this drift turns the rows by ${top.toPrecision(3)}° at most.` };
  }
  let low = 0;
  let high = largest;
  for (let i = 0; i < 100 && high - low > 1e-14 * high; i++) {
    const middle = (low + high) / 2;
    const angle = at(middle);
    if (angle === null || angle < degrees) low = middle;
    else high = middle;
  }
  return { sigma: (low + high) / 2, reason: null };
}
