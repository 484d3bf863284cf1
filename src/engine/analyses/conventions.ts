import { amountOf } from '../keys.ts';
import type { Analysis } from './analysis.ts';
import { accuracyConventions } from './conventions/accuracy.ts';
import { angleConventions } from './conventions/angle.ts';
import { aucConventions } from './conventions/auc.ts';
import { confidenceConventions } from './conventions/confidence.ts';
import { measure, type Convention, type ConventionMetric } from './conventions/convention.ts';
import { driftConventions } from './conventions/drift.ts';
import { eceConventions } from './conventions/ece.ts';
import { silentConventions } from './conventions/silentFailures.ts';

export interface ConventionsReport {
  readonly metric: ConventionMetric;
  /** The number as the lab shows it. */
  readonly value: number | null;
  readonly amount: number;
  /** Measured rows. */
  readonly rows: number;
  /** Of the metric: how it is computed from the same scores. One or more are in use. */
  readonly ofMetric: readonly Convention[];
  /** Of the drift and the probe: other scores. */
  readonly ofDrift: readonly Convention[];
}

/** What each other convention would say of one headline number at this moment. */
export const conventions: Analysis<{ readonly metric: ConventionMetric }, ConventionsReport> = async (
  context,
  { metric },
) => {
  const { experiment, spec, checkpoint } = context;
  const measured = await measure(context);
  const { prepared } = measured;
  await checkpoint(0, 'Comparing conventions');
  const amount = amountOf(spec.drift);
  const value = experiment.point(prepared, spec, amount)[metric];
  const ofMetric: Convention[] = [];
  switch (metric) {
    case 'rocAuc':
      ofMetric.push(...aucConventions(measured));
      break;
    case 'accuracy':
      ofMetric.push(...accuracyConventions(measured));
      break;
    case 'meanConfidence':
      ofMetric.push(...confidenceConventions(measured));
      break;
    case 'silentFailureRate':
      ofMetric.push(...silentConventions(measured));
      break;
    case 'ece':
      for (const one of eceConventions(measured)) {
        ofMetric.push(one);
        await checkpoint(0, 'Comparing conventions');
      }
      break;
    case 'meanAngleDegrees':
      ofMetric.push(...(await angleConventions(measured, checkpoint)));
      break;
  }
  const numbersToFit = prepared.split.train.length * prepared.dataset.embeddings.dims;
  const ofDrift = await driftConventions(context, metric, numbersToFit);
  return { metric, value, amount, rows: measured.labels.length, ofMetric, ofDrift };
};
