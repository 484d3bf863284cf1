import { NLL_BLOCK } from './nll.ts';
import type { ConfidenceKind } from './confidence.ts';

/** Rows that are taken together, so that each loop stays short and its arrays stay in the first-level cache. */
export const BLOCK = NLL_BLOCK;

/** Values of one block of rows. */
export interface RowBlock {
  /** e^(−|z|) */
  readonly e: Float64Array;
  readonly p: Float64Array;
  readonly confidence: Float64Array;
  readonly label: Uint8Array;
  readonly right: Uint8Array;
  readonly bin: Uint16Array;
  /** p − threshold, then τ − confidence; p − ½. Their high words hold the signs. */
  readonly difference: Float64Array;
  readonly signs: Uint32Array;
  readonly fromHalf: Float64Array;
  readonly halfSigns: Uint32Array;
}

export function newBlock(): RowBlock {
  const difference = new Float64Array(BLOCK);
  const fromHalf = new Float64Array(BLOCK);
  return {
    e: new Float64Array(BLOCK),
    p: new Float64Array(BLOCK),
    confidence: new Float64Array(BLOCK),
    label: new Uint8Array(BLOCK),
    right: new Uint8Array(BLOCK),
    bin: new Uint16Array(BLOCK),
    difference,
    signs: new Uint32Array(difference.buffer),
    fromHalf,
    halfSigns: new Uint32Array(fromHalf.buffer),
  };
}

/** Counts and sums over all rows. */
export interface RowTotals {
  tp: number;
  fp: number;
  confidence: number;
  brier: number;
  nll: number;
  confident: number;
  highConfidenceErrors: number;
}

export function emptyTotals(): RowTotals {
  return { tp: 0, fp: 0, confidence: 0, brier: 0, nll: 0, confident: 0, highConfidenceErrors: 0 };
}

/**
 * From p, for each row of a block: ŷ, whether it is right, and the confidence, to the bits of `correctness` and `confidences`;
 * adds to the totals (nll apart).
 *
 * Comparisons of random rows are mispredicted branches, which cost more than the arithmetic. The sign bit of an IEEE difference
 * is the same comparison without the branch: x − y is +0 only where x equals y, and negative only where x < y.
 */
export function judgeBlock(
  block: RowBlock,
  labels: Uint8Array,
  start: number,
  rows: number,
  settings: { readonly threshold: number; readonly highConfidence: number; readonly confidence: ConfidenceKind },
  totals: RowTotals,
): void {
  const { p, label, right, confidence, difference, signs, fromHalf, halfSigns } = block;
  const { threshold, highConfidence } = settings;
  for (let k = 0; k < rows; k++) difference[k] = p[k] - threshold;
  if (settings.confidence === 'max') for (let k = 0; k < rows; k++) fromHalf[k] = p[k] - 0.5;
  else for (let k = 0; k < rows; k++) fromHalf[k] = p[k] - threshold;
  let tp = 0;
  let called = 0;
  let confidenceSum = totals.confidence;
  let brierSum = totals.brier;
  for (let k = 0; k < rows; k++) {
    const y = labels[start + k];
    const call = 1 - (signs[2 * k + 1] >>> 31);
    const upper = 1 - (halfSigns[2 * k + 1] >>> 31);
    const c = upper * p[k] + (1 - upper) * (1 - p[k]);
    const gap = p[k] - y;
    tp += call & y;
    called += call;
    confidenceSum += c;
    brierSum += gap * gap;
    label[k] = y;
    right[k] = 1 - (call ^ y);
    confidence[k] = c;
  }
  for (let k = 0; k < rows; k++) difference[k] = highConfidence - confidence[k];
  let confident = 0;
  let silent = 0;
  for (let k = 0; k < rows; k++) {
    const high = signs[2 * k + 1] >>> 31;
    confident += high;
    silent += high & (1 - right[k]);
  }
  totals.tp += tp;
  totals.fp += called - tp;
  totals.confidence = confidenceSum;
  totals.brier = brierSum;
  totals.confident += confident;
  totals.highConfidenceErrors += silent;
}
