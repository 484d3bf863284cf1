import { describe, expect, it } from 'vitest';
import { stream } from '../random/streams.ts';
import { alwaysFires } from './always.ts';
import { bettingSequence, HedgedCapital, hedgedInterval, HedgedSequence } from './betting.ts';
import {
  empiricalBernstein,
  EmpiricalBernsteinSequence,
  hoeffding,
  HoeffdingSequence,
  PredictableBet,
  type Band,
} from './empiricalBernstein.ts';
import { apart, golden, STREAM } from './fixtures/golden.ts';
import { falseAlarms, mostOf } from './fixtures/nullStreams.ts';
import { neverFires } from './never.ts';

const known = golden.confidence_sequence;

function bands(sequence: Band & { update(x: number): void }): { lower: number[]; upper: number[] } {
  const lower: number[] = [];
  const upper: number[] = [];
  for (const x of STREAM) {
    sequence.update(x);
    lower.push(sequence.lower);
    upper.push(sequence.upper);
  }
  return { lower, upper };
}

describe('confidence sequences of a mean', () => {
  it.each([
    ['empirical-Bernstein', new EmpiricalBernsteinSequence(0.05), known.predmix_empbern],
    ['Hoeffding', new HoeffdingSequence(0.05), known.predmix_hoeffding],
    ['hedged betting', new HedgedSequence(0.05), known.hedged_capital_grid1000],
  ] as const)('%s has the known bounds', (_, sequence, expected) => {
    const { lower, upper } = bands(sequence);
    expect(apart(lower, expected.lower)).toBeLessThan(1e-10);
    expect(apart(upper, expected.upper)).toBeLessThan(1e-10);
  });

  it.each([
    [0.2857, known['betting_martingale_m0.2857']],
    [0.5, known['betting_martingale_m0.5']],
  ])('the capital against the mean %d is the known one', (m, expected) => {
    const capital = new HedgedCapital(m);
    const bet = new PredictableBet(0.025);
    STREAM.forEach((x, t) => {
      capital.bet(x, bet.lambda);
      bet.take(x);
      expect(Math.abs(Math.exp(capital.log) / expected[t] - 1)).toBeLessThan(1e-10);
    });
  });

  it('K⁺ falls and K⁻ grows with the mean bet against', () => {
    const bet = new PredictableBet(0.025);
    const capitals = Array.from({ length: 101 }, (_, i) => new HedgedCapital(i / 100));
    for (const x of STREAM) {
      const { lambda } = bet;
      for (const capital of capitals) capital.bet(x, lambda);
      bet.take(x);
      for (let i = 1; i <= 100; i++) {
        expect(capitals[i].logUp).toBeLessThanOrEqual(capitals[i - 1].logUp);
        expect(capitals[i].logDown).toBeGreaterThanOrEqual(capitals[i - 1].logDown);
      }
    }
  });

  it('the interval by bisection lies within a cell of the grid', () => {
    const { lower, upper } = hedgedInterval(Float64Array.from(STREAM), 0.05);
    const sequence = new HedgedSequence(0.05);
    STREAM.forEach((x) => sequence.update(x));
    expect(lower).toBeGreaterThanOrEqual(sequence.lower);
    expect(lower).toBeLessThan(sequence.lower + 0.001 + 1e-9);
    expect(upper).toBeLessThanOrEqual(sequence.upper);
    expect(upper).toBeGreaterThan(sequence.upper - 0.001 - 1e-9);
    expect(hedgedInterval(Float64Array.of(0.5), 0.05)).toEqual({ lower: 0, upper: 1 });
  });

  it('the mirrored stream has the mirrored bounds', () => {
    for (const make of [
      () => new EmpiricalBernsteinSequence(0.1),
      () => new HoeffdingSequence(0.1),
      () => new HedgedSequence(0.1),
    ]) {
      const plain = make();
      const mirrored = make();
      for (const x of STREAM) {
        plain.update(x);
        mirrored.update(1 - x);
        expect(mirrored.lower).toBeCloseTo(1 - plain.upper, 9);
        expect(mirrored.upper).toBeCloseTo(1 - plain.lower, 9);
      }
    }
  });

  it.each([
    ['hedged betting', () => new HedgedSequence(0.1, 200)],
    ['empirical-Bernstein', () => new EmpiricalBernsteinSequence(0.1)],
    ['Hoeffding', () => new HoeffdingSequence(0.1)],
  ])('%s ever misses the mean of at most a share alpha of streams', (name, make) => {
    const runs = 200;
    const random = stream(31, name);
    let missed = 0;
    for (let run = 0; run < runs; run++) {
      const sequence = make();
      for (let t = 0; t < 500; t++) {
        sequence.update(random.random1() < 0.3 ? 1 : 0);
        if (sequence.lower <= 0.3 && sequence.upper >= 0.3) continue;
        missed++;
        break;
      }
    }
    expect(missed).toBeLessThanOrEqual(mostOf(runs, 0.1));
  });
});

