import { classCounts, concordantPairs } from './auc.ts';
import { addBlock, assignMassBins, binBlock, binEdges, clearBins, emptyBins, sumBins } from './bins.ts';
import { calibrationErrors } from './calibrationError.ts';
import { aucEstimate, deLongFromRanked } from './deLong.ts';
import { drawnRoc } from './drawnRoc.ts';
import { BLOCK, emptyTotals, judgeBlock, newBlock } from './evaluationBlock.ts';
import { addToHistogram, histogramEdges } from './histogram.ts';
import { boundaryLogits, countNear, countNearSorted } from './nearBoundary.ts';
import { nllOfBlock } from './nll.ts';
import { accuracyEstimate, operatingPoint } from './operatingPoint.ts';
import { ScoreSorter } from './rank.ts';
import { rankLabels } from './rankedLabels.ts';
import { reliabilityBins, reliabilityScratch } from './reliability.ts';
import { sigmoidBlock } from './sigmoid.ts';
import { silentFailuresOf } from './silentFailures.ts';
import type { Binning, BinSums, Closed } from './bins.ts';
import type { ConfidenceKind } from './confidence.ts';
import type { RowTotals } from './evaluationBlock.ts';
import type { CalibrationTarget, ReliabilityScratch } from './reliability.ts';
import type { Confusion, ConfidenceHistogram, Estimate, ReliabilityBin, RocCurve } from './types.ts';

export interface EvaluationSettings {
  /** ŷ = [p ≥ threshold], in [0, 1]. */
  readonly threshold: number;
  /** τ: an error is silent when its confidence is above this. */
  readonly highConfidence: number;
  /** Bins of the reliability diagram and the calibration errors; equal-width ones cover [0, 1]. */
  readonly bins: number;
  readonly binning: Binning;
  readonly closed: Closed;
  readonly target: CalibrationTarget;
  readonly confidence: ConfidenceKind;
  /** Bars of the confidence histogram; 25 over [0.5, 1] or 50 over [0, 1] unless given. */
  readonly histogramBins?: number;
}

/** The scalars of one state; null where undefined (see the module of each). */
export interface EvaluationNumbers {
  readonly n: number;
  readonly positives: number;
  readonly rocAuc: number | null;
  readonly accuracy: number | null;
  readonly balancedAccuracy: number | null;
  readonly f1: number | null;
  readonly mcc: number | null;
  readonly meanConfidence: number | null;
  readonly ece: number | null;
  readonly mce: number | null;
  readonly ace: number | null;
  readonly brier: number | null;
  readonly nll: number | null;
  readonly errors: number;
  readonly highConfidenceErrors: number;
  readonly silentFailureRate: number | null;
  readonly highConfidenceErrorShare: number | null;
  readonly confident: number;
  readonly wrongGivenConfident: number | null;
}

export interface FullEvaluation extends EvaluationNumbers {
  /** On logits; at most 512 vertices. */
  readonly roc: RocCurve;
  /** DeLong's 95 %, logit-transformed. */
  readonly aucInterval: Estimate;
  /** Wilson's 95 %. */
  readonly accuracyInterval: Estimate;
  /** Wilson's 95 %, for the share of errors that are silent. */
  readonly silentInterval: Estimate;
  readonly reliability: readonly ReliabilityBin[];
  readonly histogram: ConfidenceHistogram;
  readonly confusion: Confusion;
  readonly operatingPoint: { readonly fpr: number | null; readonly tpr: number | null };
  /**
   * Rows whose logit lies within `tolerance` of the threshold, of a bin edge or of confidence τ: as many could be counted
   * otherwise by a backend that differs by so much. Reads the logits that were given: call it before they are overwritten.
   */
  readonly nearBoundary: (tolerance: number) => number;
}

export interface Evaluator {
  /**
   * All metrics of one state of the logits (one a row, NaN throws). 'numbers' allocates nothing that grows with the rows.
   * What it returns is the caller's; the next call does not change it.
   */
  evaluate(logits: Float64Array, detail: 'numbers'): EvaluationNumbers;
  evaluate(logits: Float64Array, detail: 'full'): FullEvaluation;
}

/** Buffers with one entry a row, made when they are first needed. */
interface RowBuffers {
  readonly forecast: Float64Array;
  readonly outcome: Uint8Array;
  readonly rowBin: Uint16Array;
}

