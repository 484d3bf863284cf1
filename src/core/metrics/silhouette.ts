import { dotAt } from '../linalg/dot.ts';
import { readRow } from './classMoments.ts';
import type { Embeddings, RowIndex } from '../linalg/embeddings.ts';

export interface Silhouette {
  /** Mean over the rows, in [−1, 1]; null where a class has no rows. */
  readonly mean: number | null;
  /** Standard deviation of the row values over √n; it treats rows as independent, which they are not quite. */
  readonly standardError: number | null;
  /** (b − a)/max(a, b) of each row; 0 for the only row of its class. Empty where mean is null. */
  readonly samples: Float64Array;
}

/**
 * Silhouette of the two classes (Rousseeuw 1987; arXiv 2603.01297, eq. 25): a is the mean distance to the other rows of the own
 * class, b that to the rows of the other class. O(n²·D): the caller chooses the rows, and nothing is sampled here.
 *
 * @param distance 'cosine' is 1 − cos, in [0, 2]; a zero row has cosine 0 with everything.
 */
export function silhouette(
  embeddings: Embeddings,
  rows: RowIndex,
  labels: Uint8Array,
  distance: 'euclidean' | 'cosine',
): Silhouette {
  const work = silhouetteWork(embeddings, rows, labels, distance);
  for (;;) {
    const turn = work.next();
    if (turn.done) return turn.value;
  }
}

/** {@link silhouette} in pieces: yields the share of the pairs done after each row. */
export function* silhouetteWork(
  embeddings: Embeddings,
  rows: RowIndex,
  labels: Uint8Array,
  distance: 'euclidean' | 'cosine',
): Generator<number, Silhouette> {
  const n = rows.length;
  const { dims } = embeddings;
  const counts = [0, 0];
  for (let i = 0; i < n; i++) counts[labels[i]]++;
  if (counts[0] === 0 || counts[1] === 0) return { mean: null, standardError: null, samples: new Float64Array(0) };
  const x = new Float64Array(n * dims);
  for (let i = 0; i < n; i++) {
    const row = x.subarray(i * dims, (i + 1) * dims);
    readRow(embeddings, rows[i], row);
    if (distance === 'cosine') {
      const length = Math.sqrt(dotAt(row, 0, row, 0, dims));
      if (length > 0) for (let j = 0; j < dims; j++) row[j] /= length;
    }
  }
  // Σ of distances from row i to the rows of class c, at 2i + c.
  const sums = new Float64Array(2 * n);
  for (let i = 0; i < n; i++) {
    for (let k = i + 1; k < n; k++) {
      let d = 0;
      if (distance === 'cosine') d = Math.min(2, Math.max(0, 1 - dotAt(x, i * dims, x, k * dims, dims)));
      else {
        for (let j = 0; j < dims; j++) {
          const gap = x[i * dims + j] - x[k * dims + j];
          d += gap * gap;
        }
        d = Math.sqrt(d);
      }
      sums[2 * i + labels[k]] += d;
      sums[2 * k + labels[i]] += d;
    }
    yield 1 - ((n - 1 - i) / n) ** 2;
  }
  const samples = new Float64Array(n);
  let total = 0;
  for (let i = 0; i < n; i++) {
    const own = labels[i];
    if (counts[own] > 1) {
      const a = sums[2 * i + own] / (counts[own] - 1);
      const b = sums[2 * i + 1 - own] / counts[1 - own];
      samples[i] = a === b ? 0 : (b - a) / Math.max(a, b);
    }
    total += samples[i];
  }
  const mean = total / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (samples[i] - mean) ** 2;
  return { mean, standardError: Math.sqrt(squares / (n - 1) / n), samples };
}
