import { describe, expect, test } from 'vitest';
import { dialArc, dialEnd, dialNote, dialPoint } from './dial.ts';

describe('the angle wheel', () => {
  test('is a quarter circle, and half a circle where an angle is beyond it', () => {
    expect(dialEnd([0.4, null, 0.9])).toBe(90);
    expect(dialEnd([90, Number.NaN])).toBe(90);
    expect(dialEnd([12, 90.1])).toBe(180);
    expect(dialEnd([null])).toBe(90);
  });

  test('draws every angle as it is', () => {
    const dial = { centreX: 10, centreY: 110, radius: 100 };
    expect(dialPoint(dial, 0)).toEqual([110, 110]);
    expect(dialPoint(dial, 90)).toEqual([10, 10]);
    expect(dialPoint(dial, 180)).toEqual([-90, 110]);
    expect(dialPoint(dial, 45, 0.5)).toEqual([45.36, 74.64]);
    expect(dialArc(dial, 0, 90, 1)).toBe('M110,110A100,100 0 0 0 10,10');
  });

  test('says where a turn is too small to see', () => {
    expect(dialNote(1.15)).toContain('read the numbers');
    expect(dialNote(24)).toBe('Angles are drawn as they are.');
    expect(dialNote(null)).toBe('Angles are drawn as they are.');
  });
});
