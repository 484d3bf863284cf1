import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { onSettle } from './settled.ts';
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
