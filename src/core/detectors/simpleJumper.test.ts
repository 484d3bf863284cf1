import { describe, expect, it } from 'vitest';
import { stream } from '../random/streams.ts';
import { apart, golden } from './fixtures/golden.ts';
import { falseAlarms, mostOf } from './fixtures/nullStreams.ts';
import { eCusum, EDetector, eShiryaevRoberts, logPowerBet } from './eDetectors.ts';
import { compositeJumper, CompositeJumperWealth, JumperWealth, simpleJumper, type Wealth } from './simpleJumper.ts';
import { logMixture, MixtureWealth, powerMartingale, PowerWealth, simpleMixture } from './simpleMixture.ts';

const known = golden.conformal_martingale;
const p = known.p_online_smoothed;
const path = (wealth: Wealth): number[] => p.map((value) => wealth.bet(value));
const COARSE = (u: number): number => Math.floor(6 * u) / 6;

describe('martingales on conformal p-values', () => {
  it('have the known wealth', () => {
    expect(apart(path(new JumperWealth(0.01)), known.log_simple_jumper_J001)).toBeLessThan(1e-10);
    expect(apart(path(new JumperWealth(0.1)), known.log_jumper_J01)).toBeLessThan(1e-10);
    expect(apart(path(new CompositeJumperWealth()), known.log_composite_jumper)).toBeLessThan(1e-10);
    expect(apart(path(new MixtureWealth()), known.log_simple_mixture)).toBeLessThan(1e-10);
    expect(apart(path(new PowerWealth(0.3)), known.log_power_0p3)).toBeLessThan(1e-10);
  });

  it.each([
    [simpleJumper.id, () => falseAlarms(simpleJumper, simpleJumper.defaults, 400, 1000)],
    [`${simpleJumper.id} with ties`, () => falseAlarms(simpleJumper, simpleJumper.defaults, 400, 1000, COARSE)],
    [compositeJumper.id, () => falseAlarms(compositeJumper, compositeJumper.defaults, 400, 1000)],
    [simpleMixture.id, () => falseAlarms(simpleMixture, simpleMixture.defaults, 400, 1000)],
    [powerMartingale.id, () => falseAlarms(powerMartingale, powerMartingale.defaults, 400, 1000)],
  ])('%s alarms on at most a share alpha of null streams', (_, count) => {
    expect(count()).toBeLessThanOrEqual(mostOf(400, 0.05));
  });

  it('breaks its promise with a fixed reference, which is why none is made', () => {
    const parameters = { ...simpleJumper.defaults, history: 'fixed' } as const;
    expect(falseAlarms(simpleJumper, parameters, 400, 3000)).toBeGreaterThan(mostOf(400, 0.05));
    expect(simpleJumper.guarantee(parameters).kind).toBe('none');
  });

  it('finds scores that rise, and the jumper those that fall too', () => {
    const random = stream(9, 'shift');
    const scores = random.random(new Float64Array(300));
    const alarmed = (init: typeof simpleMixture, strange: 'high' | 'low', add: number): boolean => {
      const detector = init.init({ scores, embeddings: null, seed: 1 }, { ...init.defaults, strange });
      let found = false;
      for (let t = 0; t < 300; t++) {
        if (detector.update({ score: random.random1() + add, embedding: null }).alarm) found = true;
      }
      return found;
    };
    expect(alarmed(simpleMixture, 'high', 0.6)).toBe(true);
    expect(alarmed(simpleMixture, 'high', -0.6)).toBe(false);
    expect(alarmed(simpleMixture, 'low', -0.6)).toBe(true);
    expect(alarmed(compositeJumper, 'high', 0.6)).toBe(true);
    expect(alarmed(compositeJumper, 'high', -0.6)).toBe(true);
  });

  it('integrates the mixture on both sides of its change of method', () => {
    /** Simpson's rule on ln of the integrand, as a second way. */
    const direct = (n: number, a: number): number => {
      const cells = 200_000;
      const peak = Math.min(1, n / a);
      const top = n * Math.log(peak) + a * (1 - peak);
      let sum = 0;
      for (let i = 0; i <= cells; i++) {
        const e = i / cells;
        const value = e === 0 ? 0 : Math.exp(n * Math.log(e) + a * (1 - e) - top);
        sum += value * (i === 0 || i === cells ? 1 : i % 2 === 1 ? 4 : 2);
      }
      return top + Math.log(sum / (3 * cells));
    };
    for (const n of [1, 7, 80, 900]) {
      let logFactorial = 0;
      for (let i = 2; i <= n; i++) logFactorial += Math.log(i);
      for (const ratio of [0.1, 0.9, 1, 1.03, 1.5, 4]) {
        const a = ratio * (n + 2);
        expect(logMixture(n, a, logFactorial)).toBeCloseTo(direct(n, a), 8);
      }
    }
    expect(logMixture(3, 0, Math.log(6))).toBeCloseTo(-Math.log(4), 14);
  });

  it('refuses a level and a rate that are none', () => {
    const reference = { scores: Float64Array.of(0.1, 0.2), embeddings: null, seed: 1 };
    expect(() => simpleJumper.init(reference, { ...simpleJumper.defaults, alpha: 1 })).toThrow(/alpha/);
    expect(() => simpleJumper.init(reference, { ...simpleJumper.defaults, rate: 2 })).toThrow(/jumping rate/);
    expect(() => powerMartingale.init(reference, { ...powerMartingale.defaults, exponent: 0 })).toThrow(/exponent/);
  });

  it('stands against the threshold of Ville', () => {
    const reference = { scores: Float64Array.of(0.1, 0.2), embeddings: null, seed: 1 };
    const { threshold } = simpleJumper.init(reference, simpleJumper.defaults);
    expect(threshold).toBeCloseTo(known.thresholds.ville_alpha_0p05, 12);
    const target = eShiryaevRoberts.init(reference, eShiryaevRoberts.defaults).threshold;
    expect(target).toBeCloseTo(known.thresholds.e_SR_ARL_1000, 12);
  });
});

