import { DataError, grouped } from './errors.ts';

/** Throws where a number is NaN or infinite, naming its row and column (both counted from 1). */
export function checkFinite(values: Float32Array | Float64Array, dims: number, file: string): void {
  for (let i = 0; i < values.length; i++) {
    const v = values[i];
    // v − v is 0 for every finite number and NaN for NaN and ±Infinity.
    if (v - v !== 0) {
      throw new DataError(
        file,
        Math.floor(i / dims) + 1,
        `column ${(i % dims) + 1} is ${Number.isNaN(v) ? 'NaN' : v > 0 ? 'infinite' : 'minus infinite'}`,
        'Remove the row from embeddings and labels, or embed it again',
      );
    }
  }
}

/** Embeddings and labels pair row by row, so they must agree in number. */
export function checkRowsAgree(embeddingsFile: string, rows: number, labelsFile: string, labels: number): void {
  if (rows === labels) return;
  throw new DataError(
    embeddingsFile,
    null,
    `it has ${grouped(rows)} rows but ${labelsFile} has ${grouped(labels)} labels`,
    'Give files in which row i of one is row i of the other',
  );
}

/** A probe and an AUC need rows of both classes. */
export function checkBothClasses(labels: Uint8Array, file: string): void {
  let positives = 0;
  for (let i = 0; i < labels.length; i++) positives += labels[i];
  if (positives > 0 && positives < labels.length) return;
  const only = positives === 0 ? 0 : 1;
  throw new DataError(
    file,
    null,
    labels.length === 0 ? 'it has no labels' : `all ${grouped(labels.length)} labels are ${only}`,
    `Add rows with label ${1 - only}: a probe needs both classes`,
  );
}

/** Row norms ‖x‖ in float64. Not scaled: a row whose squares overflow float64 has norm Infinity. */
export function rowNorms(values: Float32Array | Float64Array, rows: number, dims: number): Float64Array {
  const norms = new Float64Array(rows);
  for (let r = 0, i = 0; r < rows; r++) {
    let sum = 0;
    for (const end = i + dims; i < end; i++) sum += values[i] * values[i];
    norms[r] = Math.sqrt(sum);
  }
  return norms;
}

/** Throws at the first row whose length overflows float64. */
export function checkLengths(norms: Float64Array, file: string): void {
  const row = norms.indexOf(Infinity);
  if (row !== -1) {
    throw new DataError(
      file,
      row + 1,
      'its length cannot be held in float64',
      'Scale all rows by one common factor first',
    );
  }
}

/** Throws at the first row that has no direction to normalise to, or whose length float64 cannot hold. */
export function checkNormalizable(norms: Float64Array, file: string): void {
  for (let r = 0; r < norms.length; r++) {
    if (norms[r] === 0) {
      throw new DataError(
        file,
        r + 1,
        'all its numbers are zero (or too small to square), so it cannot be scaled to length 1',
        'Remove the row from embeddings and labels, or switch normalisation off',
      );
    }
    if (!Number.isFinite(1 / norms[r]) || !Number.isFinite(norms[r])) {
      throw new DataError(
        file,
        r + 1,
        'its length cannot be held in float64',
        'Scale all rows by one common factor first',
      );
    }
  }
}

export interface NormSummary {
  readonly min: number;
  /** Middle norm; mean of the two middle ones where rows are even in number. */
  readonly median: number;
  readonly max: number;
}

/** Summary of row norms as read; null where there are no rows. */
export function normSummary(values: Float32Array | Float64Array, rows: number, dims: number): NormSummary | null {
  if (rows === 0) return null;
  const sorted = rowNorms(values, rows, dims).sort();
  const middle = rows >> 1;
  const median = rows % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { min: sorted[0], median, max: sorted[rows - 1] };
}
