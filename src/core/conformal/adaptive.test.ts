import { describe, expect, test } from 'vitest';
import { stream } from '../random/streams.ts';
import { adaptiveConformal, conformalPid, runAdaptive, type AdaptiveMethod } from './adaptive.ts';
import { adaptive, calibrationStream, largestGap, testStream } from './fixtures/golden.ts';
import { labelArrivals } from './labelArrivals.ts';

const every = labelArrivals(testStream.length, 1, 0, 1);
const none = new Float64Array();
const tracker = { epsilon: 0.1, start: 0.5, eta: 0.05, integral: null, scorecaster: null };
const pi = { ...tracker, integral: { gain: 0.1, saturation: 2 } };
const share = (values: Uint8Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('golden runs', () => {
  test('adaptive conformal inference with γ = 0.05 over the last 30 scores', () => {
    const wanted = adaptive.aci_gamma_0p05_window30;
    const settings = { epsilon: 0.1, gamma: 0.05, window: 30, quantile: 'numpy-higher' } as const;
    const run = runAdaptive(adaptiveConformal(calibrationStream, settings), testStream, every);
    expect(largestGap(run.alpha, wanted.alpha_t)).toBeLessThan(1e-10);
    expect(largestGap(run.thresholds, wanted.q)).toBeLessThan(1e-10);
    expect(largestGap(run.errors, wanted.err)).toBe(0);
    expect(run.labels).toBe(80);
  });

  test('quantile tracker and PI control', () => {
    for (const [settings, wanted] of [
      [tracker, adaptive.quantile_tracker],
      [pi, adaptive.pi_control],
    ] as const) {
      const run = runAdaptive(conformalPid(none, settings), testStream, every);
      expect(largestGap(run.thresholds, wanted.q)).toBeLessThan(1e-10);
      expect(largestGap(run.errors, wanted.err)).toBe(0);
    }
  });
});

/** Scores whose level jumps half way. */
function shifted(steps: number, seed: number): Float64Array {
  return stream(seed, 'scores')
    .random(new Float64Array(steps))
    .map((u, t) => (t < steps / 2 ? 0.4 * u : 0.4 + 0.5 * u));
}

const methods: [string, () => AdaptiveMethod][] = [
  [
    'adaptive conformal inference',
    () =>
      adaptiveConformal(shifted(100, 1).slice(0, 50), { epsilon: 0.1, gamma: 0.02, window: 200, quantile: 'exact' }),
  ],
  ['quantile tracker', () => conformalPid(none, { ...tracker, eta: 0.02 })],
  ['PI control', () => conformalPid(none, pi)],
  [
    'PID control with a scorecaster',
    () => conformalPid(shifted(100, 1).slice(0, 50), { ...pi, start: 0, eta: 0.02, scorecaster: { window: 50 } }),
  ],
];

describe.each(methods)('%s', (_, make) => {
  const scores = shifted(4000, 9);

  test('keeps the long-run share of errors at ε through a jump of the scores', () => {
    const run = runAdaptive(make(), scores, labelArrivals(4000, 1, 0, 1));
    expect(Math.abs(share(run.errors) - 0.1)).toBeLessThan(0.03);
  });

  test('without labels it stands still, and the jump goes through', () => {
    const run = runAdaptive(make(), scores, labelArrivals(4000, 0, 0, 1));
    expect(run.labels).toBe(0);
    expect(new Set(run.thresholds).size).toBe(1);
    expect(share(run.errors.subarray(2000))).toBeGreaterThan(0.5);
  });

  test('a late label moves nothing before it comes, and the last ones never do', () => {
    const run = runAdaptive(make(), scores, labelArrivals(4000, 1, 100, 1));
    expect(new Set(run.thresholds.subarray(0, 101)).size).toBe(1);
    expect(new Set(run.thresholds.subarray(100, 120)).size).toBeGreaterThan(1);
    expect(run.labels).toBe(3900);
    const prompt = runAdaptive(make(), scores, labelArrivals(4000, 1, 0, 1));
    expect(share(run.errors.subarray(2000, 2200))).toBeGreaterThan(share(prompt.errors.subarray(2000, 2200)));
  });

  test('runs twice alike', () => {
    const arrivals = labelArrivals(4000, 0.3, 7, 2);
    expect(runAdaptive(make(), scores, arrivals)).toEqual(runAdaptive(make(), scores, arrivals));
  });
});

test('ACI keeps Gibbs and Candès’ bound on any stream, even one that always jumps ahead', () => {
  const [gamma, steps, epsilon] = [0.03, 3000, 0.1];
  const scores = Float64Array.from({ length: steps }, (_, t) => t);
  for (const quantile of ['exact', 'numpy-higher'] as const) {
    const method = adaptiveConformal(Float64Array.of(0), { epsilon, gamma, window: null, quantile });
    const { errors } = runAdaptive(method, scores, labelArrivals(steps, 1, 0, 1));
    expect(Math.abs(share(errors) - epsilon)).toBeLessThanOrEqual((1 - epsilon + gamma) / (gamma * steps));
  }
});

test('the integrator has no bound at saturation', () => {
  const method = conformalPid(none, { ...pi, integral: { gain: 1, saturation: 0.1 } });
  for (let t = 0; t < 3; t++) method.learn(1, true);
  expect(method.threshold).toBe(Infinity);
});

describe('which labels come', () => {
  const count = (budget: number, steps = 10_000): number =>
    labelArrivals(steps, budget, 0, 4).asked.reduce((sum, asked) => sum + asked, 0);

  test('a budget of 1 asks for all, 0 for none, and a share for about that many', () => {
    expect(count(1)).toBe(10_000);
    expect(count(0)).toBe(0);
    expect(Math.abs(count(0.05) - 500)).toBeLessThan(4 * Math.sqrt(475));
  });

  test('a larger budget keeps the labels of a smaller one, and a longer stream those of a shorter', () => {
    const few = labelArrivals(500, 0.1, 0, 4).asked;
    const more = labelArrivals(800, 0.4, 0, 4).asked;
    few.forEach((asked, t) => {
      if (asked === 1) expect(more[t]).toBe(1);
    });
    expect(labelArrivals(800, 0.1, 0, 4).asked.subarray(0, 500)).toEqual(few);
    expect(labelArrivals(500, 0.1, 0, 5).asked).not.toEqual(few);
  });

  test('what cannot be is refused', () => {
    expect(() => labelArrivals(5, 1.1, 0, 1)).toThrow('label budget is a share of rows from 0 to 1; it is 1.1');
    expect(() => labelArrivals(5, 1, -1, 1)).toThrow('The delay of labels must be a whole number');
    const settings = { epsilon: 0.1, gamma: 0, window: null, quantile: 'exact' } as const;
    expect(() => adaptiveConformal(testStream, settings)).toThrow('The step γ must be a number above 0; it is 0');
    expect(() => adaptiveConformal(none, { ...settings, gamma: 0.1 })).toThrow('There are no calibration rows');
    expect(() => conformalPid(none, { ...tracker, epsilon: 2 })).toThrow('it is 2');
    expect(() => conformalPid(none, { ...tracker, scorecaster: { window: 5 } })).toThrow('no calibration rows');
    const method = conformalPid(none, tracker);
    expect(() => runAdaptive(method, Float64Array.of(Number.NaN), labelArrivals(1, 1, 0, 1))).toThrow('is NaN');
    expect(() => runAdaptive(method, testStream, labelArrivals(3, 1, 0, 1))).toThrow('80 steps but 3 entries');
  });
});
