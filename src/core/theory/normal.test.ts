import { describe, expect, test } from 'vitest';
// Made with mpmath at 40 digits.
import fixture from './fixtures/normal.json';
import { erfc, normalCdf, normalDensity, normalQuantile } from './normal.ts';

const relative = (a: number, b: number): number => Math.abs(a / b - 1);

describe('the normal law', () => {
  test('Φ, φ and erfc hold 1e-15 relative accuracy from −38 to 9', () => {
    for (const [x, cdf, density, complement] of fixture.phi) {
      expect(relative(normalCdf(x), cdf)).toBeLessThan(1e-15);
      expect(relative(normalDensity(x), density)).toBeLessThan(1e-15);
      if (complement > 1e-300) expect(relative(erfc(x), complement)).toBeLessThan(1e-15);
    }
  });

  test('Φ⁻¹ is right from 1e-300 to above one half', () => {
    for (const [p, x] of fixture.quantile) {
      expect(Math.abs(normalQuantile(p) - x)).toBeLessThan(1e-15 + 2e-15 * Math.abs(x));
    }
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
  });

  test('the ends and the middle are exact', () => {
    expect(normalCdf(0)).toBe(0.5);
    expect(normalCdf(-Infinity)).toBe(0);
    expect(normalCdf(Infinity)).toBe(1);
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(normalQuantile(1)).toBe(Infinity);
    expect(normalQuantile(-0.1)).toBeNaN();
    expect(normalCdf(Number.NaN)).toBeNaN();
  });
});
