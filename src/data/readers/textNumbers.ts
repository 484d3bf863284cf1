const ODD: Readonly<Record<string, number>> = {
  nan: NaN,
  inf: Infinity,
  '+inf': Infinity,
  '-inf': -Infinity,
  infinity: Infinity,
  '+infinity': Infinity,
  '-infinity': -Infinity,
};

/**
 * The number that a text spells: decimal, with or without an exponent, or NaN and infinity as Python, R and JavaScript
 * write them. An empty text is NaN; null where it spells no number.
 */
export function numberIn(text: string): number | null {
  const value = Number(text);
  if (Number.isFinite(value) && value !== 0) return text.charCodeAt(1) <= 57 || isDecimal(text) ? value : null;
  const word = text.trim();
  if (word === '') return NaN;
  if (Object.hasOwn(ODD, word.toLowerCase())) return ODD[word.toLowerCase()];
  return Number.isNaN(value) || !isDecimal(word) ? null : value;
}

/** Number() also reads 0x10, 0b1 and 0o7. */
function isDecimal(text: string): boolean {
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text);
}

/** The whole numbers beyond ±2^53 lose digits as numbers. */
export function losesDigits(text: string, value: number): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value) && /^\s*[+-]?\d+\s*$/.test(text);
}

/**
 * The numbers of a cell such as "[0.1, 0.2]" (a list of Python, JSON) or "[0.1 0.2]" (an array of NumPy as text); null
 * where it is no such list.
 */
export function numbersIn(cell: string): readonly number[] | null {
  const text = cell.trim();
  if (!text.startsWith('[') || !text.endsWith(']')) return null;
  try {
    const json: unknown = JSON.parse(text);
    return Array.isArray(json) ? numbersOfList(json) : null;
  } catch {
    // NumPy 2 shows its numbers in a Python list as np.float64(0.1).
    const plain = text.slice(1, -1).replace(/\bnp\.float(?:16|32|64)\(([^()]*)\)/g, '$1');
    const parts = plain.trim().split(/\s*,\s*|\s+/);
    const numbers = parts.map((part) => (part === '' ? null : numberIn(part)));
    return numbers.every((v) => v !== null) ? numbers : null;
  }
}

/** A list of JSON as numbers, null as NaN; null where something else stands in it. */
export function numbersOfList(list: readonly unknown[]): readonly number[] | null {
  const out: number[] = [];
  for (const value of list) {
    if (typeof value === 'number') out.push(value);
    else if (value === null) out.push(NaN);
    else return null;
  }
  return out;
}
