import type { WhyEntry } from '../../why/entry.ts';
import { rocAuc } from './rocAuc.ts';
import { accuracy } from './accuracy.ts';
import { meanConfidence } from './meanConfidence.ts';
import { silentFailureRate } from './silentFailureRate.ts';
import { ece } from './ece.ts';
import { meanAngleDegrees } from './meanAngleDegrees.ts';
import { theoryRocAuc, equivalentSigma, displacement, meanCosine } from './theory.ts';
import { band, bandCoverage, residualRocAuc, belowReach } from './cliff.ts';
import { commonAngleDegrees, individualAngleDegrees, medianCertifiedAngle } from './geometry.ts';
import { worstCaseAccuracy, worstCaseAuc, randomTurn, secondAxis } from './geometry.ts';
import { dPrime, cohensD, fisher, fisherTrace, fisherPaper, silhouette, mahalanobis, overlap } from './separability.ts';
import { histogramOverlap, signalToNoise, paperSignalToNoise } from './separability.ts';
import { compareDifference, flips, f1, highConfidenceErrorShare, brier } from './experiments.ts';
import { walk, walkLargestDistance, figure, sensitivityCrossing, figureSeparability } from './experiments.ts';
import { mlpLoss, besideAuc, mechanismAucSpread, algebra } from './experiments.ts';

/** Every number that can be asked about. A new one is an entry in a file beside this and its name here. */
export const WHY = {
  rocAuc,
  accuracy,
  meanConfidence,
  silentFailureRate,
  ece,
  meanAngleDegrees,
  band,
  bandCoverage,
  theoryRocAuc,
  residualRocAuc,
  belowReach,
  equivalentSigma,
  displacement,
  meanCosine,
  commonAngleDegrees,
  individualAngleDegrees,
  medianCertifiedAngle,
  worstCaseAccuracy,
  worstCaseAuc,
  randomTurn,
  secondAxis,
  algebra,
  dPrime,
  cohensD,
  fisher,
  fisherTrace,
  fisherPaper,
  silhouette,
  mahalanobis,
  overlap,
  histogramOverlap,
  signalToNoise,
  paperSignalToNoise,
  compareDifference,
  flips,
  f1,
  highConfidenceErrorShare,
  brier,
  walk,
  walkLargestDistance,
  figure,
  sensitivityCrossing,
  figureSeparability,
  mlpLoss,
  besideAuc,
  mechanismAucSpread,
} satisfies Record<string, WhyEntry>;

export type WhyMetric = keyof typeof WHY;
