import { VANISHED, VanishedRowError } from '../../drift/score.ts';
import type { Coefficients, PreparedDrift, RowScalars } from '../../drift/types.ts';
import type { MlpProbe } from '../types.ts';
import type { HiddenProducts } from './hiddenProducts.ts';

/**
 * Logits of all rows at an amount of drift in O(N·H): a hidden unit takes in (α·Wx + β·Wd + γ·Wp)·f + bias, where f brings
 * ‖y‖ to the length that the drift asks for. `out` has one float64 a row.
 *
 * Throws {@link VanishedRowError} for a row that is moved onto the origin and should be renormalised.
 */
export function scoreHidden(
  products: HiddenProducts,
  scalars: RowScalars,
  prepared: PreparedDrift,
  probe: MlpProbe,
  amount: number,
  out: Float64Array,
): void {
  const coefficients = prepared.coefficients(amount);
  const { alpha, beta, gamma } = coefficients;
  const still = alpha === 1 && beta === 0 && gamma === 0;
  const { x, d, p, rows: n } = products;
  const { hidden, hiddenBias, outputWeights, outputBias } = probe;
  for (let k = 0; k < n; k++) {
    const f = still || prepared.norm === 'none' ? 1 : lengthFactor(scalars, coefficients, prepared.norm, k, amount);
    const a = alpha * f;
    const b = beta * f;
    const c = gamma * f;
    const at = k * hidden;
    // Twice the sum: z + |z| is 2·relu(z) without a branch, which would be mispredicted for up to half of the units.
    let logit = 0;
    if (still) {
      for (let h = 0; h < hidden; h++) {
        const z = x[at + h] + hiddenBias[h];
        logit += outputWeights[h] * (z + Math.abs(z));
      }
    } else if (p === null) {
      for (let h = 0; h < hidden; h++) {
        const z = a * x[at + h] + b * d[at + h] + hiddenBias[h];
        logit += outputWeights[h] * (z + Math.abs(z));
      }
    } else {
      for (let h = 0; h < hidden; h++) {
        const z = a * x[at + h] + b * d[at + h] + c * p[at + h] + hiddenBias[h];
        logit += outputWeights[h] * (z + Math.abs(z));
      }
    }
    out[k] = 0.5 * logit + outputBias;
  }
}

/** Target length over ‖y‖ of row k. */
function lengthFactor(
  { n2, xd, dd, xp, dp, pp }: RowScalars,
  { alpha, beta, gamma }: Coefficients,
  norm: 'original' | 'interpolated',
  k: number,
  amount: number,
): number {
  let terms = alpha * alpha * n2[k] + beta * beta * dd[k];
  let square = terms + 2 * alpha * beta * xd[k];
  if (xp !== null && dp !== null && pp !== null) {
    const own = gamma * gamma * pp[k];
    terms += own;
    square += own + 2 * gamma * (alpha * xp[k] + beta * dp[k]);
  }
  if (!(square > VANISHED * terms)) throw new VanishedRowError(k, amount);
  const length = norm === 'original' ? Math.sqrt(n2[k]) : alpha * Math.sqrt(n2[k]) + beta * Math.sqrt(dd[k]);
  return length / Math.sqrt(square);
}
