import { SWEEP_COLUMNS } from '../../engine/results.ts';
import type { Behind } from './behind.ts';
import type { CliffLayer } from '../cliffLayer.ts';
import type { CliffPair } from '../cliffSeries.ts';
import {
  CELL_WORDS,
  rowShare,
  type ConfusionCell,
  type ConfusionData,
  type ConfusionOptions,
} from '../confusionWords.ts';
import { unitCounts, type ErrorsOptions, type ErrorsPair } from '../highConfidenceErrorsWords.ts';
import type { HistogramData, HistogramOptions } from '../histogramWords.ts';
import type { ReliabilityData, ReliabilityOptions } from '../reliabilityWords.ts';
import type { RocOptions, RocPair } from '../rocWords.ts';
import type { Sweep } from '../../engine/results.ts';
import { layerLines } from './exactLayer.ts';
import type { Cell, ExactTable } from './exactTable.ts';

interface Of<T, O> extends Behind {
  readonly data: T;
  readonly options: O;
}

/** How rows of the state beside are named: that of A, or that without drift. */
const besideName = (beside: 'clean' | 'A' | undefined): string => (beside === 'A' ? 'A' : 'without drift');

type Roc = Of<RocPair, RocOptions>;
export const isRoc = (behind: Behind): behind is Roc => behind.kind === 'roc';

/** Every vertex of the curves as drawn, and the operating points. */
export function rocExact({ data: { now, beside }, options }: Roc): ExactTable {
  const rows: Cell[][] = [];
  for (const [state, one] of [
    ['now', now],
    [besideName(options.beside), beside],
  ] as const) {
    if (one === null) continue;
    const { fpr, tpr, thresholds } = one.roc;
    for (let i = 0; i < fpr.length; i++) rows.push([state, 'curve', fpr[i], tpr[i], thresholds[i]]);
    const { threshold } = options;
    rows.push([
      state,
      'operating point',
      one.operatingPoint.fpr,
      one.operatingPoint.tpr,
      Math.log(threshold / (1 - threshold)),
    ]);
  }
  return { columns: ['state', 'part', 'false_positive_rate', 'true_positive_rate', 'threshold_logit'], rows };
}

type Errors = Of<ErrorsPair, ErrorsOptions>;
export const isErrors = (behind: Behind): behind is Errors => behind.kind === 'errors';

export function errorsExact({ data: { now, beside }, options }: Errors): ExactTable {
  const rows: Cell[][] = [];
  for (const [state, one] of [
    ['now', now],
    [besideName(options.beside), beside],
  ] as const) {
    if (one === null) continue;
    const { silent, unsure, right } = unitCounts(one.headline);
    const { n, silentFailureRate, highConfidenceErrorShare } = one.headline;
    rows.push([state, silent, unsure, right, n, silentFailureRate, highConfidenceErrorShare]);
  }
  const counts = ['wrong_and_confident', 'wrong_but_unsure', 'right', 'rows'];
  return { columns: ['state', ...counts, 'silent_failure_rate', 'high_confidence_error_share'], rows };
}

type Reliability = Of<ReliabilityData, ReliabilityOptions>;
export const isReliability = (behind: Behind): behind is Reliability => behind.kind === 'reliability';

export function reliabilityExact({ data, options }: Reliability): ExactTable {
  const rows = (state: string, { reliability }: ReliabilityData): Cell[][] =>
    reliability.map((bin) => [
      ...[state, bin.lower, bin.upper, bin.count, bin.confidence, bin.accuracy],
      ...[bin.low, bin.high, bin.consistencyLow, bin.consistencyHigh],
    ]);
  const said = options.target === 'top-label' ? ['mean_confidence', 'accuracy'] : ['mean_probability', 'frequency'];
  return {
    columns: [
      ...['state', 'lower', 'upper', 'rows', ...said],
      ...['wilson_low_95', 'wilson_high_95', 'consistency_low_90', 'consistency_high_90'],
    ],
    rows: [...rows('now', data), ...(options.pinned ? rows('A', options.pinned) : [])],
  };
}

type Histogram = Of<HistogramData, HistogramOptions>;
export const isHistogram = (behind: Behind): behind is Histogram => behind.kind === 'histogram';

export function histogramExact({ data, options }: Histogram): ExactTable {
  const rows = (state: string, { histogram: { edges, right, wrong } }: HistogramData): Cell[][] =>
    Array.from(right, (count, i) => [state, edges[i], edges[i + 1], count, wrong[i]]);
  return {
    columns: ['state', 'lower', 'upper', 'right', 'wrong'],
    rows: [...rows('now', data), ...(options.pinned ? rows('A', options.pinned) : [])],
  };
}

type Confusion = Of<ConfusionData, ConfusionOptions>;
export const isConfusion = (behind: Behind): behind is Confusion => behind.kind === 'confusion';

export function confusionExact({ data, options: { label1, label0, pinned } }: Confusion): ExactTable {
  const cells: readonly (readonly [ConfusionCell, string, string])[] = [
    ['tp', label1, label1],
    ['fn', label1, label0],
    ['fp', label0, label1],
    ['tn', label0, label0],
  ];
  const rows = (state: string, of: ConfusionData): Cell[][] =>
    cells.map(([cell, truth, said]) => [state, truth, said, CELL_WORDS[cell], of.confusion[cell], rowShare(of, cell)]);
  return {
    columns: ['state', 'true_class', 'probe_says', 'in_words', 'rows', 'share_of_true_class'],
    rows: [...rows('now', data), ...(pinned ? rows('A', pinned) : [])],
  };
}

interface CliffOptions {
  readonly layer: CliffLayer | null;
  readonly pinned: Sweep | null;
}
type Cliff = Of<CliffPair, CliffOptions>;
export const isCliff = (behind: Behind): behind is Cliff => behind.kind === 'cliff';

/** Every point of the sweeps (the table on screen leaves some out), and the state at the handle. */
export function cliffExact({ data: { now, beside }, options: { layer, pinned } }: Cliff): ExactTable {
  const rows: Cell[][] = [];
  const of = (state: string, sweep: Sweep | null): void => {
    for (let i = 0; i < (sweep?.sigmas.length ?? 0); i++) {
      if (sweep) rows.push([state, sweep.sigmas[i], ...SWEEP_COLUMNS.map((name) => sweep[name][i])]);
    }
  };
  of('sweep', now);
  of('A', pinned);
  if (beside) {
    const headline: Readonly<Record<string, number | null>> = { ...beside.headline };
    rows.push(['now', beside.sigma, ...SWEEP_COLUMNS.map((name) => headline[name] ?? null)]);
  }
  for (const { name, amounts, values } of layerLines(layer)) {
    for (let i = 0; i < amounts.length; i++) {
      rows.push([name, amounts[i], ...SWEEP_COLUMNS.map((column) => values[column]?.[i] ?? null)]);
    }
  }
  return { columns: ['state', 'amount', ...SWEEP_COLUMNS], rows };
}
