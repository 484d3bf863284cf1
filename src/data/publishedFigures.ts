/**
 * What Sahoo, Jain, Chaudhary and Chadha published (arXiv 2603.01297). Nothing here is computed. 'abstract' was read in the
 * paper itself; 'text' and the figures as two independent reading notes quote them. What could only be worked out from these
 * (AUC at the largest drift, from its relative drop) is left out: where a chart needs it, it says what it was made from.
 */
export interface PublishedNumber {
  readonly value: number;
  /** 'abstract', 'text', or the figure. */
  readonly where: string;
  /** Given as "about", or read off a drawing. */
  readonly about: boolean;
}

const from =
  (where: string) =>
  (value: number, about = false): PublishedNumber => ({ value, where, about });
const abstract = from('abstract');
const text = from('text, as quoted by reading notes');
const figure = (number: 1 | 2 | 3) => from(`Fig. ${number}, as quoted by reading notes`);
const [one, two, three] = ([1, 2, 3] as const).map(figure);

/** Largest drift of the paper's schedule; checkpoints are linear from 0 to it (its Table 1). */
export const PUBLISHED_SIGMA_MAX = 0.15;
/** σ that the text gives checkpoint 1. It fits neither 8 nor 6 linear checkpoints (.0214, .0300). */
export const PUBLISHED_SIGMA_1 = text(0.028);

/** σ of the abstract's numbers: AUC from 85 % to 50 %, confidence down by 14 %, 72 % of the errors silent. */
export const PUBLISHED_SIGMA_ABSTRACT = abstract(0.02);

/** Base model against the instruction-tuned one. */
export const PUBLISHED_PAIR = {
  aucDrop: { base: text(0.392), instruct: text(0.412) },
  silentFailureRate: { base: text(0.352), instruct: text(0.421) },
  silentFailureRateDrawn: { base: one(0.45, true), instruct: one(0.5, true) },
  wrongConfidence: { base: one(1, true), instruct: one(1, true) },
  silhouette: { base: text(0.245), instruct: text(0.198) },
  fisher: { base: text(4.23), instruct: text(3.12) },
  overlap: { base: text(0.123), instruct: text(0.187) },
  separabilityDrawn: { base: one(1, true), instruct: one(0.28, true) },
} as const;

/** By checkpoint, and at the largest drift. */
export const PUBLISHED_DRIFT = {
  aucClean: { drawn: two(0.9), abstract: abstract(0.85) },
  /** At the abstract's σ. */
  aucDrifted: abstract(0.5),
  aucCheckpoint1: { drawn: two(0.51), text: text(0.4975) },
  /** AUC lost at the largest drift, relative to AUC without drift; what it was, is not printed. */
  aucRelativeDrop: { gaussian: text(0.427), directional: text(0.45, true), subspace: text(0.489) },
  sensitivityCrossing: two(0.01, true),
  accuracyAtMost: text(0.517),
  f1Clean: two(0.9, true),
  f1Checkpoint5: two(0.55, true),
  meanConfidence: { clean: text(0.85), drifted: text(0.73) },
  confidenceFall: abstract(0.14),
  silentOfErrors: abstract(0.72),
  /** At a σ that is not printed. */
  silentOfAll: text(0.384),
} as const;

/** AUC "50–52 % even up to σ = .10", from checkpoint 1 on. */
export const PUBLISHED_PLATEAU = { from: PUBLISHED_SIGMA_1.value, to: 0.1, low: 0.5, high: 0.52 } as const;

/** Calibration, by checkpoint. */
export const PUBLISHED_CALIBRATION = {
  /** Shares; of the drawing's checkpoints 0, 2, 4, 7. */
  error: [
    { checkpoint: 0, ...three(0.012) },
    { checkpoint: 2, ...three(0.125) },
    { checkpoint: 4, ...three(0.183) },
    { checkpoint: 7, ...three(0.269) },
  ],
  errorInText: text(0.226),
  /** Accuracy where confidence is .8 to 1. */
  confidentAccuracy: [
    { checkpoint: 2, ...three(0.6, true) },
    { checkpoint: 4, ...three(0.5, true) },
    { checkpoint: 7, ...three(0.36, true) },
  ],
  accuracyNear90: text(0.56),
} as const;
