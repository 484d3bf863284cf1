import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stream } from '../random/streams.ts';
import { rocAuc } from './auc.ts';
import { Z_95 } from './normal.ts';
import { hanleyMcNeil, tiedPairs } from './aucConventions.ts';
import { ScoreSorter } from './rank.ts';
import { rankLabels } from './rankedLabels.ts';

test('tied pairs are the pairs of one row of each class with equal scores', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1), fc.nat(4)), { minLength: 1, maxLength: 40 }), (rows) => {
      const labels = Uint8Array.from(rows, ([label]) => label);
      const scores = Float64Array.from(rows, ([, score]) => score);
      const sorter = new ScoreSorter(rows.length);
      sorter.sort(scores);
      let pairs = 0;
      for (const [a, x] of rows) for (const [b, y] of rows) if (a === 1 && b === 0 && x === y) pairs++;
      expect(tiedPairs(rankLabels(labels, sorter))).toBe(pairs);
    }),
  );
});

test('the variance is that of AUC where both classes have exponential scores, as Hanley and McNeil assume', () => {
  const [m, n, ratio, draws] = [6, 9, 4, 20_000];
  const generator = stream(1, 'test');
  const labels = Uint8Array.from({ length: m + n }, (_, k) => (k < m ? 1 : 0));
  const sorter = new ScoreSorter(m + n);
  const scores = new Float64Array(m + n);
  let sum = 0;
  let squares = 0;
  for (let draw = 0; draw < draws; draw++) {
    generator.random(scores);
    for (let k = 0; k < m + n; k++) scores[k] = -Math.log1p(-scores[k]) * (k < m ? ratio : 1);
    const auc = rocAuc(labels, scores, sorter) ?? NaN;
    sum += auc;
    squares += auc * auc;
  }
  // P(X > Y) of exponential laws with means 4 and 1.
  const auc = ratio / (ratio + 1);
  expect(sum / draws).toBeCloseTo(auc, 2);
  const sd = Math.sqrt(squares / draws - (sum / draws) ** 2);
  const { low } = hanleyMcNeil(auc, m, n);
  // The standard error of a standard deviation from so many draws is half a percent.
  expect(Math.abs((auc - (low ?? NaN)) / Z_95 / sd - 1)).toBeLessThan(0.03);
});

test('an interval stays in [0, 1], and there is none where a class is missing', () => {
  const { low, high } = hanleyMcNeil(0.99, 3, 4);
  expect([low !== null && low > 0, high]).toEqual([true, 1]);
  expect(hanleyMcNeil(null, 0, 4)).toMatchObject({ value: null, low: null, high: null });
  expect(hanleyMcNeil(1, 5, 5)).toMatchObject({ low: 1, high: 1 });
});
