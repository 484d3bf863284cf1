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
  /** Engine time of this step, milliseconds. */
  readonly ms: number;
}

/** The cliff: one row of numbers for each σ of a sweep; NaN where a number is undefined (no errors, one class only). */
export interface Sweep {
  readonly sigmas: Float64Array;
  readonly rocAuc: Float64Array;
  readonly accuracy: Float64Array;
  readonly meanConfidence: Float64Array;
  readonly ece: Float64Array;
  readonly silentFailureRate: Float64Array;
  readonly meanAngleDegrees: Float64Array;
}
