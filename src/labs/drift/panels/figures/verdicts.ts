import { formatCount, formatNumber, formatPercent, formatSigma } from '../../../../charts/format.ts';
import {
  PUBLISHED_CALIBRATION,
  PUBLISHED_DRIFT,
  PUBLISHED_PAIR,
  PUBLISHED_SIGMA_ABSTRACT,
} from '../../../../data/publishedFigures.ts';
import type { Figure1Result, Figure1Side } from '../../../../engine/analyses/figure1.ts';
import type { Figure2Result } from '../../../../engine/analyses/figure2.ts';
import type { Figure3Result } from '../../../../engine/analyses/figure3.ts';
import { PAPER_KINDS, type PaperKind } from '../../../../engine/analyses/paper/readings.ts';
import type { ComparisonRow } from './comparison.ts';
import { KIND_NAMES } from './series.ts';

/** AUC moved by less than this counts as not moved. */
const UNMOVED = 0.01;
const SIDES = ['base', 'instruct'] as const;
const minus = (a: number | null, b: number | null): number => (a ?? NaN) - (b ?? NaN);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function relative(first: number | null, last: number | null): number | null {
  return first === null || last === null || first === 0 ? null : 1 - last / first;
}

export function figure1Rows(result: Figure1Result): ComparisonRow[] {
  const { silentShare } = result.readings;
  const row = (
    name: string,
    what: string,
    published: { readonly [S in (typeof SIDES)[number]]: ComparisonRow['published'] },
    read: (side: Figure1Side) => number | null,
    note?: (side: Figure1Side) => string | undefined,
  ): ComparisonRow[] =>
    SIDES.map((side) => ({
      metric: `figure1${name}${capital(side)}`,
      what: `${what}, ${side}`,
      published: published[side],
      recomputed: read(result[side]),
      decimals: 3,
      note: note?.(result[side]),
    }));
  const last = ({ points }: Figure1Side) => points[points.length - 1];
  return [
    ...row('AucDrop', 'AUC lost at the largest drift, relative', PUBLISHED_PAIR.aucDrop, (side) =>
      relative(side.points[0].headline.rocAuc, last(side).headline.rocAuc),
    ),
    ...row(
      'Silent',
      `Silent failures at the largest drift, share of ${silentShare === 'errors' ? 'errors' : 'all rows'}`,
      PUBLISHED_PAIR.silentFailureRate,
      (side) => last(side).silent,
      () =>
        'The figure shows about .45 and .50, the text .352 and .421, the abstract .72: no one definition gives all three.',
    ),
    ...row(
      'WrongConfidence',
      'Confidence when wrong, largest drift',
      PUBLISHED_PAIR.wrongConfidence,
      (side) => last(side).wrongConfidence,
    ),
    ...row(
      'Silhouette',
      'Silhouette',
      PUBLISHED_PAIR.silhouette,
      ({ separability }) => separability.silhouette,
      ({
        separability: {
          silhouette,
          fisher,
          silhouetteRows,
          silhouetteInterval: { low, high },
        },
        facts,
      }) =>
        (silhouette !== null && fisher !== null && silhouette < 0.1 && fisher > 2
          ? `Cannot go with a Fisher value of ${formatNumber(fisher, 2)} in ${facts.dims} dimensions, where most of any distance is spread that both classes share. Plausible only after strong dimension reduction. `
          : '') +
        `95 % interval ${formatNumber(low, 4)} to ${formatNumber(high, 4)}, on ${formatCount(silhouetteRows)} of ${formatCount(facts.testRows)} test rows.`,
    ),
    ...row(
      'Fisher',
      'Fisher value (eq. 26)',
      PUBLISHED_PAIR.fisher,
      ({ separability }) => separability.fisher,
      ({ separability: { fisher }, facts }) =>
        facts.data.id === 'synthetic' &&
        SIDES.some((side) => Math.abs(minus(fisher, PUBLISHED_PAIR.fisher[side].value)) < 0.005)
          ? 'The synthetic set was made to have this value: no finding.'
          : undefined,
    ),
    ...row(
      'Overlap',
      'Class overlap',
      PUBLISHED_PAIR.overlap,
      ({ separability }) => separability.overlap,
      () => 'The paper defines none that was recovered; here ∫ min(f₀, f₁) over the logits.',
    ),
    ...row(
      'Bars',
      'Bars of Fig. 1',
      PUBLISHED_PAIR.separabilityDrawn,
      () => null,
      () => 'The scale of these bars is unknown; it is neither the silhouette nor the Fisher value of the text.',
    ),
  ];
}

