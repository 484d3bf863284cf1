/**
 * The one map between a slider's position and σ, shared by the slider and the cliff: position 0 is exactly σ = 0, positions
 * 1 … 1000 run from `min` to `max` in equal ratios.
 */
export interface SigmaScale {
  readonly min: number;
  readonly max: number;
  /** The last position; the first is 0. */
  readonly positions: number;
  /** σ of a whole position, rounded to the fewest digits (three or more) that lead back to this position. */
  sigmaAt(position: number): number;
  /** The nearest whole position of a σ; below `min` it is 0 or 1, whichever is nearer, above `max` the last. */
  positionOf(sigma: number): number;
  /** Where a σ > 0 stands between min and max on the log axis, unrounded and clamped to [0, 1]. */
  logShare(sigma: number): number;
}

export const SIGMA_POSITIONS = 1000;
export const SIGMA_MIN = 1e-4;
export const SIGMA_MAX = 2;

/** σ of the paper's eight checkpoints: numpy.linspace(0, 0.15, 8), digit for digit. */
export const PAPER_CHECKPOINTS: readonly number[] = Array.from({ length: 8 }, (_, k) =>
  k === 7 ? 0.15 : k * (0.15 / 7),
);

export function createSigmaScale(max: number = SIGMA_MAX, min: number = SIGMA_MIN): SigmaScale {
  if (!(min > 0 && max > min && Number.isFinite(max))) throw new RangeError(`Not a σ range: ${min} to ${max}`);
  const last = SIGMA_POSITIONS;
  const span = Math.log(max / min);
  const logShare = (sigma: number): number => Math.min(1, Math.max(0, Math.log(sigma / min) / span));
  const positionOf = (sigma: number): number => {
    if (!(sigma > 0)) return 0;
    if (sigma < min) return sigma < min / 2 ? 0 : 1;
    return 1 + Math.round(logShare(sigma) * (last - 1));
  };
  const sigmaAt = (position: number): number => {
    const p = Math.min(last, Math.max(0, Math.round(position)));
    if (p === 0) return 0;
    if (p === 1) return min;
    if (p === last) return max;
    const raw = min * Math.exp((span * (p - 1)) / (last - 1));
    for (let digits = 3; digits <= 15; digits += 1) {
      const nice = Number(raw.toPrecision(digits));
      if (positionOf(nice) === p) return nice;
    }
    return raw;
  };
  return { min, max, positions: last, sigmaAt, positionOf, logShare };
}

/** The share of the way from one encoder version to another, in hundredths: a scale for the cliff of a real update. */
export const SHARE_SCALE: SigmaScale = {
  min: 0.01,
  max: 1,
  positions: 100,
  sigmaAt: (position) => Math.min(100, Math.max(0, Math.round(position))) / 100,
  positionOf: (share) => Math.round(Math.min(1, Math.max(0, share)) * 100),
  logShare: (share) => Math.min(1, Math.max(0, share)),
};

/** Rounds a σ that a pointer chose to three significant digits; 0 stays 0. */
export function niceSigma(sigma: number): number {
  return sigma > 0 ? Number(sigma.toPrecision(3)) : 0;
}
