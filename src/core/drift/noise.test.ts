import { describe, expect, test } from 'vitest';
import { stream } from '../random/streams.ts';
import { createNoise } from './noise.ts';

const ROWS = 700;
const DIMS = 96;
const whole = stream(42, 'noise').standardNormal(new Float64Array(ROWS * DIMS));
const rowOf = (k: number) => whole.subarray(k * DIMS, (k + 1) * DIMS);

describe.each([
  ['kept', ROWS * DIMS * 8],
  ['drawn again', ROWS * DIMS * 8 - 1],
])('noise that is %s', (name, budget) => {
  test('is kept only within its budget', () => {
    expect(createNoise(42, ROWS, DIMS, budget).kept).toBe(name === 'kept');
  });

  test('is one sequential draw, whatever rows are asked for and in which order', () => {
    const noise = createNoise(42, ROWS, DIMS, budget);
    for (const k of [3, 0, 699, 698, 1, 650, 5, 5, 699]) expect(noise.row(k)).toEqual(rowOf(k));
  });

  test('comes in blocks of any size, forwards, backwards and mixed with single rows', () => {
    const noise = createNoise(42, ROWS, DIMS, budget);
    const scratch = new Float64Array(64 * DIMS);
    for (const [first, count] of [
      [0, 64],
      [64, 64],
      [300, 10],
      [310, 64],
      [2, 3],
      [699, 1],
    ]) {
      const block = noise.block(first, count, scratch);
      expect(block).toEqual(whole.subarray(first * DIMS, (first + count) * DIMS));
      expect(noise.row(1)).toEqual(rowOf(1));
    }
  });
});
