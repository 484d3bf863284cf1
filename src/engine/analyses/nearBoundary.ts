import { amountOf } from '../keys.ts';
import type { Analysis } from './analysis.ts';

export interface NearBoundaryOptions {
  /** In logits, at least 0. */
  readonly tolerance: number;
}

export interface NearBoundaryReport {
  /** Measured rows whose logit lies within the tolerance of the threshold, of τ or of a bin edge. */
  readonly near: number;
  /** Measured rows. */
  readonly rows: number;
}

/** {@link NearBoundaryReport.near} at a tolerance that is asked for: a step counts at that of its own backend alone. */
export const nearBoundary: Analysis<NearBoundaryOptions, NearBoundaryReport> = async (
  { experiment, spec, checkpoint },
  { tolerance },
) => {
  const prepared = await experiment.prepare(spec, checkpoint);
  const { rows, evaluator } = experiment.evaluatorFor(prepared, spec);
  const logits = experiment.measuredLogits(prepared, amountOf(spec.drift), rows);
  return { near: evaluator.evaluate(logits, 'full').nearBoundary(tolerance), rows: logits.length };
};
