import { expect, test } from 'vitest';
import { nextStop } from './cursor.ts';

test('the first arrow key goes to the starting stop', () => {
  expect(nextStop('ArrowRight', null, 11, 4)).toBe(4);
  expect(nextStop('ArrowLeft', null, 11, 4)).toBe(4);
});

test('arrows move by one, Page keys by ten, Home and End to the ends', () => {
  expect(nextStop('ArrowRight', 4, 101, 0)).toBe(5);
  expect(nextStop('ArrowDown', 4, 101, 0)).toBe(3);
  expect(nextStop('PageUp', 4, 101, 0)).toBe(14);
  expect(nextStop('PageDown', 4, 101, 0)).toBe(0);
  expect(nextStop('Home', 4, 101, 0)).toBe(0);
  expect(nextStop('End', 4, 101, 0)).toBe(100);
});

test('the cursor stays within its stops, and leaves other keys alone', () => {
  expect(nextStop('ArrowRight', 10, 11, 0)).toBe(10);
  expect(nextStop('Tab', 3, 11, 0)).toBeNull();
  expect(nextStop('End', null, 0, 0)).toBeNull();
});
