import { createKernels } from '../linalg/kernels.ts';
import type { Embeddings, RowIndex } from '../linalg/embeddings.ts';
import { checkPositive, checkSomeRows, MonitorInputError } from '../monitor/inputError.ts';
import { fitLogisticSteps } from '../probe/logistic.ts';
import type { FitProgress, LinearProbe } from '../probe/types.ts';

/** Some rows of some embeddings. */
export interface RowSet {
  readonly embeddings: Embeddings;
  readonly rows: RowIndex;
}

/** Source (label 0) and target rows (label 1) one under the other: the problem of the density ratio, for any device's fit. */
export interface StackedRows extends RowSet {
  readonly labels: Uint8Array;
  readonly sourceRows: number;
  readonly targetRows: number;
}

/**
 * Copies both sets, as they take effect, into one block of float64 rows.
 *
 * @throws MonitorInputError where a set is empty, dims differ, or a value is not finite.
 */
export function stackRows(source: RowSet, target: RowSet): StackedRows {
  const { dims } = source.embeddings;
  checkSomeRows(source.rows.length, 'calibration');
  checkSomeRows(target.rows.length, 'test');
  if (target.embeddings.dims !== dims) {
    throw new MonitorInputError(
      `Calibration rows have ${dims} dimensions, test rows ${target.embeddings.dims}: give embeddings of one model.`,
    );
  }
  const [sourceRows, targetRows] = [source.rows.length, target.rows.length];
  const values = new Float64Array((sourceRows + targetRows) * dims);
  let at = 0;
  for (const { embeddings, rows } of [source, target]) {
    for (let i = 0; i < rows.length; i++) {
      const from = rows[i] * dims;
      const factor = embeddings.scale[rows[i]];
      for (let j = 0; j < dims; j++) {
        const value = factor * embeddings.values[from + j];
        if (!Number.isFinite(value)) {
          const set = embeddings === source.embeddings ? 'calibration' : 'test';
          throw new MonitorInputError(
            `Dimension ${j + 1} of ${set} row ${i + 1} is ${value}. Correct or leave out that row.`,
          );
        }
        values[at++] = value;
      }
    }
  }
  const rows = sourceRows + targetRows;
  return {
    embeddings: { values, rows, dims, scale: new Float64Array(rows).fill(1) },
    rows: Uint32Array.from({ length: rows }, (_, i) => i),
    labels: Uint8Array.from({ length: rows }, (_, i) => (i < sourceRows ? 0 : 1)),
    sourceRows,
    targetRows,
  };
}

/** A fitted ratio of the density of test rows to that of calibration rows. */
export interface DensityRatio {
  /** Logistic regression of "is a test row", L2 penalty with C, free intercept. */
  readonly probe: LinearProbe;
  readonly sourceRows: number;
  readonly targetRows: number;
}

/**
 * Fits the ratio by telling test rows from calibration rows (Bickel, Brückner & Scheffer 2009), to a certified optimum.
 * Yields before every Newton step.
 *
 * @param C Inverse of the L2 penalty on the sum of losses, as scikit-learn has it; 1 as published.
 */
export function* fitDensityRatioSteps(stacked: StackedRows, C = 1): Generator<FitProgress, DensityRatio> {
  checkPositive(C, 'C of the density ratio');
  const { embeddings, rows, labels, sourceRows, targetRows } = stacked;
  const options = { C, standardize: false, classWeight: null };
  const probe = yield* fitLogisticSteps(createKernels(embeddings), rows, labels, options);
  return { probe, sourceRows, targetRows };
}

/** {@link fitDensityRatioSteps} to its end. */
export function fitDensityRatio(source: RowSet, target: RowSet, C = 1): DensityRatio {
  const steps = fitDensityRatioSteps(stackRows(source, target), C);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/**
 * ln of the ratio for every row of a set. Odds of the fit are (n_target/n_source)·f_target/f_source: `priorCorrection` takes the
 * first factor out. A common factor cancels where test rows carry their own weight and nothing is clipped, and moves the result
 * where the test weight is fixed to 1 or where weights are clipped.
 */
export function logRatios(
  { probe, sourceRows, targetRows }: DensityRatio,
  { embeddings, rows }: RowSet,
  priorCorrection: boolean,
): Float64Array {
  const out = new Float64Array(rows.length);
  createKernels(embeddings).matVec(rows, probe.weights, out);
  const offset = probe.bias + (priorCorrection ? Math.log(sourceRows / targetRows) : 0);
  for (let i = 0; i < out.length; i++) out[i] += offset;
  return out;
}

/**
 * exp of log ratios, clipped to [1/clip, clip]; `clip` null leaves them. A ratio too large for a double throws.
 *
 * @param clip At least 1; 10 as published.
 */
export function ratioWeights(logs: Float64Array, clip: number | null): Float64Array {
  if (clip !== null && !(clip >= 1 && clip < Infinity)) {
    throw new MonitorInputError(`The clip of weights must be 1 or more; it is ${clip}. 10 keeps weights in [0.1, 10].`);
  }
  const most = clip === null ? Infinity : Math.log(clip);
  return logs.map((log, i) => {
    const weight =
      clip === null
        ? Math.exp(log)
        : Math.min(clip, Math.max(1 / clip, Math.exp(Math.min(most, Math.max(-most, log)))));
    if (!Number.isFinite(weight)) {
      throw new MonitorInputError(`The weight of row ${i + 1} is e^${log.toFixed(0)}, too large to use: set a clip.`);
    }
    return weight;
  });
}

/** Weights within this of their floor or ceiling count as clipped, as published: ≤ 0.11 and ≥ 9.9 at clip 10. */
const NEAR_FLOOR = 1.1;
const NEAR_CEILING = 0.99;
/** Share of clipped calibration weights above which the ratio says nothing more. */
const COLLAPSE = 0.95;

export interface WeightHealth {
  /** Share of weights at the floor 1/clip, and at the ceiling; 0 without a clip. */
  readonly atFloor: number;
  readonly atCeiling: number;
  readonly largest: number;
  /** More than 95 % of the weights are clipped: calibration and test rows are told apart almost surely. */
  readonly collapsed: boolean;
}

/** How many calibration weights are clipped. */
export function weightHealth(weights: Float64Array, clip: number | null): WeightHealth {
  checkSomeRows(weights.length, 'calibration');
  let floor = 0;
  let ceiling = 0;
  let largest = 0;
  for (const w of weights) {
    if (clip !== null && w <= NEAR_FLOOR / clip) floor++;
    else if (clip !== null && w >= NEAR_CEILING * clip) ceiling++;
    largest = Math.max(largest, w);
  }
  const [atFloor, atCeiling] = [floor / weights.length, ceiling / weights.length];
  return { atFloor, atCeiling, largest, collapsed: atFloor + atCeiling > COLLAPSE };
}