class LabelledEvaluator implements Evaluator {
  private readonly n: number;
  private readonly positives: number;
  private readonly sorter: ScoreSorter;
  private readonly sums: BinSums;
  private readonly edges: Float64Array;
  private readonly block = newBlock();
  private readonly histogramEdges: Float64Array;
  private buffers: RowBuffers | null = null;
  private readonly rankedLabel: Uint8Array;
  /** Wrong and right rows of each bar of the histogram, in turn. */
  private readonly bars: Uint32Array;
  /** Times that the sorter has sorted. */
  private sorts = 0;
  private scratch: ReliabilityScratch | null = null;

  constructor(
    private readonly labels: Uint8Array,
    private readonly settings: EvaluationSettings,
  ) {
    this.n = labels.length;
    this.positives = classCounts(labels).positives;
    this.sorter = new ScoreSorter(labels.length);
    this.sums = emptyBins(settings);
    this.edges = binEdges({ bins: settings.bins });
    const bars = settings.histogramBins ?? (settings.confidence === 'max' ? 25 : 50);
    this.histogramEdges = histogramEdges(bars, settings.confidence);
    this.bars = new Uint32Array(2 * bars);
    this.rankedLabel = new Uint8Array(labels.length);
  }

  evaluate(logits: Float64Array, detail: 'numbers'): EvaluationNumbers;
  evaluate(logits: Float64Array, detail: 'full'): FullEvaluation;
  evaluate(logits: Float64Array, detail: 'numbers' | 'full'): EvaluationNumbers | FullEvaluation {
    if (logits.length !== this.n) throw new RangeError(`There are ${this.n} labels but ${logits.length} logits.`);
    this.sorter.sort(logits);
    this.sorts++;
    const mass = this.settings.binning === 'mass';
    const buffers = mass || detail === 'full' ? this.rowBuffers() : null;
    const totals = this.pass(logits, buffers, detail === 'full');
    if (mass && buffers !== null) {
      // The score order is still needed for AUC and ROC, so these take it first.
      const ranked = this.ranked(logits, detail);
      assignMassBins(buffers.forecast, this.sums, this.sorter, buffers.rowBin);
      sumBins(buffers.forecast, buffers.outcome, buffers.rowBin, this.sums);
      return this.assemble(logits, detail, totals, ranked, buffers);
    }
    return this.assemble(logits, detail, totals, this.ranked(logits, detail), buffers);
  }

  private rowBuffers(): RowBuffers {
    this.buffers ??= {
      forecast: new Float64Array(this.n),
      outcome: new Uint8Array(this.n),
      rowBin: new Uint16Array(this.n),
    };
    return this.buffers;
  }

  /** Everything that does not need the order, with one exponential a row; block by block, so that loops stay short. */
  private pass(logits: Float64Array, buffers: RowBuffers | null, histogram: boolean): RowTotals {
    const { labels, sums, block, n } = this;
    const { target, closed, binning } = this.settings;
    const topLabel = target === 'top-label';
    const totals = emptyTotals();
    clearBins(sums);
    this.bars.fill(0);
    for (let start = 0; start < n; start += BLOCK) {
      const rows = Math.min(BLOCK, n - start);
      sigmoidBlock(logits, start, start + rows, block.e, block.p);
      totals.nll += nllOfBlock(labels, logits, block.e, start, start + rows);
      judgeBlock(block, labels, start, rows, this.settings, totals);
      const forecast = topLabel ? block.confidence : block.p;
      const outcome = topLabel ? block.right : block.label;
      if (binning === 'width') {
        binBlock(forecast, rows, this.edges, closed === 'right', block.bin);
        addBlock(forecast, outcome, block.bin, rows, sums);
      }
      if (histogram) {
        addToHistogram(block.confidence, block.right, rows, this.histogramEdges, closed === 'right', this.bars);
      }
      if (buffers !== null) {
        const whole = rows === BLOCK;
        buffers.forecast.set(whole ? forecast : forecast.subarray(0, rows), start);
        if (binning === 'width') buffers.rowBin.set(whole ? block.bin : block.bin.subarray(0, rows), start);
        else buffers.outcome.set(whole ? outcome : outcome.subarray(0, rows), start);
      }
    }
    return totals;
  }

