type Values = Float32Array | Float64Array;

/**
 * Σ_j a[i + j]·b[k + j] for j < n, in float64. Adds in eight interleaved sums, then the last n mod 8 products one by
 * one: the order of the SIMD kernels, so that both give the same bits.
 */
export function dotAt(a: Values, i: number, b: Values, k: number, n: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let s4 = 0;
  let s5 = 0;
  let s6 = 0;
  let s7 = 0;
  const whole = n - (n % 8);
  let j = 0;
  for (; j < whole; j += 8) {
    s0 += a[i + j] * b[k + j];
    s1 += a[i + j + 1] * b[k + j + 1];
    s2 += a[i + j + 2] * b[k + j + 2];
    s3 += a[i + j + 3] * b[k + j + 3];
    s4 += a[i + j + 4] * b[k + j + 4];
    s5 += a[i + j + 5] * b[k + j + 5];
    s6 += a[i + j + 6] * b[k + j + 6];
    s7 += a[i + j + 7] * b[k + j + 7];
  }
  let sum = s0 + s4 + (s2 + s6) + (s1 + s5 + (s3 + s7));
  for (; j < n; j++) sum += a[i + j] * b[k + j];
  return sum;
}

/** Inner product of two vectors of equal length, in float64. */
export function dot(a: Values, b: Values): number {
  return dotAt(a, 0, b, 0, a.length);
}

/** Euclidean length; 0 for an empty vector. */
export function norm(a: Values): number {
  return Math.sqrt(dot(a, a));
}

/** y += c·x */
export function axpy(c: number, x: Values, y: Float64Array): void {
  for (let j = 0; j < x.length; j++) y[j] += c * x[j];
}
