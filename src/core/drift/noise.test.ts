import { describe, expect, test } from 'vitest';
import { stream } from '../random/streams.ts';
import { createNoise, streamedNoise } from './noise.ts';

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

describe('passes over noise that is drawn again', () => {
  const counted = () => {
    const seen = { starts: 0, drawn: 0 };
    const noise = streamedNoise(
      () => {
        seen.starts += 1;
        const generator = stream(42, 'noise');
        const standardNormal = (out: Float64Array) => {
          seen.drawn += out.length;
          return generator.standardNormal(out);
        };
        return Object.assign(Object.create(generator) as typeof generator, { standardNormal });
      },
      ROWS,
      DIMS,
    );
    return { seen, noise };
  };

  test('that take turns draw it once each, and read the same numbers', () => {
    const { seen, noise } = counted();
    const scratch = new Float64Array(10 * DIMS);
    for (let first = 0; first < ROWS; first += 10) {
      for (const behind of [0, 30, 200]) {
        const at = first - behind;
        if (at < 0) continue;
        expect(noise.block(at, 10, scratch)).toEqual(whole.subarray(at * DIMS, (at + 10) * DIMS));
      }
    }
    expect(seen.starts).toBe(3);
    expect(seen.drawn).toBeLessThanOrEqual(3 * ROWS * DIMS);
  });

  test('row by row that take turns draw it once each', () => {
    const { seen, noise } = counted();
    for (let k = 0; k < ROWS; k++) {
      expect(noise.row(k)).toEqual(rowOf(k));
      if (k >= 690) expect(noise.row(k - 690)).toEqual(rowOf(k - 690));
    }
    expect(seen.starts).toBe(2);
  });

  test('of more readers than are kept track of still read the right numbers', () => {
    const noise = streamedNoise(() => stream(42, 'noise'), ROWS, DIMS);
    const scratch = new Float64Array(DIMS);
    for (let round = 0; round < 3; round++) {
      for (let reader = 11; reader >= 0; reader--) {
        const k = 50 * reader + round;
        expect(noise.block(k, 1, scratch)).toEqual(rowOf(k));
      }
    }
  });
});
