import { norm } from '../core/linalg/dot.ts';
import { stream } from '../core/random/streams.ts';
import { DataError } from './errors.ts';

/** Rows with the factor each is multiplied by; structurally the core's Embeddings. */
interface Rows {
  readonly values: Float32Array | Float64Array;
  readonly rows: number;
  readonly dims: number;
  readonly scale: Float64Array;
}

/** Length of the common direction in units of a row's length, above 0, and the seed of the direction. */
export interface Cone {
  readonly multiple: number;
  readonly seed: number;
}

/** Values between two reports of progress. */
const PIECE = 1 << 20;

/** `stream(seed, 'cone').standard_normal(dims)` divided by its length, whose squares are summed from first to last. */
export function coneDirection(seed: number, dims: number): Float64Array {
  const g = stream(seed, 'cone').standardNormal(new Float64Array(dims));
  let squares = 0;
  for (let j = 0; j < dims; j++) squares += g[j] * g[j];
  const length = Math.sqrt(squares);
  for (let j = 0; j < dims; j++) g[j] /= length;
  return g;
}

/**
 * Writes the rows of `base` into `out` (float32 of the same shape), each turned towards a common direction u
 * ({@link coneDirection}): the row x, of length ℓ, becomes ℓ·y/‖y‖ with y = x/ℓ + multiple·u. Unit rows stay unit rows, and
 * rows that were not normalised keep their lengths: the cone turns rows and never stretches them. A row of zeros has no
 * direction and stays.
 *
 * To the last bit, for unit rows (`base.scale` = 1/‖values‖): values = float32(scale·values + multiple·u) with sums and
 * products in float64; the new scale = 1/√Σ values² in float64, summed from first to last. For rows used as given the first
 * factor is 1/‖values‖, and the new scale that length times the old scale over the new one.
 *
 * float32 holds multiple·u to 2^−24 of itself: at a multiple of 1,000 a unit row in 1,000 dimensions keeps 4 digits.
 * Yields the share done, in [0, 1]. Throws DataError for a row that the direction cancels.
 */
export function* coneSteps(
  base: Rows,
  { multiple, seed }: Cone,
  unit: boolean,
  out: Rows & { readonly values: Float32Array },
  name = 'the embeddings',
): Generator<number, void> {
  const { values: from, rows, dims } = base;
  const { values: to, scale } = out;
  const push = coneDirection(seed, dims);
  for (let j = 0; j < dims; j++) push[j] *= multiple;
  const step = Math.max(1, Math.floor(PIECE / dims));
  for (let r = 0; r < rows; r++) {
    const at = r * dims;
    const length = unit ? 1 : lengthAt(from, at, dims);
    const factor = unit ? base.scale[r] : 1 / length;
    if (length === 0) {
      to.fill(0, at, at + dims);
      scale[r] = base.scale[r];
      continue;
    }
    for (let j = 0; j < dims; j++) to[at + j] = factor * from[at + j] + push[j];
    const turned = lengthAt(to, at, dims);
    if (turned === 0) {
      throw new DataError(
        name,
        r + 1,
        'the cone’s direction cancels it',
        'Change the multiple or the seed of the cone',
      );
    }
    scale[r] = unit ? 1 / turned : (length * base.scale[r]) / turned;
    if ((r + 1) % step === 0) yield (r + 1) / rows;
  }
}

function lengthAt(values: Float32Array | Float64Array, at: number, dims: number): number {
  let squares = 0;
  for (let i = at; i < at + dims; i++) squares += values[i] * values[i];
  return Math.sqrt(squares);
}

/** A multiple, or why there is none. */
export type SolvedMultiple =
  | { readonly multiple: number; readonly meanCosine: number; readonly reason: null }
  | { readonly multiple: null; readonly meanCosine: number | null; readonly reason: string };

const STEPS = 40;
const CLOSE = 1e-7;

/**
 * The multiple whose cone has the mean pairwise cosine `target`, exact for the given rows (float64, before the rounding to
 * float32) to a relative 1e-7 of 1 − target.
 *
 * `unitRows` gives, for weights p, the vector Σ p_r·x̂_r of the unit rows (rows of zeros count for nothing); `along` holds
 * x̂_r·u and NaN for rows of zeros. A coned row has length n_r = √(1 + 2m·along_r + m²), so that the sum of all of them is
 * Σ x̂_r/n_r + m·u·Σ 1/n_r: one O(rows × dims) product for each m tried. The start takes along_r as equal,
 * m = −a + √(a² + (target − c₀)/(1 − target)), and two to four secant steps on log(1 − c) against log(1 + m²) end it.
 *
 * No multiple where target is outside (c₀, 1): adding a common direction narrows the cone and never widens it, but for
 * an amount within chance where the direction points away from the rows.
 */
export async function multipleForMeanCosine(
  target: number,
  u: Float64Array,
  along: Float64Array,
  unitRows: (weights: Float64Array, out: Float64Array) => void,
  checkpoint: () => Promise<void> = async () => {},
): Promise<SolvedMultiple> {
  const n = along.length;
  if (n < 2) return { multiple: null, meanCosine: null, reason: 'A mean cosine needs at least two rows.' };
  const weights = new Float64Array(n);
  const sum = new Float64Array(u.length);
  let zeros = 0;
  let mean = 0;
  for (let r = 0; r < n; r++) {
    if (Number.isNaN(along[r])) zeros++;
    else mean += along[r] / n;
  }
  if (zeros > 0) return { multiple: null, meanCosine: null, reason: `${zeros} rows of zeros have no cosine.` };
  const at = (m: number): number => {
    let total = 0;
    for (let r = 0; r < n; r++) {
      weights[r] = 1 / Math.sqrt(1 + 2 * m * along[r] + m * m);
      total += weights[r];
    }
    unitRows(weights, sum);
    for (let j = 0; j < u.length; j++) sum[j] += m * total * u[j];
    return (norm(sum) ** 2 - n) / (n * (n - 1));
  };
  const c0 = at(0);
  if (!(target < 1)) return { multiple: null, meanCosine: c0, reason: 'A mean cosine lies below 1.' };
  if (!(target > c0)) {
    const reason = `The rows’ own mean cosine is ${c0.toFixed(3)}; a common direction can only raise it.`;
    return { multiple: null, meanCosine: c0, reason };
  }
  const toMultiple = (log: number): number => Math.sqrt(Math.expm1(log));
  const toLog = (m: number): number => Math.log1p(m * m);
  const wanted = Math.log1p(-target);
  let [low, high] = [0, Infinity];
  let log = toLog(-mean + Math.sqrt(mean * mean + (target - c0) / (1 - target)));
  let before: { readonly log: number; readonly off: number } | null = null;
  for (let step = 0; step < STEPS; step++) {
    await checkpoint();
    const m = toMultiple(log);
    const c = at(m);
    const off = Math.log1p(-c) - wanted;
    if (Math.abs(off) <= CLOSE) return { multiple: m, meanCosine: c, reason: null };
    if (off > 0) low = log;
    else high = log;
    const slope: number = before === null ? -1 : (off - before.off) / (log - before.log);
    before = { log, off };
    const next: number = log - off / slope;
    // Where the secant leaves the bracket, halve it; above there may be no end yet.
    log = next > low && next < high ? next : high === Infinity ? 2 * low + 0.1 : (low + high) / 2;
  }
  return { multiple: null, meanCosine: c0, reason: 'No multiple gives this mean cosine to 7 digits.' };
}
