import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DEFAULT_SPEC } from '../src/spec/defaultSpec.ts';
import { snapshotReplacer } from '../src/state/snapshot.ts';
import { shippedSource } from './files.ts';
import { makeSnapshot } from './snapshot.ts';

const stored = new URL('../src/labs/drift/defaultResult.json', import.meta.url);

/** Numbers to 1e-9, all else exactly. */
function expectSame(now: unknown, then: unknown, path: string): void {
  if (typeof now === 'number' && typeof then === 'number') {
    expect(Math.abs(now - then), path).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(then)));
  } else if (typeof now === 'object' && now !== null && typeof then === 'object' && then !== null) {
    expect(Object.keys(now), path).toEqual(Object.keys(then));
    for (const [key, value] of Object.entries(now))
      expectSame(value, (then as Record<string, unknown>)[key], `${path}.${key}`);
  } else {
    expect(now, path).toEqual(then);
  }
}

test('the first picture of the page is what the engine computes (else: npm run -s lab -- snapshot > src/labs/drift/defaultResult.json)', async () => {
  const now = JSON.parse(JSON.stringify(await makeSnapshot(DEFAULT_SPEC, shippedSource()), snapshotReplacer));
  expectSame(now, JSON.parse(readFileSync(stored, 'utf8')), 'snapshot');
});
