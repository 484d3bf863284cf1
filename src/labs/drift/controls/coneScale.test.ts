import { expect, test } from 'vitest';
import { formatCosine, MULTIPLES, multipleAt, positionOf } from './coneScale.ts';

test('every place of the slider is found again', () => {
  for (let at = 0; at <= MULTIPLES; at++) expect(positionOf(multipleAt(at))).toBe(at);
  expect([multipleAt(0), multipleAt(100), multipleAt(MULTIPLES)]).toEqual([0.1, 1, 100]);
  expect([positionOf(1e-3), positionOf(1000)]).toEqual([0, MULTIPLES]);
});

test('a cosine shows the digits in which it differs from 1', () => {
  expect([0.3, 0.9, 0.97, 0.99, 0.999, 0.9999].map(formatCosine)).toEqual([
    '.300',
    '.900',
    '.970',
    '.990',
    '.9990',
    '.99990',
  ]);
  expect(formatCosine(-0.05)).toBe('−.050');
  expect(formatCosine(1)).toBe('1.00000000');
  expect(formatCosine(null)).toBe('–');
});
