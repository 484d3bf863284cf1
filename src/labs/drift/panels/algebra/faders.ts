import {
  driftedLogits,
  gaussianAccuracy,
  gaussianMetrics,
  type DriftEffect,
  type GaussianLogits,
  type ScoreClasses,
} from '../../../../core/theory/masterFormula.ts';
import type { MetricsSpec } from '../../../../spec/types.ts';

/** An effect in units that do not depend on the probe. */
export interface Faders {
  /** h/τ̄: common shift in within-class standard deviations. */
  readonly h: number;
  /** ν/τ̄: added noise in within-class standard deviations; below 0 where variance is taken away. */
  readonly nu: number;
  /** Attenuation, above 0. */
  readonly c: number;
  /** Δ′/Δ: distance of the class means against the clean one. */
  readonly gap: number;
}

export type FaderName = keyof Faders;
export const NEUTRAL: Faders = { h: 0, nu: 0, c: 1, gap: 1 };

/** τ̄, the root of the mean within-class variance of s. */
export function withinSd({ sd0, sd1 }: ScoreClasses): number {
  return Math.sqrt((sd0 * sd0 + sd1 * sd1) / 2);
}

export function toFaders({ h, nuSquared, c, separation }: DriftEffect, classes: ScoreClasses): Faders {
  const tau = withinSd(classes);
  const gap = classes.mean1 - classes.mean0;
  return {
    h: h / tau,
    nu: (Math.sign(nuSquared) * Math.sqrt(Math.abs(nuSquared))) / tau,
    c,
    gap: gap === 0 ? 1 : separation / gap,
  };
}

export function toEffect({ h, nu, c, gap }: Faders, classes: ScoreClasses): DriftEffect {
  const tau = withinSd(classes);
  return {
    h: h * tau,
    nuSquared: Math.sign(nu) * (nu * tau) ** 2,
    c,
    separation: gap * (classes.mean1 - classes.mean0),
  };
}

export interface FormulaNumbers {
  readonly rocAuc: number;
  readonly accuracy: number;
  readonly meanConfidence: number;
  /** Null at a threshold other than ½, for which the formula is not made. */
  readonly ece: number | null;
  /** Null at a threshold other than ½, for τ outside [½, 1), or where no answer is wrong. */
  readonly silentFailureRate: number | null;
}

export type Formula =
  | { readonly numbers: FormulaNumbers; readonly logits: GaussianLogits; readonly reason: null }
  | { readonly numbers: null; readonly logits: null; readonly reason: string };

/** The master formula at these faders, as the metrics of the spec are set. */
export function formulaOf(
  faders: Faders,
  classes: ScoreClasses,
  { threshold, highConfidence }: Pick<MetricsSpec, 'threshold' | 'highConfidence'>,
): Formula {
  const effect = toEffect(faders, classes);
  if (!(Math.min(classes.sd0, classes.sd1) ** 2 + effect.nuSquared > 0)) {
    return { numbers: null, logits: null, reason: 'More variance is taken away than the classes have.' };
  }
  const logits = driftedLogits(classes, effect);
  const { mu0, mu1, sd0, sd1 } = logits;
  if (![mu0, mu1, sd0, sd1].every(Number.isFinite) || !(Math.min(sd0, sd1) > 0)) {
    return {
      numbers: null,
      logits: null,
      reason: 'The logits leave the range of numbers: take less extreme settings.',
    };
  }
  const tau = highConfidence >= 0.5 && highConfidence < 1 ? highConfidence : null;
  const { rocAuc, meanConfidence, ece, silentFailureRate } = gaussianMetrics(logits, tau ?? 0.5);
  const level = Math.log(threshold / (1 - threshold));
  const half = threshold === 0.5;
  return {
    numbers: {
      rocAuc,
      accuracy: half
        ? gaussianAccuracy(logits)
        : gaussianAccuracy({ ...logits, mu0: logits.mu0 - level, mu1: logits.mu1 - level }),
      meanConfidence,
      ece: half ? ece : null,
      silentFailureRate: half && tau !== null ? silentFailureRate : null,
    },
    logits,
    reason: null,
  };
}

/** How a fader’s slider runs: finely near its neutral value, in ever larger steps away from it. */
export interface FaderScale {
  readonly least: number;
  readonly most: number;
  readonly toPlace: (value: number) => number;
  readonly toValue: (place: number) => number;
}

/** Places of a slider on each side of its middle. */
export const PLACES = 300;

function about(middle: number, fine: number, reach: number, least = -Infinity): FaderScale {
  const unit = Math.asinh(reach / fine) / PLACES;
  const toPlace = (value: number) => Math.round(Math.asinh((value - middle) / fine) / unit);
  return {
    least: Math.max(-PLACES, least === -Infinity ? -PLACES : toPlace(least)),
    most: PLACES,
    toPlace: (value) => Math.min(PLACES, Math.max(-PLACES, toPlace(value))),
    toValue: (place) => (place === 0 ? middle : Number((middle + fine * Math.sinh(place * unit)).toPrecision(4))),
  };
}

export const SCALES: { readonly [F in FaderName]: FaderScale } = {
  h: about(0, 0.1, 100),
  nu: about(0, 0.1, 100, 0),
  c: {
    least: -100,
    most: 200,
    toPlace: (c) => Math.round(Math.min(200, Math.max(-100, 100 * Math.log10(c)))),
    toValue: (place) => (place === 0 ? 1 : Number((10 ** (place / 100)).toPrecision(3))),
  },
  gap: about(1, 0.3, 30),
};

/** Between two settings of the faders, share in [0, 1]; c goes by its logarithm. */
export function between(from: Faders, to: Faders, share: number): Faders {
  if (share >= 1) return to;
  const mix = (a: number, b: number) => a + (b - a) * share;
  return {
    h: mix(from.h, to.h),
    nu: mix(from.nu, to.nu),
    c: Math.exp(mix(Math.log(from.c), Math.log(to.c))),
    gap: mix(from.gap, to.gap),
  };
}
