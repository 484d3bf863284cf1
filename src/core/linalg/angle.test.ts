import fc from 'fast-check';
import { expect, test } from 'vitest';
import { angleOfScaled } from './angle.ts';
import { norm } from './dot.ts';

const between = (u: number[], v: number[]): number => {
  const [x, y] = [Float64Array.from(u), Float64Array.from(v)];
  return angleOfScaled(x, 1 / norm(x), y, 1 / norm(y));
};

test('a turn by a known angle is read back to 1e-13 degrees, from 1e-12 degrees to 180', () => {
  const degrees = fc.oneof(fc.double({ min: 1e-12, max: 1e-6 }), fc.double({ min: 1e-6, max: 180 }));
  const length = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
  fc.assert(
    fc.property(degrees, length, length, (angle, a, b) => {
      if (Number.isNaN(angle)) return;
      const turn = (angle * Math.PI) / 180;
      const found = between([a, 0, 0], [b * Math.cos(turn), b * Math.sin(turn), 0]);
      expect(Math.abs(found - angle)).toBeLessThanOrEqual(1e-13 * Math.max(1, angle));
    }),
  );
});

test('right angles, equal and opposite vectors', () => {
  expect(between([3, 0], [0, 5])).toBe(90);
  expect(between([1, 2, 3], [1, 2, 3])).toBe(0);
  expect(between([0.1, 0.2], [-0.3, -0.6])).toBeCloseTo(180, 12);
});
