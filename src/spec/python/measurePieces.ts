import type { MetricsSpec } from '../types.ts';
import { py } from './literals.ts';

/** `measure(z)`: the headline numbers of the measured rows, whose labels are `labels`, by the names that `lab run` prints. */
export function measureLines(metrics: MetricsSpec): readonly string[] {
  const { threshold, highConfidence, bins, binning, closed, target, confidence } = metrics;
  const grouped =
    binning === 'mass'
      ? [
          `    groups = np.array_split(np.argsort(forecast, kind="stable"), ${py(bins)})  # bins of equal mass`,
          '    groups = [group for group in groups if len(group)]',
        ]
      : [
          `    edges = np.linspace(0, 1, ${py(bins + 1)})  # bins of equal width, closed on the ${closed}`,
          `    place = np.clip(np.searchsorted(edges, forecast, side="${closed === 'right' ? 'left' : 'right'}") - 1, 0, ${py(bins - 1)})`,
          '    groups = [np.flatnonzero(place == k) for k in np.unique(place)]',
        ];
  return [
    'def measure(z):',
    '    with np.errstate(over="ignore"):',
    '        p = 1 / (1 + np.exp(-z))',
    `    answer = (p >= ${py(threshold)}).astype(int)`,
    confidence === 'max'
      ? '    confidence = np.maximum(p, 1 - p)'
      : '    confidence = np.where(answer == 1, p, 1 - p)  # the probability of the answer',
    '    right = answer == labels',
    `    sure = confidence > ${py(highConfidence)}`,
    '    errors, confident, silent = int((~right).sum()), int(sure.sum()), int((sure & ~right).sum())',
    target === 'top-label' ? '    forecast, outcome = confidence, right' : '    forecast, outcome = p, labels',
    ...grouped,
    '    gap = np.array([abs(outcome[group].mean() - forecast[group].mean()) for group in groups])',
    '    share = np.array([len(group) for group in groups]) / len(z)',
    '    return {',
    '        "n": len(z), "positives": int(labels.sum()),',
    '        "rocAuc": roc_auc_score(labels, z) if len(set(labels)) == 2 else None,',
    '        "accuracy": right.mean(),',
    '        "balancedAccuracy": np.mean([right[labels == c].mean() for c in set(labels)]),',
    '        "f1": f1_score(labels, answer, zero_division=0), "mcc": matthews_corrcoef(labels, answer),',
    '        "meanConfidence": confidence.mean(),',
    '        "ece": share @ gap, "mce": gap.max(), "ace": gap.mean(),',
    '        "brier": np.mean((p - labels) ** 2),',
    '        "nll": np.logaddexp(0, np.where(labels == 1, -z, z)).mean(),',
    '        "errors": errors, "highConfidenceErrors": silent, "confident": confident,',
    '        "silentFailureRate": silent / errors if errors else None,',
    '        "highConfidenceErrorShare": silent / len(z),',
    '        "wrongGivenConfident": silent / confident if confident else None,',
    '    }',
  ];
}
