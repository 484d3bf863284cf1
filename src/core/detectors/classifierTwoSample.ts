import { stream } from '../random/streams.ts';
import type { Generator } from '../random/generator.ts';
import { classifierTest, type ClassifierTest, type ClassifierTestSettings } from './classifierTwoSampleTest.ts';
import {
  DetectorInputError,
  type DetectorDefinition,
  type Reading,
  type Reference,
  type RunningDetector,
  type StreamRecord,
} from './detector.ts';
import {
  checkLevel,
  checkNumber,
  checkScores,
  checkStreamScore,
  checkWhole,
  referenceMoments,
} from './referenceChecks.ts';

export interface ClassifierTwoSampleParameters {
  /** Records in the sliding window. */
  readonly window: number;
  /** Reference rows set against it, drawn once by the seed; all where the reference has fewer. */
  readonly referenceRows: number;
  readonly every: number;
  readonly folds: number;
  readonly C: number;
  /** Level of each test. */
  readonly alpha: number;
  /** Refits with permuted labels: 0 for the normal law, null for 199 where either sample is below 50, else 0. */
  readonly permutations: number | null;
  readonly error: ClassifierTestSettings['error'];
}

const SMALL_SAMPLE = 50;
const SMALL_SAMPLE_PERMUTATIONS = 199;

function permutationsOf({ permutations, window, referenceRows }: ClassifierTwoSampleParameters): number {
  return permutations ?? (Math.min(window, referenceRows) < SMALL_SAMPLE ? SMALL_SAMPLE_PERMUTATIONS : 0);
}

type Features = (record: StreamRecord, out: Float64Array, at: number) => void;

class SlidingClassifier implements RunningDetector {
  readonly threshold: number;
  /** The last test, null before the first. */
  last: ClassifierTest | null = null;
  private count = 0;
  private readonly values: Float64Array;
  private readonly labels: Uint8Array;
  private readonly parameters: ClassifierTwoSampleParameters;
  private readonly permutations: number;
  private readonly dims: number;
  private readonly features: Features;
  private readonly random: Generator;
  private readonly referenceRows: number;

  /** @param chosen Reference features, row-major, rows × dims. */
  constructor(
    chosen: Float64Array,
    dims: number,
    parameters: ClassifierTwoSampleParameters,
    features: Features,
    random: Generator,
  ) {
    this.referenceRows = chosen.length / dims;
    this.values = new Float64Array(chosen.length + parameters.window * dims);
    this.values.set(chosen);
    this.labels = new Uint8Array(this.referenceRows + parameters.window).fill(1, this.referenceRows);
    this.parameters = parameters;
    this.permutations = permutationsOf({ ...parameters, referenceRows: this.referenceRows });
    this.dims = dims;
    this.features = features;
    this.random = random;
    this.threshold = -Math.log(parameters.alpha);
  }

  update(record: StreamRecord): Reading {
    const { window, every, folds, C, alpha, error } = this.parameters;
    const slot = this.referenceRows + (this.count % window);
    this.features(record, this.values, slot * this.dims);
    this.count++;
    const since = this.count - window;
    if (since < 0 || since % every !== 0) return { statistic: null, alarm: false };
    const settings = { folds, C, permutations: this.permutations, error };
    this.last = classifierTest(this.values, this.dims, this.labels, settings, this.random);
    return { statistic: -Math.log(this.last.p), alarm: this.last.p <= alpha };
  }
}

function checkParameters(parameters: ClassifierTwoSampleParameters): void {
  const { window, referenceRows, every, folds, C, alpha } = parameters;
  checkWhole('The number of folds', folds, 2);
  checkWhole('The window', window, 2 * folds);
  checkWhole('The number of reference rows', referenceRows, 2 * folds);
  checkWhole('Steps between tests', every, 1);
  checkNumber('The inverse penalty C', C, 0, 1e12, true);
  checkLevel('The level alpha', alpha);
  const permutations = permutationsOf(parameters);
  checkWhole('The number of permutations', permutations, 0);
  if (permutations > 0 && 1 / (1 + permutations) > alpha) {
    throw new DetectorInputError(
      `With ${permutations} permutations no p-value falls below ${1 / (1 + permutations)}, above alpha = ${alpha}. Take more permutations.`,
    );
  }
}

function chooseRows(rows: number, most: number, random: Generator): Uint32Array {
  return random.permutation(rows).slice(0, Math.min(rows, most));
}

