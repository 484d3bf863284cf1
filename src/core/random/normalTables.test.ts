import { expect, test } from 'vitest';
import * as found from './normalTables.packed.ts';
import * as published from './normalTables.ts';

test.each(['KI_DOUBLE', 'WI_DOUBLE', 'FI_DOUBLE'] as const)(
  '%s as found from its recurrence is the published table, to the last bit',
  (name) => {
    expect(found[name].length).toBe(256);
    expect([...found[name]]).toEqual([...published[name]]);
  },
);
