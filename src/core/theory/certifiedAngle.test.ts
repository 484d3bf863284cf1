import { describe, expect, test } from 'vitest';
import { stream } from '../random/streams.ts';
import { certifiedAngles } from './certifiedAngle.ts';

const DIMS = 12;

describe('the certified angle', () => {
  const generator = stream(4, 'rows');
  const w = generator.standardNormal(new Float64Array(DIMS));
  const k = Math.sqrt(w.reduce((sum, x) => sum + x * x, 0));
  const b = 0.4 * k;
  const rows = Array.from({ length: 50 }, () => {
    const x = generator.standardNormal(new Float64Array(DIMS));
    const length = Math.sqrt(x.reduce((sum, v) => sum + v * v, 0));
    return x.map((v) => v / length);
  });
  const dot = (x: Float64Array, y: Float64Array): number => x.reduce((sum, v, j) => sum + v * y[j], 0);
  const s = Float64Array.from(rows, (x) => dot(x, w));
  const n2 = new Float64Array(rows.length).fill(1);

  test('is reached by the turn straight towards the boundary, and by no smaller turn', () => {
    const { degrees } = certifiedAngles(s, n2, k, b);
    rows.forEach((x, i) => {
      const angle = ((degrees?.[i] ?? Number.NaN) * Math.PI) / 180;
      const cosine = s[i] / k;
      const sine = Math.sqrt(1 - cosine * cosine);
      const towards = s[i] + b > 0 ? -1 : 1;
      const across = x.map((v, j) => (towards * (w[j] / k - cosine * v)) / sine);
      const logitAt = (turn: number) =>
        dot(
          x.map((v, j) => Math.cos(turn) * v + Math.sin(turn) * across[j]),
          w,
        ) + b;
      expect(Math.abs(logitAt(angle))).toBeLessThan(1e-12);
      expect(Math.sign(logitAt(angle * 0.999))).toBe(Math.sign(s[i] + b));
      expect(Math.sign(logitAt(angle * 1.001))).toBe(-Math.sign(s[i] + b));
    });
  });

  test('moves with the threshold', () => {
    const { degrees } = certifiedAngles(s, n2, k, b, s[0] + b);
    expect(degrees?.[0]).toBeLessThan(1e-6);
  });

  test('does not exist where the probe answers the same everywhere', () => {
    expect(certifiedAngles(s, n2, k, 1.01 * k).reason).toMatch(/answers 1 for every/);
    expect(certifiedAngles(s, n2, k, -1.01 * k).reason).toMatch(/answers 0 for every/);
    expect(certifiedAngles(s, n2, 0, 1).degrees).toBeNull();
  });

  test('does not exist for rows that are not of unit length', () => {
    expect(certifiedAngles(Float64Array.of(1), Float64Array.of(4), k, b).reason).toMatch(/length 2.0000000/);
  });
});
