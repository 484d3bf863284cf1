import { expect, test } from 'vitest';
import { formatChange, formatHeadline } from './headlines.ts';

test('headline numbers carry their unit', () => {
  expect(formatHeadline(0.8125, 'share')).toBe('81.3%');
  expect(formatHeadline(0.87049, 'decimal')).toBe('0.870');
  expect(formatHeadline(1.1459, 'degrees')).toBe('1.15°');
  expect(formatHeadline(32.64, 'degrees')).toBe('32.6°');
  expect(formatHeadline(null, 'share')).toBe('–');
});

test('changes are signed, in points for shares, and rounded after subtracting', () => {
  expect(formatChange(0.8, 0.9, 'share')).toBe('−10.0 points');
  expect(formatChange(0.12, 0.1, 'decimal')).toBe('+0.020');
  expect(formatChange(0.80001, 0.8, 'share')).toBe('no change');
  expect(formatChange(0.94253, 0.93427, 'share')).toBe('+0.8 points');
  expect(formatChange(0.85, 0.7875, 'share')).toBe('+6.3 points');
  expect(formatChange(null, 0.8, 'share')).toBe('');
});
