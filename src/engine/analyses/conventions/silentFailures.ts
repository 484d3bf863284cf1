import { confidences } from '../../../core/metrics/confidence.ts';
import { silentFailures } from '../../../core/metrics/silentFailures.ts';
import { convention, withCurrent, type Convention, type Measured } from './convention.ts';

const TAUS = [0.7, 0.8, 0.9, 0.95];
const NO_ERRORS = 'There are no errors to take a share of.';

export function silentConventions({ p, correct, spec }: Measured): Convention[] {
  const { threshold, confidence: kind, highConfidence } = spec.metrics;
  const confidence = confidences(p, threshold, kind);
  const now = silentFailures(correct, confidence, highConfidence);
  const at = (tau: number) => silentFailures(correct, confidence, tau).silentFailureRate.value;
  return [
    convention('of-errors', now.silentFailureRate.value, { reason: NO_ERRORS, inUse: true }),
    convention('of-all-rows', now.highConfidenceErrorShare),
    convention('wrong-given-confident', now.wrongGivenConfident, { reason: 'No row is that confident.' }),
    convention('tau-or-more', silentOrMore(correct, confidence, highConfidence), {
      reason: NO_ERRORS,
      parameter: highConfidence,
    }),
    ...withCurrent(TAUS, highConfidence).map((tau) =>
      convention('tau', at(tau), { parameter: tau, reason: NO_ERRORS, inUse: tau === highConfidence }),
    ),
  ];
}

/** Share of errors with confidence of at least τ; null where there are none. */
function silentOrMore(correct: Uint8Array, confidence: Float64Array, tau: number): number | null {
  let errors = 0;
  let silent = 0;
  for (let i = 0; i < correct.length; i++) {
    if (correct[i] === 1) continue;
    errors++;
    if (confidence[i] >= tau) silent++;
  }
  return errors === 0 ? null : silent / errors;
}
