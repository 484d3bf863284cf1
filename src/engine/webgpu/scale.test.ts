import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binaryScale, toFloat32 } from './scale.ts';

test('the scale is a power of two that brings the largest value near 1', () => {
  fc.assert(
    fc.property(fc.float64Array({ minLength: 1, maxLength: 20, noNaN: true, min: -1e200, max: 1e200 }), (values) => {
      const largest = Math.max(...values.map(Math.abs));
      fc.pre(largest > 1e-200);
      const scale = binaryScale(values);
      expect(Math.log2(scale) % 1).toBeCloseTo(0, 12);
      // Math.log2 rounds, so that a value a hair below a power of two may land on 2 itself.
      expect(largest * scale).toBeGreaterThanOrEqual(1 - 1e-12);
      expect(largest * scale).toBeLessThanOrEqual(2 + 1e-12);
      expect((largest * scale) / scale).toBe(largest);
    }),
  );
});

test('values without a usable size are left as they are', () => {
  expect(binaryScale(new Float64Array(3))).toBe(1);
  expect(binaryScale(Float64Array.of(1, Infinity))).toBe(1);
  expect(binaryScale(Float64Array.of(5e-324))).toBe(1);
});

test('values far below the range of float32 survive by their scale', () => {
  const values = Float64Array.of(3e-60, -1.5e-60);
  const scale = binaryScale(values);
  const rounded = toFloat32(values, scale);
  expect(rounded[0] / scale).toBeCloseTo(3e-60, 66);
  expect(rounded[0] / rounded[1]).toBeCloseTo(-2, 6);
});
