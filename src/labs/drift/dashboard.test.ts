import { expect, test } from 'vitest';
import type { Headline } from '../../engine/results.ts';
import { dashboardVerdict } from './dashboard.ts';

const headline = (values: Partial<Headline>): Headline => ({
  n: 800,
  positives: 400,
  rocAuc: 0.9,
  accuracy: 0.9,
  balancedAccuracy: 0.9,
  f1: 0.9,
  mcc: 0.8,
  meanConfidence: 0.9,
  ece: 0.05,
  mce: 0.1,
  ace: 0.05,
  brier: 0.1,
  nll: 0.3,
  errors: 80,
  highConfidenceErrors: 20,
  silentFailureRate: 0.25,
  highConfidenceErrorShare: 0.025,
  wrongGivenConfident: 0.05,
  confident: 500,
  meanAngleDegrees: 0,
  ...values,
});
const clean = headline({});

test('the dashboard is silent when accuracy falls and confidence does not', () => {
  const now = headline({ accuracy: 0.6, meanConfidence: 0.92, errors: 320, highConfidenceErrors: 300 });
  expect(dashboardVerdict(clean, now, 0.8)).toEqual({
    alarm: 'none',
    dashboard: 'Mean confidence is up from 90.0% to 92.0%. No alarm.',
    truth: 'Accuracy is down from 90.0% to 60.0%. 300 of 320 errors were made with confidence above 0.8.',
    silent: true,
  });
});

test('the dashboard raises an alarm when confidence falls by ten points', () => {
  const verdict = dashboardVerdict(clean, headline({ accuracy: 0.6, meanConfidence: 0.79 }), 0.8);
  expect(verdict).toMatchObject({ alarm: 'warning', silent: false });
});

test('nothing is called silent while accuracy holds', () => {
  expect(dashboardVerdict(clean, clean, 0.8)).toMatchObject({ alarm: 'none', silent: false });
  expect(dashboardVerdict(clean, clean, 0.8)?.dashboard).toMatch(/unchanged at 90\.0%/);
});

test('no verdict is given where accuracy or confidence is undefined', () => {
  expect(dashboardVerdict(clean, headline({ accuracy: null }), 0.8)).toBeNull();
});
