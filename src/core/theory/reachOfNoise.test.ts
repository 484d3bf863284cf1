import { describe, expect, test } from 'vitest';
import { normalCdf } from './normal.ts';
import { lowestAucAfter } from './octaveBound.ts';
import { lineAt, lowestReachable } from './reachOfNoise.ts';

const sigmas = [0, ...Array.from({ length: 40 }, (_, k) => 1e-3 * 1.25 ** k)];

describe('the lowest AUC within reach of isotropic noise', () => {
  test('is the octave bound from the AUC at half the amount', () => {
    const floor = lowestReachable([0, 0.1, 0.2], [0.9, 0.8, 0.6]);
    expect(floor[0]).toBeNaN();
    expect(floor[1]).toBe(lowestAucAfter(lineAt([0, 0.1], [0.9, 0.8], 0.05), 2));
    expect(floor[2]).toBe(lowestAucAfter(0.8, 2));
  });

  test('lies below every curve that noise makes, whatever mixture of pairs stands behind it', () => {
    // Pairs at distances of both signs: exact expected curves, read at points a quarter octave apart or closer.
    for (const distances of [[1], [0.02, 3], [-1, 0.5, 2], [-0.3, -0.1, 0.05, 8]]) {
      const curve = sigmas.map(
        (sigma) =>
          distances.reduce((sum, d) => sum + (sigma === 0 ? Number(d > 0) : normalCdf(d / sigma)), 0) /
          distances.length,
      );
      const floor = lowestReachable(sigmas, curve);
      for (let k = 1; k < sigmas.length; k++) {
        if (Number.isFinite(floor[k]))
          expect(curve[k], `${distances} at ${sigmas[k]}`).toBeGreaterThan(floor[k] - 2e-3);
      }
    }
  });

  test('is unknown where half the amount gives no AUC strictly between 0 and 1', () => {
    expect([...lowestReachable([0, 1, 2], [1, 1, 0.5])].every(Number.isNaN)).toBe(true);
    expect([...lowestReachable([0, 1, 2], [NaN, NaN, 0.5])].every(Number.isNaN)).toBe(true);
  });
});

test('a line is read between its points and nowhere else', () => {
  const [xs, ys] = [
    [0, 1, 3],
    [5, 7, 3],
  ];
  expect([0, 0.5, 1, 2, 3].map((x) => lineAt(xs, ys, x))).toEqual([5, 6, 7, 5, 3]);
  expect([-1, 4].map((x) => lineAt(xs, ys, x))).toEqual([NaN, NaN]);
  expect(lineAt([], [], 0)).toBeNaN();
});
