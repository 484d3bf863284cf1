/** The whole experiment as one plain object: controls edit it, a run reads it, and it has one result. */
export interface ExperimentSpec {
  readonly v: 1;
  readonly lab: 'drift';
  readonly data: DataSpec;
  readonly split: SplitSpec;
  readonly probe: ProbeSpec;
  readonly drift: DriftSpec;
  readonly metrics: MetricsSpec;
  readonly view: ViewSpec;
}

export interface DataSpec {
  /** A shipped set ('tweets', 'prompts'), 'synthetic', or 'own' for data that a person brought. */
  readonly id: string;
  /** Encoder version; own rows have 'base' and, where a person gave two, 'target'. */
  readonly version: string;
  /** L2-normalise rows on load, in float64. */
  readonly normalize: boolean;
  /** Settings of the generator; null unless id is 'synthetic'. */
  readonly synthetic: SyntheticSpec | null;
  /** A common direction added to every row before anything else; null for the rows as they are. */
  readonly cone: ConeSpec | null;
  /** Which rows 'own' stands for; null for any other id. */
  readonly own: OwnSpec | null;
}

/**
 * Names a person's own rows by shape and content, never by their values. A digest is the first 16 hex digits of the
 * SHA-256 described in data/own/digest.ts.
 */
export interface OwnSpec {
  readonly rows: number;
  readonly dims: number;
  readonly embeddings: string;
  /** Of labels and, where there is one, the split column. */
  readonly labels: string;
  /** Of the same rows from the newer encoder version; null where there is none. */
  readonly target: string | null;
}

/** Row x becomes x + multiple·u, renormalised; u is the unit vector of `stream(seed, 'cone').standard_normal(D)`. */
export interface ConeSpec {
  /** In units of a row's length; above 0. */
  readonly multiple: number;
  readonly seed: number;
}

export interface SyntheticSpec {
  readonly rows: number;
  readonly dims: number;
  /** Distance between class means in units of the within-class standard deviation along it (d′ of the generator). */
  readonly separation: number;
  /** Exponent a of the spectrum λ_j ∝ j^(−a); 0 is isotropic. */
  readonly spectrum: number;
  /** Mean pairwise cosine that the common direction gives the rows, in [0, 1). */
  readonly meanCosine: number;
  readonly seed: number;
}

export interface SplitSpec {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  readonly stratified: boolean;
  readonly seed: number;
}

export type ProbeKind = 'logistic' | 'mlp';

export interface ProbeSpec {
  readonly kind: ProbeKind;
  /** scikit-learn's C: the inverse of the L2 penalty on the sum of losses. Only for 'logistic'. */
  readonly C: number;
  readonly standardize: boolean;
  readonly classWeight: 'balanced' | null;
  /** Settings of the network; read only for 'mlp'. */
  readonly mlp: MlpSpec;
}

/** One hidden layer of rectified linear units, trained with Adam on the mean log loss. */
export interface MlpSpec {
  readonly hidden: number;
  readonly learningRate: number;
  /** Rows of one step of Adam. */
  readonly batch: number;
  /** Most passes over the training rows. */
  readonly epochs: number;
  /** Epochs without a better validation loss after which training stops, and goes back to the best weights. */
  readonly patience: number;
  /** Penalty ½·l2·‖weights‖² (biases apart) added to the mean loss. */
  readonly l2: number;
  /** Of the first weights and of the order of rows. */
  readonly seed: number;
}

export type DriftKind = 'gaussian' | 'directional' | 'subspace' | 'rotation' | 'scaling' | 'mean-shift' | 'model';
export type NoiseUnits = 'per-coordinate' | 'total-norm';
export type ShiftDirection = 'random' | 'along-probe' | 'against-probe' | 'class-mean' | 'opposed';

export interface DriftSpec {
  readonly kind: DriftKind;
  readonly units: NoiseUnits;
  readonly direction: ShiftDirection;
  /** Number of rotated planes, 1 … floor(D/2); null for all. Only for 'rotation'. */
  readonly planes: number | null;
  /** Encoder version that scores the test rows. Only for 'model'. */
  readonly to: string | null;
  /** Share of the way to that version, in [0, 1]. Only for 'model'. */
  readonly t: number;
  readonly sigma: number;
  readonly seed: number;
  readonly renormalize: boolean;
}

export interface MetricsSpec {
  /** ŷ = [p ≥ threshold]. */
  readonly threshold: number;
  /** τ: an error is silent when its confidence is above this. */
  readonly highConfidence: number;
  readonly bins: number;
  readonly binning: 'width' | 'mass';
  /** Which end of a bin is closed: 'right' is (a, b]. */
  readonly closed: 'right' | 'left';
  readonly target: 'top-label' | 'positive-class';
  /** 'max' is max(p, 1 − p); 'predicted' is the probability of ŷ. They differ only where threshold ≠ ½. */
  readonly confidence: 'max' | 'predicted';
}

/** The panels of the Drift lab that can be opened; the main charts always show. */
export const PANEL_IDS = [
  'cliffWalk',
  'geometry',
  'certified',
  'algebra',
  'separability',
  'mechanisms',
  'walk',
  'comparison',
  'figures',
  'training',
] as const;
export type PanelId = (typeof PANEL_IDS)[number];

export interface ViewSpec {
  /** Only rows whose value in this column of the labels file equals `value` are measured; null for all rows. */
  readonly slice: { readonly column: string; readonly value: string } | null;
  /** Panels that are open below the main charts, in no particular order. */
  readonly panels: readonly PanelId[];
}
