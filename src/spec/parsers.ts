/** What a parser says of a value: the value as the spec holds it, or one plain sentence on what was expected. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly expected: string };

/**
 * A field's way between JSON, the text of a link, and the spec. `eq` decides whether a value is the default and may be left
 * out. For every valid value `read(serialize(value))` equals it, and equal values have one text.
 */
export interface Parser<T> {
  readonly parse: (value: unknown) => Parsed<T>;
  readonly eq: (a: T, b: T) => boolean;
  readonly serialize: (value: T) => string;
  readonly read: (text: string) => Parsed<T>;
}

const good = <T>(value: T): Parsed<T> => ({ ok: true, value });
const bad = <T>(expected: string): Parsed<T> => ({ ok: false, expected });

/** How a link writes null. */
const NULL = '-';
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The text part of a parser of numbers: the shortest decimal that reads back as the same number. */
function decimal(parse: (value: unknown) => Parsed<number>): Pick<Parser<number>, 'serialize' | 'read'> {
  return { serialize: String, read: (text) => parse(DECIMAL.test(text) ? Number(text) : text) };
}

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
  const parse = (value: unknown): Parsed<number> =>
    typeof value === 'number' &&
    Number.isFinite(value) &&
    value >= min &&
    value > above &&
    value <= max &&
    value < below
      ? good(value === 0 ? 0 : value)
      : bad(expected);
  return { parse, eq: (a, b) => a === b, ...decimal(parse) };
}

/** A whole number in [min, max]. */
export function integer(min: number, max: number): Parser<number> {
  const expected = `a whole number from ${min} to ${max}`;
  const parse = (value: unknown): Parsed<number> =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
      ? good(value === 0 ? 0 : value)
      : bad(expected);
  return { parse, eq: (a, b) => a === b, ...decimal(parse) };
}

/** A seed of the named random streams: 0 … 2^53 − 1. */
export const seed = integer(0, Number.MAX_SAFE_INTEGER);

export const boolean: Parser<boolean> = {
  parse: (value) => (typeof value === 'boolean' ? good(value) : bad('true or false')),
  eq: (a, b) => a === b,
  serialize: String,
  read: (text) => (text === 'true' || text === 'false' ? good(text === 'true') : bad('true or false')),
};

export function text(pattern: RegExp, what: string): Parser<string> {
  const parse = (value: unknown): Parsed<string> =>
    typeof value === 'string' && pattern.test(value) ? good(value) : bad(what);
  return { parse, eq: (a, b) => a === b, serialize: (value) => value, read: parse };
}

export function oneOf<const T extends string>(...values: readonly T[]): Parser<T> {
  const expected = values.length === 1 ? `${values[0]}` : `one of ${values.join(', ')}`;
  const parse = (value: unknown): Parsed<T> => {
    const found = values.find((candidate) => candidate === value);
    return found === undefined ? bad(expected) : good(found);
  };
  return { parse, eq: (a, b) => a === b, serialize: (value) => value, read: parse };
}

export function nullable<T>(inner: Parser<T>): Parser<T | null> {
  return {
    parse: (value) => {
      if (value === null) return good(null);
      const parsed = inner.parse(value);
      return parsed.ok ? parsed : bad(`${parsed.expected}, or null`);
    },
    eq: (a, b) => (a === null || b === null ? a === b : inner.eq(a, b)),
    serialize: (value) => (value === null ? NULL : inner.serialize(value)),
    read: (text) => (text === NULL ? good(null) : inner.read(text)),
  };
}

/** A set of known words, kept in the order of `words` whatever order they come in. */
export function subset<const T extends string>(words: readonly T[]): Parser<readonly T[]> {
  const expected = `a list of ${words.join(', ')}, each at most once`;
  const parse = (value: unknown): Parsed<readonly T[]> => {
    if (!Array.isArray(value) || new Set(value).size !== value.length) return bad(expected);
    if (!value.every((word) => words.includes(word as T))) return bad(expected);
    return good(words.filter((word) => value.includes(word)));
  };
  return {
    parse,
    eq: (a, b) => a.length === b.length && a.every((word) => b.includes(word)),
    serialize: (value) => words.filter((word) => value.includes(word)).join(','),
    read: (text) => parse(text === '' ? [] : text.split(',')),
  };
}

/** Half of a surrogate pair, which has no percent-encoding (JSON may hold one), is written %u and its four hex digits. */
const escaped = (text: string) =>
  text
    .replace(/[%,:]/g, (mark) => encodeURIComponent(mark))
    .replace(/\p{Cs}/gu, (half) => `%u${half.charCodeAt(0).toString(16)}`);
function unescaped(text: string): string | null {
  try {
    return text
      .split(/%u(d[89a-f][\da-f]{2})/)
      .map((part, i) => (i % 2 === 0 ? decodeURIComponent(part) : String.fromCharCode(parseInt(part, 16))))
      .join('');
  } catch {
    return null;
  }
}

/**
 * A nested object whose every key is a field. A link writes it as key:value,key:value; with `fallback` the keys that hold
 * its values may be left out there.
 */
export function record<T extends object>(
  fields: { readonly [K in keyof T]: Parser<T[K]> },
  fallback: T | null = null,
): Parser<T> {
  const keys = Object.keys(fields) as (keyof T & string)[];
  const shape = `an object with ${keys.join(', ')}`;
  const parse = (value: unknown): Parsed<T> => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return bad(shape);
    const stray = Object.keys(value).find((key) => !(keys as string[]).includes(key));
    if (stray !== undefined) return bad(`${shape}, and nothing named ${stray}`);
    const out: Partial<T> = {};
    for (const key of keys) {
      const parsed = fields[key].parse((value as Record<string, unknown>)[key]);
      if (!parsed.ok) return bad(`${shape}, where ${key} is ${parsed.expected}`);
      out[key] = parsed.value;
    }
    return good(out as T);
  };
  return {
    parse,
    eq: (a, b) => keys.every((key) => fields[key].eq(a[key], b[key])),
    serialize: (value) =>
      keys
        .filter((key) => fallback === null || !fields[key].eq(value[key], fallback[key]))
        .map((key) => `${key}:${escaped(fields[key].serialize(value[key]))}`)
        .join(','),
    read: (text) => {
      const out: Record<string, unknown> = { ...fallback };
      const given = new Set<string>();
      for (const part of text === '' ? [] : text.split(',')) {
        const colon = part.indexOf(':');
        const key = part.slice(0, Math.max(0, colon)) as keyof T & string;
        const value = unescaped(part.slice(colon + 1));
        if (!keys.includes(key) || given.has(key) || value === null)
          return bad(`${shape}, written key:value,key:value`);
        given.add(key);
        const read = fields[key].read(value);
        if (!read.ok) return bad(`${shape}, where ${key} is ${read.expected}`);
        out[key] = read.value;
      }
      return parse(out);
    },
  };
}
