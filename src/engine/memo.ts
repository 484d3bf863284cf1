export interface Memo<V> {
  /** The value of a key, made where it is not kept. */
  (key: string, make: () => Promise<V>): Promise<V>;
  /** The value of a key where it is kept; asking does not count as use. */
  readonly peek: (key: string) => Promise<V> | undefined;
  /** Drops the values of all keys that `which` names. */
  readonly forget: (which: (key: string) => boolean) => void;
}

/**
 * Keeps the last `size` values by key, least recently used out first. A value is computed once however many ask for it
 * at the same time; a failure is not kept.
 */
export function memo<V>(size: number): Memo<V> {
  const kept = new Map<string, Promise<V>>();
  const get = (key: string, make: () => Promise<V>): Promise<V> => {
    const found = kept.get(key);
    const value = found ?? make();
    kept.delete(key);
    kept.set(key, value);
    if (!found) {
      value.catch(() => {
        if (kept.get(key) === value) kept.delete(key);
      });
      while (kept.size > size) kept.delete(kept.keys().next().value as string);
    }
    return value;
  };
  return Object.assign(get, {
    peek: (key: string) => kept.get(key),
    forget: (which: (key: string) => boolean) => {
      for (const key of [...kept.keys()]) if (which(key)) kept.delete(key);
    },
  });
}
