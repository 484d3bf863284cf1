/**
 * Keeps the last `size` values by key, least recently used out first. A value is computed once however many ask for it
 * at the same time; a failure is not kept.
 */
export function memo<V>(size: number): (key: string, make: () => Promise<V>) => Promise<V> {
  const kept = new Map<string, Promise<V>>();
  return (key, make) => {
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
}
