import { axisSeparation, type AxisSeparation } from '../../core/metrics/separability.ts';
import { amountOf } from '../keys.ts';
import type { Analysis } from './analysis.ts';

export interface SeparabilityReport {
  readonly clean: AxisSeparation;
  readonly drifted: AxisSeparation;
}

/** How far apart the classes lie along the probe, before and after the drift, on the measured rows. */
export const separability: Analysis<Record<string, never>, SeparabilityReport> = async ({
  experiment,
  spec,
  checkpoint,
}) => {
  const prepared = await experiment.prepare(spec, checkpoint);
  const { rows } = experiment.evaluatorFor(prepared, spec);
  const labels = rows ? Uint8Array.from(rows, (row) => prepared.context.labels[row]) : prepared.context.labels;
  const at = (amount: number) => axisSeparation(labels, experiment.measuredLogits(prepared, amount, rows));
  return { clean: at(0), drifted: at(amountOf(spec.drift)) };
};
