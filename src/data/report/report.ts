import type { AxisSeparation, FisherRatios } from '../../core/metrics/separability.ts';

/** 'error': cannot run; 'warning': can, but; 'note': worth knowing. */
export type FindingLevel = 'error' | 'warning' | 'note';

export type FindingId =
  | 'one-class'
  | 'imbalance'
  | 'few-rows'
  | 'split-lacks-class'
  | 'split-lacks-test'
  | 'non-finite'
  | 'unpaired'
  | 'left-out'
  | 'sampled'
  | 'split-words'
  | 'zero-rows'
  | 'norms'
  | 'overflow'
  | 'duplicates'
  | 'duplicates-across-labels'
  | 'leakage'
  | 'constant-dims'
  | 'mean-cosine'
  | 'effective-dimension'
  | 'separability'
  | 'memory'
  | 'identical-versions'
  | 'versions';

/** One thing that the data says, before anything trains. */
export interface Finding {
  readonly level: FindingLevel;
  readonly id: FindingId;
  /** A sentence. */
  readonly message: string;
  /** What to do about it, a sentence; null where there is nothing to do. */
  readonly remedy: string | null;
  /** The rows meant, 0-based places in the table (files, for non-finite rows): the first 20 of `of`. */
  readonly rows?: readonly number[];
  readonly of?: number;
}

export interface NormsReport {
  readonly min: number;
  readonly median: number;
  readonly max: number;
  /** Every length within 1 % of 1: embeddings of unit length, rounded to float16 or better. */
  readonly unit: boolean;
}

export interface DuplicatesReport {
  /** Sets of identical rows. */
  readonly groups: number;
  /** Rows in those sets. */
  readonly rows: number;
  /** Sets whose rows have both labels. */
  readonly acrossLabels: number;
  /** Sets with rows in two parts of the split, by pair of parts; null where the data has no split. */
  readonly acrossSplits: {
    readonly trainTest: number;
    readonly trainValidation: number;
    readonly validationTest: number;
  } | null;
}

/** Of one version of the embeddings. */
export interface VersionReport {
  readonly norms: NormsReport | null;
  readonly zeroRows: number;
  readonly duplicates: DuplicatesReport;
  /** Dimensions with the same number in every row. */
  readonly constantDims: readonly number[];
  /** Mean cosine over all pairs of different rows; null with fewer than two rows or with a row of zeros. */
  readonly meanCosine: number | null;
  /** (tr C)²/‖C‖_F² of the covariance C (ddof 0): the participation ratio of its spectrum; null where C is 0. */
  readonly effectiveDimension: {
    readonly value: number | null;
    /** Rows it was computed from, and all rows; where they differ it is a seeded sample. */
    readonly rows: number;
    readonly of: number;
    readonly seed: number;
  };
  /** Along the line through the class means, on the same rows that made it: optimistic, the more so the fewer rows there are. */
  readonly separability: AxisSeparation & FisherRatios;
}

export interface VersionsReport {
  /** Rows that are the same numbers in both versions. */
  readonly identicalRows: number;
  /** Mean over rows of the cosine between both versions of a row; null where no row has a length in both. */
  readonly meanCosine: number | null;
  readonly minCosine: number | null;
}

/** What a person should know of their data before anything trains. */
export interface DataReport {
  readonly rows: number;
  readonly of: number;
  readonly dims: number;
  readonly dtype: 'float32' | 'float64';
  readonly classes: readonly { readonly name: string; readonly count: number }[];
  readonly split: {
    readonly train: number;
    readonly validation: number;
    readonly test: number;
  } | null;
  readonly base: VersionReport;
  readonly target: VersionReport | null;
  readonly versions: VersionsReport | null;
  readonly memory: {
    /** Bytes that a session takes at most: ≤ 1.5 × rows × dimensions × bytes of a number, plus 40 a row, for each version. */
    readonly bytes: number;
    /** Bytes that one version may take in the engine. */
    readonly limitBytes: number;
    /** Most rows of this size that fit. */
    readonly mostRows: number;
  };
  /** Errors first, then warnings, then notes. */
  readonly findings: readonly Finding[];
}
