import { expect, test, vi } from 'vitest';
import { mapSource, valueSource } from './source.ts';

test('a value source tells each listener each new value until it is unsubscribed', () => {
  const source = valueSource<number>();
  const listener = vi.fn();
  const stop = source.subscribe(listener);
  expect(source.get()).toBeNull();
  source.set(1);
  source.set(1);
  source.set(2);
  stop();
  source.set(3);
  expect(listener.mock.calls).toEqual([[1], [2]]);
  expect(source.get()).toBe(3);
});

test('a mapped source computes each value once and returns the same object until it changes', () => {
  const source = valueSource(2);
  const view = vi.fn((x: number) => ({ square: x * x }));
  const mapped = mapSource(source, view);
  const first = mapped.get();
  expect(first).toEqual({ square: 4 });
  expect(mapped.get()).toBe(first);
  const heard: unknown[] = [];
  mapped.subscribe((value) => heard.push(value));
  source.set(3);
  expect(heard[0]).toBe(mapped.get());
  expect(view).toHaveBeenCalledTimes(2);
});
