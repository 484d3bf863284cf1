import type { ConventionMetric } from '../../engine/analyses/conventions/convention.ts';
import type { StepResult } from '../../engine/results.ts';

/** A headline number: how to read it from a result and how to say it. */
export interface HeadlineMetric {
  /** The name that `lab run` prints and `data-metric` carries. */
  readonly name: ConventionMetric;
  readonly label: string;
  /** What it is, in one short sentence. */
  readonly meaning: string;
  readonly read: (step: StepResult) => number | null;
  readonly interval: ((step: StepResult) => { readonly low: number | null; readonly high: number | null }) | null;
  readonly format: 'share' | 'decimal' | 'count' | 'degrees';
  /** Whether a larger number is better (1), worse (−1) or neither (0). */
  readonly better: 1 | -1 | 0;
}

export const HEADLINES: readonly HeadlineMetric[] = [
  {
    name: 'rocAuc',
    label: 'AUC',
    meaning: 'How often a row of class 1 scores above a row of class 0. It says nothing about the threshold.',
    read: (step) => step.headline.rocAuc,
    interval: (step) => step.aucInterval,
    format: 'decimal',
    better: 1,
  },
  {
    name: 'accuracy',
    label: 'Accuracy',
    meaning: 'Share of right answers at the decision threshold.',
    read: (step) => step.headline.accuracy,
    interval: (step) => step.accuracyInterval,
    format: 'share',
    better: 1,
  },
  {
    name: 'meanConfidence',
    label: 'Mean confidence',
    meaning: 'Average probability that the probe gives its answers: what most dashboards watch, as it needs no labels.',
    read: (step) => step.headline.meanConfidence,
    interval: null,
    format: 'share',
    better: 0,
  },
  {
    name: 'silentFailureRate',
    label: 'Silent-failure rate',
    meaning: 'Share of the errors made with confidence above τ.',
    read: (step) => step.headline.silentFailureRate,
    interval: (step) => step.silentInterval,
    format: 'share',
    better: -1,
  },
  {
    name: 'ece',
    label: 'ECE',
    meaning: 'Expected calibration error: how far confidence is from the share that is right. 0 is perfect.',
    read: (step) => step.headline.ece,
    interval: null,
    format: 'decimal',
    better: -1,
  },
  {
    name: 'meanAngleDegrees',
    label: 'Measured angle',
    meaning: 'Mean angle between a row before and after drift.',
    read: (step) => step.headline.meanAngleDegrees,
    interval: null,
    format: 'degrees',
    better: 0,
  },
];

const MINUS = '\u2212';

export function formatHeadline(value: number | null, format: HeadlineMetric['format']): string {
  if (value === null) return '–';
  switch (format) {
    case 'share':
      return `${(value * 100).toFixed(1)}%`;
    case 'decimal':
      return value.toFixed(3);
    case 'count':
      return value.toLocaleString('en-US');
    case 'degrees':
      return value < 10 ? `${value.toFixed(2)}°` : `${value.toFixed(1)}°`;
  }
}

/** The change against the clean state: the difference of the exact numbers, then rounded: "−7.3 points", "+0.041", "no change". */
export function formatChange(now: number | null, clean: number | null, format: HeadlineMetric['format']): string {
  if (now === null || clean === null) return '';
  const scale = format === 'share' ? 100 : 1;
  const decimals = format === 'decimal' ? 3 : 1;
  // Twelve digits: a difference that is a half in decimals is rounded as one.
  const change = Number(((now - clean) * scale).toPrecision(12));
  const text = Math.abs(change).toFixed(decimals);
  if (Number(text) === 0) return 'no change';
  return `${change > 0 ? '+' : MINUS}${text}${format === 'share' ? ' points' : ''}`;
}
