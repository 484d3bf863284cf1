import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { onSettle, settledSource } from './settled.ts';
import type { ChartSource } from './source.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function speaking(initial: number | null): ChartSource<number> & { say(value: number): void } {
  let current = initial;
  const listeners = new Set<(value: number) => void>();
  return {
    get: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    say(value) {
      current = value;
      for (const listener of listeners) listener(value);
    },
  };
}

test('a drag is heard once, when it has been still for the delay', () => {
  const source = speaking(0);
  const heard = vi.fn();
  onSettle(source, heard, 250);
  for (let i = 0; i < 60; i += 1) {
    source.say(i);
    vi.advanceTimersByTime(16);
  }
  expect(heard).not.toHaveBeenCalled();
  vi.advanceTimersByTime(250);
  expect(heard).toHaveBeenCalledTimes(1);
});

test('the first value ever is heard at once', () => {
  const source = speaking(null);
  const heard = vi.fn();
  onSettle(source, heard, 250);
  source.say(1);
  expect(heard).toHaveBeenCalledTimes(1);
});

test('nothing is heard after stopping', () => {
  const source = speaking(0);
  const heard = vi.fn();
  const stop = onSettle(source, heard, 250);
  source.say(1);
  stop();
  vi.advanceTimersByTime(1000);
  expect(heard).not.toHaveBeenCalled();
});

test('whoever reads a settled source in the middle of a drag gets the value before it', () => {
  const source = speaking(1);
  const settled = settledSource(source);
  const heard = vi.fn();
  settled.subscribe(heard);
  source.say(2);
  vi.advanceTimersByTime(100);
  source.say(3);
  expect([settled.get(), heard.mock.calls.length]).toEqual([1, 0]);
  vi.advanceTimersByTime(250);
  expect([settled.get(), heard.mock.calls.length]).toEqual([3, 1]);
});

test('a value that came between the first reading and the subscription is not missed', () => {
  const source = speaking(1);
  const settled = settledSource(source);
  source.say(2);
  settled.subscribe(() => {});
  expect(settled.get()).toBe(2);
});
