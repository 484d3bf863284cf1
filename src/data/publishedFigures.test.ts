import { expect, test } from 'vitest';
import { PUBLISHED_CALIBRATION, PUBLISHED_DRIFT, PUBLISHED_PAIR, PUBLISHED_SIGMA_1 } from './publishedFigures.ts';
import { PUBLISHED_FISHER } from './syntheticPresets.ts';

test('85 to 50 % of the abstract is the relative drop that the text gives the instruct model', () => {
  const { aucClean, aucDrifted } = PUBLISHED_DRIFT;
  expect(1 - aucDrifted.value / aucClean.abstract.value).toBeCloseTo(PUBLISHED_PAIR.aucDrop.instruct.value, 3);
});

test('confidence .85 to .73 is the 14 % of the abstract', () => {
  const { clean, drifted } = PUBLISHED_DRIFT.meanConfidence;
  expect(1 - drifted.value / clean.value).toBeCloseTo(PUBLISHED_DRIFT.confidenceFall.value, 2);
});

test('the silent failures agree with each other only if just over half of all rows are wrong', () => {
  const wrong = PUBLISHED_DRIFT.silentOfAll.value / PUBLISHED_DRIFT.silentOfErrors.value;
  expect(wrong).toBeCloseTo(0.533, 3);
  // Accuracy 51.7 % would leave 48.3 % wrong: the two statements are not of one state.
  expect(wrong - (1 - PUBLISHED_DRIFT.accuracyAtMost.value)).toBeGreaterThan(0.04);
});

test('the published contrasts between base and instruct are the ratios of their numbers', () => {
  const change = ({ base, instruct }: { base: { value: number }; instruct: { value: number } }) =>
    instruct.value / base.value - 1;
  expect(change(PUBLISHED_PAIR.silhouette)).toBeCloseTo(-0.19, 2);
  expect(change(PUBLISHED_PAIR.fisher)).toBeCloseTo(-0.26, 2);
  expect(change(PUBLISHED_PAIR.overlap)).toBeCloseTo(0.52, 2);
  expect(change(PUBLISHED_PAIR.silentFailureRate)).toBeCloseTo(0.2, 2);
  expect(PUBLISHED_FISHER.base).toBe(PUBLISHED_PAIR.fisher.base.value);
  expect(PUBLISHED_FISHER.instruct).toBe(PUBLISHED_PAIR.fisher.instruct.value);
});

test('the σ published for checkpoint 1 belongs to neither schedule', () => {
  for (const steps of [7, 5]) expect(Math.abs(0.15 / steps - PUBLISHED_SIGMA_1.value)).toBeGreaterThan(0.001);
});

test('the calibration error of the text differs from that of the drawing', () => {
  const last = PUBLISHED_CALIBRATION.error[3].value;
  expect(last - PUBLISHED_CALIBRATION.errorInText.value).toBeCloseTo(0.043, 6);
});
