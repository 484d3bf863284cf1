/** Something whose value changes while a person drags: charts subscribe to it and draw outside React's render. */
export interface ChartSource<T> {
  /** The newest value, the same object until it changes; null before the first one. Values are never changed in place. */
  get(): T | null;
  /** Calls the listener with each new value; returns the function that stops it. */
  subscribe(listener: (value: T) => void): () => void;
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

export interface Pair<A, B> {
  readonly now: A | null;
  readonly beside: B | null;
}

/** Two sources as one, which speaks when either does; null only while both are. */
export function pairSources<A, B>(now: ChartSource<A>, beside: ChartSource<B> | null): ChartSource<Pair<A, B>> {
  let seen: Pair<A, B> = { now: null, beside: null };
  const both = (): Pair<A, B> => {
    const next = { now: now.get(), beside: beside?.get() ?? null };
    if (!Object.is(next.now, seen.now) || !Object.is(next.beside, seen.beside)) seen = next;
    return seen;
  };
  return {
    get() {
      const pair = both();
      return pair.now === null && pair.beside === null ? null : pair;
    },
    subscribe(listener) {
      const stops = [now, beside].map((source) => source?.subscribe(() => listener(both())));
      return () => stops.forEach((stop) => stop?.());
    },
  };
}
