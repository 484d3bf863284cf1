import type { PublishedNumber } from '../../../../data/publishedFigures.ts';

/** One published number beside the recomputed one. */
export interface ComparisonRow {
  /** Name of the recomputed number, for tests. */
  readonly metric: string;
  readonly what: string;
  /** null where nothing is published. */
  readonly published: PublishedNumber | null;
  /** null where undefined, or where the paper does not say enough to compute it. */
  readonly recomputed: number | null;
  readonly decimals: number;
  /** Why they differ, or what cannot be. */
  readonly note?: string;
}

/** Recomputed less published; null where either is missing. */
export function differenceOf({ published, recomputed }: ComparisonRow): number | null {
  return published === null || recomputed === null ? null : recomputed - published.value;
}

/** A published number as it was printed: "≈ 0.55" where it was given as about. */
export function publishedText({ value, about }: PublishedNumber): string {
  return `${about ? '≈ ' : ''}${Number(value.toFixed(4))}`;
}

/** The place that most published values of the rows come from, if more than one does; said once, above the table. */
export function commonSource(rows: readonly ComparisonRow[]): string | null {
  const counts = new Map<string, number>();
  for (const { published } of rows) if (published) counts.set(published.where, (counts.get(published.where) ?? 0) + 1);
  const most = [...counts].sort(([, a], [, b]) => b - a).at(0);
  return most !== undefined && most[1] > 1 ? most[0] : null;
}
