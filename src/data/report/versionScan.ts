import { axisSeparation, fisherRatios } from '../../core/metrics/separability.ts';
import type { NormSummary } from '../checks.ts';
import { Duplicates, type DuplicatesFound } from './duplicates.ts';
import { EffectiveDimension } from './effectiveDimension.ts';
import type { VersionReport } from './report.ts';

const FIRST = 20;
/** Rows of unit length, rounded to float16 or better, are this close to length 1. */
const UNIT_TOLERANCE = 0.01;

/** {@link VersionReport}, with the first rows of what was found. */
export interface VersionScanned extends VersionReport {
  readonly duplicates: DuplicatesFound;
  readonly firstZeroRows: readonly number[];
  /** Rows whose length float64 cannot hold. */
  readonly overflowing: number;
  readonly firstOverflowing: readonly number[];
}

/**
 * What one version of the embeddings is like, from its rows in blocks, read twice: `block` for every block, then `again` for
 * every block, then `finish`. Rows are taken as given, not scaled to length 1. Memory: 28 bytes a row and a few rows.
 */
export class VersionScan {
  private readonly norms: Float64Array;
  private readonly unitSum: Float64Array;
  private readonly shift: Float64Array;
  private readonly firstRow: Float64Array;
  private readonly varies: Uint8Array;
  private readonly counts: [number, number] = [0, 0];
  private readonly sums: readonly [Float64Array, Float64Array];
  private readonly squares: readonly [Float64Array, Float64Array];
  private readonly duplicates: Duplicates;
  private readonly dimension: EffectiveDimension;
  private scores: Float64Array | null = null;
  private means: readonly [Float64Array, Float64Array] | null = null;
  private direction: Float64Array | null = null;

  constructor(
    private readonly rows: number,
    private readonly dims: number,
    private readonly labels: Uint8Array,
    split: readonly string[] | null,
    budget?: number,
  ) {
    const zeros = () => new Float64Array(dims);
    this.norms = new Float64Array(rows);
    this.unitSum = zeros();
    this.shift = zeros();
    this.firstRow = zeros();
    this.varies = new Uint8Array(dims);
    this.sums = [zeros(), zeros()];
    this.squares = [zeros(), zeros()];
    this.duplicates = new Duplicates(rows, dims, labels, split);
    this.dimension = new EffectiveDimension(rows, dims, labels, budget);
  }

  block(first: number, values: Float32Array | Float64Array): void {
    const { dims, norms, unitSum, shift, firstRow, varies, labels } = this;
    if (first === 0) {
      for (let j = 0; j < dims; j++) shift[j] = firstRow[j] = values[j];
    }
    const rows = values.length / dims;
    for (let k = 0, at = 0; k < rows; k++, at += dims) {
      let squared = 0;
      for (let j = 0; j < dims; j++) squared += values[at + j] * values[at + j];
      const norm = Math.sqrt(squared);
      norms[first + k] = norm;
      const label = labels[first + k];
      this.counts[label]++;
      const sum = this.sums[label];
      const square = this.squares[label];
      const inverse = norm > 0 ? 1 / norm : 0;
      for (let j = 0; j < dims; j++) {
        const x = values[at + j];
        const gap = x - shift[j];
        sum[j] += gap;
        square[j] += gap * gap;
        unitSum[j] += inverse * x;
        if (x !== firstRow[j]) varies[j] = 1;
      }
    }
    this.duplicates.first(first, values);
    this.dimension.block(first, values);
  }

  again(first: number, values: Float32Array | Float64Array): void {
    this.duplicates.second(first, values);
    const { dims } = this;
    const direction = (this.direction ??= this.between());
    const scores = (this.scores ??= new Float64Array(this.rows));
    const rows = values.length / dims;
    for (let k = 0, at = 0; k < rows; k++, at += dims) {
      let score = 0;
      for (let j = 0; j < dims; j++) score += direction[j] * (values[at + j] - this.shift[j]);
      scores[first + k] = score;
    }
  }

