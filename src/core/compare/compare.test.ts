import { describe, expect, test } from 'vitest';
import { createEvaluator } from '../metrics/evaluate.ts';
import { stream } from '../random/streams.ts';
import { bootstrapDifferences, type BootstrapSettings } from './bootstrap.ts';
import { aucDifference, meanDifference, newcombe, pairedMeanDifference } from './differences.ts';
import { countFlips, mcNemarExact } from './flips.ts';
import { numbersOfRows, rowOutcomes, type OutcomeSettings, type RowOutcomes } from './rowOutcomes.ts';

const SETTINGS: OutcomeSettings = {
  threshold: 0.5,
  highConfidence: 0.8,
  bins: 10,
  binning: 'width',
  closed: 'right',
  target: 'top-label',
  confidence: 'max',
};

/** n rows of two classes, and the same rows again with noise on the logits. */
function twoStates(n: number, seed: number, settings = SETTINGS) {
  const random = stream(seed, 'test');
  const labels = Uint8Array.from({ length: n }, () => (random.random1() < 0.4 ? 1 : 0));
  const before = Float64Array.from(labels, (label) => (label === 1 ? 1.5 : -1.5) + 1.4 * random.standardNormal1());
  const after = Float64Array.from(before, (z) => 0.8 * z + 1.2 * random.standardNormal1());
  return { labels, before, after, a: rowOutcomes(labels, before, settings), b: rowOutcomes(labels, after, settings) };
}

function finish(a: RowOutcomes, b: RowOutcomes, settings: BootstrapSettings) {
  const work = bootstrapDifferences(a, b, settings);
  for (;;) {
    const turn = work.next();
    if (turn.done) return turn.value;
  }
}

describe('the numbers that a bootstrap repeats', () => {
  test('equal those of the lab on the rows themselves, whatever the conventions', () => {
    const variants: Partial<OutcomeSettings>[] = [
      {},
      { binning: 'mass' },
      { target: 'positive-class', closed: 'left' },
      { threshold: 0.7, confidence: 'predicted', bins: 15 },
    ];
    for (const variant of variants) {
      const settings = { ...SETTINGS, ...variant };
      const { labels, after, b } = twoStates(700, 3, settings);
      const lab = createEvaluator(labels, settings).evaluate(after, 'numbers');
      const here = numbersOfRows(b)(Uint32Array.from(labels, (_, i) => i));
      for (const name of ['ece', 'silentFailureRate', 'brier', 'f1'] as const) {
        expect(here[name]).toBeCloseTo(lab[name] ?? NaN, 12);
      }
    }
  });

  test('are undefined, not 0.5, without rows or without errors', () => {
    const labels = Uint8Array.of(0, 1);
    const perfect = numbersOfRows(rowOutcomes(labels, Float64Array.of(-3, 3), SETTINGS));
    expect(perfect([0, 1]).silentFailureRate).toBeNull();
    expect(perfect([])).toEqual({ ece: null, silentFailureRate: null, brier: null, f1: null });
  });
});

describe('the bootstrap of differences', () => {
  const { a, b, labels } = twoStates(600, 11);
  const settings = { seed: 5, resamples: 400, paired: true };

  test('is the same for the same seed and another for another seed', () => {
    expect(finish(a, b, settings)).toEqual(finish(a, b, settings));
    expect(finish(a, b, { ...settings, seed: 6 })).not.toEqual(finish(a, b, settings));
  });

  test('draws its rows by the recipe, resample after resample', () => {
    const random = stream(5, 'bootstrap');
    const [ofA, ofB] = [numbersOfRows(a), numbersOfRows(b)];
    const draws = Float64Array.from({ length: 400 }, () => {
      const rows = random.integers(0, labels.length, labels.length);
      return (ofB(rows).brier ?? NaN) - (ofA(rows).brier ?? NaN);
    }).sort();
    const at = 0.025 * 399;
    const low = draws[Math.floor(at)] + (at % 1) * (draws[Math.floor(at) + 1] - draws[Math.floor(at)]);
    expect(finish(a, b, settings).brier.low).toBeCloseTo(low, 14);
  });

  test('gives the Brier score, a mean of row values, the interval of the paired normal', () => {
    const normal = pairedMeanDifference(a.squaredError, b.squaredError);
    const { brier } = finish(a, b, { ...settings, resamples: 2000 });
    const half = ((normal.high ?? NaN) - (normal.low ?? NaN)) / 2;
    expect(brier.value).toBeCloseTo(normal.value ?? NaN, 14);
    expect(Math.abs((brier.low ?? NaN) - (normal.low ?? NaN))).toBeLessThan(0.15 * half);
    expect(Math.abs((brier.high ?? NaN) - (normal.high ?? NaN))).toBeLessThan(0.15 * half);
  });

  test('is wider where the rows are not the same', () => {
    const width = ({ low, high }: { low: number | null; high: number | null }) => (high ?? NaN) - (low ?? NaN);
    const paired = finish(a, b, settings).brier;
    expect(width(finish(a, b, { ...settings, paired: false }).brier)).toBeGreaterThan(width(paired));
  });

  test('finds no difference between a state and itself', () => {
    expect(finish(a, a, settings).ece).toEqual({ value: 0, low: 0, high: 0, reason: null });
  });

  test('says why where a number is undefined', () => {
    const perfect = rowOutcomes(Uint8Array.of(0, 1), Float64Array.of(-3, 3), SETTINGS);
    const rate = finish(perfect, perfect, settings).silentFailureRate;
    expect(rate).toMatchObject({ value: null, low: null });
    expect(rate.reason).toContain('undefined');
  });

  test('refuses to pair states of different length', () => {
    expect(() => finish(a, twoStates(10, 1).b, settings)).toThrow(RangeError);
  });
});

