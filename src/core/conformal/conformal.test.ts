import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stream } from '../random/streams.ts';
import { conformal, numbers } from './fixtures/golden.ts';
import { calibrationScores } from './nonconformity.ts';
import { windowedShare } from '../monitor/windowedShare.ts';
import { rowOutcomes, runningWindows, summarise } from './outcomes.ts';
import { pairwiseSum } from './pairwiseSum.ts';
import { BOTH, EMPTY, ONLY_0, ONLY_1, predictionSet, predictionSets } from './predictionSet.ts';
import { conformalRank, splitThreshold } from './splitQuantile.ts';
import {
  effectiveSampleSize,
  massAtInfinity,
  publishedWeightedThreshold,
  weightedCalibration,
  weightedThreshold,
} from './weightedQuantile.ts';

/** n, then np.sum of 1/1 … 1/n and of n times 0.1, by numpy 1.24.2. */
const NUMPY_SUMS: [number, number, number][] = [
  [5, 2.283333333333333, 0.5],
  [8, 2.7178571428571425, 0.8],
  [100, 5.187377517639621, 9.999999999999998],
  [128, 5.433147092589173, 12.800000000000002],
  [129, 5.440899030573669, 12.899999999999999],
  [300, 6.282663880299504, 29.999999999999996],
  [777, 7.2332993778816785, 77.69999999999999],
  [5000, 9.094508852984436, 499.99999999999994],
];

const scores = Float64Array.from(conformal.scores);
const weights = Float64Array.from(conformal.weights);
const ones = (n: number): Float64Array => new Float64Array(n).fill(1);
const someScores = fc
  .array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 60 })
  .map((values) => Float64Array.from(values, (value) => value / 50));
const anyEpsilon = fc.integer({ min: 1, max: 99 }).map((percent) => percent / 100);

describe('golden', () => {
  test('split thresholds are the known order statistics, +∞ included', () => {
    for (const [epsilon, wanted] of Object.entries(conformal.split)) {
      expect(splitThreshold(scores, Number(epsilon)).q).toBe(numbers([wanted])[0]);
    }
  });

  test('weighted thresholds and effective sample size are the known ones', () => {
    const calibration = weightedCalibration(scores, weights);
    for (const [epsilon, wanted] of Object.entries(conformal.weighted)) {
      expect(weightedThreshold(calibration, conformal.w_test, Number(epsilon))).toBe(numbers([wanted])[0]);
    }
    expect(effectiveSampleSize(weights)).toBeCloseTo(conformal.ess, 10);
  });
});

