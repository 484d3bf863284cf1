import type { WhyEntry } from '../../why/entry.ts';
import { rocAuc } from './rocAuc.ts';
import { accuracy } from './accuracy.ts';
import { meanConfidence } from './meanConfidence.ts';
import { silentFailureRate } from './silentFailureRate.ts';
import { ece } from './ece.ts';
import { meanAngleDegrees } from './meanAngleDegrees.ts';
import { theoryRocAuc, equivalentSigma, displacement, meanCosine } from './theory.ts';
import { commonAngleDegrees, individualAngleDegrees, medianCertifiedAngle, worstCaseAccuracy } from './geometry.ts';
import { dPrime, cohensD, fisher, fisherTrace, fisherPaper, silhouette, mahalanobis, overlap } from './separability.ts';
import { compareDifference, walk, figure, mlpLoss, mechanismAucSpread } from './experiments.ts';

/** Every number that can be asked about. A new one is an entry in a file beside this and its name here. */
export const WHY = {
  rocAuc,
  accuracy,
  meanConfidence,
  silentFailureRate,
  ece,
  meanAngleDegrees,
  theoryRocAuc,
  equivalentSigma,
  displacement,
  meanCosine,
  commonAngleDegrees,
  individualAngleDegrees,
  medianCertifiedAngle,
  worstCaseAccuracy,
  dPrime,
  cohensD,
  fisher,
  fisherTrace,
  fisherPaper,
  silhouette,
  mahalanobis,
  overlap,
  compareDifference,
  walk,
  figure,
  mlpLoss,
  mechanismAucSpread,
} satisfies Record<string, WhyEntry>;

export type WhyMetric = keyof typeof WHY;
