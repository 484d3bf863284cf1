import { formatCount, formatNumber, formatPercent, MINUS, plural, UNDEFINED } from '../format.ts';
import type { ChartTable } from '../table.ts';
import {
  CLEAN,
  createPlacer,
  edgesOf,
  logitsPerUnit,
  outcome,
  summarize,
  type ClassSummary,
  type Placement,
  type RowScene,
  type SceneSummary,
} from './scene.ts';

export interface RowNames {
  readonly name0: string;
  readonly name1: string;
}

const OUTCOMES = ['right, unsure', 'right, confident', 'wrong, unsure', 'wrong and confident'] as const;

/** Four significant digits, in row lengths or logits. */
export function formatPlace(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return UNDEFINED;
  if (value === 0) return '0';
  const digits = Math.max(0, Math.min(8, 2 - Math.floor(Math.log10(Math.abs(value)))));
  return value.toFixed(digits).replace('-', MINUS);
}

export function axisTitles({ geometry, logits }: RowScene): { readonly x: string; readonly y: string } {
  const linear = geometry.probe !== null && logits === null;
  const { share } = geometry.second;
  const part = share === null ? '' : `, ${formatPercent(share)} of variance`;
  return {
    x: linear ? 'Signed distance to p = ½ (row lengths)' : 'Logit',
    y: linear ? `Across the probe (row lengths${part})` : `Leading component (row lengths${part})`,
  };
}

/** Where the rows stand now and without drift, with all counts. */
export function summaries(scene: RowScene): { readonly now: SceneSummary; readonly clean: SceneSummary } {
  const place = createPlacer();
  const edges = edgesOf(scene);
  const { labels } = scene.geometry;
  const now = summarize(place(scene, scene.coefficients, scene.logits), labels, edges);
  const clean = summarize(place(scene, CLEAN, scene.cleanLogits), labels, edges);
  return { now, clean };
}

export function rowSentence(scene: RowScene, { name0, name1 }: RowNames): string {
  const { now, clean } = summaries(scene);
  const total = (which: readonly number[]): number =>
    now.classes.reduce((sum, { outcomes }) => sum + which.reduce((all, k) => all + outcomes[k], 0), 0);
  const wrong = total([2, 3]);
  const silent = total([3]);
  const first =
    wrong === 0
      ? `None of ${plural(scene.geometry.rows, 'row')} lies on the wrong side of the decision line.`
      : `Of ${plural(scene.geometry.rows, 'row')}, ${formatCount(wrong)} ${wrong === 1 ? 'lies' : 'lie'} on the wrong side of the decision line; ${formatCount(silent)} of them ${silent === 1 ? 'is' : 'are'} wrong and confident (diamonds).`;
  const unit = scene.logits === null && scene.geometry.probe !== null ? ' row lengths' : ' logits';
  const moves = [1, 0].map((label) => {
    const [after, before] = [now.classes[label], clean.classes[label]];
    if (after.meanX === null || before.meanX === null || after.deviationX === null || before.deviationX === null) {
      return null;
    }
    const shift = after.meanX - before.meanX;
    const name = `class ${label} (${label === 1 ? name1 : name0})`;
    const width = before.deviationX > 0 ? after.deviationX / before.deviationX : null;
    const spread = width === null ? '' : `, its spread along it is ${formatNumber(width, 2)} times what it was`;
    if (shift === 0 && width === 1) return null;
    return `the mean of ${name} moved ${formatPlace(Math.abs(shift))}${unit} towards class ${shift < 0 ? 0 : 1}${spread}`;
  });
  const moved = moves.filter((move) => move !== null);
  const second = moved.length === 0 ? ' No row has moved.' : ` Along the probe, ${moved.join('; ')}.`;
  const lost =
    now.withoutPlace === 0 ? '' : ` ${plural(now.withoutPlace, 'row')} moved onto the origin and cannot be drawn.`;
  return `${first}${second}${lost}`;
}

export function rowTable(scene: RowScene, { name0, name1 }: RowNames): ChartTable {
  const { now, clean } = summaries(scene);
  const line = (name: string, { rows, outcomes, meanX, deviationX, meanY, deviationY }: ClassSummary): string[] => [
    name,
    formatCount(rows),
    ...outcomes.map(formatCount),
    ...[meanX, deviationX, meanY, deviationY].map(formatPlace),
  ];
  const { share, probeShare, trainRows, passes, settled } = scene.geometry.second;
  const variance = `Of the variance of ${formatCount(trainRows)} training rows, ${formatPercent(share)} lies along the vertical axis${
    probeShare === null ? '' : ` and ${formatPercent(probeShare)} along the horizontal one`
  } (${plural(passes, 'pass', 'passes')} of power iteration${settled ? '' : ', not settled: no one direction stands out'}).`;
  return {
    columns: [
      'Rows',
      'Count',
      ...OUTCOMES.map((name) => name[0].toUpperCase() + name.slice(1)),
      'Mean, horizontal',
      'Spread, horizontal',
      'Mean, vertical',
      'Spread, vertical',
    ],
    rows: [
      line(`${name1}, drifted`, now.classes[1]),
      line(`${name1}, clean`, clean.classes[1]),
      line(`${name0}, drifted`, now.classes[0]),
      line(`${name0}, clean`, clean.classes[0]),
    ],
    note: `Spreads are standard deviations. ${variance}`,
  };
}

/** What stands at one row. */
export function rowReading(scene: RowScene, { x, y }: Placement, i: number, { name0, name1 }: RowNames): string {
  const { labels, rowNumbers } = scene.geometry;
  const logit = x[i] * logitsPerUnit(scene);
  const p = 1 / (1 + Math.exp(-logit));
  const edges = edgesOf(scene);
  const confidence = edges.ofAnswer ? (x[i] >= edges.decision ? p : 1 - p) : Math.max(p, 1 - p);
  const name = labels[i] === 1 ? name1 : name0;
  return (
    `Row ${formatCount(rowNumbers[i] + 1)}: label ${labels[i]} (${name}), logit ${formatNumber(logit)}, ` +
    `confidence ${formatNumber(confidence)}, ${OUTCOMES[outcome(x[i], labels[i], edges)]}; ` +
    `${formatPlace(x[i])} across, ${formatPlace(y[i])} up.`
  );
}
