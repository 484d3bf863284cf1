import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numpy } from './fixtures/numpy.ts';
import { log1p } from './log1p.ts';

const uniform = fc.bigInt(0n, (1n << 53n) - 1n).map((u) => Number(u) * 2 ** -53);
const tiny = fc.integer({ min: -53, max: -1 }).chain((e) => uniform.map((u) => (1 + u) * 2 ** e * 0.5));

/** Distance in units in the last place of b. */
function ulps(a: number, b: number): number {
  if (a === b) return 0;
  const exponent = Math.max(-1022, Math.floor(Math.log2(Math.abs(b))));
  return Math.abs(a - b) / 2 ** (exponent - 52);
}

test('log1p equals the C library under NumPy but for a last bit in about one of a thousand', () => {
  const { arguments: uniforms, values } = numpy.log1p;
  const distances = uniforms.map((u, i) => ulps(log1p(-u), values[i]));
  expect(Math.max(...distances)).toBeLessThanOrEqual(1);
  expect(distances.filter((distance) => distance > 0).length).toBeLessThanOrEqual(1);
});

test('log1p stays within two units in the last place of the engine’s own', () => {
  fc.assert(
    fc.property(fc.oneof(uniform, tiny), (u) => {
      expect(ulps(log1p(-u), Math.log1p(-u))).toBeLessThanOrEqual(2);
    }),
    { numRuns: 20_000 },
  );
});

test('log1p keeps zero, and reaches the smallest uniform and the largest', () => {
  expect(Math.abs(log1p(-0))).toBe(0);
  expect(log1p(-(2 ** -53))).toBe(-(2 ** -53));
  expect(log1p(-(1 - 2 ** -53))).toBeCloseTo(-53 * Math.LN2, 14);
  expect(log1p(-0.5)).toBe(-Math.LN2);
  expect(log1p(-0.75)).toBe(-2 * Math.LN2);
});
