import type { Embeddings, RowIndex } from './embeddings.ts';
import { plainKernels } from './plainKernels.ts';
import { simdKernels } from './simdKernels.ts';

/** Inner products of component rows d with the probe direction w, with the row x, and with themselves; one float64 a row. */
export interface DisplacementDots {
  readonly wd: Float64Array;
  readonly xd: Float64Array;
  readonly dd: Float64Array;
}

/**
 * Replaces, in place, the first `count` values of `t` (which belong to rows `first` … `first + count − 1` of the list).
 * `t` is scratch space: it may be longer than `count`, and is not to be kept.
 */
export type RowMap = (first: number, count: number, t: Float64Array) => void;

/**
 * Products with the effective rows x_r = scale[r]·values[r] of one {@link Embeddings}, summed in float64.
 *
 * `rows` lists row numbers (null: all rows in order); n is the length of that list. Vectors over features have length
 * dims, vectors over rows at least n. Every implementation adds in the same order, so that results agree bit for bit.
 * NaN and infinite values go through as IEEE arithmetic has it.
 */
export interface RowKernels {
  readonly embeddings: Embeddings;
  readonly kind: 'plain' | 'simd';
  /** out[k] = x_r · w */
  readonly matVec: (rows: RowIndex | null, w: Float64Array, out: Float64Array) => void;
  /** out = Σ_k r[k]·x_r, of length dims; zeros where there are no rows. */
  readonly transposeVec: (rows: RowIndex | null, r: Float64Array, out: Float64Array) => void;
  /** out[k] = ‖x_r‖² */
  readonly squaredNorms: (rows: RowIndex | null, out: Float64Array) => void;
  /**
   * For rows first … first + count − 1 of the list: dots[first + i] = x_r · w and squares[first + i] = ‖x_r‖², the bits of
   * matVec and squaredNorms, with each row read once.
   */
  readonly dotsAndSquares: (
    rows: RowIndex | null,
    first: number,
    count: number,
    w: Float64Array,
    dots: Float64Array,
    squares: Float64Array,
  ) => void;
  /** out[j] = Σ_k (x_rj − centre[j])² */
  readonly squaredDeviations: (rows: RowIndex | null, centre: Float64Array, out: Float64Array) => void;
  /**
   * For rows first … first + count − 1 of the list and their component rows d (row-major, count × dims, the first of
   * them at block[0]): out.wd[first + i] = w·d, out.xd[first + i] = x·d, out.dd[first + i] = ‖d‖².
   */
  readonly displacementDots: (
    rows: RowIndex | null,
    first: number,
    count: number,
    block: Float64Array,
    w: Float64Array,
    out: DisplacementDots,
  ) => void;
  /** out[first + i] = a_i · b_i for `count` rows of two row-major blocks (both count × dims, starting at index 0). */
  readonly pairDots: (count: number, a: Float64Array, b: Float64Array, first: number, out: Float64Array) => void;
  /**
   * A float64 buffer of whole rows for component rows, which the kernels read without a copy. Its length is
   * dims × min(maxRows, what stays in the processor's cache), at least one row: use length / dims. The two slots are
   * distinct buffers; asking again for a slot gives the same memory.
   */
  readonly blockBuffer: (maxRows: number, slot?: 0 | 1) => Float64Array;
  /**
   * One pass over the rows: t = X·w + offset, then t is replaced by `map`, then out = Xᵀt. Rows go by in blocks that
   * stay in cache, so that each is read once from memory. Returns Σ t after the map, summed in row order.
   */
  readonly fusedProduct: (
    rows: RowIndex | null,
    w: Float64Array,
    offset: number,
    map: RowMap,
    out: Float64Array,
  ) => number;
  /** out = Xᵀ(h ∘ (X·v + offset)) in one pass; returns Σ h ∘ (X·v + offset). */
  readonly hessianProduct: (
    rows: RowIndex | null,
    h: Float64Array,
    v: Float64Array,
    offset: number,
    out: Float64Array,
  ) => number;
}

/**
 * The fastest kernels for these rows: SIMD where they lie in memory from `allocateEmbeddings` and the machine has
 * WebAssembly SIMD, else plain typed arrays. Both give the same bits.
 */
export function createKernels(embeddings: Embeddings): RowKernels {
  return simdKernels(embeddings) ?? plainKernels(embeddings);
}
