import { stream } from '../random/streams.ts';
import { linearQuantile } from '../stream/percentile.ts';
import type { DetectorDefinition, Reference } from './detector.ts';
import { gramMatrix, medianDistance, meanWithin, permutationNull } from './mmd.ts';
import type { Rows } from './mmd.ts';
import { MmdWindow } from './mmdWindow.ts';
import { checkCount, checkedEmbedding, checkedEmbeddings, checkLevel } from './publishedInputs.ts';

export interface MmdParameters {
  readonly window: number;
  /** Reference rows compared with, drawn from all; the rest serve the null distribution alone. */
  readonly referenceSize: number;
  /** Share of the null distribution above the threshold. */
  readonly level: number;
  /** Draws of the null distribution. */
  readonly splits: number;
}

/** What MMD freezes of a reference. */
export interface MmdReference {
  readonly bandwidth: number;
  readonly threshold: number;
  /** Rows of the reference compared with. */
  readonly rows: Uint32Array;
  /** Mean k over different ones of them. */
  readonly within: number;
  /** MMD² of each split. */
  readonly nullValues: Float64Array;
  /** k of all of the reference's rows, n × n. */
  readonly gram: Float64Array;
}

/** Draws the reference rows, the bandwidth and the null distribution. O(n² dims + splits (referenceSize + window)²). */
export function freezeMmd(reference: Reference, parameters: MmdParameters): MmdReference & { readonly pool: Rows } {
  const { window, referenceSize, level, splits } = parameters;
  checkCount('The window of MMD', window, 2);
  checkCount('The reference size of MMD', referenceSize, 2);
  checkCount('The number of splits of MMD', splits, 1);
  checkLevel('The level of MMD', level);
  const need = `MMD with ${referenceSize} reference rows and a window of ${window}`;
  const pool = checkedEmbeddings(reference, referenceSize + window, need);
  const random = stream(reference.seed, 'mmd');
  const rows = random.permutation(pool.rows).slice(0, referenceSize);
  const values = new Float64Array(referenceSize * pool.dims);
  rows.forEach((row, i) => values.set(pool.values.subarray(row * pool.dims, (row + 1) * pool.dims), i * pool.dims));
  const bandwidth = medianDistance({ values, rows: referenceSize, dims: pool.dims });
  const gram = gramMatrix(pool, bandwidth);
  const permutations = Array.from({ length: splits }, () => random.permutation(pool.rows));
  const nullValues = permutationNull(gram, pool.rows, permutations, referenceSize, window);
  return {
    pool,
    bandwidth,
    threshold: linearQuantile(nullValues, 1 - level),
    rows,
    within: meanWithin(gram, pool.rows, rows),
    nullValues,
    gram,
  };
}

/**
 * The monitor paper's MMD on embeddings as evaluated: the last `window` records against `referenceSize` rows of the reference, by
 * unbiased MMD² with a Gaussian kernel of the rows' median distance; the threshold is a quantile of MMD² between disjoint random
 * parts of the reference of the same two sizes. The statistic is null until the window is full. Alarms at every step with
 * MMD² > threshold; nothing resets.
 *
 * Blind to a shift that is small beside the spread of the embeddings, even where it lies along the probe's direction; alarms on a
 * rotation that harms nothing.
 */
export const mmdDetector: DetectorDefinition<MmdParameters> = {
  id: 'mmd',
  reads: 'embeddings',
  defaults: { window: 100, referenceSize: 200, level: 0.05, splits: 1000 },
  alarms: 'above',
  guarantee: ({ level }) => ({
    kind: 'per-test',
    value: level,
    horizon: null,
    assumptions: [
      'Records before the shift are exchangeable with the reference.',
      'The reference is much larger than its two parts: those drawn from a small one are alike, and the threshold comes out wrong.',
      'One look: windows that slide are tested at every step, so some step alarms far more often than this.',
    ],
    source: 'A. Gretton et al., JMLR 13, 2012; J. W. Leong, arXiv 2606.11949',
  }),
  cost: 'O((n + w) d), n reference rows, d dimensions',
  init(reference, parameters) {
    const { pool, bandwidth, threshold, rows, within } = freezeMmd(reference, parameters);
    const { dims } = pool;
    const { window: w } = parameters;
    const fixed = new Float64Array(rows.length * dims);
    rows.forEach((row, i) => fixed.set(pool.values.subarray(row * dims, (row + 1) * dims), i * dims));
    const held = new Float64Array(w * dims);
    const mmd = new MmdWindow(w, within);
    const scale = -1 / (2 * bandwidth * bandwidth);
    let step = 0;
    return {
      threshold,
      update(record) {
        const embedding = checkedEmbedding(record, dims, ++step);
        let cross = 0;
        for (let i = 0; i < rows.length; i++) cross += Math.exp(scale * distanceTo(embedding, fixed, i * dims));
        for (let j = 0; j < mmd.size; j++)
          mmd.kernelToSlots[j] = Math.exp(scale * distanceTo(embedding, held, j * dims));
        held.set(embedding, mmd.slot * dims);
        mmd.push(cross / rows.length);
        if (step < w) return { statistic: null, alarm: false };
        const statistic = mmd.value();
        return { statistic, alarm: statistic > threshold };
      },
    };
  },
};

/** The squared distance of a row from the numbers at `from`. */
function distanceTo(row: Float64Array | Float32Array, numbers: Float64Array, from: number): number {
  let sum = 0;
  for (let k = 0; k < row.length; k++) {
    const d = row[k] - numbers[from + k];
    sum += d * d;
  }
  return sum;
}
