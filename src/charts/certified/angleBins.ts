import { formatCount, formatPercent, formatSigma, plural, UNDEFINED } from '../format.ts';
import type { ChartTable } from '../table.ts';

export interface AngleBins {
  /** Degrees; one more than bins. */
  readonly edges: Float64Array;
  readonly right: Uint32Array;
  readonly wrong: Uint32Array;
}

/** Counts of certified angles in bins of equal width from 0 to the largest angle, (a, b] with 0 in the first. */
export function angleBins(degrees: Float64Array, right: Uint8Array, bins: number): AngleBins {
  let most = 0;
  for (let i = 0; i < degrees.length; i++) most = Math.max(most, degrees[i]);
  const top = most > 0 ? most : 1;
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => (top * i) / bins);
  const counts = [new Uint32Array(bins), new Uint32Array(bins)];
  for (let i = 0; i < degrees.length; i++) {
    const bin = Math.max(0, Math.min(bins - 1, Math.ceil((degrees[i] / top) * bins) - 1));
    counts[right[i]][bin]++;
  }
  return { edges, right: counts[1], wrong: counts[0] };
}

const total = (counts: Uint32Array): number => counts.reduce((sum, count) => sum + count, 0);

export function binsSentence({ right, wrong, edges }: AngleBins, median: number | null, now: number | null): string {
  const all = total(right) + total(wrong);
  const half =
    median === null ? '' : ` Half of the right ones would stay right through any turn of ${formatSigma(median)}°.`;
  const beyond = now === null || now === 0 ? '' : ` The rows are turned by ${formatSigma(now)}° on average now.`;
  return `Of ${plural(all, 'row')}, ${formatCount(total(right))} ${total(right) === 1 ? 'is' : 'are'} right without drift and ${formatCount(total(wrong))} wrong. No answer can stand a turn of more than ${formatSigma(edges[edges.length - 1])}°.${half}${beyond}`;
}

export function binsTable({ edges, right, wrong }: AngleBins): ChartTable {
  const all = total(right) + total(wrong);
  return {
    columns: ['Certified angle (degrees)', 'Right rows', 'Wrong rows', 'Share of all rows'],
    rows: Array.from(right, (count, i) => [
      `${formatSigma(edges[i])} to ${formatSigma(edges[i + 1])}`,
      formatCount(count),
      formatCount(wrong[i]),
      all === 0 ? UNDEFINED : formatPercent((count + wrong[i]) / all),
    ]),
  };
}
