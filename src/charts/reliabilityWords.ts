import type { ReliabilityBin } from '../core/metrics/types.ts';
import type { StepResult } from '../engine/results.ts';
import { formatCount, formatNumber, formatPercent, MINUS, plural, UNDEFINED } from './format.ts';
import type { ChartTable } from './table.ts';

export type ReliabilityData = Pick<StepResult, 'reliability' | 'headline'>;

export interface ReliabilityOptions {
  /** 'top-label' bins the confidence and asks how often the answer is right; 'positive-class' bins p and asks how often class 1 is true. */
  readonly target: 'top-label' | 'positive-class';
  /** A state kept as A, drawn as hollow dots. */
  readonly pinned?: ReliabilityData | null;
}

/** Words of the two axes. */
export function reliabilityTerms(target: ReliabilityOptions['target']): {
  readonly said: string;
  readonly seen: string;
} {
  return target === 'top-label'
    ? { said: 'mean confidence', seen: 'accuracy' }
    : { said: 'mean probability of class 1', seen: 'frequency of class 1' };
}

/** The first letter large. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function gapOf(bin: ReliabilityBin): number {
  return bin.accuracy === null || bin.confidence === null ? 0 : bin.confidence - bin.accuracy;
}

/** The mean said and the mean seen over all rows, from the bins. Null where no bin has rows. */
export function meansOf(bins: readonly ReliabilityBin[]): { readonly said: number; readonly seen: number } | null {
  let [rows, said, seen] = [0, 0, 0];
  for (const bin of bins) {
    if (bin.confidence === null || bin.accuracy === null) continue;
    rows += bin.count;
    said += bin.count * bin.confidence;
    seen += bin.count * bin.accuracy;
  }
  return rows === 0 ? null : { said: said / rows, seen: seen / rows };
}

export function reliabilitySentence(
  { reliability, headline }: ReliabilityData,
  { target, pinned = null }: ReliabilityOptions,
): string {
  const means = meansOf(reliability);
  if (means === null) return 'No rows to bin.';
  const terms = reliabilityTerms(target);
  const gap = means.said - means.seen;
  // The difference of the two numbers as they are shown, so that a reader who subtracts gets the same.
  const shown = Number((100 * means.said).toFixed(1)) - Number((100 * means.seen).toFixed(1));
  const points = `${formatNumber(Math.abs(shown), 1)} points`;
  const verdict =
    Math.abs(gap) < 0.0005
      ? 'the two agree overall'
      : target === 'top-label'
        ? `the probe is ${gap > 0 ? 'overconfident' : 'underconfident'} by ${points}`
        : `the probe says class 1 too ${gap > 0 ? 'often' : 'seldom'} by ${points}`;
  const worst = reliability.reduce((a, b) => (Math.abs(gapOf(b)) > Math.abs(gapOf(a)) ? b : a));
  const unreachable = target === 'top-label' ? reliability.filter((bin) => bin.upper < 0.5).length : 0;
  const empty = reliability.filter((bin) => bin.count === 0).length - unreachable;
  const emptyText =
    empty === 0
      ? ''
      : ` ${formatCount(empty)} of ${plural(reliability.length, 'bin')} ${empty === 1 ? 'is' : 'are'} empty.`;
  const legend =
    ' Dots: what was seen in a bin, with its 95% interval. Amber: the gap. Grey boxes: where 90% of calibrated probes would fall.';
  return `${capital(terms.said)} is ${formatPercent(means.said)} and ${terms.seen} ${formatPercent(means.seen)}: ${verdict}; ECE is ${formatNumber(headline.ece)}. The largest gap is ${formatNumber(Math.abs(100 * gapOf(worst)), 1)} points, in the bin from ${formatNumber(worst.lower, 2)} to ${formatNumber(worst.upper, 2)} (${plural(worst.count, 'row')}).${emptyText}${legend}${pinned === null ? '' : ` Hollow: A, with ECE ${formatNumber(pinned.headline.ece)}.`}`;
}

export function reliabilityTable(data: ReliabilityData, options: ReliabilityOptions): ChartTable {
  const { pinned } = options;
  const rows = tableRows(data, '');
  return tableOf(pinned ? [...rows, ...tableRows(pinned, 'A, ')] : rows, options);
}

function tableOf(rows: string[][], { target }: ReliabilityOptions): ChartTable {
  const { said, seen } = reliabilityTerms(target);
  return {
    columns: [
      'Bin',
      'Rows',
      capital(said),
      capital(seen),
      'Gap (points)',
      'Wilson 95% interval',
      'Consistency band 90%',
    ],
    rows,
  };
}

function tableRows({ reliability }: ReliabilityData, of: string): string[][] {
  return reliability.map((bin) => {
    const name = `${of}${formatNumber(bin.lower, 2)} to ${formatNumber(bin.upper, 2)}`;
    if (bin.confidence === null || bin.accuracy === null) {
      return [name, '0 (empty)', UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED];
    }
    const gap = 100 * gapOf(bin);
    return [
      name,
      formatCount(bin.count),
      formatPercent(bin.confidence),
      formatPercent(bin.accuracy),
      `${gap > 0 ? '+' : gap < 0 ? MINUS : ''}${formatNumber(Math.abs(gap), 1)}`,
      range(bin.low, bin.high),
      range(bin.consistencyLow, bin.consistencyHigh),
    ];
  });
}

export function reliabilityReading(bin: ReliabilityBin, target: ReliabilityOptions['target']): string {
  const { said, seen } = reliabilityTerms(target);
  const name = `Bin ${formatNumber(bin.lower, 2)} to ${formatNumber(bin.upper, 2)}`;
  if (bin.confidence === null || bin.accuracy === null) return `${name}: empty, no rows`;
  return `${name}: ${plural(bin.count, 'row')}, ${said} ${formatPercent(bin.confidence)}, ${seen} ${formatPercent(bin.accuracy)} (${range(bin.low, bin.high)})`;
}

function range(low: number | null, high: number | null): string {
  return low === null || high === null ? UNDEFINED : `${formatPercent(low)} to ${formatPercent(high)}`;
}