describe('split conformal prediction', () => {
  test('the rank is free of the rounding of binary fractions', () => {
    for (const [n, epsilon, rank] of [
      [9, 0.1, 9],
      [299, 0.1, 270],
      [300, 0.1, 271],
      [19, 0.05, 19],
      [99, 0.07, 93],
      [999, 0.001, 999],
      [8, 0.1, 9],
    ]) {
      expect(conformalRank(n, epsilon)).toBe(rank);
    }
    for (let percent = 1; percent < 100; percent++) {
      expect(conformalRank(99, percent / 100)).toBe(100 - percent);
    }
  });

  test('too few rows abstain always, and say how many are needed', () => {
    const few = splitThreshold(Float64Array.of(0.1, 0.2, 0.3), 0.1);
    expect(few.q).toBe(Infinity);
    expect(few.fewestRows).toBe(9);
    expect(Array.from(predictionSets(Float64Array.of(0, 0.5, 1), few.q))).toEqual([BOTH, BOTH, BOTH]);
    expect(splitThreshold(Float64Array.of(0.1, 0.2, 0.3), 0.1, 'as-published').q).toBe(0.3);
    const enough = Float64Array.from({ length: 9 }, (_, i) => i / 10);
    expect(splitThreshold(enough, 0.1).q).toBe(0.8);
  });

  test('as published, the threshold lies between the exact order statistic and the next', () => {
    const ascending = Float64Array.from({ length: 50 }, (_, i) => (i * i) / 2500);
    const exact = splitThreshold(ascending, 0.1);
    const published = splitThreshold(ascending, 0.1, 'as-published');
    expect(published.q).toBeGreaterThan(exact.q);
    expect(published.q).toBeLessThan(ascending[exact.rank]);
  });

  test('coverage of exchangeable rows is at least 1 − ε and at most 1 − ε + 1/(n + 1), within binomial noise', () => {
    const repeats = 6000;
    for (const [n, epsilon] of [
      [10, 0.1],
      [37, 0.1],
      [50, 0.25],
    ]) {
      const draws = stream(n, 'coverage');
      let covered = 0;
      for (let r = 0; r < repeats; r++) {
        const row = draws.random(new Float64Array(n + 1));
        if (row[n] <= splitThreshold(row.subarray(0, n), epsilon).q) covered++;
      }
      const promise = conformalRank(n, epsilon) / (n + 1);
      expect(promise).toBeGreaterThanOrEqual(1 - epsilon);
      // Four standard errors: one run in 16,000 would fail by chance, and these seeds are fixed.
      const slack = 4 * Math.sqrt((promise * (1 - promise)) / repeats);
      expect(Math.abs(covered / repeats - promise)).toBeLessThan(slack);
    }
  });

  test('calibrating on the wrong rank would fail that test', () => {
    const draws = stream(10, 'coverage');
    let covered = 0;
    for (let r = 0; r < 6000; r++) {
      const row = draws.random(new Float64Array(11));
      if (row[10] <= row.subarray(0, 10).sort()[8]) covered++;
    }
    expect(Math.abs(covered / 6000 - 10 / 11)).toBeGreaterThan(4 * Math.sqrt((10 / 11 / 11) * (1 / 6000)));
  });
});

