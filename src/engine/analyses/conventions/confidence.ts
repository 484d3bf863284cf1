import { confidences, mean, type ConfidenceKind } from '../../../core/metrics/confidence.ts';
import { convention, type Convention, type Measured } from './convention.ts';

export function confidenceConventions({ p, spec }: Measured): Convention[] {
  const { threshold, confidence } = spec.metrics;
  const of = (kind: ConfidenceKind) =>
    convention(`confidence-${kind}`, mean(confidences(p, threshold, kind)), { inUse: kind === confidence });
  return [of('max'), of('predicted'), convention('margin', mean(p.map((share) => 2 * Math.abs(share - 0.5))))];
}
