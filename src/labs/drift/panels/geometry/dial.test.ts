import { describe, expect, test } from 'vitest';
import { dialArc, dialNote, dialPoint, dialScale } from './dial.ts';

describe('the angle wheel', () => {
  test('takes the smallest full scale that holds every angle, and says so', () => {
    expect(dialScale([0.4, null, 0.9])).toBe(1);
    expect(dialScale([1.15, 0.2])).toBe(2);
    expect(dialScale([44, Number.NaN])).toBe(45);
    expect(dialScale([120])).toBe(180);
    expect(dialScale([null])).toBe(1);
    expect(dialNote(2)).toMatch(/Magnified: .* 2°/);
    expect(dialNote(90)).toMatch(/as they are/);
    expect(dialNote(180)).toMatch(/Compressed/);
  });

  test('points right at nothing and up at the full scale', () => {
    const dial = { centreX: 10, centreY: 110, radius: 100, scale: 20 };
    expect(dialPoint(dial, 0)).toEqual([110, 110]);
    expect(dialPoint(dial, 20)).toEqual([10, 10]);
    expect(dialPoint(dial, 10, 0.5)).toEqual([45.36, 74.64]);
    expect(dialArc(dial, 0, 20, 1)).toBe('M110,110A100,100 0 0 0 10,10');
  });
});
