import { hanleyMcNeil, tiedPairs } from '../../../core/metrics/aucConventions.ts';
import { concordantPairs } from '../../../core/metrics/auc.ts';
import { aucEstimate, deLongFromRanked } from '../../../core/metrics/deLong.ts';
import { precisionRecall } from '../../../core/metrics/precisionRecall.ts';
import { ScoreSorter } from '../../../core/metrics/rank.ts';
import { rankLabels } from '../../../core/metrics/rankedLabels.ts';
import { axisSeparation } from '../../../core/metrics/separability.ts';
import { convention, type Convention, type Measured } from './convention.ts';

export function aucConventions({ labels, logits }: Measured): Convention[] {
  const sorter = new ScoreSorter(labels.length);
  sorter.sort(logits);
  const ranked = rankLabels(labels, sorter);
  const { positives, negatives } = ranked;
  const pairs = positives * negatives;
  const concordant = concordantPairs(ranked);
  const tied = tiedPairs(ranked);
  const share = (count: number) => (pairs === 0 ? null : count / pairs);
  const auc = share(concordant);
  const reason = 'One class has no rows.';
  const { gaussianAuc } = axisSeparation(labels, logits);
  const { averagePrecision } = precisionRecall(labels, logits, sorter);
  return [
    convention('ties-half', auc, { reason, inUse: true, interval: aucEstimate(deLongFromRanked(ranked, concordant)) }),
    convention('ties-lost', share(concordant - tied / 2), { reason }),
    convention('ties-won', share(concordant + tied / 2), { reason }),
    convention('hanley-mcneil', auc, { reason, interval: hanleyMcNeil(auc, positives, negatives) }),
    convention('gaussian-auc', gaussianAuc, { reason: 'A class has fewer than two rows, or all logits are equal.' }),
    convention('average-precision', averagePrecision, { reason: 'There are no rows of class 1.', comparable: false }),
  ];
}
