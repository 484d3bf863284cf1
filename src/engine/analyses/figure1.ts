import { classMoments } from '../../core/metrics/classMoments.ts';
import { kernelOverlap } from '../../core/metrics/overlap.ts';
import { axisSeparation, fisherRatios } from '../../core/metrics/separability.ts';
import { silhouette } from '../../core/metrics/silhouette.ts';
import type { DataSpec } from '../../spec/types.ts';
import type { Analysis, AnalysisContext } from './analysis.ts';
import { runCheckpoints, type CheckpointRun } from './paper/checkpoints.ts';
import { paperSpec, type Readings } from './paper/readings.ts';

export interface Figure1Options {
  readonly readings: Readings;
  readonly base: DataSpec;
  readonly instruct: DataSpec;
}

/** Class separability without drift; null where undefined. */
export interface PaperSeparability {
  /** Mean silhouette (eq. 25), Euclidean, on `silhouetteRows` test rows, evenly spread. */
  readonly silhouette: number | null;
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

/** The silhouette takes every pair of rows: so many take a quarter of a second. */
const SILHOUETTE_ROWS = 600;

async function separate(context: AnalysisContext, data: DataSpec, readings: Readings): Promise<PaperSeparability> {
  const { experiment, checkpoint } = context;
  const prepared = await experiment.prepare(paperSpec(data, 'gaussian', 0, readings), checkpoint);
  const { embeddings, labels } = prepared.dataset;
  await checkpoint(0.3, 'Measuring separability');
  const all = Uint32Array.from({ length: embeddings.rows }, (_, row) => row);
  const { paper } = fisherRatios(classMoments(embeddings, all, labels));
  await checkpoint(0.6, 'Measuring separability');
  const { test } = prepared.split;
  const count = Math.min(SILHOUETTE_ROWS, test.length);
  const rows = Uint32Array.from({ length: count }, (_, k) => test[Math.floor((k * test.length) / count)]);
  const own = Uint8Array.from(rows, (row) => labels[row]);
  const { mean } = silhouette(embeddings, rows, own, 'euclidean');
  await checkpoint(0.9, 'Measuring separability');
  const logits = experiment.measuredLogits(prepared, 0, null);
  return {
    silhouette: mean,
    silhouetteRows: count,
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
