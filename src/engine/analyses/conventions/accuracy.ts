import { dot } from '../../../core/linalg/dot.ts';
import { readRow } from '../../../core/drift/definition.ts';
import { confusionAt, operatingPoint } from '../../../core/metrics/operatingPoint.ts';
import { ScoreSorter } from '../../../core/metrics/rank.ts';
import { sigmoid } from '../../../core/metrics/sigmoid.ts';
import { convention, type Convention, type Measured } from './convention.ts';

/**
 * The threshold t on p with the most right answers [p ≥ t] on given rows: halfway between neighbouring distinct logits,
 * the one nearest ½ of equally good ones. Null without rows, or where the best is to give one answer always.
 */
export function bestThreshold(labels: Uint8Array, logits: Float64Array): number | null {
  const n = labels.length;
  const sorter = new ScoreSorter(n);
  sorter.sort(logits);
  const { order, startsTie } = sorter;
  let right = labels.reduce((sum, label) => sum + label, 0);
  // All called positive, or all negative.
  let most = Math.max(right, n - right);
  let best: number | null = null;
  for (let k = 0; k < n; k++) {
    if (k > 0 && startsTie[k] === 1) {
      const threshold = sigmoid((logits[order[k - 1]] + logits[order[k]]) / 2);
      const nearer = best === null || Math.abs(threshold - 0.5) < Math.abs(best - 0.5);
      if (right > most || (right === most && nearer && best !== null)) {
        most = right;
        best = threshold;
      }
    }
    right += labels[order[k]] === 0 ? 1 : -1;
  }
  return best;
}

/** Logits of the clean validation rows; null where the probe is not linear. */
function validationLogits({ prepared }: Measured): { labels: Uint8Array; logits: Float64Array } | null {
  const { dataset, split, probe } = prepared;
  if (!('weights' in probe) || !('bias' in probe)) return null;
  const x = new Float64Array(dataset.embeddings.dims);
  const logits = Float64Array.from(split.validation, (row) => {
    readRow(dataset.embeddings, row, x);
    return dot(probe.weights, x) + probe.bias;
  });
  return { labels: Uint8Array.from(split.validation, (row) => dataset.labels[row]), logits };
}

export function accuracyConventions(measured: Measured): Convention[] {
  const { labels, p, spec } = measured;
  const { threshold } = spec.metrics;
  const at = (t: number) => operatingPoint(confusionAt(labels, p, t));
  const point = at(threshold);
  const { tp, fn } = point.confusion;
  const n = labels.length;
  const validation = validationLogits(measured);
  const best = validation && bestThreshold(validation.labels, validation.logits);
  const noBest =
    validation === null
      ? 'Not computed for a network.'
      : validation.labels.length === 0
        ? 'There are no validation rows.'
        : 'On the validation rows no threshold beats giving one answer always.';
  const rows = [convention('threshold', point.accuracy, { parameter: threshold, inUse: true })];
  if (threshold !== 0.5) rows.push(convention('threshold', at(0.5).accuracy, { parameter: 0.5 }));
  return [
    ...rows,
    best === null
      ? convention('threshold-validation', null, { reason: noBest })
      : convention('threshold-validation', at(best).accuracy, { parameter: best }),
    convention('balanced', point.balancedAccuracy),
    convention('majority', n === 0 ? null : Math.max(tp + fn, n - tp - fn) / n),
    convention('f1', point.f1, { comparable: false }),
    convention('mcc', point.mcc, { comparable: false }),
  ];
}
