/** Something whose value changes while a person drags: charts subscribe to it and draw outside React's render. */
export interface ChartSource<T> {
  /** The newest value, the same object until it changes; null before the first one. Values are never changed in place. */
  get(): T | null;
  /** Calls the listener with each new value; returns the function that stops it. */
  subscribe(listener: (value: T) => void): () => void;
}

export interface ValueSource<T> extends ChartSource<T> {
  set(value: T): void;
}

/** A source that holds one value, set by hand. Setting the value it already holds tells nobody. */
export function valueSource<T>(initial: T | null = null): ValueSource<T> {
  let current = initial;
  const listeners = new Set<(value: T) => void>();
  return {
    get: () => current,
    set(value) {
      if (Object.is(value, current)) return;
      current = value;
      for (const listener of listeners) listener(value);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The same stream of values seen through a pure function, called once for each value. */
export function mapSource<A, B>(source: ChartSource<A>, view: (value: A) => B): ChartSource<B> {
  let seen: { readonly from: A; readonly to: B } | null = null;
  const through = (value: A): B => {
    if (seen === null || !Object.is(seen.from, value)) seen = { from: value, to: view(value) };
    return seen.to;
  };
  return {
    get() {
      const value = source.get();
      return value === null ? null : through(value);
    },
    subscribe: (listener) => source.subscribe((value) => listener(through(value))),
  };
}
