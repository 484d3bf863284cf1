import { expect, test } from 'vitest';
import { placeMarks, rangeOf, shareAt, ticksWithin, type PlaneAxis } from './plane.ts';

const AXIS: PlaneAxis = { title: 'x', middle: 0, fine: 0.1, ticks: [-10, -1, 0, 1, 10] };
const BOX = { left: 0, top: 0, right: 300, bottom: 200 };

test('marks of points at one place do not cover each other and stay in the box', () => {
  const points = Array.from({ length: 13 }, (_, k) => ({ id: String(k), x: 2, y: 3 }));
  const placed = placeMarks(
    points,
    (v) => v,
    (v) => v,
    BOX,
    26,
  );
  for (const a of placed) {
    expect([a.x, a.y]).toEqual([2, 3]);
    expect(a.markX).toBeGreaterThanOrEqual(13);
    expect(a.markY).toBeGreaterThanOrEqual(13);
    for (const b of placed) if (a !== b) expect(Math.hypot(a.markX - b.markX, a.markY - b.markY)).toBeGreaterThan(25.9);
  }
});

test('the range holds every value and the middle, and ticks within it', () => {
  const range = rangeOf(AXIS, [5, -0.02]);
  for (const value of [5, -0.02, 0]) {
    expect(shareAt(value, AXIS, range)).toBeGreaterThan(0);
    expect(shareAt(value, AXIS, range)).toBeLessThan(1);
  }
  expect(ticksWithin(AXIS, range)).toEqual([0, 1]);
});
