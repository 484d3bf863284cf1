/** What an alarm of a detector promises on a stream that never shifts. */
export interface Guarantee {
  /**
   * 'per-test': each single test alarms with at most this probability. 'ever': the stream alarms at all with at most this
   * probability (Ville). 'horizon': it alarms by the calibrated horizon with about this probability. 'arl': the mean number of
   * steps to a false alarm is at least this. 'none': nothing is promised.
   */
  readonly kind: 'per-test' | 'ever' | 'horizon' | 'arl' | 'none';
  /** A probability, or steps for 'arl'; null for 'none'. */
  readonly value: number | null;
  /** Steps up to which it holds; null where it holds for ever or is per test. */
  readonly horizon: number | null;
  /** Under what it holds, one short sentence each. */
  readonly assumptions: readonly string[];
  /** Theorem, paper or manual. */
  readonly source: string;
}

/** What a monitor sees of one step: never the label. */
export interface StreamRecord {
  /** The probe's probability of "unsafe", in [0, 1]. */
  readonly score: number;
  /** Of length dims; null where the monitor is given none. */
  readonly embedding: Float64Array | Float32Array | null;
}

/** Records without shift that a detector may study beforehand. */
export interface Reference {
  readonly scores: Float64Array;
  /** Row-major, scores.length × dims; null where the monitor is given none. */
  readonly embeddings: { readonly values: Float64Array | Float32Array; readonly dims: number } | null;
  /** Of whatever the detector draws (permutations, tie-breaking). */
  readonly seed: number;
}

/** What a detector says after a record. */
export interface Reading {
  /** Null while it cannot be computed yet (the window is not full, no test at this step). */
  readonly statistic: number | null;
  /** Whether this step alarms. What an alarm ends or resets is the detector's own matter and stands in its docstring. */
  readonly alarm: boolean;
}

/** A detector at work on one stream. */
export interface RunningDetector {
  /** The statistic is compared with this; it may change from step to step (a confidence band), null while there is none. */
  readonly threshold: number | null;
  update(record: StreamRecord): Reading;
}

export interface DetectorDefinition<P> {
  readonly id: string;
  readonly reads: 'scores' | 'embeddings';
  readonly defaults: P;
  /** Alarms where the statistic is above ('above') or at or above ('at-least') the threshold. */
  readonly alarms: 'above' | 'at-least';
  readonly guarantee: (parameters: P) => Guarantee;
  /** What the detector's source claims, where that is more than holds. */
  readonly claim?: (parameters: P) => Guarantee;
  /** Work a step, such as "O(w)". */
  readonly cost: string;
  /** Throws {@link DetectorInputError} where reference or parameters cannot be used. */
  readonly init: (reference: Reference, parameters: P) => RunningDetector;
}

/** A reference, a parameter or a record that a detector cannot use; the message says which and what to do. */
export class DetectorInputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DetectorInputError';
  }
}
