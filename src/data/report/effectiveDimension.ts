import { createGram } from '../../core/linalg/gram.ts';
import { sampleRows } from '../own/sample.ts';
import type { VersionReport } from './report.ts';

/** Products that the covariance may take: about ten seconds without a GPU. */
const BUDGET = 2e10;
/** Of the sample that stands in for more rows than the budget allows. */
export const SAMPLE_SEED = 0;

type Answer = VersionReport['effectiveDimension'];

/** How many rows the effective dimension is computed from, and by which of the two equal sums. */
export function effectiveDimensionPlan(
  rows: number,
  dims: number,
  budget = BUDGET,
): { rows: number; by: 'dims' | 'rows' } {
  if (rows * dims * dims <= budget) return { rows, by: rows < dims ? 'rows' : 'dims' };
  const many = Math.floor(budget / (dims * dims));
  if (many >= dims) return { rows: Math.min(rows, many), by: 'dims' };
  return { rows: Math.min(rows, Math.max(2, Math.floor(Math.sqrt(budget / dims)))), by: 'rows' };
}

/**
 * The effective dimension (Σλ)²/Σλ² = (tr C)²/‖C‖_F² of rows that come block by block, C their covariance (ddof 0): 1 where all
 * spread lies on one line, `dims` where it is equal in every direction; at most rows − 1. Null where all rows are
 * the same. ‖C‖_F² comes from the D × D sums of products, or from the n × n inner products of the centred rows, whichever
 * is less work; both are exact. Beyond the budget it is that of a seeded sample stratified by label, see sampleRows.
 */
export class EffectiveDimension {
  private readonly taken: Uint8Array | null;
  private readonly plan: { readonly rows: number; readonly by: 'dims' | 'rows' };
  private readonly gram;
  private shift: Float64Array | null = null;
  private readonly sums: Float64Array;
  private held: Float32Array | Float64Array | null = null;
  private inBlock = 0;
  private count = 0;

  constructor(
    private readonly rows: number,
    private readonly dims: number,
    labels: Uint8Array,
    budget = BUDGET,
  ) {
    this.plan = effectiveDimensionPlan(rows, dims, budget);
    this.taken = this.plan.rows < rows ? sampleRows(labels, this.plan.rows, SAMPLE_SEED) : null;
    this.gram = this.plan.by === 'dims' ? createGram(dims) : null;
    this.sums = new Float64Array(dims);
  }

  block(first: number, values: Float32Array | Float64Array): void {
    const { dims, taken } = this;
    const rows = values.length / dims;
    for (let k = 0; k < rows; k++) {
      if (taken && taken[first + k] === 0) continue;
      this.row(values.subarray(k * dims, (k + 1) * dims));
    }
  }

  private row(x: Float32Array | Float64Array): void {
    const { dims, gram, sums } = this;
    if (!gram) {
      this.held ??=
        x instanceof Float64Array ? new Float64Array(this.plan.rows * dims) : new Float32Array(this.plan.rows * dims);
      this.held.set(x, this.count++ * dims);
      for (let j = 0; j < dims; j++) sums[j] += x[j];
      return;
    }
    // Rows around the first one instead of 0, so that a large mean cancels nothing.
    this.shift ??= Float64Array.from(x);
    const { shift } = this;
    const at = this.inBlock * gram.stride;
    for (let j = 0; j < dims; j++) {
      const value = x[j] - shift[j];
      gram.block[at + j] = value;
      sums[j] += value;
    }
    this.count++;
    if (++this.inBlock === gram.blockRows) this.flush();
  }

  private flush(): void {
    this.gram?.add(this.inBlock);
    this.inBlock = 0;
  }

  async finish(checkpoint?: () => void | Promise<void>): Promise<Answer> {
    const value = this.count < 2 ? null : this.gram ? this.byDims() : await this.byRows(checkpoint);
    return { value, rows: this.count, of: this.rows, seed: SAMPLE_SEED };
  }

  private byDims(): number | null {
    const { gram, dims, sums, count } = this;
    if (!gram) return null;
    this.flush();
    const lower = gram.lower();
    let trace = 0;
    let squares = 0;
    for (let j = 0; j < dims; j++) {
      for (let k = 0; k <= j; k++) {
        const c = lower[j * dims + k] / count - (sums[j] / count) * (sums[k] / count);
        squares += k === j ? c * c : 2 * c * c;
        if (k === j) trace += c;
      }
    }
    return ratio(trace, squares);
  }

  /** Inner products of the centred rows: each dimension is one row of length n for the sums of products. */
  private async byRows(checkpoint?: () => void | Promise<void>): Promise<number | null> {
    const { dims, held, sums, count } = this;
    if (!held) return null;
    const gram = createGram(count);
    for (let j = 0; j < dims;) {
      const size = Math.min(gram.blockRows, dims - j);
      for (let b = 0; b < size; b++, j++) {
        const mean = sums[j] / count;
        const at = b * gram.stride;
        for (let i = 0; i < count; i++) gram.block[at + i] = held[i * dims + j] - mean;
      }
      gram.add(size);
      await checkpoint?.();
    }
    const lower = gram.lower();
    let trace = 0;
    let squares = 0;
    for (let i = 0; i < count; i++) {
      for (let k = 0; k <= i; k++) {
        const product = lower[i * count + k];
        squares += k === i ? product * product : 2 * product * product;
        if (k === i) trace += product;
      }
    }
    return ratio(trace, squares);
  }
}

function ratio(trace: number, squares: number): number | null {
  const value = (trace * trace) / squares;
  return squares > 0 && Number.isFinite(value) ? value : null;
}
