import type { BarChartData } from '../../../../charts/barChartData.ts';
import { formatCount, formatPercent } from '../../../../charts/format.ts';
import type { LineChartData, LineSeries, PublishedPoint } from '../../../../charts/lineChartData.ts';
import { PUBLISHED_CALIBRATION, PUBLISHED_DRIFT, PUBLISHED_PAIR } from '../../../../data/publishedFigures.ts';
import type { Figure1Result } from '../../../../engine/analyses/figure1.ts';
import { SENSITIVITY_LEVEL, type Figure2Result } from '../../../../engine/analyses/figure2.ts';
import type { CalibrationPanel } from '../../../../engine/analyses/figure3.ts';
import type { CheckpointNumbers, CheckpointRun } from '../../../../engine/analyses/paper/checkpoints.ts';
import { PAPER_KINDS, type PaperKind } from '../../../../engine/analyses/paper/readings.ts';

type Read = (point: CheckpointNumbers) => number | null;
type Numbers = 'rocAuc' | 'f1' | 'accuracy';

export const KIND_NAMES: { readonly [K in PaperKind]: string } = {
  gaussian: 'Gaussian',
  directional: 'directional',
  subspace: 'subspace',
};

const column = ({ points }: CheckpointRun, read: Read): Float64Array =>
  Float64Array.from(points, (point) => read(point) ?? NaN);

/** One line of each set against σ. */
export function pairLines({ base, instruct }: Figure1Result, read: Read, published: readonly PublishedPoint[] = []) {
  const line = (run: CheckpointRun, name: string, tone: 'a' | 'b'): LineSeries => ({
    id: tone,
    name,
    tone,
    x: column(run, ({ sigma }) => sigma),
    y: column(run, read),
    marks: true,
  });
  return {
    series: [line(base, 'base', 'a'), line(instruct, 'instruct', 'b')],
    published,
  } satisfies LineChartData;
}

export const MEASURES = ['silhouette', 'fisher', 'overlap', 'dPrime'] as const;
const MEASURE_NAMES = ['Silhouette', 'Fisher', 'Overlap', 'd′'];

/** Each measure of separability relative to that of the base set; published ratios beside them. */
export function separabilityBars({ base, instruct }: Figure1Result): BarChartData {
  const ratio = (a: number | null, b: number | null): number => (a === null || b === null || b === 0 ? NaN : a / b);
  const known = ['silhouette', 'fisher', 'overlap'] as const;
  const published = known.map((name) => PUBLISHED_PAIR[name].instruct.value / PUBLISHED_PAIR[name].base.value);
  return {
    groups: MEASURE_NAMES,
    series: [
      {
        id: 'base',
        name: 'base',
        tone: 'a',
        values: MEASURES.map((name) => ratio(base.separability[name], base.separability[name])),
      },
      {
        id: 'instruct',
        name: 'instruct',
        tone: 'b',
        values: MEASURES.map((name) => ratio(instruct.separability[name], base.separability[name])),
        published: [...published, NaN],
      },
    ],
  };
}

/** One metric of one drift by checkpoint. */
export function checkpointLine(
  { runs }: Figure2Result,
  metric: Numbers,
  name: string,
  published: readonly PublishedPoint[],
): LineChartData {
  const run = runs.gaussian;
  const tone = metric === 'accuracy' ? 'accuracy' : metric;
  return {
    series: [
      {
        id: metric,
        name,
        tone,
        x: column(run, ({ checkpoint }) => checkpoint),
        y: column(run, ({ headline }) => headline[metric]),
        marks: true,
      },
    ],
    published,
  };
}

export function aucByCheckpoint(result: Figure2Result): LineChartData {
  const { aucClean, aucCheckpoint1 } = PUBLISHED_DRIFT;
  return checkpointLine(result, 'rocAuc', 'AUC', [
    { x: 0, y: aucClean.drawn.value, label: 'published: AUC .90 (Fig. 2)' },
    { x: 1, y: aucCheckpoint1.drawn.value, label: 'published: AUC .51 at checkpoint 1 (Fig. 2)' },
  ]);
}

export function f1ByCheckpoint(result: Figure2Result): LineChartData {
  const { f1Clean, f1Checkpoint5 } = PUBLISHED_DRIFT;
  return checkpointLine(result, 'f1', 'F1', [
    { x: 0, y: f1Clean.value, label: 'published: F1 ≈ .9 (Fig. 2)' },
    { x: 5, y: f1Checkpoint5.value, label: 'published: F1 ≈ .55 at checkpoint 5 (Fig. 2)' },
  ]);
}

