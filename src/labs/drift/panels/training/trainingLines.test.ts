import { expect, test } from 'vitest';
import { emptySweep } from '../../../../engine/results.ts';
import { accuracyChanges } from './trainingLines.ts';

function sweep(accuracies: readonly number[]) {
  const made = emptySweep(Float64Array.from([0, 0.02]));
  accuracies.forEach((accuracy, k) => (made.accuracy[k] = accuracy));
  return made;
}

test('each probe is held against itself without drift, at the last amount', () => {
  const report = { linear: sweep([0.87, 0.802]), network: sweep([0.9, 0.895]), rows: 800, productBytes: 0 };
  const { amount, linear, network } = accuracyChanges(report);
  expect(amount).toBe(0.02);
  expect(linear).toBeCloseTo(-0.068, 12);
  expect(network).toBeCloseTo(-0.005, 12);
});
