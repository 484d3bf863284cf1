/** A number, text, truth value or nothing as Python writes it. Numbers keep every digit: both languages write doubles alike. */
export function py(value: number | string | boolean | null): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return Object.is(value, -0) ? '0' : String(value);
  // JSON's escapes are Python's too.
  return JSON.stringify(value);
}

/** A piece of a script: lines without indentation of their own, and what they need imported or defined before. */
export interface Piece {
  readonly lines: readonly string[];
  /** Names from {@link HELPERS} of helpers.ts that the lines call. */
  readonly uses?: readonly Helper[];
}

export type Helper = 'stream' | 'unit' | 'lengths';
