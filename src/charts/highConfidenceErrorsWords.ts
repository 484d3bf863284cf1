import type { Headline, StepResult } from '../engine/results.ts';
import { formatCount, formatPercent, plural, UNDEFINED, formatSigma } from './format.ts';
import { besideWords, type Beside } from './beside.ts';
import type { Pair } from './source.ts';
import { capital } from './reliabilityWords.ts';
import type { ChartTable } from './table.ts';
import type { UnitCounts } from './unitDots.ts';

type State = Pick<StepResult, 'headline'>;
export type ErrorsPair = Pair<State, State>;

export interface ErrorsOptions {
  readonly highConfidence: number;
  readonly beside?: Beside;
}

export function unitCounts({ n, errors, highConfidenceErrors }: Headline): UnitCounts {
  return { silent: highConfidenceErrors, unsure: errors - highConfidenceErrors, right: n - errors };
}

export function errorsSentence({ now, beside: clean }: ErrorsPair, { highConfidence, beside }: ErrorsOptions): string {
  if (now === null) return 'No result yet.';
  const { n, errors, highConfidenceErrors, silentFailureRate, highConfidenceErrorShare } = now.headline;
  const share =
    errors === 0
      ? 'there are no errors at all'
      : `that is ${formatPercent(silentFailureRate)} of the ${plural(errors, 'error')}`;
  const before =
    clean === null
      ? ''
      : ` ${capital(besideWords(beside).where)} it was ${formatCount(clean.headline.highConfidenceErrors)}.`;
  return `${formatCount(highConfidenceErrors)} of ${plural(n, 'row')} (${formatPercent(highConfidenceErrorShare)}) ${highConfidenceErrors === 1 ? 'is' : 'are'} wrong with confidence above ${formatSigma(highConfidence)}; ${share}.${before}`;
}

export function errorsTable({ now, beside: clean }: ErrorsPair, options?: ErrorsOptions): ChartTable {
  const columns = ['Rows', 'Now', 'Share of all', capital(besideWords(options?.beside).where)];
  if (now === null) return { columns, rows: [] };
  const { n } = now.headline;
  const [counts, before] = [unitCounts(now.headline), clean === null ? null : unitCounts(clean.headline)];
  const row = (label: string, count: number, was: number | undefined): string[] => [
    label,
    formatCount(count),
    n === 0 ? UNDEFINED : formatPercent(count / n),
    was === undefined ? UNDEFINED : formatCount(was),
  ];
  return {
    columns,
    rows: [
      row('Wrong and confident', counts.silent, before?.silent),
      row('Wrong but unsure', counts.unsure, before?.unsure),
      row('Right', counts.right, before?.right),
      row('All', n, clean?.headline.n),
    ],
  };
}

/** What one dot stands for. */
export function dotLegend(rowsPerDot: number): string {
  return rowsPerDot === 1
    ? 'One mark is one test row.'
    : `One mark is ${formatCount(rowsPerDot)} test rows; errors are rounded up to whole marks.`;
}
