import type { RowOutcomes } from './rowOutcomes.ts';

/** What became of the same rows from A to B. */
export interface Flips {
  readonly rows: number;
  /** Rows whose answer ŷ differs. */
  readonly changed: number;
  readonly rightToWrong: number;
  readonly wrongToRight: number;
  /** McNemar's exact two-sided p of the two counts above; null where no row went either way. */
  readonly p: number | null;
  /** Rows that became wrong and confident, and rows that ceased to be. */
  readonly silentGained: number;
  readonly silentLost: number;
  readonly silentP: number | null;
}

/**
 * McNemar's test by the exact binomial (McNemar 1947): of `b` + `c` rows that went one way or the other, each way with
 * probability ½, p = min(1, 2·P(X ≤ min(b, c))). null where b + c = 0.
 */
export function mcNemarExact(b: number, c: number): number | null {
  const n = b + c;
  if (n === 0) return null;
  const fewer = Math.min(b, c);
  let logTerm = -n * Math.LN2;
  for (let k = 1; k <= fewer; k++) logTerm += Math.log((n - k + 1) / k);
  // Terms fall from the largest, k = fewer, downwards.
  let sum = 0;
  for (let k = fewer, term = 1; k >= 0; k--) {
    sum += term;
    term *= k / (n - k + 1);
    if (term < sum * 1e-18) break;
  }
  return Math.min(1, 2 * Math.exp(logTerm + Math.log(sum)));
}

/** Counts the rows that went from one side to the other. The labels are those of the same rows. */
export function countFlips(a: RowOutcomes, b: RowOutcomes): Flips {
  const rows = a.labels.length;
  let [changed, rightToWrong, wrongToRight, silentGained, silentLost] = [0, 0, 0, 0, 0];
  for (let i = 0; i < rows; i++) {
    changed += a.answer[i] ^ b.answer[i];
    rightToWrong += a.correct[i] & (1 - b.correct[i]);
    wrongToRight += b.correct[i] & (1 - a.correct[i]);
    silentGained += b.silent[i] & (1 - a.silent[i]);
    silentLost += a.silent[i] & (1 - b.silent[i]);
  }
  const p = mcNemarExact(rightToWrong, wrongToRight);
  return {
    rows,
    changed,
    rightToWrong,
    wrongToRight,
    p,
    silentGained,
    silentLost,
    silentP: mcNemarExact(silentGained, silentLost),
  };
}