describe('weighted conformal prediction', () => {
  test('unit weights give split conformal prediction at every ε', () => {
    fc.assert(
      fc.property(someScores, anyEpsilon, fc.constantFrom(1, 0.1, 7.3), (values, epsilon, common) => {
        const calibration = weightedCalibration(values, ones(values.length).fill(common));
        expect(weightedThreshold(calibration, common, epsilon)).toBe(splitThreshold(values, epsilon).q);
      }),
      { numRuns: 400 },
    );
  });

  test('a larger ε never raises the threshold, and a heavier test row never lowers it', () => {
    const weighted = fc.tuple(someScores, fc.integer({ min: 1, max: 1e6 })).map(([values, seed]) => ({
      calibration: weightedCalibration(
        values,
        stream(seed, 'weights')
          .random(new Float64Array(values.length))
          .map((u) => u * 5 + 0.01),
      ),
    }));
    fc.assert(
      fc.property(weighted, anyEpsilon, anyEpsilon, ({ calibration }, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(weightedThreshold(calibration, 1, low)).toBeGreaterThanOrEqual(weightedThreshold(calibration, 1, high));
        expect(weightedThreshold(calibration, 3, low)).toBeGreaterThanOrEqual(weightedThreshold(calibration, 1, low));
        expect(publishedWeightedThreshold(calibration, low).q).toBeGreaterThanOrEqual(
          publishedWeightedThreshold(calibration, high).q,
        );
      }),
    );
  });

  test('with all weights on the floor, exact arithmetic stops at rank 279 of 300 and the published one at 280', () => {
    const values = Float64Array.from({ length: 300 }, (_, i) => i + 1);
    const calibration = weightedCalibration(values, ones(300).fill(0.1));
    expect(weightedThreshold(calibration, 1, 0.1)).toBe(279);
    expect(publishedWeightedThreshold(calibration, 0.1)).toEqual({ q: 280, rank: 280, reached: true });
  });

  test('the mass at +∞ decides whether a threshold is finite', () => {
    const calibration = weightedCalibration(
      Float64Array.from({ length: 300 }, (_, i) => i),
      ones(300).fill(0.1),
    );
    for (const [testWeight, mass, finite] of [
      [0.1, 0.0033222591362126247, true],
      [1, 0.03225806451612903, true],
      [3, 0.09090909090909091, true],
      [3.3333, 0.09999909999909999, true],
      [3.34, 0.10017996400719854, false],
      [10, 0.25, false],
    ] as const) {
      expect(massAtInfinity(calibration, testWeight)).toBeCloseTo(mass, 12);
      expect(weightedThreshold(calibration, testWeight, 0.1) < Infinity).toBe(finite);
    }
  });

  test('where the published rule does not reach its level, the largest score stands in for +∞', () => {
    const calibration = weightedCalibration(Float64Array.of(0.3, 0.1, 0.2), ones(3).fill(0.1));
    expect(publishedWeightedThreshold(calibration, 0.1)).toEqual({ q: 0.3, rank: 3, reached: false });
    expect(weightedThreshold(calibration, 1, 0.1)).toBe(Infinity);
  });

  test('with the true density ratio, coverage under covariate shift is at least 1 − ε where split falls short', () => {
    // Scores grow with x; calibration x is uniform, test x has density 2x: its ratio is 2x.
    const [n, repeats, epsilon] = [40, 4000, 0.2];
    const draws = stream(3, 'shift');
    let weightedHits = 0;
    let splitHits = 0;
    for (let r = 0; r < repeats; r++) {
      const x = draws.random(new Float64Array(n));
      const testX = Math.sqrt(draws.random1());
      const calibration = weightedCalibration(
        x,
        x.map((value) => 2 * value),
      );
      if (testX <= weightedThreshold(calibration, 2 * testX, epsilon)) weightedHits++;
      if (testX <= splitThreshold(x, epsilon).q) splitHits++;
    }
    const slack = 4 * Math.sqrt((epsilon * (1 - epsilon)) / repeats);
    expect(weightedHits / repeats).toBeGreaterThan(1 - epsilon - slack);
    expect(weightedHits / repeats).toBeLessThan(1 - epsilon + 0.06);
    expect(splitHits / repeats).toBeLessThan(0.72);
  });
});

describe('prediction sets and what they leave', () => {
  test('a set holds each label whose nonconformity is at most q', () => {
    expect(predictionSet(0.3, 0.7)).toBe(BOTH);
    expect(predictionSet(0.3, 0.5)).toBe(ONLY_0);
    expect(predictionSet(0.98, 0.3)).toBe(ONLY_1);
    expect(predictionSet(0.5, 0.3)).toBe(EMPTY);
    expect(predictionSet(0, -Infinity)).toBe(EMPTY);
    expect(predictionSet(0.5, Infinity)).toBe(BOTH);
  });

  test('coverage, abstention, answers and silent failures add up', () => {
    const p = Float64Array.of(0.02, 0.97, 0.98, 0.5, 0.99, 0.4);
    const labels = Uint8Array.of(0, 1, 0, 1, 0, 1);
    const rows = rowOutcomes(p, labels, Float64Array.of(0.1, 0.1, 0.1, 0.1, 0.995, 0.7), { threshold: 0.5, tau: 0.9 });
    expect(Array.from(rows.sets)).toEqual([ONLY_0, ONLY_1, ONLY_1, EMPTY, BOTH, BOTH]);
    const all = summarise(rows);
    expect(all.coverage.value).toBeCloseTo(4 / 6, 12);
    expect(all.abstention.value).toBe(0.5);
    expect([all.empty, all.both, all.answered]).toEqual([1, 2, 3]);
    expect(all.answeredAccuracy.value).toBeCloseTo(2 / 3, 12);
    expect(all.accuracy.value).toBe(0.5);
    expect([all.silentFailures, all.silentCaught, all.silentMissed, all.silentCorrected]).toEqual([2, 1, 1, 0]);
    expect(summarise(rows, 3, 6).answeredAccuracy).toMatchObject({
      value: null,
      reason: 'The monitor abstains on every row.',
    });
    expect(summarise(rows, 2, 2).coverage.reason).toBe('There are no rows to take a share of.');
  });

  test('a running window is the summary of its rows, and begins when it is full', () => {
    const p = stream(5, 'p').random(new Float64Array(60));
    const labels = Uint8Array.from(stream(5, 'y').random(new Float64Array(60)), (u, i) => (u < p[i] ? 1 : 0));
    const rows = rowOutcomes(p, labels, 0.45);
    const windows = runningWindows(rows, 12);
    for (let t = 0; t < 60; t++) {
      if (t < 11) {
        expect(windows.coverage.value[t]).toBeNaN();
        continue;
      }
      const part = summarise(rows, t - 11, t + 1);
      for (const name of ['coverage', 'abstention', 'answeredAccuracy'] as const) {
        expect(windows[name].value[t]).toBe(part[name].value ?? Number.NaN);
        expect(windows[name].low[t]).toBe(part[name].low ?? Number.NaN);
        expect(windows[name].high[t]).toBe(part[name].high ?? Number.NaN);
      }
    }
    expect(() => windowedShare(rows.covered, null, 0)).toThrow('The window must be a whole number of at least 1');
  });
});

