import type { StepResult } from '../engine/results.ts';
import { formatCount, formatPercent, plural, formatSigma } from './format.ts';
import type { ChartTable } from './table.ts';

export type ConfusionData = Pick<StepResult, 'confusion'>;

export interface ConfusionOptions {
  /** What class 1 and class 0 are called: 'toxic', 'harmless'. */
  readonly label1: string;
  readonly label0: string;
  readonly threshold: number;
  /** A state kept as A. */
  readonly pinned?: ConfusionData | null;
}

export type ConfusionCell = 'tp' | 'fn' | 'fp' | 'tn';

/** Plain words of the four cells. */
export const CELL_WORDS: Readonly<Record<ConfusionCell, string>> = {
  tp: 'caught',
  fn: 'missed',
  fp: 'false alarm',
  tn: 'passed',
};

/** A cell's share of its row: of the rows whose true class is the same. Null where the class has no rows. */
export function rowShare({ confusion: { tp, fn, fp, tn } }: ConfusionData, cell: ConfusionCell): number | null {
  const rows = cell === 'tp' || cell === 'fn' ? tp + fn : fp + tn;
  return rows === 0 ? null : { tp, fn, fp, tn }[cell] / rows;
}

export function confusionSentence(
  data: ConfusionData,
  { label1, label0, threshold, pinned }: ConfusionOptions,
): string {
  const { tp, fn, fp, tn } = data.confusion;
  const ones =
    tp + fn === 0
      ? `No row here is ${label1}.`
      : `Of ${plural(tp + fn, 'row')} that ${tp + fn === 1 ? 'is' : 'are'} ${label1}, the probe catches ${formatCount(tp)} (${formatPercent(rowShare(data, 'tp'))}) and misses ${formatCount(fn)}.`;
  const zeros =
    fp + tn === 0
      ? `No row here is ${label0}.`
      : `Of ${plural(fp + tn, 'row')} that ${fp + tn === 1 ? 'is' : 'are'} ${label0}, it passes ${formatCount(tn)} and raises ${plural(fp, 'false alarm')} (${formatPercent(rowShare(data, 'fp'))}).`;
  return `${ones} ${zeros} Threshold ${formatSigma(threshold)}.${pinned ? ` In A: ${formatCount(pinned.confusion.fn)} missed, ${plural(pinned.confusion.fp, 'false alarm')}.` : ''}`;
}

export function confusionTable(data: ConfusionData, { label1, label0, pinned }: ConfusionOptions): ChartTable {
  const { confusion } = data;
  const row = (truth: string, said: string, cell: ConfusionCell): string[] => [
    truth,
    said,
    CELL_WORDS[cell],
    formatCount(confusion[cell]),
    formatPercent(rowShare(data, cell)),
    ...(pinned ? [formatCount(pinned.confusion[cell])] : []),
  ];
  return {
    columns: [
      'True class',
      'Probe says',
      'In words',
      'Rows',
      'Share of the true class',
      ...(pinned ? ['Rows in A'] : []),
    ],
    rows: [row(label1, label1, 'tp'), row(label1, label0, 'fn'), row(label0, label1, 'fp'), row(label0, label0, 'tn')],
  };
}
