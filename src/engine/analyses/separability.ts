import { transformRow } from '../../core/drift/transform.ts';
import type { Embeddings } from '../../core/linalg/embeddings.ts';
import { fisherOfRows } from '../../core/metrics/fisherOfRows.ts';
import { histogramOverlap, kernelOverlap } from '../../core/metrics/overlap.ts';
import { axisSeparation, mahalanobisWork, type AxisSeparation } from '../../core/metrics/separability.ts';
import { meanSignalToNoise, paperSignalToNoise } from '../../core/metrics/signalToNoise.ts';
import type { Estimate } from '../../core/metrics/types.ts';
import type { ExperimentSpec } from '../../spec/types.ts';
import type { Checkpoint } from '../backend.ts';
import type { Prepared } from '../experiment.ts';
import { follow } from '../follow.ts';
import { amountOf } from '../keys.ts';
import type { Analysis, AnalysisContext } from './analysis.ts';
import { LARGEST_SAMPLE, pick, silhouetteEstimate } from './sample.ts';

export interface SeparabilityOptions {
  /** A state kept as A, for a column of its own. */
  readonly a?: ExperimentSpec | null;
}

/** Most values (rows × dimensions) that are drifted and held at once for the Fisher ratios. */
const LARGEST_TABLE = 16e6;

export interface Separability extends AxisSeparation {
  readonly kernelOverlap: number | null;
  readonly histogramOverlap: number | null;
  /** tr S_B/tr S_W and the paper's eq. 26, of the rows in all dimensions. */
  readonly traceRatio: number | null;
  readonly paperFisher: number | null;
  readonly silhouetteEuclidean: Estimate;
  readonly silhouetteCosine: Estimate;
  readonly mahalanobis: number | null;
  /** Why it is null. */
  readonly mahalanobisReason: string | null;
  /** Share of the way from the covariance to a multiple of the identity. */
  readonly shrinkage: number;
  /** Of the clean logits against per-coordinate noise (eqs. 21–23), and the paper's estimate 1/(dσ²) (eq. 24). */
  readonly signalToNoise: number | null;
  readonly paperSignalToNoise: number | null;
  /** Rows along the probe; rows of the Fisher ratios; rows of silhouette and Mahalanobis. */
  readonly rows: number;
  readonly tableRows: number;
  readonly sampleRows: number;
  readonly dims: number;
}

export interface SeparabilityReport {
  readonly clean: Separability;
  readonly drifted: Separability;
  readonly a: Separability | null;
  /** Of the rows that are picked where not all are used. */
  readonly seed: number;
}

/** How far apart the classes lie on the measured rows: along the probe and in all dimensions, without drift, with it, and in A. */
export const separability: Analysis<SeparabilityOptions, SeparabilityReport> = async (context, { a = null }) => {
  const { experiment, spec, checkpoint } = context;
  const columns = a ? 3 : 2;
  const seed = spec.split.seed;
  const part = (column: number): Checkpoint => {
    return (share, doing) => checkpoint((column + share) / columns, doing);
  };
  const prepared = await experiment.prepare(spec, checkpoint);
  const amount = amountOf(spec.drift);
  const clean = await separabilityAt(context, prepared, spec, 0, seed, part(0));
  const drifted = amount === 0 ? clean : await separabilityAt(context, prepared, spec, amount, seed, part(1));
  if (!a) return { clean, drifted, a: null, seed };
  const other = await experiment.prepare(a, checkpoint);
  return { clean, drifted, a: await separabilityAt(context, other, a, amountOf(a.drift), seed, part(2)), seed };
};