describe('e-detectors', () => {
  it('have the known values', () => {
    const sr = new EDetector('shiryaev-roberts');
    const cusum = new EDetector('cusum');
    const bets = p.map((value) => logPowerBet(value, 0.3, 'small'));
    const bySr = bets.map((bet) => sr.update(bet));
    expect(apart(bySr, known.log_e_SR_power_0p3)).toBeLessThan(1e-10);
    const byCusum = bets.map((bet) => cusum.update(bet));
    expect(apart(byCusum, known.log_e_CUSUM_power_0p3)).toBeLessThan(1e-10);
    byCusum.forEach((value, t) => expect(value).toBeLessThanOrEqual(bySr[t] + 1e-12));
  });

  it.each([
    ['e-SR', eShiryaevRoberts],
    ['e-CUSUM', eCusum],
  ])('%s runs at least as long as promised on null streams', (_, definition) => {
    const arl = 100;
    const runs = 300;
    const random = stream(21, definition.id);
    const lengths = new Float64Array(runs);
    for (let run = 0; run < runs; run++) {
      const scores = random.random(new Float64Array(60));
      const detector = definition.init({ scores, embeddings: null, seed: run }, { ...definition.defaults, arl });
      let t = 1;
      while (t < 3000 && !detector.update({ score: random.random1(), embedding: null }).alarm) t++;
      lengths[run] = t;
    }
    const mean = lengths.reduce((a, b) => a + b, 0) / runs;
    const error = Math.sqrt(lengths.reduce((a, b) => a + (b - mean) ** 2, 0) / runs / runs);
    expect(mean + 3 * error).toBeGreaterThan(arl);
  });

  it('bets whose mean over a uniform p is 1', () => {
    for (const side of ['small', 'large', 'both'] as const) {
      let sum = 0;
      const cells = 400_000;
      // Midpoints of a grid that is finer where the bet is large: p = t⁴ at both ends.
      for (let i = 0; i < cells; i++) {
        const t = (i + 0.5) / cells;
        const q = t ** 8;
        const weight = 8 * t ** 7;
        const half = (x: number) => Math.exp(logPowerBet(x, 0.3, side));
        sum += ((half(q / 2) + half(1 - q / 2)) / 2) * weight;
      }
      expect(sum / cells).toBeCloseTo(1, 3);
    }
    expect(Number.isFinite(logPowerBet(1, 0.3, 'both'))).toBe(true);
  });
});
