import type { ComparedName, ComparisonReport, IntervalMethod } from '../../../../engine/analyses/compare.ts';
import type { Flips } from '../../../../core/compare/flips.ts';
import { formatCount, formatNumber, formatPercent, MINUS, plural, UNDEFINED } from '../../../../charts/format.ts';

export interface ComparedWords {
  readonly label: string;
  readonly format: 'decimal' | 'share' | 'degrees';
}

export const COMPARED: { readonly [N in ComparedName]: ComparedWords } = {
  rocAuc: { label: 'AUC', format: 'decimal' },
  accuracy: { label: 'Accuracy', format: 'share' },
  f1: { label: 'F1', format: 'decimal' },
  meanConfidence: { label: 'Mean confidence', format: 'share' },
  silentFailureRate: { label: 'Silent-failure rate (of the errors)', format: 'share' },
  highConfidenceErrorShare: { label: 'High-confidence errors (of all rows)', format: 'share' },
  ece: { label: 'ECE', format: 'decimal' },
  brier: { label: 'Brier score', format: 'decimal' },
  meanAngleDegrees: { label: 'Measured angle', format: 'degrees' },
};

/** What each way of making an interval is. */
export const METHODS: { readonly [M in IntervalMethod]: string } = {
  'DeLong, paired': 'paired (DeLong)',
  'DeLong, two samples': 'not paired (DeLong, two samples)',
  'normal, paired rows': 'paired (normal, of the rows’ differences)',
  'normal, two samples': 'not paired (normal, two samples)',
  Newcombe: 'not paired (Newcombe)',
  'bootstrap, paired': 'paired (bootstrap)',
  'bootstrap, two samples': 'not paired (two bootstraps)',
};

export function sayValue(value: number | null, format: ComparedWords['format']): string {
  if (value === null) return UNDEFINED;
  if (format === 'share') return formatPercent(value);
  return format === 'degrees' ? `${formatNumber(value, 1)}°` : formatNumber(value);
}

/** Of a difference of exact numbers, rounded here: "+0.041", "−7.3 points"; the unit is told once, in the value. */
export function sayDifference(value: number | null, format: ComparedWords['format']): string {
  if (value === null) return UNDEFINED;
  // Twelve digits: a difference that is a half in decimals is rounded as one.
  const size = Number(((format === 'share' ? 100 : 1) * Math.abs(value)).toPrecision(12));
  const text = format === 'share' ? size.toFixed(1) : format === 'degrees' ? `${size.toFixed(1)}°` : size.toFixed(3);
  const sign = Number.parseFloat(text) === 0 ? '' : value > 0 ? '+' : MINUS;
  return `${sign}${text}${format === 'share' ? ' points' : ''}`;
}

export function sayP(p: number | null): string {
  return p === null ? '' : p < 0.0001 ? 'p < 0.0001' : `p = ${p.toPrecision(2)}`;
}

/** What became of the rows, in sentences. */
export function flipSentences(flips: Flips): string[] {
  const { rows, changed, rightToWrong, wrongToRight, p, silentGained, silentLost, silentP } = flips;
  const test = (value: number | null) => (value === null ? '' : ` (McNemar, exact: ${sayP(value)})`);
  if (changed === 0 && silentGained + silentLost === 0) {
    return [`None of ${plural(rows, 'row')} changed its answer, and none became wrong and confident.`];
  }
  return [
    `${formatCount(changed)} of ${plural(rows, 'row')} (${formatPercent(changed / rows)}) changed their answer: ${formatCount(rightToWrong)} from right to wrong, ${formatCount(wrongToRight)} from wrong to right${test(p)}.`,
    `${plural(silentGained, 'row')} became wrong and confident, ${formatCount(silentLost)} ceased to be${test(silentP)}.`,
  ];
}

/** The whole in one sentence. */
export function comparisonSentence({ numbers, pairing }: ComparisonReport): string {
  const of = (name: ComparedName) => numbers.find((number) => number.name === name);
  const tell = (name: ComparedName): string => {
    const number = of(name);
    const { label, format } = COMPARED[name];
    const said = name === 'rocAuc' ? label : label.toLowerCase();
    if (!number || number.difference.value === null) return `${said} cannot be compared`;
    const { low, high } = number.difference;
    const clear = low !== null && high !== null && (low > 0 || high < 0);
    const words = low === null ? '' : clear ? ' (its interval leaves out 0)' : ' (its interval holds 0)';
    return `${said} differs by ${sayDifference(number.difference.value, format)}${words}`;
  };
  return `From A to B ${tell('rocAuc')}, ${tell('accuracy')}, ${tell('meanConfidence')}. ${pairing.why}`;
}
