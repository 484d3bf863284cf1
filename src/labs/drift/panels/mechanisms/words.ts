import { formatNumber, UNDEFINED } from '../../../../charts/format.ts';
import type {
  MeasuredState,
  MechanismRow,
  MechanismsReport,
  Strength,
} from '../../../../engine/analyses/mechanisms.ts';

export type MetricId = 'rocAuc' | 'accuracy' | 'f1' | 'meanConfidence' | 'ece' | 'silentFailureRate';

/** Spread of AUC over its three mechanisms at maximum magnitude in the paper: "roughly 46% to 52%". */
export const PUBLISHED_SPREAD = 0.06;

/** AUC of the three mechanisms at maximum magnitude in the paper. */
export const PUBLISHED_LEVEL = { low: 0.46, high: 0.52 } as const;

/**
 * Fall of AUC, without drift less the lowest over mechanisms, from which on equal falls can be told from no falls: twice the
 * published spread, so that within one spread of each other every mechanism has fallen by a spread at least.
 */
export const LEAST_FALL = 2 * PUBLISHED_SPREAD;

export interface Spread {
  readonly low: number;
  readonly high: number;
  readonly lowest: string;
  readonly highest: string;
  /** Mechanisms with a value. */
  readonly count: number;
}

/** Lowest and highest value of a metric over the rows at the wanted strength; null where fewer than two have one. */
export function spreadOf(rows: readonly MechanismRow[], metric: MetricId): Spread | null {
  const known = rows.flatMap(({ status, state, label }) => {
    const value = status === 'matched' ? (state?.headline[metric] ?? null) : null;
    return value === null ? [] : [{ value, label }];
  });
  if (known.length < 2) return null;
  const low = known.reduce((a, b) => (b.value < a.value ? b : a));
  const high = known.reduce((a, b) => (b.value > a.value ? b : a));
  return { low: low.value, high: high.value, lowest: low.label, highest: high.label, count: known.length };
}

/** "displacement 0.392" or "angle 22.6°". */
export function strengthWords(strength: Strength, value: number | null): string {
  return strength === 'angle' ? `mean angle ${formatNumber(value, 1)}°` : `displacement ${formatNumber(value)}`;
}

const range = ({ low, high }: Spread) => `${formatNumber(low)} to ${formatNumber(high)}`;

/** Moves each row by its label, which no update of an encoder does: told apart from the rest. */
const READS_LABELS = 'opposed';

/** Where AUC stands beside the published level, in words. */
function levelWords(auc: Spread): string {
  const { low, high } = PUBLISHED_LEVEL;
  const published = `the published ${formatNumber(low, 2)} to ${formatNumber(high, 2)}`;
  if (auc.low > high + 2 * PUBLISHED_SPREAD) return `nowhere near ${published} at this strength`;
  if (auc.low > high) return `above ${published} at this strength`;
  if (auc.high > high) return `and not every one falls to ${published}`;
  return `as low as ${published}`;
}

/** What the table says, in sentences: the level, the spread, where its ends are, and what becomes of the paper's claim here. */
export function spreadSentences({ rows, strength, target, clean }: MechanismsReport): readonly string[] {
  const blind = rows.filter(({ id }) => id !== READS_LABELS);
  const auc = spreadOf(blind, 'rocAuc');
  const accuracy = spreadOf(blind, 'accuracy');
  if (auc === null || accuracy === null) return ['Fewer than two mechanisms have numbers at this strength.'];
  const opposed = rows.find(({ id, status }) => id === READS_LABELS && status === 'matched')?.state?.headline;
  const paper = spreadOf(
    rows.filter(({ published }) => published),
    'rocAuc',
  );
  const points = (spread: Spread) => `${formatNumber((spread.high - spread.low) * 100, 1)} points`;
  const holds = (spread: Spread) => spread.high - spread.low <= PUBLISHED_SPREAD;
  const fall = clean.headline.rocAuc === null ? null : clean.headline.rocAuc - auc.low;
  const verdict =
    fall === null || fall < LEAST_FALL
      ? `cannot be judged here, too little drift to tell: AUC without drift is ${formatNumber(clean.headline.rocAuc)}, and no mechanism has taken the ${formatNumber(LEAST_FALL * 100, 0)} points off it that would tell equal falls from none`
      : !holds(auc)
        ? 'does not hold here'
        : holds(accuracy)
          ? 'holds here'
          : 'holds here for AUC and not for accuracy';
  return [
    `AUC ${auc.low > PUBLISHED_LEVEL.high ? 'stays' : 'lies'} at ${range(auc)} for all ${auc.count} mechanisms that do not read the labels (${formatNumber(clean.headline.rocAuc)} without drift), ${levelWords(auc)}.`,
    `At equal ${strengthWords(strength, target)}, AUC is lowest under “${auc.lowest}” and highest under “${auc.highest}”; accuracy spans ${range(accuracy)} (${accuracy.lowest}; ${accuracy.highest}).` +
      (opposed
        ? ` Moving each class towards the other, which reads the labels, gives ${formatNumber(opposed.rocAuc)} and ${formatNumber(opposed.accuracy)}.`
        : ''),
    `The claim of mechanism invariance (published: AUC falls to “roughly 46% to 52%” under every mechanism, a spread of 6 points) ${verdict}: AUC is spread over ${points(auc)}, accuracy over ${points(accuracy)}.` +
      (paper
        ? ` Of the paper’s own kinds alone (${paper.count} of 3 measured) AUC is spread over ${points(paper)}.`
        : ''),
  ];
}

export interface Column {
  readonly id: string;
  readonly title: string;
  readonly read: (state: MeasuredState) => number | null;
  readonly format: (value: number | null) => string;
}

const decimals =
  (digits: number) =>
  (value: number | null): string =>
    formatNumber(value, digits);
const metric = (id: MetricId, title: string): Column => ({
  id,
  title,
  read: (state) => state.headline[id],
  format: decimals(3),
});

/** The numbers of the table, in order. */
export const COLUMNS: readonly Column[] = [
  {
    id: 'amount',
    title: 'σ or t',
    read: (state) => state.amount,
    format: (value) => value?.toPrecision(3) ?? UNDEFINED,
  },
  { id: 'displacement', title: '‖x′ − x‖', read: (state) => state.displacement, format: decimals(3) },
  { id: 'angle', title: 'Angle (°)', read: (state) => state.headline.meanAngleDegrees, format: decimals(1) },
  metric('rocAuc', 'AUC'),
  metric('accuracy', 'Accuracy'),
  metric('f1', 'F1'),
  metric('meanConfidence', 'Mean confidence'),
  metric('ece', 'ECE'),
  metric('silentFailureRate', 'Silent share'),
  { id: 'errors', title: 'Errors', read: (state) => state.headline.errors, format: decimals(0) },
];

export interface Order {
  readonly column: string;
  readonly descending: boolean;
}

/** Rows by a column, those without a value last; null is the order in which they were computed. */
export function ordered(rows: readonly MechanismRow[], order: Order | null): readonly MechanismRow[] {
  if (order === null) return rows;
  const column = COLUMNS.find(({ id }) => id === order.column);
  const sign = order.descending ? -1 : 1;
  if (!column) return [...rows].sort((a, b) => sign * a.label.localeCompare(b.label, 'en'));
  const value = ({ state }: MechanismRow) => (state === null ? null : column.read(state));
  return [...rows].sort((a, b) => {
    const left = value(a);
    const right = value(b);
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * (left - right);
  });
}
