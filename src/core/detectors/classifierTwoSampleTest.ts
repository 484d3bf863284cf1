import { createKernels } from '../linalg/kernels.ts';
import { deLong } from '../metrics/deLong.ts';
import { fitLogistic } from '../probe/logistic.ts';
import type { Generator } from '../random/generator.ts';
import { normalCdf } from '../theory/normal.ts';

export interface ClassifierTestSettings {
  readonly folds: number;
  /** Inverse penalty of the logistic regression on standardised features. */
  readonly C: number;
  /** 0: by the normal law; else that many refits with labels permuted, which is exact. */
  readonly permutations: number;
  /**
   * How DeLong's variances of the folds add up. 'corrected': times 1 + k·n_test/n_train for the rows that folds share (Nadeau and Bengio
   * 2003). 'independent': as if folds shared none, a common mistake: it rejects about twice as often as its level says.
   */
  readonly error: 'corrected' | 'independent';
}

export interface ClassifierTest {
  /** Mean over folds of the held-out AUC; above ½ where the samples can be told apart. */
  readonly auc: number;
  /** (auc − ½) over its standard error. */
  readonly z: number;
  /** One-sided, that the samples are of one law. At least 2^-1074. */
  readonly p: number;
}

/** Rows 0 … n − 1 are of sample 0, the rest of sample 1; each sample is dealt to the folds in turn, in a random order. */
function dealFolds(labels: Uint8Array, folds: number, random: Generator): Uint8Array {
  const fold = new Uint8Array(labels.length);
  const order = random.permutation(labels.length);
  const dealt = [0, 0];
  for (const row of order) fold[row] = dealt[labels[row]]++ % folds;
  return fold;
}

interface Held {
  readonly auc: number;
  readonly error: number;
}

/**
 * Mean held-out AUC over stratified folds, and its standard error from DeLong's variances. A fold whose
 * variance is 0 (perfectly separated, or all scores alike) takes the variance of the Mann–Whitney statistic without shift.
 */
function heldOutAuc(
  kernels: ReturnType<typeof createKernels>,
  labels: Uint8Array,
  fold: Uint8Array,
  { folds, C, error }: ClassifierTestSettings,
): Held {
  let sum = 0;
  let variance = 0;
  for (let f = 0; f < folds; f++) {
    const train: number[] = [];
    const test: number[] = [];
    for (let i = 0; i < labels.length; i++) (fold[i] === f ? test : train).push(i);
    const trainRows = Uint32Array.from(train);
    const testRows = Uint32Array.from(test);
    const trainLabels = Uint8Array.from(train, (i) => labels[i]);
    const testLabels = Uint8Array.from(test, (i) => labels[i]);
    const probe = fitLogistic(kernels, trainRows, trainLabels, { C, standardize: true, classWeight: null });
    const scores = new Float64Array(test.length);
    kernels.matVec(testRows, probe.weights, scores);
    const held = deLong(testLabels, scores);
    const ones = testLabels.reduce((count, label) => count + label, 0);
    const zeros = test.length - ones;
    const unshifted = (ones + zeros + 1) / (12 * ones * zeros);
    sum += held.auc ?? 0.5;
    variance += held.variance !== null && held.variance > 0 ? held.variance : unshifted;
  }
  // k·n_test/n_train = k/(k − 1).
  const shared = error === 'corrected' ? 1 + folds / (folds - 1) : 1;
  return { auc: sum / folds, error: Math.sqrt(shared * variance) / folds };
}

/**
 * Classifier two-sample test (Lopez-Paz and Oquab 2017) with a logistic regression and the held-out AUC.
 *
 * @param values Row-major, labels.length × dims, finite; of which rows have label 0 and which 1.
 * @param random Draws the folds and the permutations. Both samples need at least 2·folds rows.
 */
export function classifierTest(
  values: Float64Array,
  dims: number,
  labels: Uint8Array,
  settings: ClassifierTestSettings,
  random: Generator,
): ClassifierTest {
  const rows = labels.length;
  const kernels = createKernels({ values, rows, dims, scale: new Float64Array(rows).fill(1) });
  const fold = dealFolds(labels, settings.folds, random);
  const { auc, error } = heldOutAuc(kernels, labels, fold, settings);
  const z = (auc - 0.5) / error;
  if (settings.permutations === 0) return { auc, z, p: Math.max(Number.MIN_VALUE, normalCdf(-z)) };
  let atLeast = 0;
  const permuted = new Uint8Array(rows);
  for (let b = 0; b < settings.permutations; b++) {
    const order = random.permutation(rows);
    for (let i = 0; i < rows; i++) permuted[i] = labels[order[i]];
    const other = heldOutAuc(kernels, permuted, dealFolds(permuted, settings.folds, random), settings);
    if (other.auc >= auc) atLeast++;
  }
  return { auc, z, p: (1 + atLeast) / (1 + settings.permutations) };
}
