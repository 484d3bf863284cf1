/**
 * How far a unit row can be turned, in any direction, before a linear probe changes its answer: the angle on the sphere to
 * the circle where k·s + b equals the threshold, θ = |arccos(−b/k) − arccos(s)| with s = ŵ·u and k = ‖w‖. Exact, so that
 * sampling (randomised smoothing) has nothing to add for a linear probe.
 */

export type CertifiedAngles =
  | { /** Degrees, one a row. */ readonly degrees: Float64Array; readonly reason: null }
  | { readonly degrees: null; readonly reason: string };

/** How far from 1 the squared length of a row may be to count as a unit row. */
const UNIT_TOLERANCE = 1e-6;

const clamp = (x: number): number => Math.min(1, Math.max(-1, x));

/**
 * Certified angles from the products s = w·x and n2 = ‖x‖² of the rows, the probe's length k = ‖w‖ > 0 and bias b, with
 * ŷ = [logit ≥ thresholdLogit]. null with the reason where rows are not of unit length, or where the probe answers the
 * same everywhere on the sphere.
 */
export function certifiedAngles(
  s: Float64Array,
  n2: Float64Array,
  k: number,
  b: number,
  thresholdLogit = 0,
): CertifiedAngles {
  if (!(k > 0)) return { degrees: null, reason: 'The probe has no direction: all its weights are zero.' };
  const level = (thresholdLogit - b) / k;
  if (Math.abs(level) > 1) {
    const answer = level < 0 ? 1 : 0;
    return { degrees: null, reason: `The probe answers ${answer} for every unit row: no turn can change that.` };
  }
  const degrees = new Float64Array(s.length);
  const boundary = Math.acos(level);
  for (let i = 0; i < s.length; i++) {
    if (Math.abs(n2[i] - 1) > UNIT_TOLERANCE) {
      return { degrees: null, reason: `Row ${i} has length ${Math.sqrt(n2[i]).toPrecision(8)}, not 1.` };
    }
    const cosine = clamp(s[i] / (k * Math.sqrt(n2[i])));
    degrees[i] = (Math.abs(boundary - Math.acos(cosine)) * 180) / Math.PI;
  }
  return { degrees, reason: null };
}
