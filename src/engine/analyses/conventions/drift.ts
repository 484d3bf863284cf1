import { UnusableDriftError } from '../../../core/drift/definition.ts';
import { VanishedRowError } from '../../../core/drift/score.ts';
import type { ExperimentSpec } from '../../../spec/types.ts';
import { amountOf } from '../../keys.ts';
import type { AnalysisContext } from '../analysis.ts';
import { convention, type Convention, type ConventionMetric } from './convention.ts';

/** Numbers in the training rows above which a second fit, for this comparison alone, would keep a person waiting. */
const MOST_TO_FIT = 6_000_000;

interface Change {
  readonly id: string;
  readonly spec: ExperimentSpec;
}

/** The readings of the same drift that move every number: what σ measures, what happens to lengths, the probe's scaler. */
export function driftChanges(spec: ExperimentSpec, numbersToFit: number): Change[] {
  const { drift, probe } = spec;
  const changes: Change[] = [];
  if (drift.kind === 'gaussian') {
    const units = drift.units === 'total-norm' ? 'per-coordinate' : 'total-norm';
    changes.push({ id: `units-${units}`, spec: { ...spec, drift: { ...drift, units } } });
  }
  // A rotation keeps every length.
  if (drift.kind !== 'rotation') {
    const renormalize = !drift.renormalize;
    const id = renormalize ? 'renormalized' : 'not-renormalized';
    changes.push({ id, spec: { ...spec, drift: { ...drift, renormalize } } });
  }
  if (probe.kind === 'logistic' && numbersToFit <= MOST_TO_FIT) {
    const standardize = !probe.standardize;
    const id = standardize ? 'with-scaler' : 'without-scaler';
    changes.push({ id, spec: { ...spec, probe: { ...probe, standardize } } });
  }
  return changes;
}

export async function driftConventions(
  { experiment, spec, checkpoint }: AnalysisContext,
  metric: ConventionMetric,
  numbersToFit: number,
): Promise<Convention[]> {
  const conventions: Convention[] = [];
  for (const change of driftChanges(spec, numbersToFit)) {
    try {
      const prepared = await experiment.prepare(change.spec, checkpoint);
      const numbers = experiment.point(prepared, change.spec, amountOf(spec.drift));
      conventions.push(convention(change.id, numbers[metric]));
    } catch (error) {
      // One reading that these rows cannot carry says so, and leaves the others standing.
      if (!(error instanceof VanishedRowError || error instanceof UnusableDriftError)) throw error;
      conventions.push(convention(change.id, null, { reason: error.message }));
    }
    await checkpoint(1, 'Comparing conventions');
  }
  return conventions;
}
