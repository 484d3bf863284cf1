/**
 * The effect of each of the lab's drifts on the score of unit rows (the master formula), as plain data measured once, and
 * the theory's metrics at any amount of drift from it.
 */
import type { NoiseUnits } from '../drift/definition.ts';
import {
  commonShift,
  opposedShift,
  perCoordinateNoise,
  secondScoreDrift,
  totalNormNoise,
  type AlongShift,
  type SecondScore,
} from './driftAlgebra.ts';
import {
  driftedLogits,
  gaussianAccuracy,
  gaussianAuc,
  gaussianMetrics,
  noEffect,
  type DriftEffect,
  type ScoreClasses,
  type TheoryMetrics,
} from './masterFormula.ts';

/** What the effect of a drift depends on, besides its amount. */
export type EffectModel =
  | { readonly kind: 'noise'; readonly units: NoiseUnits; readonly dims: number; readonly renormalize: boolean }
  | {
      readonly kind: 'shift';
      /** v·ŵ of the unit direction v. */
      readonly onProbe: number;
      /** How rows lie along v; null where rows are not renormalised. */
      readonly along: AlongShift | null;
    }
  | { readonly kind: 'opposed'; readonly renormalize: boolean }
  /** y = x + σd, or the paper's cos θ·x + sin θ·d with θ = σπ/2. */
  | {
      readonly kind: 'second-score';
      readonly path: 'additive' | 'quarter-turn';
      readonly q: SecondScore;
      /** Means of x·d and ‖d‖² over the rows where they are renormalised; null where they are kept as they are. */
      readonly lengths: { readonly xd: number; readonly dd: number } | null;
    }
  /** y = x + sin σ·Kx + (cos σ − 1)·Px: scores of both parts, and their mean within-class covariance. */
  | {
      readonly kind: 'rotation';
      readonly turned: SecondScore;
      readonly projected: SecondScore;
      readonly between: number;
    };

/** The effect at an amount σ ≥ 0, or why the formula has none there. */
export type EffectAt =
  { readonly effect: DriftEffect; readonly reason: null } | { readonly effect: null; readonly reason: string };

const given = (effect: DriftEffect): EffectAt => ({ effect, reason: null });

export function effectAt(model: EffectModel, classes: ScoreClasses, sigma: number): EffectAt {
  if (sigma === 0) return given(noEffect(classes));
  switch (model.kind) {
    case 'noise': {
      const noise = model.units === 'total-norm' ? totalNormNoise : perCoordinateNoise;
      return given(noise(classes, sigma, model.dims, model.renormalize));
    }
    case 'shift':
      return given(commonShift(classes, sigma, model.onProbe, model.along));
    case 'opposed':
      return given(opposedShift(classes, sigma, model.renormalize));
    case 'second-score': {
      const theta = (sigma * Math.PI) / 2;
      const [alpha, beta] = model.path === 'additive' ? [1, sigma] : [Math.cos(theta), Math.sin(theta)];
      if (!(alpha > 1e-9)) {
        return {
          effect: null,
          reason: 'Beyond σ = 1 this drift keeps nothing of the clean row; the formula needs some.',
        };
      }
      const { lengths } = model;
      const square = lengths === null ? 1 : alpha * alpha + 2 * alpha * beta * lengths.xd + beta * beta * lengths.dd;
      if (!(square > 0)) return { effect: null, reason: 'The mean row has length zero at this σ.' };
      return given(secondScoreDrift(classes, alpha, beta, model.q, Math.sqrt(square)));
    }
    case 'rotation': {
      const sine = Math.sin(sigma);
      const fall = -2 * Math.sin(sigma / 2) ** 2;
      const { turned, projected, between } = model;
      const q: SecondScore = {
        mean0: sine * turned.mean0 + fall * projected.mean0,
        mean1: sine * turned.mean1 + fall * projected.mean1,
        variance: sine * sine * turned.variance + fall * fall * projected.variance + 2 * sine * fall * between,
        covariance: sine * turned.covariance + fall * projected.covariance,
      };
      return given(secondScoreDrift(classes, 1, 1, q, 1));
    }
  }
}

/** How the metrics are measured where it matters to the theory. */
export interface TheorySettings {
  /** ŷ = [p ≥ threshold]. */
  readonly threshold: number;
  /** τ. */
  readonly highConfidence: number;
}

export type TheoryAt =
  | { readonly metrics: Omit<TheoryMetrics, 'brier'>; readonly reason: null }
  | { readonly metrics: null; readonly reason: string };

/**
 * The theory's metrics at σ. Accuracy is at the threshold given; ECE and silent-failure rate are at threshold ½, and the
 * caller leaves them out elsewhere. `silentFailureRate` is null for τ outside [½, 1).
 *
 * A shift along ±ŵ keeps the order of scores for σ < 1 whether rows are renormalised or not, exactly, so AUC is the clean
 * one there; the other metrics keep the first-order form of `commonShift`.
 */
export function theoryAt(
  model: EffectModel,
  classes: ScoreClasses,
  sigma: number,
  { threshold, highConfidence }: TheorySettings,
): TheoryAt {
  const { effect, reason } = effectAt(model, classes, sigma);
  if (effect === null) return { metrics: null, reason };
  const spread = Math.min(classes.sd0 ** 2, classes.sd1 ** 2) + effect.nuSquared;
  if (!(spread > 0)) {
    return { metrics: null, reason: 'To first order the drift takes more variance from the scores than they have.' };
  }
  const logits = driftedLogits(classes, effect);
  const tau = highConfidence >= 0.5 && highConfidence < 1 ? highConfidence : null;
  const { meanConfidence, ece, silentFailureRate } = gaussianMetrics(logits, tau ?? 0.5);
  const level = Math.log(threshold / (1 - threshold));
  const keepsOrder = model.kind === 'shift' && sigma < 1 && Math.abs(Math.abs(model.onProbe) - 1) < 1e-9;
  return {
    metrics: {
      rocAuc: gaussianAuc(keepsOrder ? driftedLogits(classes, noEffect(classes)) : logits),
      accuracy: gaussianAccuracy({ ...logits, mu0: logits.mu0 - level, mu1: logits.mu1 - level }),
      meanConfidence,
      ece,
      silentFailureRate: tau === null ? null : silentFailureRate,
    },
    reason: null,
  };
}
