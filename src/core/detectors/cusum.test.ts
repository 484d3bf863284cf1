import { describe, expect, it } from 'vitest';
import { stream } from '../random/streams.ts';
import { normalCdf } from '../theory/normal.ts';
import {
  cusumArl,
  cusumArlTwoSided,
  cusumLimitForArl,
  ewmaArl,
  ewmaLimitForArl,
  siegmundArl,
} from './arlMarkovChain.ts';
import { Cusum, cusum } from './cusum.ts';
import type { RunningDetector } from './detector.ts';
import { ewma } from './ewma.ts';
import { apart, golden, REFERENCE, STREAM } from './fixtures/golden.ts';
import { referenceMoments } from './referenceChecks.ts';

/** Mean run length on normal scores and its standard error. */
function runLengths(make: () => RunningDetector, runs: number, shift: number, name: string) {
  const random = stream(11, name);
  let sum = 0;
  let squares = 0;
  for (let r = 0; r < runs; r++) {
    const detector = make();
    let t = 1;
    while (!detector.update({ score: random.standardNormal1() + shift, embedding: null }).alarm) t++;
    sum += t;
    squares += t * t;
  }
  const mean = sum / runs;
  return { mean, error: Math.sqrt((squares / runs - mean * mean) / runs) };
}

describe('CUSUM', () => {
  it('has the known sides and alarms at the known step', () => {
    const { k, h, mean, sd, s_plus, s_minus, alarm_index } = golden.cusum;
    const moments = referenceMoments({ scores: REFERENCE, embeddings: null, seed: 1 });
    expect(moments.mean).toBeCloseTo(mean, 12);
    expect(moments.sd).toBeCloseTo(sd, 12);
    const detector = new Cusum(moments.mean, moments.sd, { k, h });
    const high: number[] = [];
    const low: number[] = [];
    const alarms = STREAM.map((score) => {
      const { alarm } = detector.update({ score });
      high.push(detector.high);
      low.push(detector.low);
      return alarm;
    });
    expect(apart(high, s_plus)).toBeLessThan(1e-10);
    expect(apart(low, s_minus)).toBeLessThan(1e-10);
    expect(alarms.indexOf(true)).toBe(alarm_index);
  });

  it.each(Object.entries(golden.cusum.arl))('has the known run lengths at %s', (name, known) => {
    const [k, h] = name.split(',').map((part) => Number(part.slice(2)));
    expect(cusumArl(k, h)).toBeCloseTo(known.ARL0_one_sided, 7);
    expect(Math.abs(cusumArl(k, h) / known.ARL0_one_sided - 1)).toBeLessThan(1e-10);
    expect(Math.abs(cusumArlTwoSided(k, h) / known.ARL0_two_sided - 1)).toBeLessThan(1e-10);
    expect(cusumArl(k, h, 1)).toBeCloseTo(known.ARL1_shift_1sd, 10);
    expect(siegmundArl(k, h)).toBeCloseTo(known.siegmund_one_sided, 10);
  });

  it.each([
    [0, 600],
    [1, 4000],
  ])('runs as long in simulation as the Markov chain says, shift %d', (shift, runs) => {
    const { mean, error } = runLengths(() => new Cusum(0, 1, { k: 0.5, h: 4 }), runs, shift, 'cusum');
    const expected = cusumArlTwoSided(0.5, 4, shift);
    expect(Math.abs(mean - expected)).toBeLessThan(4 * error);
    expect(error / mean).toBeLessThan(0.05);
  });

  it('finds the limit for a target', () => {
    expect(cusumLimitForArl(0.5, 465.4259)).toBeCloseTo(5, 5);
    expect(ewmaArl(0.1, ewmaLimitForArl(0.1, 500))).toBeCloseTo(500, -1);
  });

  it('keeps its digits where run lengths are beyond any stream', () => {
    for (const h of [20, 35]) expect(cusumArl(0.5, h) / siegmundArl(0.5, h)).toBeCloseTo(0.99, 1);
    expect(ewmaArl(1, 8) * 2 * normalCdf(-8)).toBeCloseTo(1, 10);
  });

  it('does not change when scores are shifted and scaled with their reference', () => {
    const scaled = cusum.init({ scores: REFERENCE.map((s) => 4 * s - 7), embeddings: null, seed: 1 }, cusum.defaults);
    const plain = cusum.init({ scores: REFERENCE, embeddings: null, seed: 1 }, cusum.defaults);
    for (const score of STREAM) {
      const a = plain.update({ score, embedding: null }).statistic;
      expect(scaled.update({ score: 4 * score - 7, embedding: null }).statistic).toBeCloseTo(a ?? NaN, 9);
    }
  });

  it('refuses a constant reference', () => {
    const scores = new Float64Array(50).fill(0.3);
    expect(() => cusum.init({ scores, embeddings: null, seed: 1 }, cusum.defaults)).toThrow(/without spread/);
    expect(() => cusum.init({ scores: REFERENCE, embeddings: null, seed: 1 }, { k: -1, h: 5 })).toThrow(/allowance k/);
  });

  it('promises a run length', () => {
    expect(cusum.guarantee(cusum.defaults).kind).toBe('arl');
    expect(cusum.guarantee(cusum.defaults).value).toBeCloseTo(465.42590084293334, 6);
  });
});

describe('EWMA', () => {
  it('has the textbook run lengths: 500.8 and 371 at the published limits', () => {
    // Lucas and Saccucci 1990, table 3: λ = .25, L = 2.998 → 500; λ = 1, L = 3 is the Shewhart chart, 1/(2Φ(−3)) = 370.4.
    expect(ewmaArl(0.25, 2.998)).toBeGreaterThan(495);
    expect(ewmaArl(0.25, 2.998)).toBeLessThan(506);
    expect(ewmaArl(1, 3)).toBeCloseTo(370.398, 2);
  });

  it('runs as long in simulation as the Markov chain says', () => {
    const reference = stream(4, 'reference').standardNormal(new Float64Array(20_000));
    const { mean: m, sd } = referenceMoments({ scores: reference, embeddings: null, seed: 1 });
    const exact = reference.map((x) => (x - m) / sd);
    const make = () => ewma.init({ scores: exact, embeddings: null, seed: 1 }, { lambda: 0.1, limit: 2.2 });
    for (const [shift, runs] of [
      [0, 300],
      [1, 400],
    ]) {
      const { mean, error } = runLengths(make, runs, shift, 'ewma');
      expect(Math.abs(mean - ewmaArl(0.1, 2.2, shift))).toBeLessThan(4 * error + 0.01 * mean);
    }
  });

  it('is the recursion z ← z + λ(x − z)', () => {
    const reference = { scores: Float64Array.of(-1, 0, 1), embeddings: null, seed: 1 };
    const detector = ewma.init(reference, { lambda: 0.2, limit: 1 });
    const scale = Math.sqrt(0.2 / 1.8);
    expect(detector.update({ score: 1, embedding: null })).toEqual({ statistic: 0.2 / scale, alarm: false });
    expect(detector.update({ score: 1, embedding: null }).statistic).toBeCloseTo(0.36 / scale, 12);
    expect(detector.update({ score: 1, embedding: null }).alarm).toBe(true);
  });
});
