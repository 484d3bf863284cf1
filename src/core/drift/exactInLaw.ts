import { chisquare } from '../random/distributions.ts';
import type { Generator } from '../random/generator.ts';
import type { NoiseUnits } from './definition.ts';
import type { RowScalars } from './types.ts';

/** What the law of Gaussian noise depends on: the rows through two numbers each, the probe through its length. */
export interface NoiseLaw {
  /** w·x, one a row. */
  readonly s: Float64Array;
  /** ‖x‖², one a row. */
  readonly n2: Float64Array;
  /** ‖w‖ ≥ 0. */
  readonly weightNorm: number;
  /** D ≥ 1. */
  readonly dims: number;
  readonly units: NoiseUnits;
}

/**
 * Scalars of Gaussian noise (kind 'gaussian') drawn without the noise: with ρ the cosine of w and x, ξ₁, ξ₂ standard normal
 * and χ chi-square of D − 2 degrees of freedom,
 *
 *     w·ε = ‖w‖ξ₁,   x·ε = ‖x‖(ρξ₁ + √(1 − ρ²)ξ₂),   ‖ε‖² = ξ₁² + ξ₂² + χ,
 *
 * which has the joint law of those products for ε ~ N(0, I_D), independent between rows. They are scaled as the lab's noise
 * is: d = ‖x‖ε per coordinate, ‖x‖ε/‖ε‖ for the total norm. In one dimension ξ₂ is absent and x·ε = ±‖x‖ξ₁, with the sign
 * of w·x. A row of length zero, or a probe without weights, counts as orthogonal: its products are zero all the same.
 *
 * Draws of the generator, in order: ξ₁ of all rows, ξ₂ of all rows (D ≥ 2), χ of all rows (D ≥ 3). The law is that of the
 * lab's noise; the numbers are other draws than those of stream(seed, 'noise').
 */
export function drawExactInLaw(generator: Generator, law: NoiseLaw): RowScalars {
  const { s, n2, weightNorm, dims, units } = law;
  if (!Number.isInteger(dims) || dims < 1) throw new RangeError(`Noise needs one dimension or more, not ${dims}.`);
  const rows = s.length;
  const wd = generator.standardNormal(new Float64Array(rows));
  const second = new Float64Array(rows);
  if (dims >= 2) generator.standardNormal(second);
  const dd = new Float64Array(rows);
  if (dims >= 3) chisquare(generator, dims - 2, dd);
  const xd = new Float64Array(rows);
  for (let k = 0; k < rows; k++) {
    const first = wd[k];
    const length = Math.sqrt(n2[k]);
    const square = first * first + second[k] * second[k] + dd[k];
    const product = weightNorm * length;
    const cosine = product > 0 ? clamp(s[k] / product) : 0;
    const rest = dims === 1 ? 0 : Math.sqrt((1 - cosine) * (1 + cosine));
    const along = dims === 1 ? (cosine < 0 ? -first : first) : cosine * first + rest * second[k];
    const factor = units === 'total-norm' ? length / Math.sqrt(square) : length;
    wd[k] = factor * weightNorm * first;
    xd[k] = factor * length * along;
    dd[k] = factor * factor * square;
  }
  return { rows, s, n2, wd, xd, dd, wp: null, xp: null, dp: null, pp: null };
}

/** Rounding may carry the cosine of parallel vectors beyond 1. */
function clamp(cosine: number): number {
  return Math.max(-1, Math.min(1, cosine));
}
