import { formatNumber } from '../../../../charts/format.ts';
import type { WalkReport } from '../../../../engine/analyses/walk.ts';
import type { EvaluationNumbers } from '../../../../core/metrics/evaluate.ts';
import type { LineChartData, LineSeries } from '../../../../charts/lineChartData.ts';

/** How near to the start a metric must come to count as returned. */
export const RETURNED = { rocAuc: 0.01, accuracy: 0.02 } as const;
/** Share of the loss that must come back to count as returned in part. */
export const IN_PART = 0.25;

export type Judged = keyof typeof RETURNED;

/** What became of a metric on one way back, computed from its three values. */
export function verdict(metric: Judged, start: number | null, end: number | null, back: number | null): string {
  if (start === null || end === null || back === null) return 'undefined';
  const of = `${formatNumber(back)} of ${formatNumber(start)}`;
  if (start - end <= RETURNED[metric])
    return start - back <= RETURNED[metric] ? `was not lost: ${of}` : `is lost by it: ${of}`;
  if (start - back <= RETURNED[metric]) return `returns: ${of}`;
  return (back - end) / (start - end) >= IN_PART ? `returns in part: ${of}` : `does not return: ${of}`;
}

export interface WayRow {
  readonly id: 'start' | 'end' | 'undone' | 'recentred' | 'refitted' | 'aligned';
  readonly name: string;
  /** What it takes, in a few words. */
  readonly needs: string;
  readonly numbers: EvaluationNumbers;
}

/** Before, after, and after each way back. */
export function wayRows({ checkpoints, back }: WalkReport): readonly WayRow[] {
  const steps = checkpoints.length - 1;
  const rows: WayRow[] = [
    { id: 'start', name: 'Before the walk', needs: '', numbers: checkpoints[0].headline },
    {
      id: 'end',
      name: `After ${steps} ${steps === 1 ? 'step' : 'steps'}`,
      needs: '',
      numbers: checkpoints[steps].headline,
    },
    {
      id: 'undone',
      name: 'Steps undone exactly',
      needs: 'every displacement that was ever added: nobody has these in production',
      numbers: back.undone,
    },
    {
      id: 'recentred',
      name: 'Probe re-centred',
      needs: 'drifted training rows, without labels: the bias moves by the shift of their mean',
      numbers: back.recentred,
    },
    {
      id: 'refitted',
      name: 'Probe refitted',
      needs: 'drifted training rows, with labels',
      numbers: back.refitted,
    },
  ];
  if (back.aligned) {
    rows.push({
      id: 'aligned',
      name: 'Rows aligned',
      needs: `${back.alignedPairs.toLocaleString('en-US')} pairs of the same rows before and after, without labels: the nearest rotation (Procrustes)`,
      numbers: back.aligned,
    });
  }
  return rows;
}

/** Share of the loss below which a way back is said to recover next to nothing. */
const NOTHING = 0.05;
const NAMES = { rocAuc: 'AUC', accuracy: 'accuracy' } as const;
const DOING: { readonly [K in WayRow['id']]: string } = {
  ...{ start: '', end: '', undone: 'undoing every step exactly', recentred: 're-centring' },
  ...{ refitted: 'refitting with labels', aligned: 'aligning' },
};
const capital = (text: string) => text[0].toUpperCase() + text.slice(1);

/** Share of the lost metric that a way back recovers: 1 is all, 0 nothing, below 0 a further loss; null where undefined. */
function recovered(metric: Judged, start: WayRow, end: WayRow, way: WayRow): number | null {
  const [before, after, back] = [start, end, way].map(({ numbers }) => numbers[metric]);
  if (before === null || after === null || back === null) return null;
  return before - back <= RETURNED[metric] ? 1 : (back - after) / (before - after);
}

/** "76 % of the lost AUC and 73 % of the lost accuracy". */
function sharesText(lost: readonly Judged[], shares: readonly (number | null)[]): string {
  const parts = lost.map((metric, k) => {
    const share = shares[k];
    const of = `of the lost ${NAMES[metric]}`;
    if (share === null) return `an undefined share ${of}`;
    if (share === 1) return `all ${of}`;
    return share < NOTHING ? `nothing ${of}` : `${formatNumber(Math.min(share, 0.99) * 100, 0)} % ${of}`;
  });
  return parts.join(' and ');
}

