import { CPythonRandom } from '../random/cpython.ts';
import { PlanWriter } from './plan.ts';
import type { StreamPlan } from './plan.ts';
import { ShuffledPool } from './pool.ts';

/** Published steps of a stream: 500 before the shift, 800 in all. */
export const PUBLISHED_ONSET = 500;
export const PUBLISHED_LENGTH = 800;

export interface StreamOptions {
  /** Rows of the pools. No shifted rows make a stream without shift (a negative control). */
  readonly cleanRows: number;
  readonly shiftedRows: number;
  /** A whole number within ±(2^53 − 1): Python's `random.Random(seed)` draws the stream. */
  readonly seed: number;
  /** Steps before the shift may begin. */
  readonly onset: number;
  readonly length: number;
  /** Share of shifted records once the shift is complete, 0 to 1. */
  readonly mixing: number;
  /** Steps over which the share rises from 0 to `mixing`; 0 for an abrupt shift. */
  readonly ramp: number;
  /**
   * 'as-published': each row is given once, and the stream ends where a clean record is wanted and none is left. With 500 clean
   * rows, an onset at 500 and a mixing below 1, that is the first unshifted draw after the onset: the published defect.
   * 'keep-drawing': a pool that runs out is shuffled anew. Until then both give the same stream.
   */
  readonly whenCleanRunsOut: 'as-published' | 'keep-drawing';
}

function check(options: StreamOptions): void {
  const { cleanRows, shiftedRows, onset, length, mixing, ramp } = options;
  for (const [what, value] of Object.entries({ cleanRows, shiftedRows, onset, length, ramp })) {
    if (!Number.isSafeInteger(value) || value < 0 || value > 0xffffffff) {
      throw new RangeError(`${what} must be a whole number from 0 to 2^32 − 1; it is ${value}.`);
    }
  }
  if (!(mixing >= 0 && mixing <= 1)) throw new RangeError(`The mixing must be a share from 0 to 1; it is ${mixing}.`);
  if (cleanRows === 0) throw new RangeError('A stream needs at least one clean row.');
}

/** Share of shifted records at step t, counted from 0 at the onset: min(m, m t / ramp), or m where the shift is abrupt. */
export function shareAt(t: number, mixing: number, ramp: number): number {
  return ramp === 0 ? mixing : Math.min(mixing, (mixing * t) / ramp);
}

/**
 * The monitor paper's stream simulator (its regime A, the negative controls, and the ramp in the same loop): the clean rows
 * shuffled, then the shifted rows; after the onset, each step takes a shifted row with the share of that step while any is left,
 * else a clean one. Options that make no stream are a RangeError.
 */
export function simulateStream(options: StreamOptions): StreamPlan {
  check(options);
  const { onset, length, mixing, ramp } = options;
  const random = new CPythonRandom(options.seed);
  const clean = new ShuffledPool(options.cleanRows, random);
  const shifted = new ShuffledPool(options.shiftedRows, random);
  const refill = options.whenCleanRunsOut === 'keep-drawing';
  const plan = new PlanWriter(onset, length);
  for (let t = 0; t < length; t++) {
    // Before the onset nothing is drawn, as in Python's short-circuiting `and`.
    if (t >= onset && random.random() < shareAt(t - onset, mixing, ramp)) {
      const row = refill ? shifted.takeOrRefill() : shifted.take();
      if (row !== null) {
        plan.push(true, row);
        continue;
      }
    }
    const row = refill ? clean.takeOrRefill() : clean.take();
    if (row === null) break;
    plan.push(false, row);
  }
  return plan.done();
}
