import type { StepResult } from '../engine/results.ts';
import {
  formatCount,
  formatEstimate,
  formatNumber,
  formatPercent,
  formatProbability,
  UNDEFINED,
  formatSigma,
} from './format.ts';
import { thresholdAt, tprAt } from './rocGeometry.ts';
import { besideWords, type Beside } from './beside.ts';
import type { Pair } from './source.ts';
import type { ChartTable } from './table.ts';

export type RocData = Pick<StepResult, 'roc' | 'operatingPoint' | 'aucInterval'>;
export type RocPair = Pair<RocData, RocData>;

export interface RocOptions {
  /** ŷ = [p ≥ threshold]. */
  readonly threshold: number;
  readonly beside?: Beside;
}

export function rocSentence({ now, beside: clean }: RocPair, { threshold, beside }: RocOptions): string {
  if (now === null) return 'No result yet.';
  const { value, low, high } = now.aucInterval;
  if (value === null) return 'There is no ROC curve: these rows are of one class only, and AUC compares two.';
  const before = clean?.aucInterval.value ?? null;
  const change =
    before === null || formatNumber(before) === formatNumber(value)
      ? ''
      : `, ${value < before ? 'down' : 'up'} from ${formatNumber(before)} ${besideWords(beside).where}`;
  const chance =
    low !== null && high !== null && low <= 0.5 && high >= 0.5 ? ' The interval holds 0.5, which is chance.' : '';
  const { tpr, fpr } = now.operatingPoint;
  const point =
    tpr === null || fpr === null
      ? ''
      : ` At threshold ${formatSigma(threshold)} the probe catches ${formatPercent(tpr)} of class 1 and raises a false alarm on ${formatPercent(fpr)} of class 0.`;
  const ghost = clean === null ? '' : ` Dashed: ${besideWords(beside).name}.`;
  return `AUC is ${formatEstimate(now.aucInterval)}${change}.${chance}${point}${ghost}`;
}

export function rocTable({ now, beside: clean }: RocPair, options?: RocOptions): ChartTable {
  const columns = [
    'False positive rate',
    'True positive rate',
    'Threshold (probability)',
    `True positive rate ${besideWords(options?.beside).where}`,
  ];
  if (now === null) return { columns, rows: [] };
  const rates = [0, 0.01, 0.02, 0.05, ...Array.from({ length: 10 }, (_, k) => (k + 1) / 10)];
  return {
    columns,
    rows: rates.map((fpr) => [
      formatPercent(fpr, 0),
      formatPercent(tprAt(now.roc, fpr)),
      formatProbability(thresholdAt(now.roc, fpr), 4),
      clean === null ? UNDEFINED : formatPercent(tprAt(clean.roc, fpr)),
    ]),
    note: `Read off the curve at ${rates.length} rates; the exact curve has ${formatCount(now.roc.exactVertices)} vertices.`,
  };
}

export function rocReading({ now, beside: clean }: RocPair, fpr: number, beside?: Beside): string {
  if (now === null) return '';
  const threshold = thresholdAt(now.roc, fpr);
  const ghost = clean === null ? '' : `, ${besideWords(beside).short} ${formatPercent(tprAt(clean.roc, fpr))}`;
  return `False positive rate ${formatPercent(fpr, 0)}: true positive rate ${formatPercent(tprAt(now.roc, fpr))}${ghost}, threshold ${formatProbability(threshold, 3)}`;
}
