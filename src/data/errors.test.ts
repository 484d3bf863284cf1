import { expect, test } from 'vitest';
import { DataError, grouped, quote } from './errors.ts';

test('an error is one line: file, row, what is wrong, remedy', () => {
  const error = new DataError('a.csv', 3, 'the label is "x"', 'Write 0 or 1');
  expect(error.message).toBe('a.csv, row 3: the label is "x". Write 0 or 1.');
  expect([error.file, error.row, error.remedy, error.name]).toEqual(['a.csv', 3, 'Write 0 or 1', 'DataError']);
  expect(new DataError('a\nb.csv', null, 'two\r\nlines.', 'Go').message).toBe('a b.csv: two lines. Go.');
});

test('a value from a file is quoted short and without control characters', () => {
  expect(quote('a\tb')).toBe('"a b"');
  expect(quote('😀'.repeat(80))).toBe(`"${'😀'.repeat(59)}…"`);
});

test('large numbers are grouped by thousands', () => {
  expect([0, 999, 1000, 1234567].map(grouped)).toEqual(['0', '999', '1,000', '1,234,567']);
});
