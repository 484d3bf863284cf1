import type { ExperimentSpec } from '../spec/types.ts';

/** A number with an interval; `low` and `high` are null where the interval is undefined, with the reason beside it. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Why value or interval is null, in words; null when both are defined. */
  readonly reason: string | null;
}

/** Vertices of the ROC curve, descending thresholds, from (0,0) to (1,1). Exact up to `exactVertices`; see `vertices`. */
export interface RocCurve {
  readonly fpr: Float64Array;
  readonly tpr: Float64Array;
  /** Thresholds on the logit; the first is +Infinity. */
  readonly thresholds: Float64Array;
  /** How many vertices the exact curve has; more than fpr.length means that the drawn curve is thinned. */
  readonly exactVertices: number;
}

export interface ReliabilityBin {
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
  /** Mean confidence (or mean p) of the bin; null where empty. */
  readonly confidence: number | null;
  /** Observed accuracy (or frequency of class 1); null where empty. */
  readonly accuracy: number | null;
  /** Wilson 95 % interval of `accuracy`. */
  readonly low: number | null;
  readonly high: number | null;
  /** 90 % consistency band: where `accuracy` would fall if the probe were calibrated. */
  readonly consistencyLow: number | null;
  readonly consistencyHigh: number | null;
}

export interface ConfidenceHistogram {
  /** bins + 1 edges over [0.5, 1] ([0, 1] where confidence is of ŷ). */
  readonly edges: Float64Array;
  readonly right: Uint32Array;
  readonly wrong: Uint32Array;
}

export interface Confusion {
  readonly tp: number;
  readonly fp: number;
  readonly tn: number;
  readonly fn: number;
}

/** The headline numbers of one state; every one is what `lab run` prints under the same name. */
export interface Headline {
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
  /** highConfidenceErrors / errors; null where there are no errors. */
  readonly silentFailureRate: number | null;
  /** highConfidenceErrors / n */
  readonly highConfidenceErrorShare: number | null;
  /** P(wrong | confidence > τ); null where no row is that confident. */
  readonly wrongGivenConfident: number | null;
  readonly confident: number;
  readonly meanAngleDegrees: number | null;
}

/** What one drag step brings back. */
export interface StepResult {
  readonly generation: number;
  readonly sigma: number;
  readonly headline: Headline;
  readonly aucInterval: Estimate;
  readonly accuracyInterval: Estimate;
  readonly silentInterval: Estimate;
  readonly roc: RocCurve;
  /** Where the decision threshold stands on the curve. */
  readonly operatingPoint: { readonly fpr: number | null; readonly tpr: number | null };
  readonly reliability: readonly ReliabilityBin[];
  readonly histogram: ConfidenceHistogram;
  readonly confusion: Confusion;
  /** Quantiles of the angle between clean and drifted rows, degrees: 5 %, 50 %, 95 %. */
  readonly angleQuantiles: readonly [number, number, number] | null;
  /** Rows whose logit lies within the backend's tolerance of the threshold or a bin edge. */
  readonly nearBoundary: number;
  /** Engine time of this step, milliseconds. */
  readonly ms: number;
}

/** The cliff: one row of numbers for each σ of a sweep. */
export interface Sweep {
  readonly sigmas: Float64Array;
  readonly rocAuc: Float64Array;
  readonly accuracy: Float64Array;
  readonly meanConfidence: Float64Array;
  readonly ece: Float64Array;
  readonly silentFailureRate: Float64Array;
  readonly meanAngleDegrees: Float64Array;
}

export interface ResultWithSpec {
  readonly spec: ExperimentSpec;
  readonly step: StepResult;
}
