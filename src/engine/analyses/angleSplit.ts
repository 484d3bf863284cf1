import { driftAngleSteps, type DriftAngles } from '../../core/drift/angleSplit.ts';
import { follow } from '../follow.ts';
import { amountOf } from '../keys.ts';
import type { Analysis } from './analysis.ts';

/** The turn of the measured rows at this amount of drift in its common and its individual part, from the literal transform. */
export const angleSplit: Analysis<Record<string, never>, DriftAngles> = async ({ experiment, spec, checkpoint }) => {
  const prepared = await experiment.prepare(spec, checkpoint);
  const { rows: positions } = experiment.evaluatorFor(prepared, spec);
  const { drift, context } = prepared;
  const steps = driftAngleSteps(drift, context.embeddings, context.rows, positions, amountOf(spec.drift));
  return follow(steps, checkpoint, 0, 1, 'Splitting the turn');
};
