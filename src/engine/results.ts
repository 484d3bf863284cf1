import type { Coefficients } from '../core/drift/types.ts';
import type { EvaluationNumbers } from '../core/metrics/evaluate.ts';
import type { Confusion, ConfidenceHistogram, Estimate, ReliabilityBin, RocCurve } from '../core/metrics/types.ts';

/** The headline numbers of one state; every one is what `lab run` prints under the same name. */
export interface Headline extends EvaluationNumbers {
  readonly meanAngleDegrees: number | null;
}

/** What one drag step brings back. */
export interface StepResult {
  readonly generation: number;
  readonly sigma: number;
  /** Of this amount: y = α·x + β·d + γ·p. */
  readonly coefficients: Coefficients;
  readonly headline: Headline;
  readonly aucInterval: Estimate;
  readonly accuracyInterval: Estimate;
  readonly silentInterval: Estimate;
  readonly roc: RocCurve;
  /** Where the decision threshold stands on the curve. */
  readonly operatingPoint: { readonly fpr: number | null; readonly tpr: number | null };
  readonly reliability: readonly ReliabilityBin[];
  readonly histogram: ConfidenceHistogram;
  readonly confusion: Confusion;
  /** Quantiles of the angle between clean and drifted rows, degrees: 5 %, 50 %, 95 %. */
  readonly angleQuantiles: readonly [number, number, number] | null;
  /** Rows whose logit lies within the backend's tolerance of the threshold, of τ, or of a bin edge. */
  readonly nearBoundary: number;
  /** Logits of the measured rows for a network; null for a linear probe, where they follow from the probe's scalars. */
  readonly logits: Float32Array | null;
  /** Engine time of this step, milliseconds. */
  readonly ms: number;
}

/** The numbers of one point of the cliff, by the names that they have in a headline. */
export const SWEEP_COLUMNS = [
  'rocAuc',
  'accuracy',
  'f1',
  'meanConfidence',
  'ece',
  'silentFailureRate',
  'meanAngleDegrees',
] as const satisfies readonly (keyof Headline)[];
export type SweepColumn = (typeof SWEEP_COLUMNS)[number];

/** The cliff: one row of numbers for each σ of a sweep; NaN where a number is undefined (no errors, one class only). */
export type Sweep = { readonly sigmas: Float64Array } & { readonly [C in SweepColumn]: Float64Array };

/** A sweep of these amounts whose numbers are all still undefined; keeps `sigmas` itself. */
export function emptySweep(sigmas: Float64Array): Sweep {
  const column = () => new Float64Array(sigmas.length).fill(NaN);
  return {
    sigmas,
    ...(Object.fromEntries(SWEEP_COLUMNS.map((name) => [name, column()])) as Record<SweepColumn, Float64Array>),
  };
}

/** Writes the k-th point of a sweep. */
export function setPoint(sweep: Sweep, k: number, point: Pick<Headline, SweepColumn>): void {
  for (const name of SWEEP_COLUMNS) sweep[name][k] = point[name] ?? NaN;
}
