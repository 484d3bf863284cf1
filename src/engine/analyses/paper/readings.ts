import type { SyntheticPreset } from '../../../data/syntheticPresets.ts';
import { PUBLISHED_SIGMA_MAX } from '../../../data/publishedFigures.ts';
import { DEFAULT_SPEC } from '../../../spec/defaultSpec.ts';
import type { DataSpec, ExperimentSpec, NoiseUnits } from '../../../spec/types.ts';

/** The three drifts of the paper, by their ids. */
export type PaperKind = 'gaussian' | 'directional' | 'subspace';
export const PAPER_KINDS: readonly PaperKind[] = ['gaussian', 'directional', 'subspace'];

/** Where the paper can be read in two ways, the reading in use. */
export interface Readings {
  /** σ of Gaussian noise: of each coordinate, or of the whole vector. */
  readonly units: NoiseUnits;
  /** Checkpoints, linear from σ = 0 to .15. */
  readonly checkpoints: 8 | 6;
  /** What five equal bins of confidence cover. */
  readonly bins: 'unit' | 'upper-half';
  /** Silent failures as a share of the errors, or of all rows. */
  readonly silentShare: 'errors' | 'rows';
  /** Of noise, direction and rotation; the paper's is 42, and one draw of a direction says little of another. */
  readonly seed: number;
}

/** The most likely reading: facts of the two notes, and what alone gives a cliff. */
export const LIKELY: Readings = {
  units: 'per-coordinate',
  checkpoints: 8,
  bins: 'unit',
  silentShare: 'errors',
  seed: 42,
};

/** σ of each checkpoint. */
export function checkpointSigmas({ checkpoints }: Pick<Readings, 'checkpoints'>): Float64Array {
  return Float64Array.from({ length: checkpoints }, (_, k) => (PUBLISHED_SIGMA_MAX * k) / (checkpoints - 1));
}

/** Checkpoints of the calibration figure: 0, 2, 4 and the last. */
export function calibrationCheckpoints({ checkpoints }: Pick<Readings, 'checkpoints'>): readonly number[] {
  return [0, 2, 4, checkpoints - 1];
}

/** Bins over [0, 1] that hold five on the range of the reading: max(p, 1 − p) leaves those below ½ empty. */
export function binCount({ bins }: Pick<Readings, 'bins'>): number {
  return bins === 'unit' ? 5 : 10;
}

export function presetData({ settings }: SyntheticPreset): DataSpec {
  return { id: 'synthetic', version: 'base', normalize: true, synthetic: { ...settings }, cone: null, own: null };
}

/**
 * The state of the paper at σ, as a spec of the lab: split 70/10/20, scaler and logistic regression with C = 1 and balanced
 * classes, τ = .8, split by seed 42; a fresh draw from the clean rows, and rows renormalised after drift.
 */
export function paperSpec(data: DataSpec, kind: PaperKind, sigma: number, readings: Readings): ExperimentSpec {
  return {
    ...DEFAULT_SPEC,
    data,
    split: { train: 0.7, validation: 0.1, test: 0.2, stratified: true, seed: 42 },
    probe: { ...DEFAULT_SPEC.probe, kind: 'logistic', C: 1, standardize: true, classWeight: 'balanced' },
    drift: {
      kind,
      units: readings.units,
      direction: 'random',
      planes: null,
      to: null,
      t: 1,
      sigma,
      seed: readings.seed,
      renormalize: true,
    },
    metrics: {
      threshold: 0.5,
      highConfidence: 0.8,
      bins: binCount(readings),
      binning: 'width',
      closed: 'right',
      target: 'top-label',
      confidence: 'max',
    },
    view: { slice: null, panels: [] },
  };
}
