/** What a parser says of a value: the value as the spec holds it, or one plain sentence on what was expected. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly expected: string };

/** A field's way between JSON and the spec. `eq` decides whether a value is the default and may be left out. */
export interface Parser<T> {
  readonly parse: (value: unknown) => Parsed<T>;
  readonly eq: (a: T, b: T) => boolean;
}

const good = <T>(value: T): Parsed<T> => ({ ok: true, value });
const bad = <T>(expected: string): Parsed<T> => ({ ok: false, expected });

/** A finite number in a range; `above` excludes the lower end and `below` the upper one. */
export function number(range: { min?: number; above?: number; max?: number; below?: number }): Parser<number> {
  const { min = -Infinity, above = -Infinity, max = Infinity, below = Infinity } = range;
  const parts = [
    range.min !== undefined ? `at least ${range.min}` : null,
    range.above !== undefined ? `above ${range.above}` : null,
    range.max !== undefined ? `at most ${range.max}` : null,
    range.below !== undefined ? `below ${range.below}` : null,
  ].filter((part) => part !== null);
  const expected = `a number ${parts.join(' and ')}`.trim();
  return {
    parse: (value) =>
      typeof value === 'number' &&
      Number.isFinite(value) &&
      value >= min &&
      value > above &&
      value <= max &&
      value < below
        ? good(value === 0 ? 0 : value)
        : bad(expected),
    eq: (a, b) => a === b,
  };
}

/** A whole number in [min, max]. */
export function integer(min: number, max: number): Parser<number> {
  const expected = `a whole number from ${min} to ${max}`;
  return {
    parse: (value) =>
      typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
        ? good(value === 0 ? 0 : value)
        : bad(expected),
    eq: (a, b) => a === b,
  };
}

/** A seed of the named random streams: 0 … 2^53 − 1. */
export const seed = integer(0, Number.MAX_SAFE_INTEGER);

export const boolean: Parser<boolean> = {
  parse: (value) => (typeof value === 'boolean' ? good(value) : bad('true or false')),
  eq: (a, b) => a === b,
};

export function text(pattern: RegExp, what: string): Parser<string> {
  return {
    parse: (value) => (typeof value === 'string' && pattern.test(value) ? good(value) : bad(what)),
    eq: (a, b) => a === b,
  };
}

export function oneOf<const T extends string | number>(...values: readonly T[]): Parser<T> {
  const expected = values.length === 1 ? `${values[0]}` : `one of ${values.join(', ')}`;
  return {
    parse: (value) => {
      const found = values.find((candidate) => candidate === value);
      return found === undefined ? bad(expected) : good(found);
    },
    eq: (a, b) => a === b,
  };
}

export function nullable<T>(inner: Parser<T>): Parser<T | null> {
  return {
    parse: (value) => {
      if (value === null) return good(null);
      const parsed = inner.parse(value);
      return parsed.ok ? parsed : bad(`${parsed.expected}, or null`);
    },
    eq: (a, b) => (a === null || b === null ? a === b : inner.eq(a, b)),
  };
}

/** A set of known words, kept in the order of `words` whatever order they come in. */
export function subset<const T extends string>(words: readonly T[]): Parser<readonly T[]> {
  const expected = `a list of ${words.join(', ')}, each at most once`;
  return {
    parse: (value) => {
      if (!Array.isArray(value) || new Set(value).size !== value.length) return bad(expected);
      if (!value.every((word) => words.includes(word as T))) return bad(expected);
      return good(words.filter((word) => value.includes(word)));
    },
    eq: (a, b) => a.length === b.length && a.every((word) => b.includes(word)),
  };
}