  /** The line through the class means; zeros where a class has no rows. */
  private between(): Float64Array {
    const [zero, one] = this.classMeans();
    if (this.counts.includes(0)) return new Float64Array(this.dims);
    return Float64Array.from(one, (value, j) => value - zero[j]);
  }

  private classMeans(): readonly [Float64Array, Float64Array] {
    const of = (c: 0 | 1) =>
      this.sums[c].map((sum, j) => this.shift[j] + (this.counts[c] > 0 ? sum / this.counts[c] : 0));
    return (this.means ??= [of(0), of(1)]);
  }

  async finish(checkpoint?: () => void | Promise<void>): Promise<VersionScanned> {
    const { rows, dims, norms, counts, unitSum } = this;
    const squares = [0, 1].map((c) =>
      this.squares[c].map((square, j) => Math.max(0, square - (counts[c] > 0 ? this.sums[c][j] ** 2 / counts[c] : 0))),
    ) as [Float64Array, Float64Array];
    const zero = rowsWhere(norms, (norm) => norm === 0);
    const overflowing = rowsWhere(norms, (norm) => norm === Infinity);
    let squaredSum = 0;
    for (let j = 0; j < dims; j++) squaredSum += unitSum[j] * unitSum[j];
    const defined = rows >= 2 && zero.count === 0 && overflowing.count === 0;
    return {
      norms: normsOf(norms),
      zeroRows: zero.count,
      firstZeroRows: zero.first,
      overflowing: overflowing.count,
      firstOverflowing: overflowing.first,
      duplicates: this.duplicates.finish(),
      constantDims: rows < 2 ? [] : [...this.varies.keys()].filter((j) => this.varies[j] === 0),
      meanCosine: defined ? (squaredSum - rows) / (rows * (rows - 1)) : null,
      effectiveDimension: await this.dimension.finish(checkpoint),
      separability: {
        ...axisSeparation(this.labels, this.scores ?? new Float64Array(rows)),
        ...fisherRatios({ dims, counts, means: this.classMeans() as [Float64Array, Float64Array], squares }),
      },
    };
  }
}

function rowsWhere(values: Float64Array, is: (value: number) => boolean): { count: number; first: number[] } {
  const first: number[] = [];
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    if (!is(values[row])) continue;
    if (count++ < FIRST) first.push(row);
  }
  return { count, first };
}

function normsOf(norms: Float64Array): (NormSummary & { unit: boolean }) | null {
  const rows = norms.length;
  if (rows === 0) return null;
  const sorted = norms.slice().sort();
  const middle = rows >> 1;
  const [min, max] = [sorted[0], sorted[rows - 1]];
  const median = rows % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { min, median, max, unit: min >= 1 - UNIT_TOLERANCE && max <= 1 + UNIT_TOLERANCE };
}

/** How two versions of the same rows differ, block by block. */
export class VersionsScan {
  private identical = 0;
  private sum = 0;
  private count = 0;
  private least = Infinity;

  constructor(private readonly dims: number) {}

  block(base: Float32Array | Float64Array, target: Float32Array | Float64Array): void {
    const { dims } = this;
    for (let at = 0; at < base.length; at += dims) {
      let product = 0;
      let [a, b] = [0, 0];
      let same = true;
      for (let j = at; j < at + dims; j++) {
        const [x, y] = [base[j], target[j]];
        product += x * y;
        a += x * x;
        b += y * y;
        if (x !== y) same = false;
      }
      if (same) this.identical++;
      const cosine = Math.min(1, product / Math.sqrt(a) / Math.sqrt(b));
      if (!Number.isFinite(cosine)) continue;
      this.count++;
      this.sum += cosine;
      this.least = Math.min(this.least, cosine);
    }
  }

  finish(): { identicalRows: number; meanCosine: number | null; minCosine: number | null } {
    const { count } = this;
    return {
      identicalRows: this.identical,
      meanCosine: count > 0 ? this.sum / count : null,
      minCosine: count > 0 ? this.least : null,
    };
  }
}
