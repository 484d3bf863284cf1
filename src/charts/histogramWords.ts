import type { StepResult } from '../engine/results.ts';
import { formatCount, formatNumber, formatPercent, formatSigma, plural } from './format.ts';
import type { ChartTable } from './table.ts';

export type HistogramData = Pick<StepResult, 'histogram' | 'headline'>;

export interface HistogramOptions {
  /** τ: an error is silent when its confidence is above this. */
  readonly highConfidence: number;
  /** A state kept as A, drawn as a dashed outline. */
  readonly pinned?: HistogramData | null;
  /** Called while τ is dragged; without it the τ line is fixed. */
  readonly onHighConfidence?: (tau: number) => void;
  readonly onHighConfidenceCommit?: (tau: number) => void;
}

export function histogramSentence(data: HistogramData, options: HistogramOptions): string {
  const { pinned } = options;
  if (!pinned) return plainSentence(data, options);
  const { silentFailureRate, errors } = pinned.headline;
  return `${plainSentence(data, options)} Dashed: A, where ${errors === 0 ? 'there are no errors' : `${formatPercent(silentFailureRate)} of ${plural(errors, 'error')} are above its τ`}.`;
}

function plainSentence({ headline }: HistogramData, { highConfidence }: HistogramOptions): string {
  const tau = formatSigma(highConfidence);
  const { n, errors, highConfidenceErrors, silentFailureRate, wrongGivenConfident, confident } = headline;
  if (n === 0) return 'No rows.';
  if (errors === 0) return `No errors among ${plural(n, 'row')}, so none is silent.`;
  const among =
    wrongGivenConfident === null
      ? `No row is confident above τ = ${tau}.`
      : `${formatPercent(confident / n)} of all rows are above τ; ${formatPercent(wrongGivenConfident)} of those are wrong.`;
  if (highConfidenceErrors === 0)
    return `None of ${plural(errors, 'error')} has confidence above τ = ${tau}, so none is silent. ${among}`;
  return `${formatCount(highConfidenceErrors)} of ${plural(errors, 'error')} (${formatPercent(silentFailureRate)}) have confidence above τ = ${tau}: they are silent failures. ${among}`;
}

export function histogramTable({ histogram }: HistogramData, options?: HistogramOptions): ChartTable {
  const rows = tableRows(histogram, '');
  const pinned = options?.pinned;
  return {
    columns: ['Confidence', 'Right', 'Wrong', 'Share wrong'],
    rows: pinned ? [...rows, ...tableRows(pinned.histogram, 'A, ')] : rows,
  };
}

function tableRows({ edges, right, wrong }: HistogramData['histogram'], of: string): string[][] {
  return Array.from(right, (count, i) => [
    `${of}${formatNumber(edges[i], 3)} to ${formatNumber(edges[i + 1], 3)}`,
    formatCount(count),
    formatCount(wrong[i]),
    count + wrong[i] === 0 ? 'no rows' : formatPercent(wrong[i] / (count + wrong[i])),
  ]);
}

export function histogramReading({ histogram }: HistogramData, bin: number): string {
  const { edges, right, wrong } = histogram;
  return `Confidence ${formatNumber(edges[bin], 3)} to ${formatNumber(edges[bin + 1], 3)}: ${formatCount(right[bin])} right, ${formatCount(wrong[bin])} wrong`;
}