export function figure2Rows(result: Figure2Result): ComparisonRow[] {
  const { runs, ofAbstract, readings, sensitivity } = result;
  const { points } = runs.gaussian;
  const [clean, first, last] = [points[0], points[1], points[points.length - 1]];
  const harmless = minus(clean.headline.rocAuc, first.headline.rocAuc) < 0.05;
  const angle = formatNumber(first.headline.meanAngleDegrees, 1);
  const most = (kind: PaperKind) => runs[kind].points[runs[kind].points.length - 1].headline;
  const lost = (kind: PaperKind) => relative(clean.headline.rocAuc, most(kind).rocAuc);
  const mechanism = (kind: PaperKind): string | undefined => {
    const unmoved = Math.abs(minus(clean.headline.rocAuc, most(kind).rocAuc)) < UNMOVED;
    if (kind === 'directional' && unmoved) {
      return 'Cannot come from its own definition: one fixed direction adds nearly the same number to every logit, and AUC sees only their order.';
    }
    if (kind === 'subspace' && minus(PUBLISHED_DRIFT.aucRelativeDrop.subspace.value, lost(kind)) > 0.1) {
      return `Cannot come from its own definition: at the largest drift cos θ I + sin θ Q turns a row by ${formatNumber(most(kind).meanAngleDegrees, 1)}° on average here and moves logits together. Accuracy falls to ${formatNumber(most(kind).accuracy)}.`;
    }
    return undefined;
  };
  const lostConfidence = relative(clean.headline.meanConfidence, ofAbstract.meanConfidence);
  const rises = minus(last.headline.meanConfidence, clean.headline.meanConfidence) > 0;
  const here = `σ = ${formatSigma(PUBLISHED_SIGMA_ABSTRACT.value)}`;
  const decimals = 3;
  const { f1Checkpoint5 } = PUBLISHED_DRIFT;
  return [
    {
      metric: 'figure2RocAucCheckpoint0',
      what: 'AUC without drift',
      published: PUBLISHED_DRIFT.aucClean.drawn,
      recomputed: clean.headline.rocAuc,
      decimals,
      note: 'The abstract says .85.',
    },
    {
      metric: 'figure2RocAucCheckpoint1',
      what: `AUC at checkpoint 1 (σ = ${formatSigma(first.sigma)})`,
      published: PUBLISHED_DRIFT.aucCheckpoint1.drawn,
      recomputed: first.headline.rocAuc,
      decimals,
      note:
        readings.units === 'total-norm' && harmless
          ? `Cannot come from this reading: noise of total length σ turns a row by ${angle}°, and next to nothing falls.`
          : `Rows turn by ${angle}° here, not the abstract's 1°. The text puts checkpoint 1 at σ = .028, which neither 8 nor 6 linear checkpoints have.`,
    },
    {
      metric: 'figure2RocAucAbstract',
      what: `AUC at ${here}`,
      published: PUBLISHED_DRIFT.aucDrifted,
      recomputed: ofAbstract.rocAuc,
      decimals,
      note: 'σ = .02 is the abstract’s, and no checkpoint.',
    },
    ...PAPER_KINDS.map((kind) => ({
      metric: `figure2AucDrop${capital(kind)}`,
      what: `AUC lost at the largest drift, relative, ${KIND_NAMES[kind]}`,
      published: PUBLISHED_DRIFT.aucRelativeDrop[kind],
      recomputed: lost(kind),
      decimals,
      note: mechanism(kind),
    })),
    {
      metric: 'figure2SensitivityCrossing',
      what: 'σ at which 10 % of AUC is lost',
      published: PUBLISHED_DRIFT.sensitivityCrossing,
      recomputed: sensitivity.crossing,
      decimals: 4,
      note: sensitivity.crossing === null ? 'Never up to σ = .15 under this reading.' : undefined,
    },
    {
      metric: 'figure2AccuracyLast',
      what: 'Accuracy at the largest drift',
      published: PUBLISHED_DRIFT.accuracyAtMost,
      recomputed: last.headline.accuracy,
      decimals,
    },
    {
      metric: 'figure2F1Checkpoint0',
      what: 'F1 without drift',
      published: PUBLISHED_DRIFT.f1Clean,
      recomputed: clean.headline.f1,
      decimals,
    },
    {
      metric: 'figure2F1Checkpoint5',
      what: `F1 at checkpoint 5 (σ = ${formatSigma(points[5].sigma)})`,
      published: f1Checkpoint5,
      recomputed: points[5].headline.f1,
      decimals,
      note: 'The panel of the paper ends at checkpoint 5: a run of 6 checkpoints, where other figures have 8.',
    },
    {
      metric: 'figure2MeanConfidenceClean',
      what: 'Mean confidence without drift',
      published: PUBLISHED_DRIFT.meanConfidence.clean,
      recomputed: clean.headline.meanConfidence,
      decimals,
    },
    {
      metric: 'figure2MeanConfidenceAbstract',
      what: `Mean confidence at ${here}`,
      published: PUBLISHED_DRIFT.meanConfidence.drifted,
      recomputed: ofAbstract.meanConfidence,
      decimals,
      note:
        lostConfidence === null || lostConfidence > PUBLISHED_DRIFT.confidenceFall.value / 2
          ? undefined
          : `Published as a fall of 14 %, which the abstract gives with this σ; here it ${lostConfidence > 0 ? 'falls' : 'rises'} by ${formatPercent(Math.abs(lostConfidence))}, and is ${formatNumber(last.headline.meanConfidence)} at the largest drift.${rises ? ' Noise spreads the standardised rows far beyond what the frozen scaler saw, so logits grow and confidence with them.' : ''} No reading offered here gives the fall.`,
    },
    {
      metric: 'figure2SilentOfErrorsAbstract',
      what: `Silent failures of the errors at ${here}`,
      published: PUBLISHED_DRIFT.silentOfErrors,
      recomputed: ofAbstract.silentFailureRate,
      decimals,
      note: 'At the σ that the abstract gives it with. The paper’s definition (eq. 15): of the wrong answers, those with confidence above .8.',
    },
    {
      metric: 'figure2SilentOfAllAbstract',
      what: `Silent failures of all rows at ${here}`,
      published: PUBLISHED_DRIFT.silentOfAll,
      recomputed: ofAbstract.highConfidenceErrorShare,
      decimals,
      note: 'The text prints no σ with it; compared where its other share stands. With 72 % of the errors it would mean that 53 % of all answers are wrong.',
    },
  ];
}

