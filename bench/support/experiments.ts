import type { Checkpoint } from '../../src/engine/backend.ts';
import { createCpuBackend } from '../../src/engine/cpu/cpuBackend.ts';
import type { DataSource, Dataset } from '../../src/engine/dataset.ts';
import { Experiment } from '../../src/engine/experiment.ts';
import { createManifestSource } from '../../src/engine/manifestSource.ts';
import { baseLike } from '../../src/data/syntheticPresets.ts';
import { DEFAULT_SPEC } from '../../src/spec/defaultSpec.ts';
import type { DriftSpec, ExperimentSpec, SplitSpec } from '../../src/spec/types.ts';

export const noCheckpoint: Checkpoint = async () => {};

/** The lab's own generator; nothing is read from disk. */
export const syntheticSource: DataSource = createManifestSource(async (path) => {
  throw new Error(`No benchmark reads ${path}.`);
});

export interface SpecChoice {
  readonly rows: number;
  readonly dims: number;
  /** Shares of train and test; validation is the rest. */
  readonly train?: number;
  readonly test?: number;
  readonly drift?: Partial<DriftSpec>;
}

/** The default experiment on base-like synthetic rows of this size. */
export function syntheticSpec({ rows, dims, train, test, drift }: SpecChoice): ExperimentSpec {
  const own = train !== undefined && test !== undefined;
  const split: SplitSpec = own
    ? { ...DEFAULT_SPEC.split, train, test, validation: Math.max(0, Number((1 - train - test).toPrecision(12))) }
    : DEFAULT_SPEC.split;
  return {
    ...DEFAULT_SPEC,
    data: {
      id: 'synthetic',
      version: 'base',
      normalize: true,
      cone: null,
      own: null,
      synthetic: { ...baseLike.settings, rows, dims },
    },
    split,
    drift: { ...DEFAULT_SPEC.drift, kind: 'gaussian', to: null, ...drift },
  };
}

export const newExperiment = (source: DataSource = syntheticSource): Experiment =>
  new Experiment(source, createCpuBackend());

/** A source that holds one data set, so that several experiments share it. */
export function sharedSource(dataset: Dataset): DataSource {
  return { catalogue: () => syntheticSource.catalogue(), load: async () => dataset };
}

/** Effective rows (values times factor) in float64, row-major: what NumPy is given. */
export function effectiveRows({ embeddings }: Dataset, rows: Uint32Array): Float64Array {
  const { dims, values, scale } = embeddings;
  const out = new Float64Array(rows.length * dims);
  rows.forEach((row, k) => {
    for (let j = 0; j < dims; j++) out[k * dims + j] = scale[row] * values[row * dims + j];
  });
  return out;
}
