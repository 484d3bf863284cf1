/** Largest n·m for which the two-sample law is counted path by path. */
export const EXACT_LIMIT = 1e6;
/** Largest rounded effective size for which the finite one-sample law stands in; beyond, the corrected limit law does. */
const MATRIX_LIMIT = 1000;

function gcd(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

/** Least common multiple of the sample sizes: every two-sample D is a whole number over it. */
export function commonMultiple(n: number, m: number): number {
  return (n / gcd(n, m)) * m;
}

/** P(K ≥ x) of Kolmogorov's limit law, 1 for x ≤ 0. */
export function kolmogorovSf(x: number): number {
  if (!(x > 0)) return x <= 0 ? 1 : NaN;
  if (x < 1.18) {
    // Jacobi's transform of the same theta function: converges fast where the alternating series does not.
    const q = Math.exp(-(Math.PI ** 2) / (8 * x * x));
    let sum = 0;
    for (let k = 1; k <= 9; k += 2) sum += q ** (k * k);
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  let sum = 0;
  for (let k = 1; k <= 12; k++) {
    const term = Math.exp(-2 * k * k * x * x);
    sum += k % 2 === 1 ? term : -term;
  }
  return 2 * sum;
}

/**
 * P(D ≥ h/lcm(n, m)) of two samples of one continuous law: the share of lattice paths from (0, 0) to (n, m) that touch
 * |i/n − j/m| ≥ h/lcm. Shares, not counts (Viehmann 2021): every term is positive, so small p keep their digits. With ties it is
 * conservative. O(n·m) time, O(m) memory. h is a whole number.
 */
export function exactTwoSampleP(h: number, n: number, m: number): number {
  if (h <= 0) return 1;
  const g = gcd(n, m);
  const stepI = m / g;
  const stepJ = n / g;
  const share = new Float64Array(m + 1);
  for (let j = 0; j <= m; j++) share[j] = j * stepJ >= h ? 1 : j === 0 ? 0 : share[j - 1];
  for (let i = 1; i <= n; i++) {
    share[0] = i * stepI >= h ? 1 : share[0];
    for (let j = 1; j <= m; j++) {
      const apart = Math.abs(i * stepI - j * stepJ);
      share[j] = apart >= h ? 1 : (i * share[j] + j * share[j - 1]) / (i + j);
    }
  }
  return share[m];
}

function multiply(a: Float64Array, b: Float64Array, out: Float64Array, m: number): void {
  out.fill(0);
  for (let i = 0; i < m; i++) {
    for (let k = 0; k < m; k++) {
      const aik = a[i * m + k];
      if (aik === 0) continue;
      for (let j = 0; j < m; j++) out[i * m + j] += aik * b[k * m + j];
    }
  }
}

/** P(D_n ≥ d) of one sample of n against its own continuous law (Marsaglia, Tsang and Wang 2003). Absolute error about 1e-13. */
export function oneSampleKolmogorovSf(n: number, d: number): number {
  if (d <= 0.5 / n) return 1;
  if (d >= 1) return 0;
  // Where even the one-sided tail is below 1e-18, 1 − (matrix power) has no digits left: two one-sided bounds give 0 to rounding.
  if (2 * n * d * d > 45) return 2 * Math.exp(-2 * n * d * d);
  const k = Math.floor(n * d) + 1;
  const m = 2 * k - 1;
  const t = k - n * d;
  let h: Float64Array = new Float64Array(m * m);
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) h[i * m + j] = i - j + 1 < 0 ? 0 : 1;
  for (let i = 0; i < m; i++) {
    h[i * m] -= t ** (i + 1);
    h[(m - 1) * m + i] -= t ** (m - i);
  }
  h[(m - 1) * m] += 2 * t - 1 > 0 ? (2 * t - 1) ** m : 0;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) for (let g = 1; g <= i - j + 1; g++) h[i * m + j] /= g;
  }
  let power: Float64Array = new Float64Array(m * m);
  for (let i = 0; i < m; i++) power[i * m + i] = 1;
  let scratch: Float64Array = new Float64Array(m * m);
  let powerExponent = 0;
  let exponent = 0;
  const centre = (k - 1) * m + k - 1;
  for (let left = n; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) {
      multiply(power, h, scratch, m);
      [power, scratch] = [scratch, power];
      powerExponent += exponent;
      if (power[centre] > 1e140) {
        for (let i = 0; i < power.length; i++) power[i] *= 1e-140;
        powerExponent += 140;
      }
    }
    if (left === 1) break;
    multiply(h, h, scratch, m);
    [h, scratch] = [scratch, h];
    exponent *= 2;
    if (h[centre] > 1e140) {
      for (let i = 0; i < h.length; i++) h[i] *= 1e-140;
      exponent += 140;
    }
  }
  let value = power[centre];
  for (let i = 1; i <= n; i++) {
    value = (value * i) / n;
    if (value < 1e-140) {
      value *= 1e140;
      powerExponent -= 140;
    }
  }
  return Math.min(1, Math.max(0, 1 - value * 10 ** powerExponent));
}

/**
 * The approximate two-sample p: the one-sample law at the rounded effective size nm/(n + m), as SciPy's `asymp` has it; beyond an
 * effective size of 1000 the limit law with Vrbik's (2018) correction.
 */
export function approximateTwoSampleP(d: number, n: number, m: number): number {
  const size = Math.round((n * m) / (n + m));
  if (size <= MATRIX_LIMIT) return oneSampleKolmogorovSf(Math.max(1, size), d);
  const x = Math.sqrt(size) * d;
  return kolmogorovSf(x + 1 / (6 * Math.sqrt(size)) + (x - 1) / (4 * size));
}

export interface TwoSampleP {
  readonly p: number;
  readonly law: 'exact' | 'approximate';
}

/** p of D = h/lcm(n, m): exact up to n·m = 1e6, else approximate. */
export function twoSampleP(h: number, n: number, m: number): TwoSampleP {
  if (n * m <= EXACT_LIMIT) return { p: exactTwoSampleP(h, n, m), law: 'exact' };
  return { p: approximateTwoSampleP(h / commonMultiple(n, m), n, m), law: 'approximate' };
}

const criticals = new Map<string, number>();

/** The smallest whole h with p(h) ≤ level; h = lcm + 1 where even D = 1 does not reach it. Kept between calls. */
export function criticalH(level: number, n: number, m: number): number {
  const key = `${level} ${n} ${m}`;
  const known = criticals.get(key);
  if (known !== undefined) return known;
  let low = 0;
  let high = commonMultiple(n, m) + 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (twoSampleP(middle, n, m).p <= level) high = middle;
    else low = middle;
  }
  criticals.set(key, high);
  return high;
}
