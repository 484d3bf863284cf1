import { CPythonRandom } from '../random/cpython.ts';
import { NumpyDefaultRng } from '../random/numpyChoice.ts';
import { PlanWriter } from './plan.ts';
import type { StreamPlan } from './plan.ts';
import { PUBLISHED_LENGTH, PUBLISHED_ONSET, shareAt, simulateStream } from './simulate.ts';

/** The monitor paper's five shifts of the input. */
export type ShiftCondition =
  'paraphrase' | 'code-switch' | 'compositional-long-context' | 'temporal' | 'adversarial-suffix';

/**
 * What was added to 1000 × seed to seed a stream: [seeds 0–4, seeds 5–19], two runs of the study. The paper took it from Python's
 * string hash, which differs from process to process; these were recovered from the published means before the onset.
 */
export const SEED_OFFSETS: Readonly<Record<ShiftCondition, readonly [number, number]>> = {
  paraphrase: [389, 713],
  'code-switch': [33, 521],
  'compositional-long-context': [440, 965],
  temporal: [420, 147],
  'adversarial-suffix': [42, 251],
};

/** The seed of the published stream of a condition and a study seed (0 to 19, else a RangeError); the negative control has one more. */
export function publishedSeed(condition: ShiftCondition, seed: number): number {
  if (!Number.isInteger(seed) || seed < 0 || seed > 19)
    throw new RangeError(`The published seeds are 0 to 19; this is ${seed}.`);
  return seed * 1000 + SEED_OFFSETS[condition][seed < 5 ? 0 : 1];
}

/** The seed of regime B ("temporal") and C ("adversarial success") for a study seed. */
export const regimeBSeed = (seed: number): number => seed * 1000 + 500;
export const regimeCSeed = (seed: number): number => seed * 1000 + 999;

/** A published abrupt stream: 500 clean records, then up to 300 shifted ones. */
export function publishedStream(cleanRows: number, shiftedRows: number, seed: number): StreamPlan {
  return simulateStream({
    cleanRows,
    shiftedRows,
    seed,
    onset: PUBLISHED_ONSET,
    length: PUBLISHED_LENGTH,
    mixing: 1,
    ramp: 0,
    whenCleanRunsOut: 'as-published',
  });
}

/** The negative control of a stream: the same loop over clean rows alone, seeded with one more. 500 rows make 500 steps. */
export function negativeControl(cleanRows: number, seed: number): StreamPlan {
  return publishedStream(cleanRows, 0, seed + 1);
}

/**
 * A stream of the paper's ramp study: the clean rows in the order of `Random(0)`, the same before every run; then `steps` steps
 * that take a shifted row with the share of the step while any is left, else the next clean row in the order of `Random(1)`. It
 * ends where both have run out.
 */
export function publishedRamp(
  cleanRows: number,
  shiftedRows: number,
  {
    seed,
    mixing,
    ramp,
    steps = 300,
  }: { readonly seed: number; readonly mixing: number; readonly ramp: number; readonly steps?: number },
): StreamPlan {
  const prefix = new CPythonRandom(0).shuffledRange(cleanRows);
  const filler = new CPythonRandom(1).shuffledRange(cleanRows);
  const random = new CPythonRandom(seed + 9999);
  const shifted = random.shuffledRange(shiftedRows);
  const plan = new PlanWriter(cleanRows, cleanRows + steps);
  for (const row of prefix) plan.push(false, row);
  let usedShifted = 0;
  let usedFiller = 0;
  for (let t = 0; t < steps; t++) {
    const wanted = random.random() < shareAt(t, mixing, ramp);
    if (wanted && usedShifted < shiftedRows) plan.push(true, shifted[usedShifted++]);
    else if (usedFiller < cleanRows) plan.push(false, filler[usedFiller++]);
    else break;
  }
  return plan.done();
}

/**
 * A stream of the paper's martingale study, drawn with replacement by NumPy's `default_rng(seed)`: `onset` clean rows, then
 * `steps` steps that draw one uniform and then one row, of the shifted pool with share min(m, m t / ramp), else of the clean one.
 */
export function bootstrapStream(
  cleanRows: number,
  shiftedRows: number,
  {
    seed,
    mixing,
    ramp = 50,
    onset = PUBLISHED_ONSET,
    steps = 300,
  }: {
    readonly seed: number;
    readonly mixing: number;
    readonly ramp?: number;
    readonly onset?: number;
    readonly steps?: number;
  },
): StreamPlan {
  const random = new NumpyDefaultRng(seed);
  const plan = new PlanWriter(onset, onset + steps);
  for (const row of random.indices(cleanRows, new Float64Array(onset))) plan.push(false, row);
  for (let t = 0; t < steps; t++) {
    const shifted = random.random() < shareAt(t, mixing, ramp);
    plan.push(shifted, random.index(shifted ? shiftedRows : cleanRows));
  }
  return plan.done();
}

/** A null stream of the martingale study: `steps` clean rows with replacement by `default_rng(seed)`. */
export function bootstrapNull(cleanRows: number, seed: number, steps: number = PUBLISHED_LENGTH): StreamPlan {
  return bootstrapStream(cleanRows, 1, { seed, mixing: 0, onset: steps, steps: 0 });
}
