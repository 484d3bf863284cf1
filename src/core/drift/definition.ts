import type { Embeddings } from '../linalg/embeddings.ts';
import type { RowKernels } from '../linalg/kernels.ts';
import type { NoiseSource } from './noise.ts';
import type { DriftContext, PreparedDrift, RowScalars } from './types.ts';

export type DriftKind = 'gaussian' | 'directional' | 'subspace' | 'rotation' | 'scaling' | 'mean-shift' | 'model';
export type NoiseUnits = 'per-coordinate' | 'total-norm';
export type ShiftDirection = 'random' | 'along-probe' | 'against-probe' | 'class-mean' | 'opposed';

/** The settings of a drift that its preparation reads. The amount (σ, or t for 'model') comes later, at each step. */
export interface DriftSettings {
  readonly kind: DriftKind;
  readonly units: NoiseUnits;
  readonly direction: ShiftDirection;
  /** Rotated planes, 1 … floor(D/2); null for all. */
  readonly planes: number | null;
  readonly seed: number;
  readonly renormalize: boolean;
}

/** A context with what a caller may add to spare memory or work. */
export interface PrepareContext extends DriftContext {
  /** Most bytes of drawn noise to keep; above it noise is drawn again on each pass. See noise.ts for the default. */
  readonly noiseBudgetBytes?: number;
  /** Noise that was drawn before; must be `stream(seed, 'noise').standard_normal((rows, dims))`. */
  readonly noise?: NoiseSource;
}

/** Inner products of one pass, with |x∧d|² where n2·dd − xd² would cancel. */
export interface DriftScalars extends RowScalars {
  /** ‖x‖²‖d‖² − (x·d)², computed without cancellation; null where the difference of the scalars is good enough. */
  readonly wedge: Float64Array | null;
}

/** What one pass over the rows works with. */
export interface Pass {
  readonly kernels: RowKernels;
  readonly context: DriftContext;
  /** Where to write; s and n2 are already there, but for drifts that fill them. */
  readonly scalars: DriftScalars;
  /** Only wd (and wp) are wanted: the probe changed, the rows did not. */
  readonly probeOnly: boolean;
}

/** A prepared drift with its own way to make the scalars of all rows in one pass. */
export interface LabDrift extends PreparedDrift {
  /** The components depend on the probe: after a fit the drift must be prepared again. */
  readonly followsProbe: boolean;
  /** The pass fills {@link DriftScalars.wedge}. */
  readonly fillsWedge: boolean;
  /** The pass fills s and n2 too (s alone for a new probe), so that a row and its component go by memory together. */
  readonly fillsRows?: boolean;
  /**
   * Draws the random matrix that components and pass read, in pieces of a few milliseconds; yields the share done, in
   * [0, 1]. Where nobody calls it, they draw it themselves, in one go. Absent where there is little to draw.
   */
  readonly draw?: () => Generator<number, void>;
  /** Fills wd, xd, dd (and wp, xp, dp, pp) of all rows block by block; yields the share done, in [0, 1]. */
  readonly fill: (pass: Pass) => Generator<number, void>;
}

/** One kind of drift and how to make it ready. Its words for people stand in src/labs/drift/words.ts. */
export interface DriftDefinition {
  readonly id: DriftKind;
  /** Where the drift comes from. */
  readonly source: string;
  /** Throws {@link UnusableDriftError} where the data cannot carry this drift. */
  readonly prepare: (settings: DriftSettings, context: PrepareContext) => LabDrift;
}

/** The data given cannot carry this drift; the message says why and what to do. */
export class UnusableDriftError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnusableDriftError';
  }
}

/** Writes the effective row `row` into `out` (length dims, float64); returns ‖x‖². */
export function readRow(embeddings: Embeddings, row: number, out: Float64Array): number {
  const { values, dims } = embeddings;
  const scale = embeddings.scale[row];
  const at = row * dims;
  let square = 0;
  for (let j = 0; j < dims; j++) {
    const x = scale * values[at + j];
    out[j] = x;
    square += x * x;
  }
  return square;
}

/** ‖x‖ of the effective row `row`. */
export function rowNorm(embeddings: Embeddings, row: number): number {
  const { values, dims } = embeddings;
  const at = row * dims;
  let square = 0;
  for (let j = 0; j < dims; j++) square += values[at + j] * values[at + j];
  return Math.abs(embeddings.scale[row]) * Math.sqrt(square);
}

/** α = 1, β = σ: the row itself plus σ times its displacement. */
export function additive(sigma: number): { alpha: number; beta: number; gamma: number } {
  return { alpha: 1, beta: sigma, gamma: 0 };
}
