import { expect, test, vi } from 'vitest';
import { mapSource, pairSources, type ChartSource } from './source.ts';

function held<T>(
  initial: T | null,
): ChartSource<T> & { set(value: T): void; readonly listeners: Set<(value: T) => void> } {
  let current = initial;
  const listeners = new Set<(value: T) => void>();
  return {
    listeners,
    get: () => current,
    set(value) {
      current = value;
      for (const listener of listeners) listener(value);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

test('a mapped source computes each value once and returns the same object until it changes', () => {
  const source = held<number>(2);
  const view = vi.fn((x: number) => ({ square: x * x }));
  const mapped = mapSource(source, view);
  const first = mapped.get();
  expect(first).toEqual({ square: 4 });
  expect(mapped.get()).toBe(first);
  const heard: unknown[] = [];
  mapped.subscribe((value) => heard.push(value));
  source.set(3);
  expect(heard).toEqual([{ square: 9 }]);
  expect(heard[0]).toBe(mapped.get());
  expect(view).toHaveBeenCalledTimes(2);
});

test('a pair of sources is null until one has a value, then keeps its identity until either changes', () => {
  const now = held<number>(null);
  const clean = held<string>(null);
  const pair = pairSources(now, clean);
  expect(pair.get()).toBeNull();
  clean.set('a');
  const first = pair.get();
  expect(first).toEqual({ now: null, beside: 'a' });
  expect(pair.get()).toBe(first);
  now.set(1);
  expect(pair.get()).toEqual({ now: 1, beside: 'a' });
});

test('a pair of sources speaks when either does, until it is unsubscribed from both', () => {
  const now = held<number>(1);
  const clean = held<string>('a');
  const heard: unknown[] = [];
  const stop = pairSources(now, clean).subscribe((value) => heard.push(value));
  now.set(2);
  clean.set('b');
  stop();
  now.set(3);
  expect(heard).toEqual([
    { now: 2, beside: 'a' },
    { now: 2, beside: 'b' },
  ]);
  expect(now.listeners.size + clean.listeners.size).toBe(0);
});

test('a pair without a second source is the first one alone', () => {
  const now = held<number>(1);
  expect(pairSources(now, null).get()).toEqual({ now: 1, beside: null });
});