test.each(NUMPY_SUMS)('%i values add up to the bits of numpy.sum', (n, harmonic, tenths) => {
  expect(pairwiseSum(Float64Array.from({ length: n }, (_, i) => 1 / (i + 1)))).toBe(harmonic);
  expect(pairwiseSum(ones(n).fill(0.1))).toBe(tenths);
});

describe('input that cannot be used', () => {
  const refused: [string, () => unknown, string][] = [
    ['ε of 0', () => splitThreshold(scores, 0), 'The error level ε must lie between 0 and 1'],
    ['ε of 1', () => weightedThreshold(weightedCalibration(scores, weights), 1, 1), 'it is 1'],
    ['ε that is NaN', () => splitThreshold(scores, Number.NaN), 'it is NaN'],
    ['no calibration rows', () => splitThreshold(new Float64Array(), 0.1), 'There are no calibration rows'],
    ['a NaN score', () => splitThreshold(Float64Array.of(0.1, Number.NaN), 0.1), 'Calibration score 2 is NaN'],
    ['a negative weight', () => weightedCalibration(Float64Array.of(1), Float64Array.of(-1)), 'weight 1 is -1'],
    [
      'only zero weights',
      () => weightedCalibration(Float64Array.of(1), Float64Array.of(0)),
      'no calibration row looks',
    ],
    ['too few weights', () => weightedCalibration(scores, ones(3)), '25 calibration scores but 3 weights'],
    [
      'a logit',
      () => calibrationScores(Float64Array.of(0.2, 4), Uint8Array.of(0, 1)),
      'score 2 is 4, not a probability',
    ],
    [
      'one class',
      () => calibrationScores(Float64Array.of(0.2, 0.3), Uint8Array.of(0, 0)),
      'All 2 calibration rows have label 0',
    ],
    ['a label of 2', () => rowOutcomes(Float64Array.of(0.5), Uint8Array.of(2), 1), 'it must be 0 or 1'],
    ['missing labels', () => rowOutcomes(Float64Array.of(0.5), new Uint8Array(), 1), '1 test rows but 0 labels'],
  ];
  test.each(refused)('%s is refused with a message', (_, act, message) => {
    expect(act).toThrow(message);
  });

  test('one class passes where it is asked for, as the published experiment has it', () => {
    const p = Float64Array.of(0.2, 0.3);
    expect(Array.from(calibrationScores(p, Uint8Array.of(0, 0), { oneClass: 'allow' }))).toEqual([0.2, 0.3]);
  });
});
