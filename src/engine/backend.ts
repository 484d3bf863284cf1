import type { DriftScalars, LabDrift } from '../core/drift/definition.ts';
import type { DriftContext } from '../core/drift/types.ts';
import type { Embeddings, RowIndex } from '../core/linalg/embeddings.ts';
import type { LabelledRows } from '../core/probe/mlp/types.ts';
import type { LinearProbe, MlpProbe } from '../core/probe/types.ts';
import type { ProbeSpec } from '../spec/types.ts';

/** What two exact ways of one logit may differ by: float64 arithmetic in another order. */
export const REFERENCE_TOLERANCE = 1e-9;

export type BackendName = 'cpu' | 'webgpu';

/**
 * The same for a network, between its literal logits on a backend and its float64 step. float32 rounds what a hidden unit
 * takes in, which is large where standardised rows lie in a narrow cone.
 */
export const MLP_TOLERANCE: { readonly [N in BackendName]: number } = { cpu: 1e-6, webgpu: 1e-3 };

export interface BackendInfo {
  readonly name: BackendName;
  /** Adapter as the browser names it, e.g. 'google swiftshader'; null on cpu. */
  readonly adapter: string | null;
  /** Largest difference of a logit to the float64 reference that this backend promises. */
  readonly logitTolerance: number;
}

/** Called between pieces of long work with a share in [0, 1]; throws {@link Cancelled} to stop it. */
export type Checkpoint = (share: number, doing: string) => Promise<void>;

export class Cancelled extends Error {
  constructor() {
    super('A newer request took the place of this one.');
    this.name = 'Cancelled';
  }
}

/** The device is gone (lost, out of memory): the caller goes on with another backend. */
export class BackendLost extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'BackendLost';
  }
}

export interface FitRequest {
  readonly embeddings: Embeddings;
  readonly rows: RowIndex;
  readonly labels: Uint8Array;
  readonly probe: ProbeSpec;
}

export interface MlpFitRequest extends FitRequest {
  /** May hold no rows; training then stops by the loss of the training rows. */
  readonly validation: LabelledRows;
}

/**
 * What does the heavy lifting. `cpu` is the reference: float64 accumulation on typed arrays, the same numbers on every
 * machine. Any other backend must end fits at the same certified optimum and give logits within its `logitTolerance`.
 */
export interface Backend {
  readonly info: BackendInfo;
  /** The linear probe. */
  fit(request: FitRequest, checkpoint: Checkpoint): Promise<LinearProbe>;
  /** The network; the same request gives the same weights on every run of one backend. */
  fitMlp(request: MlpFitRequest, checkpoint: Checkpoint): Promise<MlpProbe>;
  /** The one O(N·D) pass. `previous` holds scalars of the same rows and components for another probe, where known. */
  scalars(
    prepared: LabDrift,
    context: DriftContext,
    previous: DriftScalars | null,
    checkpoint: Checkpoint,
  ): Promise<DriftScalars>;
  /** The literal computation: drift every row in all D dimensions, then score it. */
  literalLogits(
    prepared: LabDrift,
    context: DriftContext,
    amount: number,
    bias: number,
    checkpoint: Checkpoint,
  ): Promise<Float64Array>;
  /** The same for a network. */
  literalMlpLogits(
    prepared: LabDrift,
    context: DriftContext,
    amount: number,
    probe: MlpProbe,
    checkpoint: Checkpoint,
  ): Promise<Float64Array>;
  dispose(): void;
}
