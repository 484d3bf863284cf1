/** A value that charts draw from outside React's render: read it now, hear of the next one. */
export interface Source<T> {
  get(): T | null;
  set(value: T | null): void;
  subscribe(listener: (value: T) => void): () => void;
}

export function createSource<T>(initial: T | null = null): Source<T> {
  let current = initial;
  const listeners = new Set<(value: T) => void>();
  return {
    get: () => current,
    set(value) {
      current = value;
      if (value !== null) for (const listener of [...listeners]) listener(value);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
