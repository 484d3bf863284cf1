/**
 * Named mechanisms as effects on the score of unit rows, s′ = (s + h + η)/c with class means Δ′ apart (the master formula).
 * Effects are exact in expectation where the note says so, else to first order in the spread of the norm. `c` is a divisor:
 * below 1 where a drift would lengthen scores, 1/cos θ for a rotation that turns the probe's direction by θ.
 */
import type { DriftEffect, ScoreClasses } from './masterFormula.ts';

const cleanSeparation = (classes: ScoreClasses): number => classes.mean1 - classes.mean0;
const mean = (classes: ScoreClasses): number => classes.pi1 * classes.mean1 + (1 - classes.pi1) * classes.mean0;

/**
 * (a) Noise of standard deviation σ on each of D coordinates: ν = σ, c = √(1 + σ²D) when renormalised. The dimension
 * cancels from AUC and enters confidence only.
 */
export function perCoordinateNoise(
  classes: ScoreClasses,
  sigma: number,
  dims: number,
  renormalize: boolean,
): DriftEffect {
  return {
    h: 0,
    nuSquared: sigma * sigma,
    c: renormalize ? Math.sqrt(1 + sigma * sigma * dims) : 1,
    separation: cleanSeparation(classes),
  };
}

/** (b) Noise of total length σ in D dimensions: ν = σ/√D, c = √(1 + σ²) when renormalised. */
export function totalNormNoise(classes: ScoreClasses, sigma: number, dims: number, renormalize: boolean): DriftEffect {
  return perCoordinateNoise(classes, sigma / Math.sqrt(dims), dims, renormalize);
}

/**
 * (b′) Noise of total length σ inside a k-dimensional subspace that holds the share `probeShare` = ‖Pŵ‖² of the probe's
 * direction: ν = σ‖Pŵ‖/√k. A random subspace holds k/D on average, which gives (b).
 */
export function subspaceNoise(
  classes: ScoreClasses,
  sigma: number,
  subspaceDims: number,
  probeShare: number,
  renormalize: boolean,
): DriftEffect {
  return {
    h: 0,
    nuSquared: (sigma * sigma * probeShare) / subspaceDims,
    c: renormalize ? Math.sqrt(1 + sigma * sigma) : 1,
    separation: cleanSeparation(classes),
  };
}

/** How rows lie along the direction v of a common shift: a = u·v within each class, and its covariance with s. */
export interface AlongShift {
  readonly mean0: number;
  readonly mean1: number;
  /** Mean within-class variance of a. */
  readonly variance: number;
  /** Mean within-class covariance of a and s. */
  readonly covariance: number;
}

/**
 * (c) A common shift σv (‖v‖ = 1), with `onProbe` = v·ŵ: h = σ v·ŵ. Without renormalisation AUC is untouched, exactly. With
 * it, s′ = (s + h)/√(1 + 2σa + σ²) is taken to first order in a around its mean: good for small σ, off by up to .05 in AUC
 * at σ = .5 (take the exact scalars there).
 */
export function commonShift(
  classes: ScoreClasses,
  sigma: number,
  onProbe: number,
  along: AlongShift | null,
): DriftEffect {
  const h = sigma * onProbe;
  const separation = cleanSeparation(classes);
  if (along === null) return { h, nuSquared: 0, c: 1, separation };
  const middle = classes.pi1 * along.mean1 + (1 - classes.pi1) * along.mean0;
  const square = 1 + 2 * sigma * middle + sigma * sigma;
  // d/da of (s + h)/√(…) relative to 1/√(…), at the mean score.
  const slope = (-sigma * (mean(classes) + h)) / square;
  const tilt = slope * (along.mean1 - along.mean0);
  return {
    // Class means stay at their own places relative to the mean over all rows.
    h: h + tilt * (0.5 - classes.pi1),
    nuSquared: slope * slope * along.variance + 2 * slope * along.covariance,
    c: Math.sqrt(square),
    separation: separation + tilt,
  };
}

/** A second score q of the same rows (ŵ·Qu, ŵ·(g∘u), ŵ·ũ …): class means, mean within-class variance, covariance with s. */
export interface SecondScore {
  readonly mean0: number;
  readonly mean1: number;
  readonly variance: number;
  readonly covariance: number;
}

/**
 * Any drift y = αx + βd with second score q = ŵ·d: s′ = (αs + βq)/‖y‖, that is c = ‖y‖/α. α must be above zero; `length` is
 * the mean of ‖y‖ before renormalisation, or 1 where rows are kept as they are. Exact but for the spread of ‖y‖.
 */
export function secondScoreDrift(
  classes: ScoreClasses,
  alpha: number,
  beta: number,
  q: SecondScore,
  length: number,
): DriftEffect {
  if (!(alpha > 0)) throw new RangeError('The share of the clean row must be above zero.');
  const ratio = beta / alpha;
  return {
    h: (ratio * (q.mean0 + q.mean1)) / 2,
    nuSquared: ratio * ratio * q.variance + 2 * ratio * q.covariance,
    c: length / alpha,
    separation: cleanSeparation(classes) + ratio * (q.mean1 - q.mean0),
  };
}

/**
 * (d) A rotation by θ < 90° in all D dimensions, `turned` being the score ŵ·Ku of the quarter turn: h = tan θ·q̄,
 * ν² = tan²θ·τ⊥² + 2 tan θ·cov, c = 1/cos θ. Exact for Gaussian classes.
 */
export function fullRotation(classes: ScoreClasses, theta: number, turned: SecondScore): DriftEffect {
  return secondScoreDrift(classes, Math.cos(theta), Math.sin(theta), turned, 1);
}

/**
 * (d) A rotation by θ in random planes that hold `rotatedDims` of D dimensions (2 for one plane): the score keeps
 * 1 − (1 − cos θ)·rotatedDims/D of itself on average over planes, and gains sin θ·q with q = ŵ·Ku. For given planes the
 * exact effect is {@link secondScoreDrift} with α = β = 1 and the whole displacement sin θ·Ku + (cos θ − 1)·Pu as d.
 */
export function partialRotation(
  classes: ScoreClasses,
  theta: number,
  rotatedDims: number,
  dims: number,
  turned: SecondScore,
): DriftEffect {
  const kept = 1 - ((1 - Math.cos(theta)) * rotatedDims) / dims;
  return secondScoreDrift(classes, kept, Math.sin(theta), turned, 1);
}

/**
 * (e) A class-opposed shift: class 1 by −σŵ, class 0 by +σŵ. Δ′ = Δ − 2σ, so that AUC crosses ½ at σ = Δ/2 and then
 * inverts. With renormalisation c is the root of the mean of the two classes' squared lengths, near 1.
 */
export function opposedShift(classes: ScoreClasses, sigma: number, renormalize: boolean): DriftEffect {
  const separation = cleanSeparation(classes);
  const square = 1 + sigma * sigma - 2 * sigma * (classes.pi1 * classes.mean1 - (1 - classes.pi1) * classes.mean0);
  return { h: 0, nuSquared: 0, c: renormalize ? Math.sqrt(square) : 1, separation: separation - 2 * sigma };
}

/** A temperature T > 0 on a logit without bias, or rows shortened T times: s′ = s/T. AUC is untouched, exactly. */
export function temperature(classes: ScoreClasses, t: number): DriftEffect {
  if (!(t > 0)) throw new RangeError('A temperature must be above zero.');
  return { h: 0, nuSquared: 0, c: t, separation: cleanSeparation(classes) };
}
