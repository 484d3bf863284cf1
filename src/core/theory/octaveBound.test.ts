import { describe, expect, test } from 'vitest';
import { gaussianSteepestFall, lowestAucAfter, steepestFall } from './octaveBound.ts';
import { normalCdf, normalQuantile } from './normal.ts';

describe('how fast isotropic noise can make an AUC fall', () => {
  test('doubling the noise costs at most 0.161, at q = 1.36', () => {
    const { fall, q } = steepestFall(2);
    expect(fall).toBeCloseTo(0.1613, 4);
    expect(q).toBeCloseTo(1.36, 2);
    let largest = 0;
    for (let x = 0; x < 8; x += 0.001) largest = Math.max(largest, normalCdf(x) - normalCdf(x / 2));
    expect(largest).toBeLessThanOrEqual(fall + 1e-15);
    expect(largest).toBeGreaterThan(fall - 1e-6);
  });

  test('the bound grows from 0 without growth of noise towards one half', () => {
    expect(steepestFall(1).fall).toBe(0);
    expect(steepestFall(1.0001).fall).toBeCloseTo(0.242 * Math.log(1.0001), 7);
    expect(steepestFall(1e6).fall).toBeGreaterThan(0.4999);
    expect(() => steepestFall(0.5)).toThrow(RangeError);
  });

  test('Gaussian classes fall by at most 0.065, 0.092 and 0.121 from 0.75, 0.85 and 0.95', () => {
    expect(gaussianSteepestFall(0.75).fall).toBeCloseTo(0.065, 3);
    expect(gaussianSteepestFall(0.95).fall).toBeCloseTo(0.121, 3);
    const middle = gaussianSteepestFall(0.85);
    expect(middle.fall).toBeCloseTo(0.092, 3);
    expect(middle.noiseRatio).toBeCloseTo(1.2, 1);
    expect(middle.from).toBeCloseTo(0.747, 2);
    expect(middle.to).toBeCloseTo(0.655, 2);
    const z = normalQuantile(0.85);
    for (let r = 0.01; r < 20; r *= 1.05) {
      const fall = normalCdf(z / Math.hypot(1, r)) - normalCdf(z / Math.hypot(1, 2 * r));
      expect(fall).toBeLessThanOrEqual(middle.fall + 1e-12);
    }
  });

  test('no mixture of pairs falls below the lowest AUC, and some mixture reaches it', () => {
    for (const k of [1.5, 2, 4]) {
      for (const auc of [0.3, 0.55, 0.7, 0.85, 0.95, 0.999]) {
        const bound = lowestAucAfter(auc, k);
        let lowest = 1;
        // Two groups of pairs at distances q1 < q2; a convex envelope in the plane needs no more.
        for (let q1 = -12; q1 <= 6; q1 += 0.25) {
          for (let q2 = q1; q2 <= 6; q2 += 0.05) {
            const u1 = normalCdf(q1);
            const u2 = normalCdf(q2);
            if (u1 > auc || u2 < auc || u1 === u2) continue;
            const share = (auc - u1) / (u2 - u1);
            lowest = Math.min(lowest, (1 - share) * normalCdf(q1 / k) + share * normalCdf(q2 / k));
          }
        }
        expect(bound).toBeLessThanOrEqual(lowest + 1e-12);
        // Distances are cut at −12 here, where Φ(q/k) is not yet 0 for a large k.
        expect(lowest - bound).toBeLessThan(0.003);
      }
    }
  });

  test('0.85 cannot become 0.50 when σ goes from 0.01 to 0.02', () => {
    expect(lowestAucAfter(0.85, 2)).toBeGreaterThan(0.69);
    expect(lowestAucAfter(0.85, 1)).toBe(0.85);
    expect(() => lowestAucAfter(1, 2)).toThrow(RangeError);
  });
});
