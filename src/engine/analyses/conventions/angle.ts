import { driftAngleSteps } from '../../../core/drift/angleSplit.ts';
import { angleSummary } from '../../../core/drift/angles.ts';
import type { Checkpoint } from '../../backend.ts';
import { amountOf } from '../../keys.ts';
import { convention, type Convention, type Measured } from './convention.ts';
import { follow } from '../../follow.ts';

export async function angleConventions(
  { prepared, spec, rows }: Measured,
  checkpoint: Checkpoint,
): Promise<Convention[]> {
  const { drift, context, scalars } = prepared;
  const amount = amountOf(spec.drift);
  const { mean, quantiles } = angleSummary(scalars, drift, amount, rows);
  const reason = 'No row has an angle: every row is zero before or after.';
  const steps = driftAngleSteps(drift, context.embeddings, context.rows, rows, amount);
  const { common, individual, reason: noSplit } = await follow(steps, checkpoint, 0, 1, 'Splitting the turn');
  const why = noSplit ?? undefined;
  return [
    convention('angle-mean', mean, { reason, inUse: true }),
    convention('angle-median', quantiles?.[1] ?? null, { reason }),
    convention('angle-p95', quantiles?.[2] ?? null, { reason }),
    convention('angle-common', common, { reason: why }),
    convention('angle-individual', individual, { reason: why }),
  ];
}
