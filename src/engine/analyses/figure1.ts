import { classMoments } from '../../core/metrics/classMoments.ts';
import { kernelOverlap } from '../../core/metrics/overlap.ts';
import { axisSeparation, fisherRatios } from '../../core/metrics/separability.ts';
import type { Estimate } from '../../core/metrics/types.ts';
import type { DataSpec } from '../../spec/types.ts';
import type { Analysis, AnalysisContext } from './analysis.ts';
import { runCheckpoints, type CheckpointRun } from './paper/checkpoints.ts';
import { paperSpec, type Readings } from './paper/readings.ts';
import { LARGEST_SAMPLE, pick, silhouetteEstimate } from './sample.ts';

export interface Figure1Options {
  readonly readings: Readings;
  readonly base: DataSpec;
  readonly instruct: DataSpec;
}

/** Class separability without drift; null where undefined. */
export interface PaperSeparability {
  /** Mean silhouette (eq. 25), Euclidean, on `silhouetteRows` test rows: those of the table of separability. */
  readonly silhouette: number | null;
  readonly silhouetteInterval: Estimate;
  readonly silhouetteRows: number;
  /** Eq. 26, on all rows. */
  readonly fisher: number | null;
  /** ∫ min(f₀, f₁) over the logits of the test rows. */
  readonly overlap: number | null;
  /** d′ of the logits of the test rows. */
  readonly dPrime: number | null;
}

export interface Figure1Side extends CheckpointRun {
  readonly separability: PaperSeparability;
}

export interface Figure1Result {
  readonly readings: Readings;
  readonly base: Figure1Side;
  readonly instruct: Figure1Side;
}

async function separate(context: AnalysisContext, data: DataSpec, readings: Readings): Promise<PaperSeparability> {
  const { experiment, checkpoint } = context;
  const spec = paperSpec(data, 'gaussian', 0, readings);
  const prepared = await experiment.prepare(spec, checkpoint);
  const { embeddings, labels } = prepared.dataset;
  await checkpoint(0.3, 'Measuring separability');
  const all = Uint32Array.from({ length: embeddings.rows }, (_, row) => row);
  const { paper } = fisherRatios(classMoments(embeddings, all, labels));
  await checkpoint(0.6, 'Measuring separability');
  const { test } = prepared.split;
  const sample = pick(test.length, LARGEST_SAMPLE, spec.split.seed);
  const rows = Uint32Array.from(sample, (k) => test[k]);
  const own = Uint8Array.from(rows, (row) => labels[row]);
  const silhouette = await silhouetteEstimate(embeddings, rows, own, 'euclidean', checkpoint, 0.6, 0.9);
  await checkpoint(0.9, 'Measuring separability');
  const logits = experiment.measuredLogits(prepared, 0, null);
  return {
    silhouette: silhouette.value,
    silhouetteInterval: silhouette,
    silhouetteRows: rows.length,
    fisher: paper,
    overlap: kernelOverlap(prepared.context.labels, logits).value,
    dPrime: axisSeparation(prepared.context.labels, logits).dPrime,
  };
}

/** The paper's Figure 1 on two sets: Gaussian drift by checkpoint, and how far apart the classes are without it. */
export const figure1: Analysis<Figure1Options, Figure1Result> = async (context, { readings, base, instruct }) => {
  const side = async (data: DataSpec): Promise<Figure1Side> => ({
    ...(await runCheckpoints(context, data, 'gaussian', readings)),
    separability: await separate(context, data, readings),
  });
  return { readings, base: await side(base), instruct: await side(instruct) };
};