describe('monitors by confidence sequence', () => {
  const COIN = (u: number): number => (u < 0.5 ? 1 : 0);

  it.each([
    ['betting', () => falseAlarms(bettingSequence, { alpha: 0.2 }, 200, 2000, COIN)],
    ['empirical-Bernstein', () => falseAlarms(empiricalBernstein, { alpha: 0.2 }, 200, 2000, COIN)],
    ['Hoeffding', () => falseAlarms(hoeffding, { alpha: 0.2 }, 200, 2000, COIN)],
  ])('%s ever alarms on at most a share alpha of null streams, the reference drawn afresh', (_, count) => {
    expect(count()).toBeLessThanOrEqual(mostOf(200, 0.2));
  });

  it('find a shifted mean of coin tosses, betting first', () => {
    const random = stream(33, 'shift');
    const scores = random.random(new Float64Array(1000)).map((u) => (u < 0.2 ? 1 : 0));
    const shifted = Array.from({ length: 3000 }, () => (random.random1() < 0.5 ? 1 : 0));
    const delay = (definition: typeof hoeffding): number => {
      const detector = definition.init({ scores, embeddings: null, seed: 1 }, { alpha: 0.05 });
      return shifted.findIndex((score) => detector.update({ score, embedding: null }).alarm);
    };
    expect(delay(bettingSequence)).toBeGreaterThan(0);
    expect(delay(bettingSequence)).toBeLessThan(delay(hoeffding));
    expect(delay(empiricalBernstein)).toBeGreaterThan(0);
  });

  it('ask for probabilities', () => {
    const logits = { scores: Float64Array.of(0.5, -2), embeddings: null, seed: 1 };
    const fine = { ...logits, scores: Float64Array.of(0.5, 0.2) };
    for (const definition of [bettingSequence, empiricalBernstein, hoeffding]) {
      expect(() => definition.init(logits, { alpha: 0.05 })).toThrow(/Reference score 2 is -2, outside \[0, 1\]/);
      expect(() => definition.init(fine, { alpha: 0 })).toThrow(/alpha/);
      expect(() => definition.init(fine, { alpha: 0.1 }).update({ score: 1.5, embedding: null })).toThrow(/outside/);
      expect(definition.guarantee({ alpha: 0.1 })).toMatchObject({ kind: 'ever', value: 0.1 });
    }
  });
});

describe('dummies', () => {
  it('one alarms at every step, the other at none', () => {
    expect(falseAlarms(alwaysFires, {}, 20, 1)).toBe(20);
    expect(falseAlarms(neverFires, {}, 20, 100)).toBe(0);
    expect(alwaysFires.guarantee({}).kind).toBe('none');
    expect(neverFires.guarantee({})).toMatchObject({ kind: 'ever', value: 0 });
  });
});