/** What was lost, and how much of it each way back recovers, in two sentences. */
export function waySentence(report: WalkReport): string {
  const [start, end, ...ways] = wayRows(report);
  const lost = (['rocAuc', 'accuracy'] as const).filter(
    (metric) => (start.numbers[metric] ?? 0) - (end.numbers[metric] ?? 0) > RETURNED[metric],
  );
  if (lost.length === 0)
    return 'The walk cost neither AUC nor accuracy more than the margins named below, so there is nothing to bring back.';
  const fell = lost.map((metric) =>
    [NAMES[metric], 'fell from', formatNumber(start.numbers[metric]), 'to', formatNumber(end.numbers[metric])].join(
      ' ',
    ),
  );
  const judged = ways.map(({ id }, k) => ({
    doing: DOING[id],
    shares: lost.map((metric) => recovered(metric, start, end, ways[k])),
  }));
  const all = judged.filter(({ shares }) => shares.every((share) => share === 1));
  const none = judged.filter(({ shares }) => shares.every((share) => share !== null && share < NOTHING));
  const part = judged.filter((way) => !all.includes(way) && !none.includes(way));
  const list = (of: typeof judged) => of.map(({ doing }) => doing).join(' and ');
  const said = [
    all.length === 0
      ? 'nothing tried here restores all of it'
      : `${all.length === 1 ? 'only ' : ''}${list(all)} ${all.length === 1 ? 'restores' : 'restore'} all of it`,
    ...part.map(({ doing, shares }) => `${doing} recovers ${sharesText(lost, shares)}`),
    ...(none.length > 0
      ? [`${list(none)} ${part.length > 0 ? '' : none.length > 1 ? 'recover ' : 'recovers '}next to nothing`]
      : []),
  ];
  return `${capital(fell.join(', and '))}. ${capital(said.join('; '))}.`;
}

const line = (
  report: WalkReport,
  id: string,
  name: string,
  tone: LineSeries['tone'],
  read: (checkpoint: WalkReport['checkpoints'][number]) => number | null,
  dashed = false,
): LineSeries => ({
  ...{ id, name, tone, dashed, marks: !dashed },
  x: report.checkpoints.map(({ step }) => step),
  y: report.checkpoints.map((checkpoint) => read(checkpoint) ?? NaN),
});

/** The metrics of the unchanged probe by checkpoint. */
export function metricLines(report: WalkReport): LineChartData {
  return {
    series: [
      line(report, 'rocAuc', 'AUC', 'rocAuc', ({ headline }) => headline.rocAuc),
      line(report, 'accuracy', 'Accuracy', 'accuracy', ({ headline }) => headline.accuracy),
      line(report, 'meanConfidence', 'Mean confidence', 'meanConfidence', ({ headline }) => headline.meanConfidence),
      line(report, 'ece', 'ECE', 'ece', ({ headline }) => headline.ece),
      line(report, 'silent', 'Silent share', 'silentFailureRate', ({ headline }) => headline.silentFailureRate),
    ],
  };
}

/** One metric by checkpoint: as it is, after the cheap ways back, and after one jump of the same total amount. */
export function wayLines(report: WalkReport, metric: Judged): LineChartData {
  const lines = [
    line(report, 'as-it-is', 'As it is', metric, ({ headline }) => headline[metric]),
    line(report, 'recentred', 'Re-centred', 'plain-2', ({ recentred }) => recentred[metric]),
    line(report, 'jump', 'One jump', 'plain-4', ({ jump }) => jump?.[metric] ?? null, true),
  ];
  if (report.checkpoints.every(({ refitted }) => refitted !== null)) {
    lines.splice(
      2,
      0,
      line(report, 'refitted', 'Refitted', 'plain-3', ({ refitted }) => refitted?.[metric] ?? null),
    );
  }
  return { series: lines };
}

/** The chart of all metrics in one sentence. */
export function metricSentence({ series }: LineChartData): string {
  const last = series[0].x.length - 1;
  const parts = series.map(({ name, y }) => `${name} from ${formatNumber(y[0])} to ${formatNumber(y[last])}`);
  return `Over ${last} checkpoints, each drifting the one before it: ${parts.join(', ')}.`;
}

/** The chart of the ways back in one sentence. */
export function waysSentence(metric: Judged): (data: LineChartData) => string {
  return ({ series }) => {
    const last = series[0].x.length - 1;
    const parts = series.map(({ name, y }) => `${name.toLowerCase()} ${formatNumber(y[last])}`);
    return `${metric === 'rocAuc' ? 'AUC' : 'Accuracy'} at the last checkpoint: ${parts.join(', ')}.`;
  };
}
