/**
 * What a linear probe shows when each class has Gaussian scores: AUC, accuracy, mean confidence, silent failures, ECE and
 * Brier score in closed form or by one-dimensional integrals.
 *
 * The master formula: a drift of unit rows turns the score s = ŵ·u of the row into s′ = (s + h + η)/c, with a common shift
 * h, zero-mean noise η of variance ν² and a common attenuation c. The logit is k·s′ + b with k = ‖w‖.
 */
import { integrateAbsolute, integratePanels } from './quadrature.ts';
import { normalCdf, normalDensity } from './normal.ts';

/** Two Gaussian classes of logits: means and standard deviations, and the share of class 1. */
export interface GaussianLogits {
  readonly mu0: number;
  readonly sd0: number;
  readonly mu1: number;
  readonly sd1: number;
  /** Share of class 1, in (0, 1). */
  readonly pi1: number;
}

/** Class statistics of s = ŵ·u on clean unit rows, and the probe's scale and bias. */
export interface ScoreClasses {
  readonly mean0: number;
  readonly mean1: number;
  /** Within-class standard deviations τ₀, τ₁ of s. */
  readonly sd0: number;
  readonly sd1: number;
  /** Share of class 1, in (0, 1). */
  readonly pi1: number;
  /** k = ‖w‖: the logit is k·s + b. */
  readonly k: number;
  readonly b: number;
}

/** What a drift does to the scores: s′ = (s + h + η)/c, with the distance of the class means changed to Δ′. */
export interface DriftEffect {
  /** Common shift of the score, before attenuation. */
  readonly h: number;
  /**
   * ν²: variance that is added to the scores within each class. Negative where the added part is negatively correlated
   * with the score (a rotation); τ² + ν² must stay above zero.
   */
  readonly nuSquared: number;
  /** Common attenuation: what the norm grows by (1 where rows keep their length). */
  readonly c: number;
  /** Δ′: distance of the class means of s after the drift, before attenuation. */
  readonly separation: number;
}

/** The metrics of two Gaussian classes of logits, at threshold ½ and confidence max(p, 1 − p). */
export interface TheoryMetrics {
  readonly rocAuc: number;
  readonly accuracy: number;
  readonly meanConfidence: number;
  /** Expected calibration error of the top label, in the limit of infinitely many bins. */
  readonly ece: number;
  readonly brier: number;
  /** P(confidence > τ | wrong); null where no answer is wrong. */
  readonly silentFailureRate: number | null;
}

const sigmoid = (t: number): number => (t >= 0 ? 1 / (1 + Math.exp(-t)) : Math.exp(t) / (1 + Math.exp(t)));

/** How many standard deviations of each class the integrals run over: 2·Φ(−10) is below 2e-23. */
const REACH = 10;

/**
 * Ascending break points over [0, top] at every half standard deviation around ±mean and at 0, 1, 2, 4, … where the sigmoid
 * bends, so that a 16-point panel is exact to rounding both for narrow and for very wide classes.
 */
function breakPoints(g: GaussianLogits): number[] {
  const points = new Set<number>([0]);
  let top = 0;
  for (const [mean, sd] of [
    [g.mu0, g.sd0],
    [g.mu1, g.sd1],
  ]) {
    const centre = Math.abs(mean);
    top = Math.max(top, centre + REACH * sd);
    for (let j = -2 * REACH; j <= 2 * REACH; j++) {
      const t = centre + (j * sd) / 2;
      if (t > 0) points.add(t);
      if (-t > 0) points.add(-t);
    }
  }
  for (let t = 1; t < Math.min(top, 64); t = t < 8 ? t + 1 : t * 2) points.add(t);
  return [...points].sort((a, b) => a - b);
}

function check(g: GaussianLogits): void {
  const finite = [g.mu0, g.sd0, g.mu1, g.sd1, g.pi1].every(Number.isFinite);
  if (!finite || !(g.sd0 > 0) || !(g.sd1 > 0)) throw new RangeError('Class means must be finite and spreads positive.');
  if (!(g.pi1 > 0 && g.pi1 < 1)) throw new RangeError('The share of class 1 must lie between 0 and 1.');
}