describe('differences of means and shares', () => {
  test('of the same rows are those of the row differences', () => {
    const one = Float64Array.of(0.1, 0.5, 0.9, 0.4);
    const two = Float64Array.of(0.3, 0.4, 1, 0.8);
    // scipy.stats: mean .15, sem .1040833 of (.2, −.1, .1, .4); ± 1.959964 · sem
    const difference = pairedMeanDifference(one, two);
    expect(difference.value).toBeCloseTo(0.15, 12);
    expect(difference.low).toBeCloseTo(0.15 - 1.959963984540054 * Math.sqrt(0.13 / 3 / 4), 12);
    expect(difference.high).toBeCloseTo(0.15 + 1.959963984540054 * Math.sqrt(0.13 / 3 / 4), 12);
  });

  test('have no interval where nothing varies', () => {
    expect(pairedMeanDifference([1, 1], [2, 2])).toMatchObject({ value: 1, low: null });
    expect(pairedMeanDifference([], []).value).toBeNull();
    expect(meanDifference([1], [2, 3])).toMatchObject({ value: 1.5, low: null });
  });

  test('of shares equal the example of Newcombe (1998), 56/70 against 48/80 by method 10', () => {
    const { value, low, high } = newcombe({ k: 48, n: 80 }, { k: 56, n: 70 });
    expect(value).toBeCloseTo(0.2, 12);
    expect(low).toBeCloseTo(0.0524, 4);
    expect(high).toBeCloseTo(0.3339, 4);
  });

  test('of two AUCs of different rows add their variances', () => {
    const first = twoStates(300, 1);
    const second = twoStates(300, 2);
    const { value, low, high } = aucDifference(first.labels, first.before, second.labels, second.after);
    const back = aucDifference(second.labels, second.after, first.labels, first.before);
    expect(value).toBeLessThan(0);
    expect(back.value).toBeCloseTo(-(value ?? NaN), 14);
    expect((back.high ?? NaN) - (back.low ?? NaN)).toBeCloseTo((high ?? NaN) - (low ?? NaN), 14);
    expect(aucDifference(Uint8Array.of(1, 1), Float64Array.of(1, 2), first.labels, first.before).value).toBeNull();
  });
});

describe('rows that went from one side to the other', () => {
  test('are counted row by row', () => {
    const { a, b, labels } = twoStates(500, 4);
    const flips = countFlips(a, b);
    const count = (of: (i: number) => boolean) => Array.from(labels).filter((_, i) => of(i)).length;
    expect(flips.changed).toBe(count((i) => a.answer[i] !== b.answer[i]));
    expect(flips.rightToWrong).toBe(count((i) => a.correct[i] === 1 && b.correct[i] === 0));
    expect(flips.wrongToRight).toBe(count((i) => a.correct[i] === 0 && b.correct[i] === 1));
    expect(flips.silentGained).toBe(count((i) => a.silent[i] === 0 && b.silent[i] === 1));
    expect(flips.changed).toBe(flips.rightToWrong + flips.wrongToRight);
  });

  test("have McNemar's exact p, as scipy.stats.binomtest gives it", () => {
    expect(mcNemarExact(0, 0)).toBeNull();
    expect(mcNemarExact(5, 5)).toBe(1);
    expect(mcNemarExact(0, 6)).toBeCloseTo(2 / 64, 14);
    expect(mcNemarExact(12, 29)).toBeCloseTo(0.011507789735333063, 12);
    expect(mcNemarExact(180, 260)).toBeCloseTo(0.00015956384876726168, 12);
  });
});
