import { describe, expect, test } from 'vitest';
import golden from '../drift/fixtures/golden.json';
import { stream } from '../random/streams.ts';
import { expectedAuc } from './expectedAuc.ts';
import { lowestAucAfter } from './octaveBound.ts';
import { normalCdf } from './normal.ts';

/** The definition, pair by pair. */
function byDefinition(s0: Float64Array, s1: Float64Array, nu: number): number {
  let sum = 0;
  for (const b of s1) for (const a of s0) sum += a === b ? 0.5 : normalCdf((b - a) / (Math.SQRT2 * nu));
  return sum / (s0.length * s1.length);
}

const normals = (seed: number, n: number, mean: number, sd: number) =>
  stream(seed, 'scores')
    .standardNormal(new Float64Array(n))
    .map((z) => mean + sd * z);

describe('the AUC to expect under isotropic noise', () => {
  const { s0, s1, nu } = golden.expected_auc_pairs;

  test.each(Object.entries(nu))('is the golden mean over pairs at ν = %s', (level, auc) => {
    const result = expectedAuc(Float64Array.from(s0), Float64Array.from(s1), Number(level));
    expect(Math.abs((result.value ?? 0) - auc)).toBeLessThan(1e-10);
  });

  test('without noise is the AUC, ties as one half', () => {
    expect(expectedAuc(Float64Array.of(0, 1), Float64Array.of(1, 2), 0).value).toBe(0.875);
    expect(expectedAuc(Float64Array.of(3, 3), Float64Array.of(3, 3), 0).value).toBe(0.5);
  });

  test('summed near pairs only, equals the sum over all pairs', () => {
    const a = normals(1, 400, 0, 1);
    const b = normals(2, 300, 1, 2);
    for (const level of [1e-6, 0.01, 0.1, 1, 10]) {
      const result = expectedAuc(a, b, level);
      expect(result.method).toBe('pairs');
      expect(Math.abs((result.value ?? 0) - byDefinition(a, b, level))).toBeLessThan(1e-13);
    }
  });

  test('binned, stays within its stated error, outliers included', () => {
    const a = normals(3, 2600, 0, 1);
    const b = normals(4, 2400, 0.7, 1.3);
    a[0] = -1e7;
    b[0] = 1e9;
    for (const level of [0.3, 5]) {
      const result = expectedAuc(a, b, level);
      expect(result.method).toBe('binned');
      expect(result.error).toBeLessThan(3e-8);
      expect(Math.abs((result.value ?? 0) - byDefinition(a, b, level))).toBeLessThan(result.error);
    }
  });

  test('is what noise gives on average', () => {
    const a = normals(5, 200, 0, 1);
    const b = normals(6, 200, 1.2, 1);
    const generator = stream(7, 'noise');
    const noisy = (s: Float64Array) => {
      const e = generator.standardNormal(new Float64Array(s.length));
      return s.map((x, i) => x + 0.9 * e[i]);
    };
    let sum = 0;
    for (let i = 0; i < 400; i++) sum += expectedAuc(noisy(a), noisy(b), 0).value ?? 0;
    expect(Math.abs(sum / 400 - (expectedAuc(a, b, 0.9).value ?? 0))).toBeLessThan(0.005);
  });

  test('never falls faster than the bound on isotropic noise', () => {
    const a = Float64Array.from([...normals(8, 50, 0, 1), ...normals(9, 50, 8, 0.1)]);
    const b = normals(10, 80, 2, 1);
    for (let nu = 0.01; nu < 50; nu *= 1.5) {
      for (const k of [1.2, 2, 5]) {
        const before = expectedAuc(a, b, nu).value ?? 0;
        expect(expectedAuc(a, b, k * nu).value).toBeGreaterThan(lowestAucAfter(before, k));
      }
    }
  });

  test('is undefined with one class, or with scores that are not finite', () => {
    expect(expectedAuc(new Float64Array(0), Float64Array.of(1), 1)).toMatchObject({ value: null });
    expect(expectedAuc(Float64Array.of(Number.NaN), Float64Array.of(1), 1).reason).toMatch(/not finite/);
    expect(() => expectedAuc(Float64Array.of(1), Float64Array.of(1), -1)).toThrow(RangeError);
  });
});
