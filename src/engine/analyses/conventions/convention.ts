import { correctness } from '../../../core/metrics/confidence.ts';
import { probabilities } from '../../../core/metrics/sigmoid.ts';
import type { ExperimentSpec } from '../../../spec/types.ts';
import type { Prepared } from '../../experiment.ts';
import { amountOf } from '../../keys.ts';
import type { AnalysisContext } from '../analysis.ts';

/** The headline numbers whose conventions can be compared. */
export type ConventionMetric =
  'rocAuc' | 'accuracy' | 'meanConfidence' | 'silentFailureRate' | 'ece' | 'meanAngleDegrees';

/** What one convention says at this moment. Its words stand in src/labs/drift/why. */
export interface Convention {
  readonly id: string;
  /** The number that names it among its like (τ, bins, a threshold); null where the id alone does. */
  readonly parameter: number | null;
  /** Null where undefined, with the reason. */
  readonly value: number | null;
  readonly reason: string | null;
  /** Of conventions that differ in their 95 % interval; null for the others. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly inUse: boolean;
  /** Whether a difference to the number in use means anything: MCC and accuracy, for one, are of different scales. */
  readonly comparable: boolean;
}

/** The measured rows (the slice) at the current amount of drift; arrays are this analysis's own. */
export interface Measured {
  readonly prepared: Prepared;
  readonly spec: ExperimentSpec;
  readonly labels: Uint8Array;
  readonly logits: Float64Array;
  readonly p: Float64Array;
  /** 1 where the answer at the threshold in use is right. */
  readonly correct: Uint8Array;
  /** Positions of the measured rows among the test rows; null for all. */
  readonly rows: Uint32Array | null;
}

export async function measure({ experiment, spec, checkpoint }: AnalysisContext): Promise<Measured> {
  const prepared = await experiment.prepare(spec, checkpoint);
  const { rows } = experiment.evaluatorFor(prepared, spec);
  const labels = rows ? Uint8Array.from(rows, (row) => prepared.context.labels[row]) : prepared.context.labels.slice();
  const logits = experiment.measuredLogits(prepared, amountOf(spec.drift), rows).slice();
  const p = probabilities(logits);
  return { prepared, spec, labels, logits, p, correct: correctness(labels, p, spec.metrics.threshold), rows };
}

interface More {
  readonly parameter?: number;
  readonly reason?: string | null;
  readonly interval?: { readonly low: number | null; readonly high: number | null };
  readonly inUse?: boolean;
  readonly comparable?: boolean;
}

/** A convention and its value, null where undefined. */
export function convention(id: string, value: number | null, more: More = {}): Convention {
  const { low = null, high = null } = more.interval ?? {};
  return {
    id,
    parameter: more.parameter ?? null,
    value,
    reason: value === null ? (more.reason ?? 'Undefined for these rows.') : null,
    interval: low === null || high === null ? null : { low, high },
    inUse: more.inUse ?? false,
    comparable: more.comparable ?? true,
  };
}

/** Ascending choices with the one in use among them. */
export function withCurrent(choices: readonly number[], current: number): number[] {
  return [...new Set([...choices, current])].sort((a, b) => a - b);
}
