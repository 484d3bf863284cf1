import { expect, test } from 'vitest';
import { formatDifference, formatWhy } from './formatWhy.ts';

test('values carry their unit, and nothing carries none', () => {
  expect(formatWhy(0.12345, 'share')).toBe('12.35%');
  expect(formatWhy(0.12345, 'decimal')).toBe('0.1235');
  expect(formatWhy(-0.5, 'decimal')).toBe('−0.5000');
  expect(formatWhy(21.5, 'degrees')).toBe('21.50°');
  expect(formatWhy(null, 'share')).toBe('–');
});

test('a difference has a sign, and a small one is not called none', () => {
  expect(formatDifference(0.5, 0.45, 'share')).toBe('+5.00 points');
  expect(formatDifference(0.4, 0.45, 'decimal')).toBe('−0.0500');
  expect(formatDifference(0.45 + 1e-16, 0.45, 'share')).toBe('no change');
  expect(formatDifference(0.450001, 0.45, 'decimal')).toBe('less than 0.0001');
  expect(formatDifference(20.001, 20, 'degrees')).toBe('less than 0.01°');
  expect(formatDifference(0.79, 0.79125, 'share')).toBe('−0.13 points');
  expect(formatDifference(null, 0.5, 'share')).toBe('–');
});
