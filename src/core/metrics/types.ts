/** A number with an interval; `low` and `high` are null where the interval is undefined, with the reason beside it. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Why value or interval is null, in words; null when both are defined. */
  readonly reason: string | null;
}

/** Vertices of the ROC curve, descending thresholds, from (0,0) to (1,1). The rate of a class without rows is all NaN. */
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
