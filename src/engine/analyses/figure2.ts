import { PUBLISHED_SIGMA_ABSTRACT, PUBLISHED_SIGMA_MAX } from '../../data/publishedFigures.ts';
import type { DataSpec } from '../../spec/types.ts';
import type { Headline } from '../results.ts';
import type { Analysis } from './analysis.ts';
import { runCheckpoints, type CheckpointRun } from './paper/checkpoints.ts';
import { firstCrossing, relativeDrop, runningSum } from './paper/curves.ts';
import { paperSpec, type PaperKind, type Readings } from './paper/readings.ts';

export interface Figure2Options {
  readonly readings: Readings;
  readonly data: DataSpec;
}

export interface Sensitivity {
  /** 0, then rising evenly in log σ from 1e-4 to .15. */
  readonly sigmas: Float64Array;
  /** 1 − AUC(σ)/AUC(0); NaN where AUC is undefined. */
  readonly drop: Float64Array;
  /** Where the drop first reaches 10 %, by a straight line between grid points; null where it never does. */
  readonly crossing: number | null;
}

export interface Figure2Result {
  readonly readings: Readings;
  readonly runs: { readonly [K in PaperKind]: CheckpointRun };
  /** Gaussian drift at the σ of the abstract, which is no checkpoint. */
  readonly ofAbstract: Headline;
  readonly sensitivity: Sensitivity;
  /** Running sum of the error rate over the checkpoints of Gaussian drift. */
  readonly brittleness: Float64Array;
}

export const SENSITIVITY_LEVEL = 0.1;
const GRID = 96;
const FINEST = 1e-4;

/** 0 and 96 values of σ, evenly spaced in its logarithm up to the largest drift. */
export function sensitivityGrid(): Float64Array {
  const step = Math.log(PUBLISHED_SIGMA_MAX / FINEST) / (GRID - 1);
  return Float64Array.from({ length: GRID + 1 }, (_, k) => (k === 0 ? 0 : FINEST * Math.exp(step * (k - 1))));
}

/** The paper's Figure 2: AUC, F1 and the running sum of errors by checkpoint, under its three drifts, and the fine σ sweep. */
export const figure2: Analysis<Figure2Options, Figure2Result> = async (context, { readings, data }) => {
  const { experiment, checkpoint } = context;
  const gaussian = await runCheckpoints(context, data, 'gaussian', readings);
  const spec = paperSpec(data, 'gaussian', 0, readings);
  const prepared = await experiment.prepare(spec, checkpoint);
  const ofAbstract = experiment.point(prepared, spec, PUBLISHED_SIGMA_ABSTRACT.value);
  const sigmas = sensitivityGrid();
  const auc = new Float64Array(sigmas.length);
  for (let k = 0; k < sigmas.length; k++) {
    await checkpoint(k / sigmas.length, 'Measuring sensitivity');
    auc[k] = experiment.point(prepared, spec, sigmas[k]).rocAuc ?? NaN;
  }
  const drop = relativeDrop(auc);
  const directional = await runCheckpoints(context, data, 'directional', readings);
  const subspace = await runCheckpoints(context, data, 'subspace', readings);
  return {
    readings,
    runs: { gaussian, directional, subspace },
    ofAbstract,
    sensitivity: { sigmas, drop, crossing: firstCrossing(sigmas, drop, SENSITIVITY_LEVEL) },
    brittleness: runningSum(gaussian.points.map(({ headline }) => 1 - (headline.accuracy ?? NaN))),
  };
};
