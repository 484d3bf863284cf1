import type { Embeddings, RowIndex } from '../linalg/embeddings.ts';

/**
 * Every drift of this lab moves a row x within the span of itself and one or two component rows d and p:
 *
 *     y = α(σ)·x + β(σ)·d + γ(σ)·p,      x′ = y·(target norm)/‖y‖ when renormalised, else y
 *
 * so that logit, norm and angle at any σ follow from a few inner products per row (facts: docs/METHODS.md, "Fast path").
 */
export interface Coefficients {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
}

/** Per-row inner products of x, d, p and the folded probe direction w; every array has one float64 a row. */
export interface RowScalars {
  readonly rows: number;
  /** w·x */
  readonly s: Float64Array;
  /** ‖x‖² */
  readonly n2: Float64Array;
  /** w·d */
  readonly wd: Float64Array;
  /** x·d */
  readonly xd: Float64Array;
  /** ‖d‖² */
  readonly dd: Float64Array;
  /** w·p, x·p, d·p, ‖p‖²: null where the drift has no second component. */
  readonly wp: Float64Array | null;
  readonly xp: Float64Array | null;
  readonly dp: Float64Array | null;
  readonly pp: Float64Array | null;
}

/** A drift made ready for given rows: knows its component rows and its coefficients. */
export interface PreparedDrift {
  readonly dims: number;
  readonly rows: number;
  readonly hasSecondComponent: boolean;
  readonly coefficients: (sigma: number) => Coefficients;
  /** Writes component rows d (and p) of the k-th of the rows given into the buffers (length dims). */
  readonly components: (k: number, d: Float64Array, p: Float64Array | null) => void;
  /**
   * What ‖x′‖ becomes under renormalisation: 'original' is ‖x‖ (1 for unit rows); 'interpolated' is α‖x‖ + β‖d‖,
   * for a drift towards a second model whose rows need not be unit length; 'none' where y is kept as it is.
   */
  readonly norm: 'original' | 'interpolated' | 'none';
}

export interface DriftContext {
  readonly embeddings: Embeddings;
  readonly rows: RowIndex;
  /** One 0/1 label for each of `rows`. */
  readonly labels: Uint8Array;
  /** Folded probe direction (dims) and bias: logit = w·x + b. */
  readonly weights: Float64Array;
  /** Clean training rows of the same embeddings, for directions that are estimated on them (class means, cone axis). */
  readonly trainRows: RowIndex;
  readonly trainLabels: Uint8Array;
  /** The second model's embeddings of the same rows, for kind 'model'. */
  readonly target: Embeddings | null;
  /** Called with a share in [0, 1] during long preparations. */
  readonly onProgress?: (share: number) => void;
}
