import { conformalGuarantee, CONFORMAL_DEFAULTS, ConformalFeed, type ConformalSettings } from './conformalP.ts';
import type { DetectorDefinition } from './detector.ts';
import { checkNumber } from './referenceChecks.ts';
import { ConformalTest, type Wealth } from './simpleJumper.ts';

/**
 * ln ∫₀¹ εⁿ exp(A(1 − ε)) dε: the log wealth of the simple mixture after n p-values with A = −Σ ln p ≥ 0; `logFactorial` is ln n!.
 * Equals A + ln n! + ln P(n + 1, A) − (n + 1) ln A. A series of positive terms up to A = n + 2, a continued fraction beyond.
 */
export function logMixture(n: number, a: number, logFactorial: number): number {
  if (a <= n + 2) {
    let term = 1 / (n + 1);
    let sum = term;
    for (let k = 1; term > 1e-17 * sum; k++) {
      term *= a / (n + 1 + k);
      sum += term;
    }
    return Math.log(sum);
  }
  // Γ(n + 1, A)·e^A·A^{−n−1} by the modified Lentz method; what is left of the complete integral is 1 − Q.
  let b = a - n;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let i = 1; i < 100_000; i++) {
    const an = -i * (i - n - 1);
    b += 2;
    d = an * d + b;
    if (Math.abs(d) < 1e-300) d = 1e-300;
    c = b + an / c;
    if (Math.abs(c) < 1e-300) c = 1e-300;
    d = 1 / d;
    const change = d * c;
    fraction *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  const complete = a + logFactorial - (n + 1) * Math.log(a);
  const q = fraction * Math.exp(-complete);
  return complete + Math.log1p(-q);
}

/** The mixture of all power martingales ∏ εp^{ε−1}, ε uniform on (0, 1) (Vovk, Nouretdinov and Gammerman 2003). O(√n) a step. */
export class MixtureWealth implements Wealth {
  log = 0;
  private n = 0;
  private a = 0;
  private logFactorial = 0;

  bet(p: number): number {
    this.n++;
    this.a -= Math.log(p);
    this.logFactorial += Math.log(this.n);
    this.log = logMixture(this.n, this.a, this.logFactorial);
    return this.log;
  }
}

/** The power martingale ∏ εp^{ε−1}. */
export class PowerWealth implements Wealth {
  log = 0;
  private readonly exponent: number;

  constructor(exponent: number) {
    this.exponent = exponent;
  }

  bet(p: number): number {
    this.log += Math.log(this.exponent) + (this.exponent - 1) * Math.log(p);
    return this.log;
  }
}

export interface MixtureParameters extends ConformalSettings {
  readonly alpha: number;
}

const SOURCE = 'Vovk, Nouretdinov and Gammerman 2003; Ville 1939';

/**
 * Simple mixture on conformal p-values: bets on small p alone, so it sees scores move to the strange side and not away from it. The
 * statistic is the log wealth; it goes on after an alarm.
 */
export const simpleMixture: DetectorDefinition<MixtureParameters> = {
  id: 'simple-mixture',
  reads: 'scores',
  defaults: { ...CONFORMAL_DEFAULTS, alpha: 0.05 },
  alarms: 'at-least',
  guarantee: (parameters) => conformalGuarantee(parameters, true, { kind: 'ever', value: parameters.alpha }, SOURCE),
  cost: 'O(√t), and O(n) moved memory',
  init: (reference, parameters) =>
    new ConformalTest(new ConformalFeed(reference, parameters), new MixtureWealth(), parameters.alpha),
};

export interface PowerParameters extends MixtureParameters {
  /** ε in (0, 1]: smaller bets harder on small p-values. */
  readonly exponent: number;
}

/** One power martingale on conformal p-values. */
export const powerMartingale: DetectorDefinition<PowerParameters> = {
  id: 'power-martingale',
  reads: 'scores',
  defaults: { ...CONFORMAL_DEFAULTS, exponent: 0.3, alpha: 0.05 },
  alarms: 'at-least',
  guarantee: (parameters) => conformalGuarantee(parameters, true, { kind: 'ever', value: parameters.alpha }, SOURCE),
  cost: 'O(log n), and O(n) moved memory',
  init: (reference, parameters) => {
    checkNumber('The exponent', parameters.exponent, 0, 1, true);
    const wealth = new PowerWealth(parameters.exponent);
    return new ConformalTest(new ConformalFeed(reference, parameters), wealth, parameters.alpha);
  },
};
