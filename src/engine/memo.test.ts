import { expect, test } from 'vitest';
import { memo } from './memo.ts';

test('memo computes a value once, also for two who ask at the same time', async () => {
  let made = 0;
  const cached = memo<number>(2);
  const make = async () => ++made;
  expect(await Promise.all([cached('a', make), cached('a', make)])).toEqual([1, 1]);
});

test('memo lets the least recently used value go', async () => {
  const cached = memo<string>(2);
  const make = (value: string) => async () => value;
  await cached('a', make('a1'));
  await cached('b', make('b1'));
  await cached('a', make('a2'));
  await cached('c', make('c1'));
  expect(await cached('a', make('a3'))).toBe('a1');
  expect(await cached('b', make('b2'))).toBe('b2');
});

test('memo does not keep a failure', async () => {
  const cached = memo<number>(2);
  await expect(cached('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await cached('a', async () => 7)).toBe(7);
});

test('memo forgets what it is told to', async () => {
  const cached = memo<number>(3);
  await cached('a', async () => 1);
  await cached('b', async () => 2);
  cached.forget((key) => key === 'a');
  expect(cached.peek('a')).toBeUndefined();
  expect(await cached('b', async () => 3)).toBe(2);
});
