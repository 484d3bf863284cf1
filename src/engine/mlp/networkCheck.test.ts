import { expect, test } from 'vitest';
import type { Backend } from '../backend.ts';
import { createCpuBackend } from '../cpu/cpuBackend.ts';
import { checkNetwork } from './networkCheck.ts';

const run = async () => {};

test('on cpu a network’s fast and literal paths agree with plain loops to 1e-9', async () => {
  const report = await checkNetwork(createCpuBackend(), run);
  expect(report).toMatchObject({ agrees: true, hidden: 6, rows: 120, dims: 24, tolerance: 1e-6 });
  expect(report.fastDifference).toBeLessThan(1e-9);
  expect(report.literalDifference).toBeLessThan(1e-9);
});

test('a backend whose scalars or literal logits are off by little is found out', async () => {
  const cpu = createCpuBackend();
  const literal: Backend = {
    ...cpu,
    literalMlpLogits: async (...request) => (await cpu.literalMlpLogits(...request)).map((logit) => logit + 1e-5),
  };
  const off = await checkNetwork(literal, run);
  expect(off.agrees).toBe(false);
  expect(off.literalDifference).toBeCloseTo(1e-5, 9);
  const scalars: Backend = {
    ...cpu,
    scalars: async (...request) => {
      const found = await cpu.scalars(...request);
      return { ...found, dd: found.dd.map((square) => square * 1.001) };
    },
  };
  const wrong = await checkNetwork(scalars, run);
  expect(wrong.agrees).toBe(false);
  expect(wrong.literalDifference).toBeLessThan(1e-9);
});
