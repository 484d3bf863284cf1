import { lowestAucAfter } from './octaveBound.ts';

/** Noise doubles from the anchor to the point that is bounded. */
export const OCTAVE = 2;

/** A curve at x between ascending points by a straight line; NaN outside of them or next to an undefined point. */
export function lineAt(xs: ArrayLike<number>, ys: ArrayLike<number>, x: number): number {
  const last = xs.length - 1;
  if (last < 0 || !(x >= xs[0] && x <= xs[last])) return NaN;
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (xs[middle] <= x) low = middle;
    else high = middle;
  }
  if (x === xs[low]) return ys[low];
  if (x === xs[high]) return ys[high];
  return ys[low] + ((x - xs[low]) / (xs[high] - xs[low])) * (ys[high] - ys[low]);
}

/**
 * The lowest expected AUC that isotropic noise on a linear probe can show at each σ, given that its AUC was the curve's at
 * σ/2 (one octave less noise): the bound of `lowestAucAfter` for k = 2, whatever the scores are. Below it lies what no
 * isotropic noise can reach from there. NaN at σ = 0, where no noise came before, and where the AUC at σ/2 is undefined, 0
 * or 1: of a finite sample that orders every pair, nothing is known about how far apart they are.
 *
 * Rows need not have unit length. The bound is for noise proportional to σ with a common attenuation (√(1 + σ²D) to about
 * 1/√(2D)), and for the expectation over noise: one draw scatters around it.
 *
 * @param sigmas Ascending, from 0.
 * @param auc The curve at these σ, NaN where undefined.
 */
export function lowestReachable(sigmas: ArrayLike<number>, auc: ArrayLike<number>): Float64Array {
  return Float64Array.from(sigmas, (sigma) => {
    if (!(sigma > 0)) return NaN;
    const before = lineAt(sigmas, auc, sigma / OCTAVE);
    return before > 0 && before < 1 ? lowestAucAfter(before, OCTAVE) : NaN;
  });
}
