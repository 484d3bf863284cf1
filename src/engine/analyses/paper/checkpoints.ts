import { confidences, correctness } from '../../../core/metrics/confidence.ts';
import { sigmoid } from '../../../core/metrics/sigmoid.ts';
import type { DataSpec } from '../../../spec/types.ts';
import type { Prepared } from '../../experiment.ts';
import type { Headline } from '../../results.ts';
import type { AnalysisContext } from '../analysis.ts';
import { checkpointSigmas, paperSpec, type PaperKind, type Readings } from './readings.ts';

/** What is measured at one checkpoint. */
export interface CheckpointNumbers {
  readonly checkpoint: number;
  readonly sigma: number;
  readonly headline: Headline;
  /** Mean confidence of the wrong answers; null where there are none. */
  readonly wrongConfidence: number | null;
  /** Silent failures by the reading in use: of the errors, or of all rows. */
  readonly silent: number | null;
}

/** What was run, for the words beside it. */
export interface RunFacts {
  readonly data: DataSpec;
  readonly title: string;
  readonly version: string;
  readonly rows: number;
  readonly dims: number;
  readonly testRows: number;
  /** The split came with the data instead of from the seed. */
  readonly ownSplit: boolean;
}

export interface CheckpointRun {
  readonly facts: RunFacts;
  readonly points: readonly CheckpointNumbers[];
}

/** Mean of max(p, 1 − p) over the wrong rows; null where none is wrong. */
export function meanWrongConfidence(labels: Uint8Array, logits: Float64Array, threshold: number): number | null {
  const p = Float64Array.from(logits, sigmoid);
  const right = correctness(labels, p, threshold);
  const confidence = confidences(p, threshold, 'max');
  let sum = 0;
  let wrong = 0;
  for (let i = 0; i < right.length; i++) {
    if (right[i] === 1) continue;
    sum += confidence[i];
    wrong++;
  }
  return wrong === 0 ? null : sum / wrong;
}

export function factsOf({ dataset, split }: Prepared, data: DataSpec): RunFacts {
  const { title, version, embeddings } = dataset;
  return {
    data,
    title,
    version,
    rows: embeddings.rows,
    dims: embeddings.dims,
    testRows: split.test.length,
    ownSplit: dataset.split !== null,
  };
}

/** Every checkpoint of one drift on one dataset, measured as `Experiment.point` does. */
export async function runCheckpoints(
  { experiment, checkpoint }: AnalysisContext,
  data: DataSpec,
  kind: PaperKind,
  readings: Readings,
  sigmas: Float64Array = checkpointSigmas(readings),
): Promise<CheckpointRun> {
  const spec = paperSpec(data, kind, 0, readings);
  const prepared = await experiment.prepare(spec, checkpoint);
  const points: CheckpointNumbers[] = [];
  for (let k = 0; k < sigmas.length; k++) {
    await checkpoint(k / sigmas.length, 'Measuring checkpoints');
    const headline = experiment.point(prepared, spec, sigmas[k]);
    const logits = experiment.measuredLogits(prepared, sigmas[k], null);
    points.push({
      checkpoint: k,
      sigma: sigmas[k],
      headline,
      wrongConfidence: meanWrongConfidence(prepared.context.labels, logits, spec.metrics.threshold),
      silent: readings.silentShare === 'errors' ? headline.silentFailureRate : headline.highConfidenceErrorShare,
    });
  }
  return { facts: factsOf(prepared, data), points };
}
