import { Z_95 } from './normal.ts';
import type { Estimate } from './types.ts';

/**
 * Share `successes`/`trials` with its Wilson score interval (Wilson 1927): a 95 % interval for the probability behind the share.
 *
 * @param z Standard normal quantile of the level; 1.96 for 95 %.
 * @param why Reason to give where there are no trials.
 * @returns Nulls with the reason where trials is 0.
 */
export function wilson(
  successes: number,
  trials: number,
  z = Z_95,
  why = 'There are no rows to take a share of.',
): Estimate {
  if (trials === 0) return { value: null, low: null, high: null, reason: why };
  const share = successes / trials;
  const z2 = z * z;
  const centre = (share + z2 / (2 * trials)) / (1 + z2 / trials);
  const half = (z / (1 + z2 / trials)) * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials));
  // At 0 and at n successes one end is exactly 0 or 1; rounding would leave 1e-17.
  const low = successes === 0 ? 0 : centre - half;
  const high = successes === trials ? 1 : centre + half;
  return { value: share, low, high, reason: null };
}
