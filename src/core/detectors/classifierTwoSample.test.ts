import { describe, expect, it } from 'vitest';
import type { Generator } from '../random/generator.ts';
import { stream } from '../random/streams.ts';
import { classifierTwoSample, classifierTwoSampleScores } from './classifierTwoSample.ts';
import { classifierTest } from './classifierTwoSampleTest.ts';
import type { Reference } from './detector.ts';
import { mostOf } from './fixtures/nullStreams.ts';

const DIMS = 4;

function samples(random: Generator, n: number, m: number, shift: number) {
  const values = random.standardNormal(new Float64Array((n + m) * DIMS));
  for (let i = n; i < n + m; i++) values[i * DIMS] += shift;
  return { values, labels: new Uint8Array(n + m).fill(1, n) };
}

function reference(random: Generator, rows: number): Reference {
  return {
    scores: random.random(new Float64Array(rows)),
    embeddings: { values: random.standardNormal(new Float64Array(rows * DIMS)), dims: DIMS },
    seed: 5,
  };
}

describe('the classifier two-sample test', () => {
  it('rejects in at most a share alpha of tests by the corrected error, in far more by the independent one', () => {
    const random = stream(41, 'c2st');
    const runs = 800;
    const rejected = { corrected: 0, independent: 0 };
    let sum = 0;
    for (let run = 0; run < runs; run++) {
      const { values, labels } = samples(random, 60, 60, 0);
      const settings = { folds: 5, C: 0.1, permutations: 0, error: 'corrected' } as const;
      const { auc, p, z } = classifierTest(values, DIMS, labels, settings, random);
      sum += auc;
      if (p <= 0.05) rejected.corrected++;
      // The two errors differ by √(1 + 5/4) = 1.5.
      if (z * 1.5 > 1.6448536269514722) rejected.independent++;
    }
    expect(rejected.corrected).toBeLessThanOrEqual(mostOf(runs, 0.05));
    expect(rejected.independent).toBeGreaterThan(mostOf(runs, 0.05));
    expect(Math.abs(sum / runs - 0.5)).toBeLessThan(0.01);
  });

  it('rejects in at most a share alpha by permutation', () => {
    const random = stream(42, 'c2st');
    const runs = 60;
    let rejected = 0;
    for (let run = 0; run < runs; run++) {
      const { values, labels } = samples(random, 12, 12, 0);
      const settings = { folds: 3, C: 0.1, permutations: 19, error: 'corrected' } as const;
      if (classifierTest(values, DIMS, labels, settings, random).p <= 0.1) rejected++;
    }
    expect(rejected).toBeLessThanOrEqual(mostOf(runs, 0.1));
  });

  it('finds a shift, nearing the AUC that the best direction has', () => {
    const random = stream(43, 'c2st');
    const { values, labels } = samples(random, 400, 400, 1);
    const { auc, p, z } = classifierTest(
      values,
      DIMS,
      labels,
      { folds: 5, C: 0.1, permutations: 0, error: 'corrected' } as const,
      random,
    );
    // Φ(1/√2) = 0.760.
    expect(Math.abs(auc - 0.76)).toBeLessThan(0.05);
    expect(z).toBeGreaterThan(5);
    expect(p).toBeLessThan(1e-6);
    const permuted = classifierTest(
      values,
      DIMS,
      labels,
      { folds: 5, C: 0.1, permutations: 9, error: 'corrected' } as const,
      random,
    );
    expect(permuted.p).toBe(0.1);
  });

  it('stays finite where the samples part perfectly', () => {
    const random = stream(44, 'c2st');
    const { values, labels } = samples(random, 50, 50, 1000);
    const { auc, p, z } = classifierTest(
      values,
      DIMS,
      labels,
      { folds: 5, C: 0.1, permutations: 0, error: 'corrected' } as const,
      random,
    );
    expect(auc).toBe(1);
    expect(Number.isFinite(z)).toBe(true);
    expect(p).toBeGreaterThan(0);
    expect(p).toBeLessThan(1e-6);
  });

  it('slides over embeddings and tests every so many steps', () => {
    const random = stream(45, 'c2st');
    const parameters = { ...classifierTwoSample.defaults, window: 60, referenceRows: 60, every: 30 };
    const detector = classifierTwoSample.init(reference(random, 200), parameters);
    const tested: number[] = [];
    const alarmed: number[] = [];
    for (let t = 0; t < 240; t++) {
      const embedding = random.standardNormal(new Float64Array(DIMS));
      if (t >= 120) embedding[2] += 3;
      const { statistic, alarm } = detector.update({ score: 0.5, embedding });
      if (statistic !== null) tested.push(t);
      if (alarm) alarmed.push(t);
    }
    expect(tested).toEqual([59, 89, 119, 149, 179, 209, 239]);
    expect(alarmed).toEqual([149, 179, 209, 239]);
    expect(detector.last?.auc).toBeGreaterThan(0.95);
  });

  it('on scores sees a change of spread with the mean unmoved', () => {
    const random = stream(46, 'c2st');
    const parameters = { ...classifierTwoSampleScores.defaults, every: 200 };
    const detector = classifierTwoSampleScores.init(reference(random, 400), parameters);
    let alarm = false;
    for (let t = 0; t < 200; t++) {
      ({ alarm } = detector.update({ score: 0.5 + 0.1 * (random.random1() - 0.5), embedding: null }));
    }
    expect(alarm).toBe(true);
  });

  it('says what it cannot use', () => {
    const random = stream(47, 'c2st');
    const { init, defaults } = classifierTwoSample;
    const fine = reference(random, 200);
    expect(() => init({ ...fine, embeddings: null }, defaults)).toThrow(/has no embeddings/);
    const same = { values: new Float64Array(200 * DIMS).fill(1), dims: DIMS };
    expect(() => init({ ...fine, embeddings: same }, defaults)).toThrow(/All reference embeddings are the same/);
    expect(() => init(fine, { ...defaults, window: 5 })).toThrow(/window must be a whole number of at least 10/);
    expect(() => init(fine, { ...defaults, permutations: 19 })).toThrow(/Take more permutations/);
    const running = init(fine, defaults);
    expect(() => running.update({ score: 0.5, embedding: null })).toThrow(/needs an embedding of 4 dimensions/);
    expect(() => running.update({ score: 0.5, embedding: Float64Array.of(1, NaN, 0, 0) })).toThrow(/dimension 2/);
  });

  it('says whether its level is exact', () => {
    const { defaults, guarantee } = classifierTwoSample;
    expect(guarantee(defaults).assumptions[1]).toMatch(/Not exact/);
    expect(guarantee({ ...defaults, error: 'independent' }).kind).toBe('none');
    expect(guarantee({ ...defaults, window: 40 }).assumptions[1]).toMatch(/Exact/);
  });
});
