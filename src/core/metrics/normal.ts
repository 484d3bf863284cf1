import { erfc } from '../theory/normal.ts';

/** Φ⁻¹(0.975): half-width of a two-sided 95 % normal interval in standard errors. */
export const Z_95 = 1.959963984540054;
/** Φ⁻¹(0.95): a central 90 % normal range reaches this many standard deviations to each side. */
export const Z_90 = 1.6448536269514722;

/** P(|Z| > |z|) of a standard normal Z: the two-sided p-value of a z statistic. */
export function twoSidedP(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}
