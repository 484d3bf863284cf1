import { DataError } from './errors.ts';

/** Typed access to the fields of a parsed JSON object; a field of another type is a DataError that names its path. */
export interface Fields {
  readonly text: (name: string) => string;
  readonly textOrNull: (name: string) => string | null;
  readonly number: (name: string) => number;
  readonly numberOrNull: (name: string) => number | null;
  /** A whole number, 1 or more. */
  readonly count: (name: string) => number;
  readonly texts: (name: string) => readonly string[];
  readonly object: (name: string) => Fields;
  readonly list: (name: string) => readonly Fields[];
  /** The error to throw for a field whose value is wrong. */
  readonly wrong: (name: string, what: string) => DataError;
}

export function fields(json: unknown, path: string, file: string, remedy: string): Fields {
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const wrong = (name: string, what: string): DataError => new DataError(file, null, `${at(name)} ${what}`, remedy);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new DataError(file, null, `${path === '' ? 'it' : path} is not a JSON object`, remedy);
  }
  const own: ReadonlyMap<string, unknown> = new Map(Object.entries(json));

  const text = (name: string): string => {
    const value = own.get(name);
    if (typeof value !== 'string' || value === '') throw wrong(name, 'is not a text');
    return value;
  };
  const number = (name: string): number => {
    const value = own.get(name);
    if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(name, 'is not a number');
    return value;
  };
  const array = (name: string): readonly unknown[] => {
    const value = own.get(name);
    if (!Array.isArray(value)) throw wrong(name, 'is not a list');
    return value;
  };
  return {
    text,
    number,
    wrong,
    textOrNull: (name) => (own.get(name) === null ? null : text(name)),
    numberOrNull: (name) => (own.get(name) === null ? null : number(name)),
    count: (name) => {
      const value = number(name);
      if (!Number.isSafeInteger(value) || value < 1) throw wrong(name, 'is not a whole number of 1 or more');
      return value;
    },
    texts: (name) =>
      array(name).map((value, i) => {
        if (typeof value !== 'string') throw wrong(`${name}[${i}]`, 'is not a text');
        return value;
      }),
    object: (name) => fields(own.get(name), at(name), file, remedy),
    list: (name) => array(name).map((value, i) => fields(value, `${at(name)}[${i}]`, file, remedy)),
  };
}
