import { expect, test } from 'vitest';
import { PACKED_NORMAL_TABLES } from './normalTables.packed.ts';
import { FI_DOUBLE, KI_DOUBLE, WI_DOUBLE } from './normalTables.ts';

test('the packed tables are the published ones, to the last bit', () => {
  const bytes = Uint8Array.from(Buffer.from(PACKED_NORMAL_TABLES, 'base64'));
  const packed = new Float64Array(bytes.buffer);
  expect(packed.length).toBe(768);
  expect([...packed]).toEqual([...KI_DOUBLE, ...WI_DOUBLE, ...FI_DOUBLE]);
});
