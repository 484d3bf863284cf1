import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bottomAxis, leftAxis, niceCeil, spreadLabels, tickText } from './axis.ts';

const box = { left: 40, top: 10, right: 140, bottom: 110 };

test('a bottom axis draws each tick, its grid line and its label', () => {
  const marks = bottomAxis(box, (v) => 40 + 100 * v, [0, 0.5, 1], tickText);
  expect(marks.ticks).toBe('M40,110v5M90,110v5M140,110v5');
  expect(marks.grid).toBe('M40,110V10M90,110V10M140,110V10');
  expect(marks.labels.map((label) => [label.x, label.text])).toEqual([
    [40, '0'],
    [90, '0.5'],
    [140, '1'],
  ]);
});

test('a crowded axis leaves out labels, never ticks', () => {
  const marks = bottomAxis(box, (v) => 40 + 100 * v, [0, 0.1, 0.2, 0.3, 0.4, 0.5], tickText, 25);
  expect(marks.ticks.match(/M/g)).toHaveLength(6);
  expect(marks.labels.map((label) => label.text)).toEqual(['0', '0.3']);
});

test('a left axis puts labels left of its ticks', () => {
  const marks = leftAxis(box, (v) => 110 - 100 * v, [0, 1], tickText);
  expect(marks.ticks).toBe('M40,110h-5M40,10h-5');
  expect(marks.labels.every((label) => label.x < 40 && label.anchor === 'end')).toBe(true);
});

test('the nice ceiling is at least the value and less than twice it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), (value) => {
      expect(niceCeil(value)).toBeGreaterThanOrEqual(value * (1 - 1e-12));
      expect(niceCeil(value)).toBeLessThan(2 * value);
    }),
  );
  expect(niceCeil(0)).toBe(1);
});

test('labels with room stay where they belong', () => {
  expect(spreadLabels([10, 50, 90], 14, 0, 100)).toEqual([10, 50, 90]);
});

test('labels that collide spread evenly about their mean', () => {
  expect(spreadLabels([50, 50, 50], 10, 0, 100)).toEqual([40, 50, 60]);
});

test('labels too many for the room share it evenly', () => {
  expect(spreadLabels([5, 5, 5, 5, 5], 50, 0, 100)).toEqual([0, 25, 50, 75, 100]);
});

test('spread labels keep their order, their distance and the range', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -50, max: 250, noNaN: true }), { minLength: 1, maxLength: 8 }), (wanted) => {
      const placed = spreadLabels(wanted, 14, 0, 200);
      const sorted = [...placed].sort((a, b) => a - b);
      expect(sorted[0]).toBeGreaterThanOrEqual(-1e-9);
      expect(sorted[sorted.length - 1]).toBeLessThanOrEqual(200 + 1e-9);
      for (let i = 1; i < sorted.length; i += 1) expect(sorted[i] - sorted[i - 1]).toBeGreaterThanOrEqual(14 - 1e-9);
      wanted.forEach((a, i) => wanted.forEach((b, j) => a < b && expect(placed[i]).toBeLessThan(placed[j])));
    }),
  );
});
