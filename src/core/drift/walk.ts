import { angleOfScaled } from '../linalg/angle.ts';
import type { Embeddings } from '../linalg/embeddings.ts';
import { allocateEmbeddings } from '../linalg/simdKernels.ts';
import { readRow, rowNorm } from './definition.ts';
import { VanishedRowError } from './score.ts';
import { PRODUCTS, walkStep, type StepMap, type WalkSettings, type WalkStart } from './walkSteps.ts';

/** Most rows between two looks at the clock. */
const BLOCK = 32;

/**
 * A walk: every step drifts what the step before it left, for all rows, in all D dimensions. Sums are float64; the one
 * working copy of the rows is float32, so that every step rounds it.
 */
export interface Walk {
  /** The rows where the walk stands, overwritten by each step. */
  readonly embeddings: Embeddings & { readonly values: Float32Array };
  /** Steps taken so far. */
  readonly taken: number;
  /** One step on; yields the share done. Must be run to its end. */
  advance(): Generator<number, void, void>;
  /** The last step undone, by its inverse with the displacement that it had. Must be run to its end. */
  retreat(): Generator<number, void, void>;
}

/**
 * Begins a walk at `start`. σ of a step is in units of the length the row had at the start, and with `renormalize` each
 * row has that length after every step.
 *
 * Throws {@link VanishedRowError} in a step that moves a row onto the origin.
 */
export function beginWalk(settings: WalkSettings, start: WalkStart): Walk {
  const { rows, dims, values, scale } = start.embeddings;
  const embeddings = allocateEmbeddings(rows, dims);
  embeddings.values.set(values);
  embeddings.scale.set(scale);
  const lengths = Float64Array.from({ length: rows }, (_, row) => rowNorm(start.embeddings, row));
  /** ‖y‖ over the length that the row then got, for each step and row: what an exact way back has to know. */
  const factors: Float64Array[] = [];
  const maps: StepMap[] = [];
  const x = new Float64Array(dims);
  const y = new Float64Array(dims);

  function* mapOf(k: number): Generator<number, StepMap, void> {
    const at = settings.fresh ? k : 1;
    return (maps[at - 1] ??= yield* walkStep(settings, start, at));
  }
  const write = (row: number, from: Float64Array, factor: number): void => {
    const at = row * dims;
    const by = factor / scale[row];
    for (let j = 0; j < dims; j++) embeddings.values[at + j] = from[j] * by;
  };

  return {
    embeddings,
    get taken() {
      return factors.length;
    },
    *advance() {
      const map = yield* before(mapOf(factors.length + 1), 0);
      const block = blockOf(map);
      const factor = new Float64Array(rows).fill(1);
      for (let row = 0; row < rows; row++) {
        readRow(embeddings, row, x);
        map.forward(row, x, lengths[row], y);
        if (settings.renormalize && lengths[row] > 0) {
          let square = 0;
          for (let j = 0; j < dims; j++) square += y[j] * y[j];
          if (!(square > 0)) throw new VanishedRowError(row, settings.sigma, row);
          factor[row] = Math.sqrt(square) / lengths[row];
        }
        write(row, y, 1 / factor[row]);
        if (row % block === block - 1) yield BEFORE + ((1 - BEFORE) * (row + 1)) / rows;
      }
      factors.push(factor);
    },
    *retreat() {
      const factor = factors.at(-1);
      if (factor === undefined) throw new RangeError('The walk is at its start.');
      const map = yield* mapOf(factors.length);
      yield* before(map.prepareBack(), 1);
      const block = blockOf(map);
      for (let row = 0; row < rows; row++) {
        readRow(embeddings, row, y);
        for (let j = 0; j < dims; j++) y[j] *= factor[row];
        map.back(row, y, lengths[row], x);
        write(row, x, 1);
        if (row % block === block - 1) yield (1 - BEFORE) * (1 - (row + 1) / rows);
      }
      factors.pop();
      if (settings.fresh) maps.length = factors.length;
    },
  };
}

/** Share of a step that making its map takes, as far as progress is concerned. */
const BEFORE = 0.5;

/** Work whose share done is the first half of a step, counted from `at` = 0 up, or down from 1 for the way back. */
function* before<R>(work: Generator<number, R, void>, at: 0 | 1): Generator<number, R, void> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    yield Math.abs(at - BEFORE * step.value);
  }
}

/** Rows that one piece takes. */
function blockOf({ productsPerRow }: StepMap): number {
  return Math.max(1, Math.min(BLOCK, Math.floor(PRODUCTS / productsPerRow)));
}

/**
 * Mean angle in degrees between the given rows of two embeddings of the same shape, over rows that are not zero in either;
 * null where there is none.
 */
export function* meanAngleBetween(
  from: Embeddings,
  to: Embeddings,
  rows: Uint32Array,
): Generator<number, number | null, void> {
  const x = new Float64Array(from.dims);
  const y = new Float64Array(from.dims);
  let sum = 0;
  let n = 0;
  for (let k = 0; k < rows.length; k++) {
    const a = Math.sqrt(readRow(from, rows[k], x));
    const b = Math.sqrt(readRow(to, rows[k], y));
    if (k % BLOCK === BLOCK - 1) yield (k + 1) / rows.length;
    if (a === 0 || b === 0) continue;
    sum += angleOfScaled(x, 1 / a, y, 1 / b);
    n++;
  }
  return n === 0 ? null : sum / n;
}

/**
 * Largest ‖y − x‖/‖x‖ over all rows of two embeddings of the same shape; rows that are zero in `from` are left out. Yields
 * the share done.
 */
export function* largestDistance(from: Embeddings, to: Embeddings): Generator<number, number, void> {
  const x = new Float64Array(from.dims);
  const y = new Float64Array(from.dims);
  let largest = 0;
  for (let row = 0; row < from.rows; row++) {
    const square = readRow(from, row, x);
    readRow(to, row, y);
    let apart = 0;
    for (let j = 0; j < x.length; j++) apart += (y[j] - x[j]) ** 2;
    if (square > 0) largest = Math.max(largest, apart / square);
    if (row % BLOCK === BLOCK - 1) yield (row + 1) / from.rows;
  }
  return Math.sqrt(largest);
}
