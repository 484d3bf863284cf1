/** Bits of a prediction set: 1 where it holds label 0, 2 where it holds label 1. */
export const EMPTY = 0;
export const ONLY_0 = 1;
export const ONLY_1 = 2;
export const BOTH = 3;

/** The labels whose nonconformity is at most q: 1 where 1 − p ≤ q, 0 where p ≤ q. q may be ±Infinity. */
export function predictionSet(p: number, q: number): number {
  return (p <= q ? ONLY_0 : EMPTY) + (1 - p <= q ? ONLY_1 : EMPTY);
}

/** The prediction set of every row; `q` is one threshold for all or one a row. */
export function predictionSets(p: Float64Array, q: number | Float64Array): Uint8Array {
  const each = typeof q === 'number' ? null : q;
  if (each !== null && each.length !== p.length) {
    throw new RangeError(`There are ${p.length} scores but ${each.length} thresholds.`);
  }
  const sets = new Uint8Array(p.length);
  for (let i = 0; i < p.length; i++) sets[i] = predictionSet(p[i], each === null ? (q as number) : each[i]);
  return sets;
}

/** Whether the set holds the label. */
export function covers(set: number, label: number): boolean {
  return (set & (label === 1 ? ONLY_1 : ONLY_0)) !== 0;
}

/** Whether the monitor hands the row on: its set is empty or holds both labels. */
export function abstains(set: number): boolean {
  return set === EMPTY || set === BOTH;
}