export function mechanismLines({ runs, readings }: Figure2Result): LineChartData {
  const last = readings.checkpoints - 1;
  const { aucClean, aucRelativeDrop } = PUBLISHED_DRIFT;
  const auc: LineSeries[] = PAPER_KINDS.map((kind, i) => ({
    id: kind,
    name: KIND_NAMES[kind],
    tone: (['plain-1', 'plain-2', 'plain-3'] as const)[i],
    x: column(runs[kind], ({ checkpoint }) => checkpoint),
    y: column(runs[kind], ({ headline }) => headline.rocAuc),
    marks: true,
  }));
  return {
    series: auc,
    // The paper prints what AUC lost, not what it was.
    published: PAPER_KINDS.map((kind) => ({
      x: last,
      y: aucClean.drawn.value * (1 - aucRelativeDrop[kind].value),
      label: `${KIND_NAMES[kind]}: from .90 less the published drop, ${formatPercent(aucRelativeDrop[kind].value)}`,
    })),
  };
}

/** Accuracy under the three drifts: what their AUC does not tell. */
export function mechanismAccuracy({ runs }: Figure2Result): LineChartData {
  return {
    series: PAPER_KINDS.map((kind, i) => ({
      id: kind,
      name: KIND_NAMES[kind],
      tone: (['plain-1', 'plain-2', 'plain-3'] as const)[i],
      x: column(runs[kind], ({ checkpoint }) => checkpoint),
      y: column(runs[kind], ({ headline }) => headline.accuracy),
      marks: true,
    })),
    published: [
      {
        x: runs.gaussian.points.length - 1,
        y: PUBLISHED_DRIFT.accuracyAtMost.value,
        label: 'published: accuracy .517',
      },
    ],
  };
}

export function sensitivityLine({ sensitivity: { sigmas, drop } }: Figure2Result): LineChartData {
  const { value } = PUBLISHED_DRIFT.sensitivityCrossing;
  return {
    series: [{ id: 'drop', name: 'AUC lost', tone: 'rocAuc', x: sigmas, y: drop }],
    levels: [{ y: SENSITIVITY_LEVEL, label: '10 % line' }],
    published: [{ x: value, y: SENSITIVITY_LEVEL, label: 'published: crossed near σ = .01 (Fig. 2)' }],
  };
}

export function brittlenessLines({ runs: { gaussian }, brittleness }: Figure2Result): LineChartData {
  const x = column(gaussian, ({ checkpoint }) => checkpoint);
  return {
    series: [
      { id: 'brittleness', name: 'Sum of error rates', tone: 'ece', x, y: brittleness, marks: true },
      { id: 'f1', name: 'F1', tone: 'f1', x, y: column(gaussian, ({ headline }) => headline.f1), marks: true },
    ],
  };
}

/** Expected (mean confidence) and actual accuracy of each bin. */
export function calibrationBars({ bins, checkpoint }: CalibrationPanel): BarChartData {
  const edge = (value: number): string => String(Number(value.toFixed(2)));
  const known = PUBLISHED_CALIBRATION.confidentAccuracy.find((one) => one.checkpoint === checkpoint);
  const values = (read: (bin: CalibrationPanel['bins'][number]) => number | null): Float64Array =>
    Float64Array.from(bins, (bin) => read(bin) ?? NaN);
  const published = bins.map(({ lower }) => (known && Math.abs(lower - 0.8) < 1e-9 ? known.value : NaN));
  const whole = bins.length > 0 && bins[0].lower === 0;
  return {
    groups: bins.map(({ lower, upper }) => `${edge(lower)}–${edge(upper)}`),
    notes: bins.map(({ count }) => `n ${formatCount(count)}`),
    series: [
      { id: 'expected', name: 'expected: mean confidence', tone: 'a', values: values(({ confidence }) => confidence) },
      {
        id: 'actual',
        name: 'actual accuracy',
        tone: 'b',
        values: values(({ accuracy }) => accuracy),
        low: values(({ low }) => low),
        high: values(({ high }) => high),
        // The paper's bin .8 to 1 is one bin only where the five bins cover [0, 1].
        published: known && whole ? published : undefined,
      },
    ],
  };
}
