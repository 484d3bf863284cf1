import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pipeline, planBlocks, type Block } from './blocks.ts';

const MiB = 1024 * 1024;
const limits = {
  maxBufferSize: 256 * MiB,
  maxStorageBufferBindingSize: 128 * MiB,
  maxComputeWorkgroupsPerDimension: 65535,
};

test('blocks cover every row once, in order, within every limit', () => {
  fc.assert(
    fc.property(
      fc.nat(50_000),
      fc.integer({ min: 1, max: 4096 }),
      fc.integer({ min: 4 * 4096, max: 64 * MiB }),
      fc.integer({ min: 1, max: 65535 }),
      (rows, dims, bound, workgroups) => {
        const blocks = planBlocks(rows, dims, {
          maxBufferSize: 2 * bound,
          maxStorageBufferBindingSize: bound,
          maxComputeWorkgroupsPerDimension: workgroups,
        });
        let next = 0;
        for (const { first, count } of blocks) {
          expect(first).toBe(next);
          expect(count).toBeGreaterThan(0);
          expect(count).toBeLessThanOrEqual(workgroups);
          expect(count * dims * 4).toBeLessThanOrEqual(bound);
          next += count;
        }
        expect(next).toBe(rows);
      },
    ),
    { numRuns: 60 },
  );
});

test('all blocks but the last have one size, so that one buffer serves them all', () => {
  const blocks = planBlocks(10_000, 1024, limits);
  expect(blocks.map(({ count }) => count)).toEqual([2048, 2048, 2048, 2048, 1808]);
});

test('a row larger than the largest buffer is refused with its reason', () => {
  expect(() => planBlocks(1, 100, { ...limits, maxBufferSize: 399 })).toThrow(/A row of 100 dimensions/);
  expect(planBlocks(3, 100, { ...limits, maxBufferSize: 400 })).toHaveLength(3);
});

const three: Block[] = [0, 1, 2].map((first) => ({ first, count: 1 }));

test('the next block starts before the last result is taken, and results come in order', async () => {
  const log: string[] = [];
  await pipeline(
    three,
    async () => {},
    async ({ first }) => {
      log.push(`start ${first}`);
      return first;
    },
    ({ first }, result) => log.push(`finish ${first} ${result}`),
  );
  expect(log).toEqual(['start 0', 'start 1', 'finish 0 0', 'start 2', 'finish 1 1', 'finish 2 2']);
});

test('what is thrown between blocks ends the run before the next block starts', async () => {
  const started: number[] = [];
  const run = pipeline(
    three,
    async ({ first }) => {
      if (first === 1) throw new Error('stopped');
    },
    async ({ first }) => {
      started.push(first);
    },
    () => {},
  );
  await expect(run).rejects.toThrow('stopped');
  expect(started).toEqual([0]);
});

test('a block that fails ends the run with its error', async () => {
  const run = pipeline(
    three,
    async () => {},
    async ({ first }) => {
      if (first === 1) throw new Error('block 1 failed');
    },
    () => {},
  );
  await expect(run).rejects.toThrow('block 1 failed');
});
