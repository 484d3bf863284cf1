import type { LineChartData, LineSeries } from '../../../../charts/lineChartData.ts';
import { formatNumber, formatSigma } from '../../../../charts/format.ts';
import type { CertifiedReport, TurnCurves } from '../../../../engine/analyses/certified.ts';
import { probeKey } from '../../../../engine/keys.ts';
import type { TurnOutcomes } from '../../../../core/theory/turnStudy.ts';
import type { ExperimentSpec } from '../../../../spec/types.ts';

/** What the certified angles and the curves depend on: neither the drift nor its amount, but its seed. */
export function certifiedKey({ data, split, probe, drift, view, metrics }: ExperimentSpec): string {
  return JSON.stringify([data, split, probeKey(probe), drift.seed, view.slice, metrics.threshold]);
}

const TURNS = [
  ['random', 'random turn', 'plain-1'],
  ['opposed', 'class-opposed shift', 'plain-2'],
  ['worst', 'worst turn', 'plain-3'],
] as const;

/** Curves over the angle, and where the rows are now (null: no angle). */
export function turnLines(angles: Float64Array, curves: TurnCurves, now: number | null): LineChartData {
  const series: LineSeries[] = TURNS.map(([id, name, tone]) => ({ id, name, tone, x: angles, y: curves[id] }));
  if (now !== null && now <= 90) {
    series.push({ id: 'now', name: 'rows now', tone: 'plain-4', x: [now, now], y: [0, 1], dashed: true });
  }
  return { series };
}

/** The angle, growing, from which on the values stay below a level; null where they never do. */
function fallsBelow(angles: Float64Array, values: Float64Array, level: number): number | null {
  for (let i = 0; i < angles.length; i++) if (values[i] < level) return angles[i];
  return null;
}

export function curveSentence(report: CertifiedReport, curves: TurnCurves, metric: string): string {
  const half = fallsBelow(report.angles, curves.worst, 0.5);
  const chance = fallsBelow(report.angles, curves.random, 0.55);
  const worst =
    half === null
      ? `the worst turns of up to 90° leave ${metric} above .5`
      : `the worst turn takes ${metric} below .5 from ${formatSigma(half)}°`;
  const random =
    chance === null
      ? `random turns leave it above .55 at every angle that they reach`
      : `a random turn takes it below .55 only from ${formatSigma(chance)}°`;
  return `Over the angle by which rows turn, ${worst}; ${random}. The random turn is one draw (seed ${report.seed}).`;
}

/** The plain statement of what the same angle costs, by chance and at worst. */
export function costSentence(degrees: number | null, clean: TurnOutcomes, at: TurnOutcomes | null): string {
  const before = clean.worst.rocAuc;
  if (degrees === null) return 'No row has an angle at this amount of drift.';
  if (degrees === 0 || at === null)
    return 'Without drift no row turns: move σ to compare a random turn with the worst one.';
  const cost = (after: number | null): string =>
    before === null || after === null
      ? 'cannot be compared'
      : `costs ${formatNumber(before - after)} AUC (${formatNumber(before)} to ${formatNumber(after)})`;
  const angle = `${formatSigma(degrees)}°`;
  const random =
    at.random.rocAuc === null
      ? `random noise does not turn rows as far as ${angle} on average`
      : `a random turn of ${angle} ${cost(at.random.rocAuc)}`;
  const opposed =
    at.opposed.rocAuc === null
      ? ''
      : ` One shift of each class towards the other by the same mean angle ${cost(at.opposed.rocAuc)}.`;
  return `${random[0].toUpperCase()}${random.slice(1)}; the worst turn of ${angle} ${cost(at.worst.rocAuc)}.${opposed}`;
}
