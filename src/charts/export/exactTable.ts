export type Cell = string | number | null;

/** Numbers as they are computed; null or NaN where undefined. */
export interface ExactTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Whether a value is an object that has all of these. */
export function has<K extends string>(value: unknown, ...keys: readonly K[]): value is Record<K, unknown> {
  return typeof value === 'object' && value !== null && keys.every((key) => key in value);
}
