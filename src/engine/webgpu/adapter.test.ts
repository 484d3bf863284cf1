import { expect, test } from 'vitest';
import { describeAdapter, findAdapter } from './adapter.ts';

const info = { vendor: '', architecture: '', description: '', isFallbackAdapter: false };

test('a browser without WebGPU says so in a sentence', async () => {
  await expect(findAdapter(undefined)).rejects.toThrow('This browser has no WebGPU.');
});

test('WebGPU without an adapter says so, whether the browser answers null or refuses', async () => {
  const answers = { requestAdapter: async () => null } as unknown as GPU;
  const refuses = { requestAdapter: () => Promise.reject(new TypeError('no')) } as unknown as GPU;
  await expect(findAdapter(answers)).rejects.toThrow('WebGPU is here but offers no adapter.');
  await expect(findAdapter(refuses)).rejects.toThrow('WebGPU is here but offers no adapter.');
});

test('an adapter is named by what the browser tells, without empty parts', () => {
  expect(describeAdapter({ ...info, vendor: 'nvidia', architecture: 'ampere' })).toBe('nvidia ampere');
  expect(describeAdapter(info)).toBe('an adapter without a name');
});

test('what a longer part of the name says is not said twice', () => {
  expect(
    describeAdapter({ ...info, vendor: 'nvidia', architecture: 'ampere', description: 'NVIDIA GeForce RTX 3070' }),
  ).toBe('ampere NVIDIA GeForce RTX 3070');
  expect(describeAdapter({ ...info, vendor: 'apple', architecture: 'apple' })).toBe('apple');
});

test('an adapter that is emulated by the processor is called software', () => {
  expect(describeAdapter({ ...info, vendor: 'google', architecture: 'swiftshader', isFallbackAdapter: true })).toBe(
    'google swiftshader (software)',
  );
});
