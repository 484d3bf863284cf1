import { type Pca, pcaSteps, projectRows, varianceKept } from '../linalg/pca.ts';
import { checkEpsilon, checkWhole, MonitorInputError } from '../monitor/inputError.ts';
import {
  type DensityRatio,
  fitDensityRatioSteps,
  logRatios,
  ratioWeights,
  type RowSet,
  stackRows,
  weightHealth,
  type WeightHealth,
} from './densityRatio.ts';
import { calibrationScores } from './nonconformity.ts';
import { type ConformalSummary, type OutcomeSettings, rowOutcomes, type RowOutcomes, summarise } from './outcomes.ts';
import { type QuantileRule, splitThreshold, type SplitThreshold } from './splitQuantile.ts';
import {
  effectiveSampleSize,
  massAtInfinity,
  publishedWeightedThreshold,
  weightedCalibration,
  weightedThresholds,
} from './weightedQuantile.ts';

/** Rows with the probe's probabilities, their labels and their embeddings, all in the order of `rows`. */
export interface ScoredRows extends RowSet {
  readonly p: Float64Array;
  /** Of test rows: used to measure coverage alone, never by the monitor. */
  readonly labels: Uint8Array;
}

export interface WeightedSettings {
  /** Allowed error, in (0, 1). */
  readonly epsilon: number;
  /** 'exact': order statistics, each test row with its own weight, +∞ where no score suffices. 'as-published': neither. */
  readonly rule: QuantileRule;
  /** Weights lie in [1/clip, clip]; null for no clip. */
  readonly clip: number | null;
  readonly priorCorrection: boolean;
  /** Inverse penalty of the density ratio's fit. */
  readonly C: number;
  /** As for calibration scores. */
  readonly oneClass: 'refuse' | 'allow';
  readonly outcomes: OutcomeSettings;
}

export interface WeightedResult {
  /** Principal components that the ratio was fitted on; null for the embeddings themselves. */
  readonly components: number | null;
  /** Share of the calibration rows' variance in them; null for the embeddings themselves. */
  readonly varianceKept: number | null;
  readonly ratio: DensityRatio;
  readonly calibrationWeights: Float64Array;
  /** What each test row carries in the threshold: its own weight, or 1 as published. */
  readonly testWeights: Float64Array;
  readonly effectiveSampleSize: number | null;
  readonly health: WeightHealth;
  /** w(x)/(Σw + w(x)) of each test row. */
  readonly massAtInfinity: Float64Array;
  /** One a test row; +∞ abstains. */
  readonly thresholds: Float64Array;
  /** Test rows whose threshold is +∞. */
  readonly infinite: number;
  readonly rows: RowOutcomes;
  readonly summary: ConformalSummary;
}

/** The first `k` coordinates of each row of a wider block. */
function firstColumns(wide: Float64Array, columns: number, k: number): RowSet {
  const rows = wide.length / columns;
  const values = new Float64Array(rows * k);
  for (let i = 0; i < rows; i++) values.set(wide.subarray(i * columns, i * columns + k), i * k);
  return {
    embeddings: { values, rows, dims: k, scale: new Float64Array(rows).fill(1) },
    rows: Uint32Array.from({ length: rows }, (_, i) => i),
  };
}

/** Weighted conformal prediction with the ratio fitted on `space`, which stands for the rows' embeddings. */
function* weighted(
  test: ScoredRows,
  scores: Float64Array,
  space: {
    readonly source: RowSet;
    readonly target: RowSet;
    readonly components: number | null;
    readonly kept: number | null;
  },
  settings: WeightedSettings,
): Generator<number, WeightedResult> {
  const { epsilon, rule, clip, priorCorrection, C } = settings;
  const fit = fitDensityRatioSteps(stackRows(space.source, space.target), C);
  let step = fit.next();
  for (let k = 1; step.done !== true; k++) {
    yield 1 - 1 / (1 + k / 8);
    step = fit.next();
  }
  const ratio = step.value;
  const calibrationWeights = ratioWeights(logRatios(ratio, space.source, priorCorrection), clip);
  const own = ratioWeights(logRatios(ratio, space.target, priorCorrection), clip);
  const testWeights = rule === 'exact' ? own : new Float64Array(test.p.length).fill(1);
  const sorted = weightedCalibration(scores, calibrationWeights);
  const thresholds =
    rule === 'exact'
      ? weightedThresholds(sorted, testWeights, epsilon)
      : new Float64Array(test.p.length).fill(publishedWeightedThreshold(sorted, epsilon).q);
  const rows = rowOutcomes(test.p, test.labels, thresholds, settings.outcomes);
  return {
    components: space.components,
    varianceKept: space.kept,
    ratio,
    calibrationWeights,
    testWeights,
    effectiveSampleSize: effectiveSampleSize(calibrationWeights),
    health: weightHealth(calibrationWeights, clip),
    massAtInfinity: testWeights.map((weight) => massAtInfinity(sorted, weight)),
    thresholds,
    infinite: thresholds.reduce((count, q) => count + (q === Infinity ? 1 : 0), 0),
    rows,
    summary: summarise(rows),
  };
}