function startOnEmbeddings(reference: Reference, parameters: ClassifierTwoSampleParameters): SlidingClassifier {
  checkParameters(parameters);
  checkScores(reference, 2 * parameters.folds);
  const { embeddings } = reference;
  if (embeddings === null) {
    throw new DetectorInputError(
      'The reference has no embeddings; this detector reads them. Give embeddings, or use the classifier on scores.',
    );
  }
  const { values, dims } = embeddings;
  const random = stream(reference.seed, 'classifier-two-sample');
  const rows = chooseRows(reference.scores.length, parameters.referenceRows, random);
  const chosen = new Float64Array(rows.length * dims);
  rows.forEach((row, k) => chosen.set(values.subarray(row * dims, (row + 1) * dims), k * dims));
  if (!chosen.every(Number.isFinite)) {
    throw new DetectorInputError('A reference embedding holds a value that is not a finite number. Remove that row.');
  }
  if (chosen.every((value, i) => value === chosen[i % dims])) {
    throw new DetectorInputError('All reference embeddings are the same. Give a reference whose embeddings vary.');
  }
  const features: Features = ({ embedding }, out, at) => {
    if (embedding === null || embedding.length !== dims) {
      const found = embedding === null ? 'none' : `one of ${embedding.length} dimensions`;
      throw new DetectorInputError(`A stream record needs an embedding of ${dims} dimensions; it has ${found}.`);
    }
    for (let j = 0; j < dims; j++) {
      if (!Number.isFinite(embedding[j])) {
        throw new DetectorInputError(
          `A stream embedding holds ${embedding[j]} in dimension ${j + 1}. Remove that row.`,
        );
      }
      out[at + j] = embedding[j];
    }
  };
  return new SlidingClassifier(chosen, dims, parameters, features, random);
}

function startOnScores(reference: Reference, parameters: ClassifierTwoSampleParameters): SlidingClassifier {
  checkParameters(parameters);
  checkScores(reference, 2 * parameters.folds);
  const { mean, sd } = referenceMoments(reference);
  const random = stream(reference.seed, 'classifier-two-sample');
  const features: Features = ({ score }, out, at) => {
    checkStreamScore(score);
    const z = (score - mean) / sd;
    out[at] = z;
    out[at + 1] = z * z;
  };
  const rows = chooseRows(reference.scores.length, parameters.referenceRows, random);
  const chosen = new Float64Array(rows.length * 2);
  rows.forEach((row, k) => features({ score: reference.scores[row], embedding: null }, chosen, 2 * k));
  return new SlidingClassifier(chosen, 2, parameters, features, random);
}

function define(
  id: string,
  reads: 'scores' | 'embeddings',
  init: (reference: Reference, parameters: ClassifierTwoSampleParameters) => SlidingClassifier,
): Omit<DetectorDefinition<ClassifierTwoSampleParameters>, 'init'> & { readonly init: typeof init } {
  return {
    id,
    reads,
    defaults: {
      window: 200,
      referenceRows: 200,
      every: 100,
      folds: 5,
      C: 0.1,
      alpha: 0.01,
      permutations: null,
      error: 'corrected',
    },
    alarms: 'at-least',
    guarantee: (parameters) => {
      const exact = permutationsOf(parameters) > 0;
      const source = 'Lopez-Paz and Oquab 2017; DeLong et al. 1988; Nadeau and Bengio 2003';
      if (!exact && parameters.error === 'independent') {
        const assumptions = [
          'Folds share training rows: taken as independent, they reject about twice as often as alpha.',
        ];
        return { kind: 'none', value: null, horizon: null, assumptions, source };
      }
      return {
        kind: 'per-test',
        value: parameters.alpha,
        horizon: null,
        assumptions: [
          'Reference and window are independent draws of one law.',
          exact
            ? 'Exact: every refit has its labels permuted.'
            : "Not exact: DeLong's normal law with a correction for folds that share rows, which in simulation errs on the safe side.",
          'It says nothing about ever alarming, and an alarm says the rows differ, not that the probe is harmed.',
        ],
        source,
      };
    },
    cost: 'folds logistic fits of (w + reference rows) × d a test; times permutations where they are used',
    init,
  };
}

/**
 * Domain classifier on embeddings: can a logistic regression tell the window from the reference? The statistic is −ln p of the mean held-out
 * AUC, null between tests; `last` holds the AUC itself. Nothing is reset after an alarm.
 */
export const classifierTwoSample = define('classifier-two-sample', 'embeddings', startOnEmbeddings);

/** The same on the standardised score and its square: it sees a move or a change of spread, not shape. */
export const classifierTwoSampleScores = define('classifier-two-sample-scores', 'scores', startOnScores);
