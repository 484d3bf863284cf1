/**
 * Three ways to turn unit rows by the same angle, seen by a linear probe: only the cosine ŵ·u of each row with the probe's
 * direction matters, so a turn of all rows is one number a row.
 */
import { DEGREES } from '../linalg/angle.ts';

const clamp = (x: number): number => Math.min(1, Math.max(-1, x));

/** Unit rows u, by their cosine with the probe's direction. */
export interface UnitRows {
  /** ŵ·u in [−1, 1], one a row. */
  readonly cosines: Float64Array;
  /** 0/1, one a row. */
  readonly labels: Uint8Array;
}

/** One draw of noise ε for each unit row u. */
export interface UnitNoise {
  /** ŵ·ε */
  readonly we: Float64Array;
  /** u·ε */
  readonly ue: Float64Array;
  /** ‖ε‖² */
  readonly ee: Float64Array;
}

/**
 * Writes the cosines after the worst turn by `degrees` (≥ 0): rows of class 1 straight away from the probe's direction, rows of
 * class 0 straight towards it, until they point along it. A row at angle φ = arccos(ŵ·u) can be turned by θ to any angle in
 * [φ − θ, φ + θ]: no turn by θ or less gives it a worse score, so accuracy and AUC of the result are the least in reach.
 */
export function worstTurn({ cosines, labels }: UnitRows, degrees: number, out: Float64Array): void {
  const turn = degrees / DEGREES;
  for (let i = 0; i < cosines.length; i++) {
    const angle = Math.acos(clamp(cosines[i]));
    if (turn === 0) out[i] = cosines[i];
    else if (labels[i] === 1) out[i] = Math.cos(Math.min(Math.PI, angle + turn));
    else out[i] = Math.cos(Math.max(0, angle - turn));
  }
}

/**
 * Writes the cosines after one shift of each class towards the other, along the probe: y = u ∓ length·ŵ, renormalised (class 1
 * against the probe, class 0 along it). Returns the mean angle between u and y in degrees; NaN without rows.
 */
export function opposedShift({ cosines, labels }: UnitRows, length: number, out: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < cosines.length; i++) {
    const c = clamp(cosines[i]);
    const across = Math.sqrt(1 - c * c);
    const shift = labels[i] === 1 ? -length : length;
    sum += Math.atan2(length * across, 1 + shift * c);
    const size = Math.hypot(across, c + shift);
    out[i] = size > 0 ? (c + shift) / size : Number.NaN;
  }
  return (sum / cosines.length) * DEGREES;
}

/** Writes the cosines after noise y = u + sigma·ε, renormalised; returns the mean angle between u and y in degrees. */
export function randomTurn({ cosines }: UnitRows, { we, ue, ee }: UnitNoise, sigma: number, out: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < cosines.length; i++) {
    const along = 1 + sigma * ue[i];
    const across = sigma * Math.sqrt(Math.max(0, ee[i] - ue[i] * ue[i]));
    sum += Math.atan2(across, along);
    out[i] = (cosines[i] + sigma * we[i]) / Math.hypot(along, across);
  }
  return (sum / cosines.length) * DEGREES;
}

/** Share of rows with ŷ = [cosine ≥ level] equal to the label; null without rows. `level` is (threshold logit − b)/k. */
export function accuracyAt(labels: Uint8Array, cosines: Float64Array, level: number): number | null {
  let right = 0;
  for (let i = 0; i < cosines.length; i++) if ((cosines[i] >= level ? 1 : 0) === labels[i]) right++;
  return cosines.length === 0 ? null : right / cosines.length;
}
