/** The table behind a chart: every cell as text, the first column naming the row. */
export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: ReadonlyArray<readonly string[]>;
  /** Said under the table where it does not hold all that the chart does. */
  readonly note?: string;
}

/** `count` indices spread evenly over 0 … length − 1, both ends among them. */
export function spreadIndices(length: number, count: number): number[] {
  if (length <= count) return Array.from({ length }, (_, i) => i);
  return Array.from({ length: count }, (_, k) => Math.round((k * (length - 1)) / (count - 1)));
}
