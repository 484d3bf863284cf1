import { expect, test } from 'vitest';
import {
  formatCount,
  formatEstimate,
  formatNumber,
  formatPercent,
  formatProbability,
  formatSigma,
  plural,
} from './format.ts';

test('numbers have fixed decimals and a true minus sign, and no negative zero', () => {
  expect(formatNumber(0.91044)).toBe('0.910');
  expect(formatNumber(-0.5, 2)).toBe('\u22120.50');
  expect(formatNumber(-0.0001, 2)).toBe('0.00');
});

test('undefined numbers show as a dash, never as a value', () => {
  for (const format of [formatNumber, formatPercent, formatCount]) {
    expect(format(null)).toBe('–');
    expect(format(NaN)).toBe('–');
  }
  expect(formatSigma(NaN)).toBe('–');
});

test('shares are percent with one decimal', () => {
  expect(formatPercent(0.1234)).toBe('12.3%');
  expect(formatPercent(1, 0)).toBe('100%');
});

test('counts have commas between thousands', () => {
  expect([0, 999, 1000, 20000, 1234567, -4321].map(formatCount)).toEqual([
    '0',
    '999',
    '1,000',
    '20,000',
    '1,234,567',
    '\u22124,321',
  ]);
  expect(plural(1, 'row')).toBe('1 row');
  expect(plural(1200, 'row')).toBe('1,200 rows');
});

test('sigma has three significant digits, no trailing zeros and no exponent', () => {
  expect([0, 0.15 / 7, 0.15, 0.0001, 1.234, 2, 12.34, 999.6, 1e-9].map(formatSigma)).toEqual([
    '0',
    '0.0214',
    '0.15',
    '0.0001',
    '1.23',
    '2',
    '12.3',
    '1000',
    '0.000000001',
  ]);
});

test('an estimate names its interval, or says why there is none', () => {
  expect(formatEstimate({ value: 0.91, low: 0.902, high: 0.918, reason: null })).toBe(
    '0.910 (95% interval 0.902 to 0.918)',
  );
  expect(formatEstimate({ value: 1, low: null, high: null, reason: 'no variance' })).toBe(
    '1.000 (no interval: no variance)',
  );
  expect(formatEstimate({ value: null, low: null, high: null, reason: 'only one class' })).toBe('– (only one class)');
});

test('a probability that is not 0 or 1 is not shown as such', () => {
  expect(formatProbability(0.25, 4)).toBe('0.2500');
  expect(formatProbability(3.21e-6, 4)).toBe('3.2e−6');
  expect(formatProbability(1 - 3.2e-6, 4)).toBe('1 − 3.2e−6');
  expect([formatProbability(0), formatProbability(1), formatProbability(null)]).toEqual(['0.000', '1.000', '–']);
});
