/**
 * How fast isotropic noise can make an AUC fall. Under independent noise of standard deviation ν on the score, a pair at
 * distance q·√2·ν is ordered rightly with probability Φ(q); at k times the noise with Φ(q/k). Whatever the scores are, the
 * AUC is a mean of such terms, so a fall beyond these bounds has another cause than isotropic noise on a linear probe.
 */
import { normalCdf, normalDensity, normalQuantile } from './normal.ts';

export interface SteepestFall {
  /** Largest possible AUC(ν) − AUC(kν). */
  readonly fall: number;
  /** The distance of pairs, in units of √2·ν, at which it is reached. */
  readonly q: number;
}

function checkFactor(k: number): void {
  if (!(k >= 1 && Number.isFinite(k))) throw new RangeError('Noise must grow by a factor of 1 or more.');
}

/** sup_q Φ(q) − Φ(q/k), for noise that grows by a factor k ≥ 1; 0.1613 at q = 1.36 for an octave (k = 2). */
export function steepestFall(k = 2): SteepestFall {
  checkFactor(k);
  if (k === 1) return { fall: 0, q: 0 };
  // φ(q) = φ(q/k)/k.
  const q = Math.sqrt((2 * Math.log(k)) / (1 - 1 / (k * k)));
  return { fall: normalCdf(q) - normalCdf(q / k), q };
}

export interface GaussianFall extends SteepestFall {
  /** ν/τ̄ at which the fall begins, τ̄² being the mean within-class variance. */
  readonly noiseRatio: number;
  /** AUC before and after the fall. */
  readonly from: number;
  readonly to: number;
}

/**
 * The largest fall while noise grows by a factor k, for two Gaussian classes of the clean AUC given (in (½, 1)):
 * sup_r Φ(z₀/√(1 + r²)) − Φ(z₀/√(1 + k²r²)); 0.092 for a clean AUC of 0.85 and k = 2.
 */
export function gaussianSteepestFall(cleanAuc: number, k = 2): GaussianFall {
  checkFactor(k);
  if (!(cleanAuc > 0.5 && cleanAuc < 1)) throw new RangeError('The clean AUC must lie between 0.5 and 1.');
  const z = normalQuantile(cleanAuc);
  const q = (r: number): number => z / Math.sqrt(1 + r * r);
  // d/dr of the fall over r; its one sign change is the maximum.
  const slope = (r: number): number => {
    const a = q(r);
    const b = q(k * r);
    return k * k * normalDensity(b) * b ** 3 - normalDensity(a) * a ** 3;
  };
  let low = 0;
  let high = 1;
  while (slope(high) > 0 && high < 1e9) high *= 2;
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (slope(middle) > 0) low = middle;
    else high = middle;
  }
  const from = normalCdf(q(low));
  const to = normalCdf(q(k * low));
  return { fall: from - to, q: q(low), noiseRatio: low, from, to };
}

/** g(u) = Φ(Φ⁻¹(u)/k): what a share u of rightly ordered pairs, all at one distance, becomes under k times the noise. */
function weakened(u: number, k: number): number {
  return normalCdf(normalQuantile(u) / k);
}

/**
 * The lowest AUC that isotropic noise can lead to when it grows by a factor k ≥ 1 from where the AUC is `auc` in (0, 1),
 * for any scores: the lower convex envelope of g at `auc` (AUC is a mean over pairs, so every mixture of distances counts).
 * Above the point where the line from (0, 0) touches g it is g itself; below it the line, where some pairs are hopeless.
 */
export function lowestAucAfter(auc: number, k: number): number {
  checkFactor(k);
  if (!(auc > 0 && auc < 1)) throw new RangeError('The AUC must lie between 0 and 1.');
  if (k === 1) return auc;
  const q = tangentPoint(k);
  const touching = normalCdf(q);
  return auc >= touching ? weakened(auc, k) : (auc * normalCdf(q / k)) / touching;
}

/** q* where Φ(q/k)/Φ(q) is smallest: Φ(q)·φ(q/k)/k = Φ(q/k)·φ(q). */
function tangentPoint(k: number): number {
  const slope = (q: number): number => (normalCdf(q) * normalDensity(q / k)) / k - normalCdf(q / k) * normalDensity(q);
  let low = 0;
  let high = steepestFall(k).q;
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (slope(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
