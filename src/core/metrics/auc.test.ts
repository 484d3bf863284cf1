import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rocAuc } from './auc.ts';
import { labelledLogits } from './fixtures/arbitrary.ts';
import { scikit } from './fixtures/scikit.ts';

test('AUC counts ties as one half', () => {
  expect(rocAuc(Uint8Array.of(0, 1), Float64Array.of(3, 3))).toBe(0.5);
  expect(rocAuc(Uint8Array.of(0, 1, 1), Float64Array.of(0, -0, 1))).toBe(0.75);
});

test('AUC of one class is null', () => {
  expect(rocAuc(Uint8Array.of(1, 1), Float64Array.of(1, 2))).toBeNull();
  expect(rocAuc(new Uint8Array(0), new Float64Array(0))).toBeNull();
});

test('AUC is the share of pairs in the right order', () => {
  fc.assert(
    fc.property(labelledLogits(), ({ labels, logits }) => {
      let pairs = 0;
      let wins = 0;
      for (let i = 0; i < labels.length; i++) {
        for (let j = 0; j < labels.length; j++) {
          if (labels[i] !== 1 || labels[j] !== 0) continue;
          pairs++;
          wins += logits[i] > logits[j] ? 1 : logits[i] === logits[j] ? 0.5 : 0;
        }
      }
      expect(rocAuc(labels, logits)).toBe(pairs === 0 ? null : wins / pairs);
    }),
  );
});

test('a common shift and a positive factor leave AUC alone; a negative factor mirrors it', () => {
  const c = scikit.scores[0];
  const labels = Uint8Array.from(c.y);
  const scores = Float64Array.from(c.z);
  expect(
    rocAuc(
      labels,
      scores.map((z) => 4 * z),
    ),
  ).toBe(rocAuc(labels, scores));
  expect(
    rocAuc(
      labels,
      scores.map((z) => -z),
    ),
  ).toBeCloseTo(1 - c.roc_auc, 14);
});

test.each(scikit.scores)('AUC of $name scores equals scikit-learn', (c) => {
  expect(rocAuc(Uint8Array.from(c.y), Float64Array.from(c.z))).toBeCloseTo(c.roc_auc, 12);
});
