import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDecimal } from './decimal.ts';

test('decimal notation and exponents are numbers', () => {
  const typed = ['0.02', ' 3 ', '.5', '5.', '1e-4', '2E3', '+1', '\u22121.5'];
  expect(typed.map((text) => readDecimal(text).value)).toEqual([0.02, 3, 0.5, 5, 1e-4, 2000, 1, -1.5]);
});

test('any number reads back as itself', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
      expect(readDecimal(Object.is(x, -0) ? '-0' : String(x)).value).toBe(x);
    }),
  );
});

test('what a program would read otherwise, or not at all, is no number', () => {
  for (const text of ['', '0x10', '0b1', '1_000', 'Infinity', 'NaN', '1 2', '.', 'e5', '1e']) {
    expect([text, readDecimal(text).value]).toEqual([text, null]);
  }
});

test('a decimal comma is refused with the number to write', () => {
  expect(readDecimal('0,02')).toEqual({ value: null, problem: 'Write a point for the decimal mark: 0.02.' });
  expect(readDecimal('1,000,000').problem).toBe(null);
});
