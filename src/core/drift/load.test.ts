import { expect, test } from 'vitest';
import { loadDefinition } from './load.ts';
import { DRIFTS } from './registry.ts';

test('every registered kind can be loaded, and is the one registered', async () => {
  for (const definition of DRIFTS) expect(await loadDefinition(definition.id)).toBe(definition);
});
