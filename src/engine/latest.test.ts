import fc from 'fast-check';
import { expect, test } from 'vitest';
import { latest } from './latest.ts';

function deferred() {
  const open: { argument: number; finish: (error?: Error) => void }[] = [];
  const run = (argument: number) =>
    new Promise<number>((resolve, reject) =>
      open.push({ argument, finish: (error) => (error ? reject(error) : resolve(argument * 10)) }),
    );
  return { open, run };
}
const settle = () => new Promise((resolve) => setTimeout(resolve));

test('latest runs one call at a time and drops all but the newest that waits', async () => {
  const { open, run } = deferred();
  const call = latest(run);
  const outcomes = [1, 2, 3, 4].map((argument) => call(argument));
  expect(open.map((entry) => entry.argument)).toEqual([1]);
  expect(await outcomes[1]).toEqual({ done: false });
  expect(await outcomes[2]).toEqual({ done: false });
  open[0].finish();
  expect(await outcomes[0]).toEqual({ done: true, value: 10 });
  await settle();
  expect(open.map((entry) => entry.argument)).toEqual([1, 4]);
  open[1].finish();
  expect(await outcomes[3]).toEqual({ done: true, value: 40 });
});

test('latest goes on after a call that failed', async () => {
  const { open, run } = deferred();
  const call = latest(run);
  const first = call(1);
  const second = call(2);
  open[0].finish(new Error('no'));
  await expect(first).rejects.toThrow('no');
  await settle();
  open[1].finish();
  expect(await second).toEqual({ done: true, value: 20 });
});

test('latest always runs the last argument, and never two at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }), async (pauses) => {
      let running = 0;
      let most = 0;
      const ran: number[] = [];
      const call = latest(async (argument: number) => {
        most = Math.max(most, ++running);
        await settle();
        ran.push(argument);
        running--;
      });
      const all = [];
      for (const [index, pause] of pauses.entries()) {
        all.push(call(index));
        if (pause) await settle();
      }
      await Promise.all(all);
      expect(most).toBe(1);
      expect(ran.at(-1)).toBe(pauses.length - 1);
      expect(ran).toEqual([...ran].sort((a, b) => a - b));
    }),
    { numRuns: 30 },
  );
});
