/**
 * The standard normal law: density φ, distribution function Φ, quantile function Φ⁻¹.
 *
 * erfc by the rational Chebyshev approximations of W. J. Cody, "Rational Chebyshev approximations for the error
 * function", Math. Comp. 23 (1969) 631–637 (relative error below 2e-16 in exact arithmetic); Φ follows from it with
 * exp(−x²/2) split in two factors (Cody, ACM TOMS 715, 1993), so that the tails keep their relative accuracy.
 */

const SMALL_P = [
  1.85777706184603153e-1, 3.1611237438705656, 1.1386415415105016e2, 3.77485237685302021e2, 3.20937758913846947e3,
];
const SMALL_Q = [1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3];
const MIDDLE_P = [
  2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1, 2.98635138197400131e2,
  8.8195222124176909e2, 1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3,
];
const MIDDLE_Q = [
  1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3, 3.29079923573345963e3,
  4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3,
];
const LARGE_P = [
  1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
  1.60837851487422766e-2, 6.58749161529837803e-4,
];
const LARGE_Q = [
  1, 2.56852019228982242, 1.87295284992346047, 5.27905102951428412e-1, 6.05183413124413191e-2, 2.33520497626869185e-3,
];

const INVERSE_SQRT_PI = 0.5641895835477562869;
const INVERSE_SQRT_2PI = 0.3989422804014326779;

function ratio(p: readonly number[], q: readonly number[], x: number): number {
  let num = p[0];
  for (let i = 1; i < p.length; i++) num = num * x + p[i];
  let den = q[0];
  for (let i = 1; i < q.length; i++) den = den * x + q[i];
  return num / den;
}

/** exp(x²)·erfc(x) for x ≥ 0.46875. */
function scaledErfc(x: number): number {
  if (x <= 4) return ratio(MIDDLE_P, MIDDLE_Q, x);
  const inverseSquare = 1 / (x * x);
  return (INVERSE_SQRT_PI - inverseSquare * ratio(LARGE_P, LARGE_Q, inverseSquare)) / x;
}

/** exp(−x²·half) with x² split, so that its relative error does not grow with x². */
function expMinusSquare(x: number, half: number): number {
  const head = Math.trunc(x * 16) / 16;
  return Math.exp(-head * head * half) * Math.exp(-(x - head) * (x + head) * half);
}

/** The complementary error function, 2/√π ∫ₓ^∞ exp(−t²) dt. NaN in, NaN out. */
export function erfc(x: number): number {
  const a = Math.abs(x);
  if (a <= 0.46875) return 1 - x * ratio(SMALL_P, SMALL_Q, x * x);
  if (a > 27) return x < 0 ? 2 : 0;
  const tail = expMinusSquare(a, 1) * scaledErfc(a);
  return x < 0 ? 2 - tail : tail;
}

/** φ(x) = exp(−x²/2)/√(2π). */
export function normalDensity(x: number): number {
  const a = Math.abs(x);
  return a > 39 ? 0 : INVERSE_SQRT_2PI * expMinusSquare(a, 0.5);
}

/** Φ(x) = P(Z ≤ x); relative accuracy about 1e-15 in both tails down to the smallest normal double. */
export function normalCdf(x: number): number {
  const a = Math.abs(x);
  const t = a * Math.SQRT1_2;
  if (t <= 0.46875) return 0.5 + 0.5 * x * Math.SQRT1_2 * ratio(SMALL_P, SMALL_Q, t * t);
  if (a > 39) return x < 0 ? 0 : 1;
  const tail = 0.5 * expMinusSquare(a, 0.5) * scaledErfc(t);
  return x < 0 ? tail : 1 - tail;
}

/**
 * Φ⁻¹(p) for p in [0, 1]: ∓Infinity at the ends, NaN outside. A start value good to 4.5e-4 (Abramowitz & Stegun 26.2.23)
 * and Halley steps on Φ in the lower tail, where Φ keeps its relative accuracy.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  if (p === 0.5) return 0;
  // 1 − p is exact for p in [½, 1].
  const tail = p < 0.5 ? p : 1 - p;
  const t = Math.sqrt(-2 * Math.log(tail));
  let x = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
  for (let i = 0; i < 4; i++) {
    const step = (normalCdf(x) - tail) / normalDensity(x);
    const next = x - step / (1 + (x * step) / 2);
    if (!Number.isFinite(next) || next === x) break;
    x = next;
  }
  return p < 0.5 ? x : -x;
}
