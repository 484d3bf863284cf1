import { expect, test } from 'vitest';
import { lossSentence, OutOfGpuMemory } from './session.ts';
import { BackendLost } from '../backend.ts';

test('why a device was lost is one plain sentence', () => {
  expect(lossSentence({ reason: 'destroyed', message: 'Device was destroyed.' })).toBe(
    'The GPU device was closed by the browser.',
  );
  expect(lossSentence({ reason: 'unknown', message: '' })).toBe('The GPU device was lost.');
  expect(lossSentence({ reason: 'unknown', message: 'GPU connection lost.\n - While in [Device].' })).toBe(
    'The GPU device was lost: GPU connection lost.',
  );
});

test('running out of GPU memory is a lost backend for whoever calls', () => {
  expect(new OutOfGpuMemory()).toBeInstanceOf(BackendLost);
  expect(new OutOfGpuMemory().message).toBe('The GPU has too little memory for this data.');
});
