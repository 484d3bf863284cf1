const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A typed number, or why it is none. */
export type Typed =
  { readonly value: number; readonly problem: null } | { readonly value: null; readonly problem: string | null };

/** Reads decimal notation with an optional exponent ("0.02", "−3", "1e-4"); a hexadecimal "0x10" is no number here. */
export function readDecimal(text: string): Typed {
  const plain = text.trim().replace('\u2212', '-');
  if (DECIMAL.test(plain)) return { value: Number(plain), problem: null };
  if (/^[+-]?\d*,\d+(e[+-]?\d+)?$/i.test(plain)) {
    return { value: null, problem: `Write a point for the decimal mark: ${plain.replace(',', '.')}.` };
  }
  return { value: null, problem: null };
}
