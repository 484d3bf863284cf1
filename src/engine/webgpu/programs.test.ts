import { expect, test } from 'vitest';
import { addLanes, LANES } from './programs.ts';

test('partial sums are added up in float64, from where they start', () => {
  const values = new Float32Array(3 + 2 * LANES);
  values.fill(9, 0, 3);
  values.fill(0.5, 3, 3 + LANES);
  values[3 + LANES] = 16777216;
  values.fill(1, 4 + LANES);
  const out = new Float64Array(2);
  addLanes(values, 3, 2, out);
  expect([...out]).toEqual([LANES, 2 * (16777216 + LANES - 1)]);
});