export interface WeightedStudy {
  /** Split conformal prediction on the same rows. */
  readonly unweighted: {
    readonly threshold: SplitThreshold;
    readonly rows: RowOutcomes;
    readonly summary: ConformalSummary;
  };
  /** One for each number of components asked for, in that order; numbers above the rank of the calibration rows are left out. */
  readonly weighted: readonly WeightedResult[];
  /** Most components that the calibration rows have, of those asked for; null where none was asked for. */
  readonly rank: number | null;
}

/**
 * What weighting gives back after a shift: split conformal, then weighted conformal with a density ratio fitted on the embeddings
 * (null) or on their first k principal components, for every entry of `components`. Components come from the calibration rows
 * alone; the ratio is fitted on the very test rows that it then weighs, as in the published experiment.
 *
 * Weighting repairs a shift of P(x) with P(y | x) unchanged and overlapping supports. Where all calibration rows have one label
 * and test rows the other, the shift is none of that kind, and what coverage comes back comes from a raised threshold.
 *
 * Yields the share done, in [0, 1].
 * @throws MonitorInputError on empty sets, one class in the calibration rows (unless allowed), scores outside [0, 1], NaN, ε
 * outside (0, 1), a clip below 1, or components that are no counts.
 */
export function* weightedStudySteps(
  calibration: ScoredRows,
  test: ScoredRows,
  components: readonly (number | null)[],
  settings: WeightedSettings,
): Generator<number, WeightedStudy> {
  checkEpsilon(settings.epsilon);
  for (const k of components) if (k !== null) checkWhole(k, 1, 'The number of principal components');
  for (const [what, { p, rows }] of [['calibration', calibration] as const, ['test', test] as const]) {
    if (p.length !== rows.length) {
      throw new MonitorInputError(
        `There are ${rows.length} ${what} embeddings but ${p.length} scores. Give one a row.`,
      );
    }
  }
  const scores = calibrationScores(calibration.p, calibration.labels, { oneClass: settings.oneClass });
  const threshold = splitThreshold(scores, settings.epsilon, settings.rule);
  const rows = rowOutcomes(test.p, test.labels, threshold.q, settings.outcomes);
  const unweighted = { threshold, rows, summary: summarise(rows) };

  const parts = components.length + 1;
  const most = Math.max(0, ...components.map((k) => k ?? 0));
  let basis: Pca | null = null;
  if (most > 0) {
    const fit = pcaSteps(calibration.embeddings, calibration.rows, most);
    let step = fit.next();
    while (step.done !== true) {
      yield step.value / parts;
      step = fit.next();
    }
    basis = step.value;
  }
  const wide =
    basis === null
      ? null
      : {
          columns: basis.count,
          source: projectRows(basis, calibration.embeddings, calibration.rows, basis.count),
          target: projectRows(basis, test.embeddings, test.rows, basis.count),
        };
  const results: WeightedResult[] = [];
  for (const [index, k] of components.entries()) {
    if (k !== null && (wide === null || basis === null || k > basis.count)) continue;
    const space =
      k === null || wide === null || basis === null
        ? { source: calibration, target: test, components: null, kept: null }
        : {
            source: firstColumns(wide.source, wide.columns, k),
            target: firstColumns(wide.target, wide.columns, k),
            components: k,
            kept: varianceKept(basis, k),
          };
    const work = weighted(test, scores, space, settings);
    let step = work.next();
    while (step.done !== true) {
      yield (1 + index + step.value) / parts;
      step = work.next();
    }
    results.push(step.value);
  }
  return { unweighted, weighted: results, rank: basis?.count ?? null };
}

/** {@link weightedStudySteps} to its end. */
export function weightedStudy(
  calibration: ScoredRows,
  test: ScoredRows,
  components: readonly (number | null)[],
  settings: WeightedSettings,
): WeightedStudy {
  const steps = weightedStudySteps(calibration, test, components, settings);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
