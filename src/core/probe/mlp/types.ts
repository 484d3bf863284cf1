import type { RowIndex } from '../../linalg/embeddings.ts';
import type { Scaler, TrainingHistory } from '../types.ts';

/** What the training of a network may be told. */
export interface MlpOptions {
  /** Hidden units, at least 1. */
  readonly hidden: number;
  readonly learningRate: number;
  /** Rows of one step; the last batch of an epoch has what is left. */
  readonly batch: number;
  /** Most passes over the training rows. */
  readonly epochs: number;
  /** Epochs without a lower monitored loss after which training stops. */
  readonly patience: number;
  /** Factor of the penalty ½·l2·(‖W‖² + ‖v‖²) that each step adds to the mean loss of its batch. */
  readonly l2: number;
  readonly seed: number;
  readonly standardize: boolean;
  readonly classWeight: 'balanced' | null;
}

/** Rows of one embeddings file with their labels, 0 or 1. */
export interface LabelledRows {
  readonly rows: RowIndex;
  readonly labels: Uint8Array;
}

/** Parameters on the features as training sees them (standardised, where they are). */
export interface MlpParameters {
  /** Row-major hidden × dims. */
  readonly hiddenWeights: Float64Array;
  readonly hiddenBias: Float64Array;
  readonly outputWeights: Float64Array;
  /** Length 1. */
  readonly outputBias: Float64Array;
}

/** One training problem, the same for every device that trains on it. */
export interface MlpProblem {
  readonly dims: number;
  readonly training: LabelledRows;
  /** May hold no rows. */
  readonly validation: LabelledRows;
  /** Factor of the loss of a row of label 0 and of label 1, from the training rows. */
  readonly costs: readonly [number, number];
  /** Features are (x − mean)/std; zeros and ones where nothing is standardised. */
  readonly scaler: Scaler;
  readonly options: MlpOptions;
}

/** How training ended. */
export interface MlpOutcome {
  readonly history: TrainingHistory;
  /** Counted from 1. */
  readonly bestEpoch: number;
  readonly stoppedEarly: boolean;
  readonly monitored: 'validation' | 'training';
}

/** Where training has come to. */
export interface MlpProgress {
  /** The epoch under way, from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Share of this epoch's batches that are done. */
  readonly share: number;
  /** Losses at the end of the epoch before; null in the first. */
  readonly trainLoss: number | null;
  readonly validationLoss: number | null;
}
