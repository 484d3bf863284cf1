import { dotAt } from '../../linalg/dot.ts';
import type { PreparedDrift } from '../../drift/types.ts';
import type { RowIndex } from '../../linalg/embeddings.ts';
import type { RowKernels } from '../../linalg/kernels.ts';
import type { MlpProbe } from '../types.ts';

/**
 * What the first layer makes of the rows x and of a drift's components d and p: W x, W d, W p, row-major rows × hidden,
 * float64. Since the first layer is linear, any amount of the drift follows from them without a pass over the dimensions.
 */
export interface HiddenProducts {
  readonly rows: number;
  readonly x: Float64Array;
  readonly d: Float64Array;
  /** null where the drift has no second component. */
  readonly p: Float64Array | null;
}

/** Bytes that the products of so many rows take. */
export function hiddenProductBytes(rows: number, hidden: number, hasSecondComponent: boolean): number {
  return 8 * rows * hidden * (hasSecondComponent ? 3 : 2);
}

/** Rows of one block: their features stay in the processor's cache while all hidden units read them. */
const BLOCK = 64;

/** W x of all rows, rows × hidden, in O(N·D·H); yields the share done after each block. */
export function* rowProducts(
  kernels: RowKernels,
  rows: RowIndex,
  { hidden, dims, hiddenWeights }: MlpProbe,
): Generator<number, Float64Array> {
  const out = new Float64Array(rows.length * hidden);
  const z = new Float64Array(BLOCK);
  for (let first = 0; first < rows.length; first += BLOCK) {
    const block = rows.subarray(first, first + BLOCK);
    for (let h = 0; h < hidden; h++) {
      kernels.matVec(block, hiddenWeights.subarray(h * dims, (h + 1) * dims), z);
      for (let i = 0; i < block.length; i++) out[(first + i) * hidden + h] = z[i];
    }
    yield (first + block.length) / rows.length;
  }
  return out;
}

/** W d and W p of all rows of a prepared drift in O(N·D·H), in float64; yields the share done after each block. */
export function* componentProducts(
  prepared: PreparedDrift,
  { hidden, dims, hiddenWeights }: MlpProbe,
): Generator<number, Pick<HiddenProducts, 'd' | 'p'>> {
  const n = prepared.rows;
  const d = new Float64Array(n * hidden);
  const p = prepared.hasSecondComponent ? new Float64Array(n * hidden) : null;
  const tileD = new Float64Array(4 * dims);
  const tileP = p === null ? null : new Float64Array(4 * dims);
  for (let first = 0; first < n; first += 4) {
    const count = Math.min(4, n - first);
    for (let i = 0; i < count; i++) {
      const to = i * dims;
      prepared.components(first + i, tileD.subarray(to, to + dims), tileP?.subarray(to, to + dims) ?? null);
    }
    tileProducts(tileD, count, hiddenWeights, hidden, dims, d, first);
    if (p !== null && tileP !== null) tileProducts(tileP, count, hiddenWeights, hidden, dims, p, first);
    yield (first + count) / n;
  }
  return { d, p };
}

/** Products of up to four rows with all rows of W, four sums at a time, so that each weight is read once for four rows. */
function tileProducts(
  tile: Float64Array,
  count: number,
  weights: Float64Array,
  hidden: number,
  dims: number,
  out: Float64Array,
  first: number,
): void {
  const at1 = dims;
  const at2 = 2 * dims;
  const at3 = 3 * dims;
  for (let h = 0; h < hidden; h++) {
    const w = h * dims;
    if (count < 4) {
      for (let i = 0; i < count; i++) out[(first + i) * hidden + h] = dotAt(tile, i * dims, weights, w, dims);
      continue;
    }
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let j = 0; j < dims; j++) {
      const factor = weights[w + j];
      s0 += factor * tile[j];
      s1 += factor * tile[at1 + j];
      s2 += factor * tile[at2 + j];
      s3 += factor * tile[at3 + j];
    }
    const to = first * hidden + h;
    out[to] = s0;
    out[to + hidden] = s1;
    out[to + 2 * hidden] = s2;
    out[to + 3 * hidden] = s3;
  }
}

/** Logit of one row of features, by definition: O(D·H). */
export function literalLogit(
  { hidden, dims, hiddenWeights, hiddenBias, outputWeights, outputBias }: MlpProbe,
  row: Float64Array,
): number {
  let logit = outputBias;
  for (let h = 0; h < hidden; h++) {
    const z = dotAt(hiddenWeights, h * dims, row, 0, dims) + hiddenBias[h];
    if (z > 0) logit += outputWeights[h] * z;
  }
  return logit;
}
