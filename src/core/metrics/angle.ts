import { readRow } from './classMoments.ts';
import { sortedQuantile } from './overlap.ts';
import { angleOfScaled } from '../linalg/angle.ts';
import type { Embeddings, RowIndex } from '../linalg/embeddings.ts';

function lengthOf(v: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < v.length; j++) sum += v[j] * v[j];
  return Math.sqrt(sum);
}

/** Angle between two vectors in degrees. NaN where a vector is zero. */
export function angleDegrees(u: Float64Array, v: Float64Array): number {
  const a = 1 / lengthOf(u);
  const b = 1 / lengthOf(v);
  if (a === Infinity || b === Infinity) return NaN;
  return angleOfScaled(u, a, v, b);
}

/** Angle in degrees between corresponding rows: `rowsA[i]` of a and `rowsB[i]` of b. NaN where a row is zero. */
export function rowAngles(a: Embeddings, rowsA: RowIndex, b: Embeddings, rowsB: RowIndex): Float64Array {
  const u = new Float64Array(a.dims);
  const v = new Float64Array(b.dims);
  return Float64Array.from(rowsA, (row, i) => {
    readRow(a, row, u);
    readRow(b, rowsB[i], v);
    return angleDegrees(u, v);
  });
}

export interface AngleSummary {
  readonly mean: number | null;
  /** At the levels asked for, by linear interpolation (numpy's default). */
  readonly quantiles: readonly number[] | null;
}

/** Mean and quantiles of angles; nulls without rows. NaN angles (zero rows) make both NaN. */
export function summarizeAngles(angles: Float64Array, levels: readonly number[] = [0.05, 0.5, 0.95]): AngleSummary {
  if (angles.length === 0) return { mean: null, quantiles: null };
  let sum = 0;
  for (let i = 0; i < angles.length; i++) sum += angles[i];
  const ascending = angles.slice().sort();
  const bad = Number.isNaN(sum);
  return {
    mean: sum / angles.length,
    quantiles: levels.map((level) => (bad ? NaN : sortedQuantile(ascending, level))),
  };
}

/** How much of a drift all rows share. */
export interface AngleSplit {
  /** Degrees between the centroids of the unit rows, before and after; null with `reason`. */
  readonly common: number | null;
  /** Mean of `individualAngles`; null with `reason`. */
  readonly individual: number | null;
  /**
   * Degrees between each row before, and the row after turned back by the common rotation: the rotation in the plane of both
   * centroids that takes the centroid direction after to that before, and leaves everything orthogonal to the plane alone.
   */
  readonly individualAngles: Float64Array;
  readonly reason: string | null;
}

function centroid(embeddings: Embeddings, rows: RowIndex): Float64Array {
  const sum = new Float64Array(embeddings.dims);
  const x = new Float64Array(embeddings.dims);
  for (let i = 0; i < rows.length; i++) {
    readRow(embeddings, rows[i], x);
    const length = lengthOf(x);
    if (length > 0) for (let j = 0; j < x.length; j++) sum[j] += x[j] / length;
  }
  for (let j = 0; j < sum.length; j++) sum[j] /= Math.max(1, rows.length);
  return sum;
}

/**
 * Splits a drift into the angle between the centroids of the unit rows (common) and the angles left after turning it back
 * (individual). A rigid rotation of a tight cone is all common; zero-mean noise is all individual. The parts do not add up:
 * they are angles of different pairs.
 */
export function splitAngles(
  before: Embeddings,
  rowsBefore: RowIndex,
  after: Embeddings,
  rowsAfter: RowIndex,
): AngleSplit {
  const none = (reason: string): AngleSplit => ({
    common: null,
    individual: null,
    individualAngles: new Float64Array(0),
    reason,
  });
  if (rowsBefore.length === 0) return none('There are no rows.');
  const a = centroid(before, rowsBefore);
  const b = centroid(after, rowsAfter);
  const lengthA = lengthOf(a);
  const lengthB = lengthOf(b);
  if (!(Math.min(lengthA, lengthB) > 1e-12))
    return none('The rows point in all directions alike: their centroid is zero.');
  const dims = a.length;
  for (let j = 0; j < dims; j++) {
    a[j] /= lengthA;
    b[j] /= lengthB;
  }
  const common = angleDegrees(a, b);
  let cosine = 0;
  for (let j = 0; j < dims; j++) cosine += a[j] * b[j];
  if (1 + cosine < 1e-12) return none('The centroids are opposite: no single plane turns one into the other.');
  const u = new Float64Array(dims);
  const v = new Float64Array(dims);
  const individualAngles = Float64Array.from(rowsBefore, (row, i) => {
    readRow(before, row, u);
    readRow(after, rowsAfter[i], v);
    let av = 0;
    let bv = 0;
    for (let j = 0; j < dims; j++) {
      av += a[j] * v[j];
      bv += b[j] * v[j];
    }
    // Turns b to a: R v = v − (a + b)·((a + b)·v)/(1 + a·b) + 2a·(b·v).
    const along = (av + bv) / (1 + cosine);
    for (let j = 0; j < dims; j++) v[j] += 2 * bv * a[j] - along * (a[j] + b[j]);
    return angleDegrees(u, v);
  });
  return { common, individual: summarizeAngles(individualAngles).mean, individualAngles, reason: null };
}