async function separabilityAt(
  { experiment }: AnalysisContext,
  prepared: Prepared,
  spec: ExperimentSpec,
  amount: number,
  seed: number,
  checkpoint: Checkpoint,
): Promise<Separability> {
  const { rows } = experiment.evaluatorFor(prepared, spec);
  const { context } = prepared;
  const positions = rows ?? Uint32Array.from(context.labels, (_, k) => k);
  const labels = Uint8Array.from(positions, (k) => context.labels[k]);
  const { dims } = context.embeddings;
  const cleanLogits = experiment.measuredLogits(prepared, 0, rows).slice();
  const logits = experiment.measuredLogits(prepared, amount, rows).slice();

  const tablePick = pick(positions.length, Math.max(2, Math.floor(LARGEST_TABLE / dims)), seed);
  const table = await drift(
    prepared,
    Uint32Array.from(tablePick, (k) => positions[k]),
    amount,
    checkpoint,
  );
  const tableLabels = Uint8Array.from(tablePick, (k) => labels[k]);
  const fisher = fisherOfRows(table, tableLabels);
  await checkpoint(0.3, 'Comparing rows');

  const sample = pick(tablePick.length, LARGEST_SAMPLE, seed);
  const sampleLabels = Uint8Array.from(sample, (k) => tableLabels[k]);
  const [euclidean, cosine] = [
    await silhouetteEstimate(table, sample, sampleLabels, 'euclidean', checkpoint, 0.3, 0.55),
    await silhouetteEstimate(table, sample, sampleLabels, 'cosine', checkpoint, 0.55, 0.75),
  ];
  const shrinkage = shrinkageFor(sample.length, dims);
  const distance = await follow(
    mahalanobisWork(table, sample, sampleLabels, shrinkage),
    checkpoint,
    0.75,
    1,
    'Comparing rows',
  );
  return {
    ...axisSeparation(labels, logits),
    kernelOverlap: kernelOverlap(labels, logits).value,
    histogramOverlap: histogramOverlap(labels, logits).value,
    traceRatio: fisher.traceRatio,
    paperFisher: fisher.paper,
    silhouetteEuclidean: euclidean,
    silhouetteCosine: cosine,
    mahalanobis: distance.distance,
    mahalanobisReason: distance.reason,
    shrinkage,
    ...signal(prepared, spec, amount, cleanLogits, dims),
    rows: labels.length,
    tableRows: tablePick.length,
    sampleRows: sample.length,
    dims,
  };
}

/** No shrinkage with at least five rows a dimension; a tenth of the way to a multiple of the identity below that. */
export function shrinkageFor(rows: number, dims: number): number {
  return rows >= 5 * dims ? 0 : 0.1;
}

/** The rows at `positions` among the test rows, drifted literally in all dimensions. */
async function drift(
  { drift, context }: Prepared,
  positions: Uint32Array,
  amount: number,
  checkpoint: Checkpoint,
): Promise<Embeddings> {
  const { dims } = context.embeddings;
  const values = new Float64Array(positions.length * dims);
  for (let k = 0; k < positions.length; k++) {
    const row = values.subarray(k * dims, (k + 1) * dims);
    transformRow(drift, context.embeddings, context.rows, positions[k], amount, row);
    if (k % 16 === 0) await checkpoint((0.3 * k) / positions.length, 'Drifting rows in all dimensions');
  }
  return { values, rows: positions.length, dims, scale: new Float64Array(positions.length).fill(1) };
}

/** Only Gaussian noise has a signal-to-noise ratio here, and only of a linear probe; total-norm noise is read per coordinate. */
function signal(
  { probe }: Prepared,
  { drift }: ExperimentSpec,
  amount: number,
  cleanLogits: Float64Array,
  dims: number,
) {
  if (drift.kind !== 'gaussian' || amount === 0 || probe.kind === 'mlp') {
    return { signalToNoise: null, paperSignalToNoise: null };
  }
  const sigma = drift.units === 'per-coordinate' ? amount : amount / Math.sqrt(dims);
  return {
    signalToNoise: meanSignalToNoise(cleanLogits, probe.weightNorm, sigma),
    paperSignalToNoise: paperSignalToNoise(dims, sigma),
  };
}
