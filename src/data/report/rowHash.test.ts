import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashRows, repeated } from './rowHash.ts';

function hashes(values: Float32Array | Float64Array, dims: number, salt = 0): number[] {
  const out = new Float64Array(values.length / dims);
  hashRows(values, dims, salt, out, 0);
  return [...out];
}

test.each([Float32Array, Float64Array])('equal rows hash alike, and 0 is −0, in %p', (Numbers) => {
  const [a, b, c, d] = hashes(Numbers.of(1, 0, 2, 1, -0, 2, 1, 0, 3, 2, 0, 1), 3);
  expect(a).toBe(b);
  expect(new Set([a, c, d]).size).toBe(3);
  expect(Number.isSafeInteger(a)).toBe(true);
});

test('the smallest denormal of float64 below zero is no zero', () => {
  const [a, b] = hashes(Float64Array.of(-Number.MIN_VALUE, 0), 1);
  expect(a).not.toBe(b);
});

test('rows at another place of a buffer hash alike', () => {
  const values = Float64Array.from({ length: 12 }, (_, i) => i);
  expect(hashes(values.subarray(3, 9), 3)).toEqual(hashes(values.slice(3, 9), 3));
});

test('a hundred thousand rows that differ in one bit have hashes of their own, of either salt', () => {
  const values = new Float32Array(200_000);
  for (let row = 0; row < 100_000; row++) values[2 * row + (row & 1)] = row;
  for (const salt of [0, 0x5bd1e995]) expect(repeated(Float64Array.from(hashes(values, 2, salt))).size).toBe(0);
});

test('rows repeat where a row by row comparison says so', () => {
  const number = fc.constantFrom(0, -0, 1, 2, 0.5);
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number), { maxLength: 30 }), (rows) => {
      const found = hashes(Float32Array.from(rows.flat()), 2);
      rows.forEach((a, i) =>
        rows.forEach((b, j) => expect(found[i] === found[j]).toBe(a[0] === b[0] && a[1] === b[1])),
      );
    }),
  );
});
