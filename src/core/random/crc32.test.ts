import { expect, test } from 'vitest';
import { crc32 } from './crc32.ts';

test('CRC-32 of the standard check text is cbf43926', () => {
  expect(crc32('123456789')).toBe(0xcbf43926);
  expect(crc32('')).toBe(0);
});

test('CRC-32 reads text as UTF-8', () => {
  // Python: zlib.crc32('naïve ∆ stream'.encode()); the fixtures of streams.test.ts hold more.
  expect(crc32('naïve ∆ stream')).not.toBe(crc32('naive ∆ stream'));
});
