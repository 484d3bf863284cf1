import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkBothClasses, checkFinite, checkRowsAgree, normSummary } from './checks.ts';
import { rowScale } from './normalize.ts';

test('a number that is not finite is named by row and column', () => {
  const values = new Float32Array([1, 2, 3, 4, 5, Infinity]);
  expect(() => checkFinite(values, 3, 'x.npy')).toThrow('x.npy, row 2: column 3 is infinite.');
  values[5] = NaN;
  expect(() => checkFinite(values, 3, 'x.npy')).toThrow('x.npy, row 2: column 3 is NaN.');
  values[5] = 3.4e38;
  checkFinite(values, 3, 'x.npy');
});

test('embeddings and labels that disagree in number are both named, with their counts', () => {
  expect(() => checkRowsAgree('x.npy', 4000, 'y.csv', 3999)).toThrow(
    'x.npy: it has 4,000 rows but y.csv has 3,999 labels.',
  );
  checkRowsAgree('x.npy', 4000, 'y.csv', 4000);
});

test('labels of one class only are refused', () => {
  expect(() => checkBothClasses(new Uint8Array([0, 0]), 'y.csv')).toThrow(
    'y.csv: all 2 labels are 0. Add rows with label 1',
  );
  expect(() => checkBothClasses(new Uint8Array([1]), 'y.csv')).toThrow('all 1 labels are 1. Add rows with label 0');
  expect(() => checkBothClasses(new Uint8Array(0), 'y.csv')).toThrow('it has no labels');
  checkBothClasses(new Uint8Array([0, 1]), 'y.csv');
});

test('norms are summed up as smallest, middle and largest', () => {
  expect(normSummary(new Float32Array([3, 4, 0, 1, 0, 0, 6, 8]), 4, 2)).toEqual({ min: 0, median: 3, max: 10 });
  expect(normSummary(new Float32Array([3, 4, 0, 1, 6, 8]), 3, 2)).toEqual({ min: 1, median: 5, max: 10 });
  expect(normSummary(new Float32Array(0), 0, 2)).toBeNull();
});

test('rows times their factor have length one within float64 rounding', () => {
  const row = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
      fc.pre(rows.every((x) => x.some((v) => Math.abs(v) > 1e-100)));
      const values = Float64Array.from(rows.flat());
      const scale = rowScale(values, rows.length, 5, true);
      rows.forEach((x, r) => expect(Math.hypot(...x) * scale[r]).toBeCloseTo(1, 14));
    }),
  );
});

test('rows that are used as given have factor one, zeros included', () => {
  expect(Array.from(rowScale(new Float32Array([0, 0, 3, 4]), 2, 2, false))).toEqual([1, 1]);
});

test('a row of zeros cannot be normalised, and neither can one too large to measure', () => {
  expect(() => rowScale(new Float32Array([3, 4, 0, 0]), 2, 2, true, 'x.npy')).toThrow(
    'x.npy, row 2: all its numbers are zero (or too small to square), so it cannot be scaled to length 1. Remove the row from embeddings and labels, or switch normalisation off.',
  );
  expect(() => rowScale(new Float64Array([1e200, 0]), 1, 2, true, 'x.npy')).toThrow(
    'x.npy, row 1: its length cannot be held',
  );
});