/** AUC of two Gaussian classes: Φ((μ₁ − μ₀)/√(τ₀² + τ₁²)). */
export function gaussianAuc(g: GaussianLogits): number {
  return normalCdf((g.mu1 - g.mu0) / Math.hypot(g.sd0, g.sd1));
}

/** P(ŷ = y) at threshold ½. */
export function gaussianAccuracy(g: GaussianLogits): number {
  return g.pi1 * normalCdf(g.mu1 / g.sd1) + (1 - g.pi1) * normalCdf(-g.mu0 / g.sd0);
}

/** P(confidence > τ | wrong) for τ in [½, 1); null where no answer is wrong. */
export function gaussianSilentFailureRate(g: GaussianLogits, tau: number): number | null {
  if (!(tau >= 0.5 && tau < 1)) throw new RangeError('The confidence level must lie in [0.5, 1).');
  const pi0 = 1 - g.pi1;
  const t = Math.log(tau / (1 - tau));
  const wrong = g.pi1 * normalCdf(-g.mu1 / g.sd1) + pi0 * normalCdf(g.mu0 / g.sd0);
  if (wrong === 0) return null;
  const silent = g.pi1 * normalCdf((-t - g.mu1) / g.sd1) + pi0 * normalCdf((-t + g.mu0) / g.sd0);
  return silent / wrong;
}

/** All metrics of two Gaussian classes of logits; `tau` is the confidence above which an error is silent. */
export function gaussianMetrics(g: GaussianLogits, tau: number): TheoryMetrics {
  check(g);
  const pi0 = 1 - g.pi1;
  const f0 = (t: number): number => normalDensity((t - g.mu0) / g.sd0) / g.sd0;
  const f1 = (t: number): number => normalDensity((t - g.mu1) / g.sd1) / g.sd1;
  const breaks = breakPoints(g);
  const both = (t: number): number => g.pi1 * (f1(t) + f1(-t)) + pi0 * (f0(t) + f0(-t));
  const meanConfidence = integratePanels((t) => sigmoid(t) * both(t), breaks);
  const ece = integrateAbsolute((t) => g.pi1 * f1(t) + pi0 * f0(-t) - sigmoid(t) * both(t), breaks);
  const brier = integratePanels((t) => {
    const p = sigmoid(t);
    const q = sigmoid(-t);
    return (g.pi1 * f1(t) + pi0 * f0(-t)) * q * q + (g.pi1 * f1(-t) + pi0 * f0(t)) * p * p;
  }, breaks);
  return {
    rocAuc: gaussianAuc(g),
    accuracy: gaussianAccuracy(g),
    meanConfidence,
    ece,
    brier,
    silentFailureRate: gaussianSilentFailureRate(g, tau),
  };
}

/** The logits that a drift leaves: means k(μ_y + h)/c + b with the classes Δ′ apart, spread k√(τ_y² + ν²)/c. */
export function driftedLogits(classes: ScoreClasses, effect: DriftEffect): GaussianLogits {
  const { k, b, mean0, mean1, pi1 } = classes;
  const { h, nuSquared, c } = effect;
  const centre = (mean0 + mean1) / 2 + h;
  const half = effect.separation / 2;
  const spread = (sd: number): number => {
    const variance = sd * sd + nuSquared;
    if (!(variance > 0)) throw new RangeError('The drift takes more variance from the scores than they have.');
    return (k * Math.sqrt(variance)) / c;
  };
  return {
    mu0: (k * (centre - half)) / c + b,
    mu1: (k * (centre + half)) / c + b,
    sd0: spread(classes.sd0),
    sd1: spread(classes.sd1),
    pi1,
  };
}

/** The master formula: the metrics of a linear probe on Gaussian classes under a drift. */
export function masterFormula(classes: ScoreClasses, effect: DriftEffect, tau: number): TheoryMetrics {
  return gaussianMetrics(driftedLogits(classes, effect), tau);
}

/** The effect of no drift. */
export function noEffect(classes: ScoreClasses): DriftEffect {
  return { h: 0, nuSquared: 0, c: 1, separation: classes.mean1 - classes.mean0 };
}
