import type { Embeddings, RowIndex } from '../linalg/embeddings.ts';
import { readRow } from './definition.ts';
import { VanishedRowError } from './score.ts';
import type { PreparedDrift } from './types.ts';

interface Scratch {
  readonly d: Float64Array;
  readonly p: Float64Array | null;
}

const scratches = new WeakMap<PreparedDrift, Scratch>();

function scratchOf(prepared: PreparedDrift): Scratch {
  let scratch = scratches.get(prepared);
  if (scratch === undefined) {
    const { dims } = prepared;
    scratch = { d: new Float64Array(dims), p: prepared.hasSecondComponent ? new Float64Array(dims) : null };
    scratches.set(prepared, scratch);
  }
  return scratch;
}

/**
 * The literal drift of the k-th of `rows` in all D dimensions, in float64: writes x′ into `out` (length dims). At no
 * drift (α = 1, β = γ = 0) x′ is x to the last bit.
 *
 * Throws {@link VanishedRowError} where y = 0 and should be renormalised.
 */
export function transformRow(
  prepared: PreparedDrift,
  embeddings: Embeddings,
  rows: RowIndex,
  k: number,
  sigma: number,
  out: Float64Array,
): void {
  const { alpha, beta, gamma } = prepared.coefficients(sigma);
  const n2 = readRow(embeddings, rows[k], out);
  if (alpha === 1 && beta === 0 && gamma === 0) return;
  const { dims, norm } = prepared;
  const { d, p } = scratchOf(prepared);
  prepared.components(k, d, p);
  let square = 0;
  let dd = 0;
  for (let j = 0; j < dims; j++) {
    const y = alpha * out[j] + beta * d[j] + (p === null ? 0 : gamma * p[j]);
    out[j] = y;
    square += y * y;
    dd += d[j] * d[j];
  }
  if (norm === 'none') return;
  if (!(square > 0)) throw new VanishedRowError(k, sigma, rows[k]);
  const length = norm === 'original' ? Math.sqrt(n2) : alpha * Math.sqrt(n2) + beta * Math.sqrt(dd);
  const factor = length / Math.sqrt(square);
  for (let j = 0; j < dims; j++) out[j] *= factor;
}

/**
 * Drifts every row in order and hands each to `visit` (the buffer is reused); yields the share done, in [0, 1], after
 * every `block` rows.
 */
export function* transformRows(
  prepared: PreparedDrift,
  embeddings: Embeddings,
  rows: RowIndex,
  sigma: number,
  visit: (k: number, row: Float64Array) => void,
  block = 64,
): Generator<number, void> {
  const out = new Float64Array(prepared.dims);
  const n = rows.length;
  for (let k = 0; k < n; k++) {
    transformRow(prepared, embeddings, rows, k, sigma, out);
    visit(k, out);
    if ((k + 1) % block === 0 || k + 1 === n) yield (k + 1) / n;
  }
}
