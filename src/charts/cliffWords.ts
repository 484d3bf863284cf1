import { SIGMA, type AmountWords } from './amount.ts';
import type { Sweep } from '../engine/results.ts';
import type { CliffLayer } from './cliffLayer.ts';
import { firstBelow, SERIES, seriesAt, type CliffPair, type SeriesId } from './cliffSeries.ts';
import { formatNumber, formatSigma, plural } from './format.ts';
import { spreadIndices, type ChartTable } from './table.ts';

const MOST_ROWS = 40;

export interface CliffWordOptions {
  readonly amount: AmountWords;
  readonly layer: CliffLayer | null;
  readonly pinned?: Sweep | null;
}

const IN_SIGMA: CliffWordOptions = { amount: SIGMA, layer: null };

export function cliffSentence(data: CliffPair, { amount, layer, pinned = null } = IN_SIGMA): string {
  const { now: sweep, beside: step } = data;
  const { symbol } = amount;
  if (sweep === null || sweep.sigmas.length === 0) return 'No sweep yet.';
  const [first, last] = [sweep.sigmas[0], sweep.sigmas[sweep.sigmas.length - 1]];
  const move = (id: SeriesId, name: string): string | null => {
    const [a, b] = [seriesAt(sweep, id, first), seriesAt(sweep, id, last)];
    return a === null || b === null ? null : `${name} goes from ${formatNumber(a, 2)} to ${formatNumber(b, 2)}`;
  };
  const moves = [move('rocAuc', 'AUC'), move('accuracy', 'accuracy'), move('meanConfidence', 'mean confidence')].filter(
    (text) => text !== null,
  );
  const start = seriesAt(sweep, 'rocAuc', first);
  const half = start === null || start <= 0.5 ? null : firstBelow(sweep, 'rocAuc', 0.5 + (start - 0.5) / 2);
  const cliff =
    half === null
      ? ''
      : ` AUC has lost half of its lead over chance by ${symbol} = ${formatSigma(half)}, where mean confidence is ${formatNumber(seriesAt(sweep, 'meanConfidence', half), 2)}.`;
  const verdict = caseOf(sweep, last);
  const here =
    step === null
      ? ''
      : ` Now ${symbol} = ${formatSigma(step.sigma)}: AUC ${formatNumber(step.headline.rocAuc, 2)}, silent-failure rate ${formatNumber(step.headline.silentFailureRate, 2)}.`;
  const body = moves.length === 0 ? 'Every line is undefined' : moves.join(', ');
  return `From ${symbol} = ${formatSigma(first)} to ${formatSigma(last)}: ${body}.${cliff}${verdict}${here}${pinned === null ? '' : ghostSentence(pinned, step?.sigma ?? null, symbol)}${layer?.sentence(data) ?? ''}`;
}

/** Of the thin lines behind. */
function ghostSentence(pinned: Sweep, sigma: number | null, symbol: string): string {
  const auc = sigma === null ? null : seriesAt(pinned, 'rocAuc', sigma);
  return auc === null
    ? ' Thin: A.'
    : ` Thin: A, with AUC ${formatNumber(auc, 2)} at ${symbol} = ${formatSigma(sigma ?? 0)}.`;
}

/** What a reader should take from the shape of the lines. */
function caseOf(sweep: Sweep, last: number): string {
  const [first, end] = [0, sweep.sigmas.length - 1];
  const auc = [seriesAt(sweep, 'rocAuc', sweep.sigmas[first]), seriesAt(sweep, 'rocAuc', last)];
  const accuracy = [seriesAt(sweep, 'accuracy', sweep.sigmas[first]), seriesAt(sweep, 'accuracy', sweep.sigmas[end])];
  if (auc[0] === null || auc[1] === null || accuracy[0] === null || accuracy[1] === null) return '';
  if (auc[1] < 0.45) return ' Below 0.5 the probe ranks backwards.';
  if (auc[0] - auc[1] < 0.03 && accuracy[0] - accuracy[1] > 0.1) {
    return ' The ranking stays intact; the threshold no longer fits it.';
  }
  return '';
}

export function cliffTable(data: CliffPair, { amount, layer, pinned = null } = IN_SIGMA): ChartTable {
  const { now: sweep } = data;
  const columns = [
    amount.symbol,
    ...SERIES.map((series) => series.name),
    'Mean angle (degrees)',
    ...(pinned === null ? [] : SERIES.map((series) => `A: ${series.name}`)),
  ];
  if (sweep === null) return { columns, rows: [] };
  const indices = spreadIndices(sweep.sigmas.length, MOST_ROWS);
  const more = layer?.table(data, indices);
  const left =
    indices.length < sweep.sigmas.length
      ? `${indices.length} of ${plural(sweep.sigmas.length, 'sweep point')}, evenly spread.`
      : undefined;
  return {
    columns: [...columns, ...(more?.columns ?? [])],
    rows: indices.map((i, row) => [
      formatSigma(sweep.sigmas[i]),
      ...SERIES.map(({ id }) => formatNumber(sweep[id][i])),
      formatNumber(sweep.meanAngleDegrees[i], 1),
      ...(pinned === null ? [] : SERIES.map(({ id }) => formatNumber(seriesAt(pinned, id, sweep.sigmas[i])))),
      ...(more?.rows[row] ?? []),
    ]),
    note: [left, more?.note].filter((text) => text !== undefined).join(' ') || undefined,
  };
}

export function cliffReading(
  { now: sweep }: CliffPair,
  index: number,
  visible: ReadonlySet<SeriesId>,
  { symbol }: AmountWords = SIGMA,
): string {
  if (sweep === null) return '';
  const values = SERIES.filter(({ id }) => visible.has(id)).map(
    ({ id, name, decimals }) => `${name} ${formatNumber(sweep[id][index], decimals)}`,
  );
  return `${symbol} ${formatSigma(sweep.sigmas[index])}: ${values.join(', ')}`;
}
