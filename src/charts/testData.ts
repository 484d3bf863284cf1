import type { Headline } from '../engine/results.ts';

/** A headline for tests: 1,000 rows, 100 errors, 40 of them confident. */
export const HEADLINE: Headline = {
  n: 1000,
  positives: 300,
  rocAuc: 0.8,
  accuracy: 0.9,
  balancedAccuracy: 0.85,
  f1: 0.8,
  mcc: 0.7,
  meanConfidence: 0.95,
  ece: 0.0512,
  mce: 0.2,
  ace: 0.05,
  brier: 0.08,
  nll: 0.3,
  errors: 100,
  highConfidenceErrors: 40,
  silentFailureRate: 0.4,
  highConfidenceErrorShare: 0.04,
  wrongGivenConfident: 0.05,
  confident: 800,
  meanAngleDegrees: 12,
};