export function figure3Rows({ panels, readings }: Figure3Result): ComparisonRow[] {
  const whole = readings.bins === 'unit';
  return [
    ...panels.map(({ checkpoint, headline, unweighted }) => ({
      metric: `figure3EceCheckpoint${checkpoint}`,
      what: `Calibration error at checkpoint ${checkpoint}`,
      published: PUBLISHED_CALIBRATION.error.find((one) => one.checkpoint === checkpoint) ?? null,
      recomputed: headline.ece,
      decimals: 3,
      note: `Weighted by rows (eq. 18); each bin alike it is ${formatNumber(unweighted)}.${checkpoint === 7 ? ' The text says .226.' : ''}`,
    })),
    ...panels.map(({ checkpoint, confidentAccuracy }) => ({
      metric: `figure3ConfidentAccuracyCheckpoint${checkpoint}`,
      what: `Accuracy where confidence is above .8, checkpoint ${checkpoint}`,
      published: PUBLISHED_CALIBRATION.confidentAccuracy.find((one) => one.checkpoint === checkpoint) ?? null,
      recomputed: confidentAccuracy,
      decimals: 3,
      note:
        checkpoint === 7 && (confidentAccuracy ?? 0) > 0.45
          ? 'Published below chance, which isotropic noise cannot give on balanced classes: it forgets the label, it does not reverse it.'
          : undefined,
    })),
    {
      metric: 'figure3AccuracyNear90',
      what: 'Accuracy where confidence is about 90 %',
      published: PUBLISHED_CALIBRATION.accuracyNear90,
      recomputed: null,
      decimals: 3,
      note: `The checkpoint is not known${whole ? ', and five bins on [0, 1] have no bin about 90 %' : ''}.`,
    },
  ];
}