  private ranked(logits: Float64Array, detail: 'numbers' | 'full') {
    const { labels, sorter } = this;
    const ranked = rankLabels(labels, sorter, this.rankedLabel);
    const concordant = concordantPairs(ranked);
    const pairs = ranked.positives * ranked.negatives;
    const auc = pairs === 0 ? null : concordant / pairs;
    if (detail === 'numbers') return { auc, roc: null, aucInterval: null };
    return {
      auc,
      roc: drawnRoc(ranked, logits, sorter),
      aucInterval: aucEstimate(deLongFromRanked(ranked, concordant)),
    };
  }

  private assemble(
    logits: Float64Array,
    detail: 'numbers' | 'full',
    totals: RowTotals,
    { auc, roc, aucInterval }: { auc: number | null; roc: RocCurve | null; aucInterval: Estimate | null },
    buffers: RowBuffers | null,
  ): EvaluationNumbers | FullEvaluation {
    const { n, positives, sums } = this;
    const confusion = { tp: totals.tp, fp: totals.fp, tn: n - positives - totals.fp, fn: positives - totals.tp };
    const point = operatingPoint(confusion);
    const errors = confusion.fp + confusion.fn;
    const silent = silentFailuresOf(n, errors, totals.highConfidenceErrors, totals.confident);
    const { ece, mce, ace } = calibrationErrors(sums);
    const numbers: EvaluationNumbers = {
      n,
      positives,
      rocAuc: auc,
      accuracy: point.accuracy,
      balancedAccuracy: point.balancedAccuracy,
      f1: point.f1,
      mcc: point.mcc,
      meanConfidence: n === 0 ? null : totals.confidence / n,
      ece,
      mce,
      ace,
      brier: n === 0 ? null : totals.brier / n,
      nll: n === 0 ? null : totals.nll / n,
      errors,
      highConfidenceErrors: totals.highConfidenceErrors,
      silentFailureRate: silent.silentFailureRate.value,
      highConfidenceErrorShare: silent.highConfidenceErrorShare,
      confident: totals.confident,
      wrongGivenConfident: silent.wrongGivenConfident,
    };
    if (detail === 'numbers' || roc === null || aucInterval === null || buffers === null) return numbers;
    this.scratch ??= reliabilityScratch(n, this.settings.bins);
    const reliability = reliabilityBins(buffers.forecast, { sums, rowBin: buffers.rowBin }, this.scratch);
    return {
      ...numbers,
      roc,
      aucInterval,
      accuracyInterval: accuracyEstimate(confusion),
      silentInterval: silent.silentFailureRate,
      reliability,
      histogram: this.histogram(),
      confusion,
      operatingPoint: { fpr: point.fpr, tpr: point.tpr },
      nearBoundary: this.nearBoundary(logits, reliability),
    };
  }

  private histogram(): ConfidenceHistogram {
    const { bars, histogramEdges: edges } = this;
    return {
      edges: edges.slice(),
      right: Uint32Array.from({ length: bars.length / 2 }, (_, bar) => bars[2 * bar + 1]),
      wrong: Uint32Array.from({ length: bars.length / 2 }, (_, bar) => bars[2 * bar]),
    };
  }

  /** By binary search as long as the sorter holds the order of these logits. */
  private nearBoundary(logits: Float64Array, reliability: readonly ReliabilityBin[]): FullEvaluation['nearBoundary'] {
    const { sorts, sorter } = this;
    const byLogit = this.settings.binning === 'width';
    return (tolerance) => {
      const boundaries = this.boundaries(reliability);
      return byLogit && sorts === this.sorts
        ? countNearSorted(logits, sorter.order, boundaries, tolerance)
        : countNear(logits, boundaries, tolerance);
    };
  }

  private boundaries(reliability: readonly ReliabilityBin[]): Float64Array {
    if (this.settings.binning === 'width') return boundaryLogits(this.settings, this.edges);
    const filled = reliability.filter((bin) => bin.count > 0);
    const between = filled.slice(1).map((bin, k) => (filled[k].upper + bin.lower) / 2);
    return boundaryLogits(this.settings, between);
  }
}

/**
 * Prepares the metrics of one set of labelled rows for many states of their logits (one a slider step). All buffers are made
 * once and kept; every number equals that of the module of the single metric.
 *
 * @param labels 0/1, one a row; not copied.
 */
export function createEvaluator(labels: Uint8Array, settings: EvaluationSettings): Evaluator {
  return new LabelledEvaluator(labels, settings);
}
