import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { HIDE_IDS, PART_IDS } from '../../spec/linkPage.ts';

const css = readFileSync(new URL('./embed.css', import.meta.url), 'utf8');
const guide = readFileSync(new URL('../../../docs/LINKS.md', import.meta.url), 'utf8');

test('every part that a link can pick has its rule, and stands in the guide to links', () => {
  for (const id of PART_IDS) {
    expect(css).toContain(`html[data-only]:not([data-only~='${id}'])`);
    expect(guide).toContain(`\`${id}\``);
  }
  for (const id of HIDE_IDS) {
    expect(css).toContain(`html[data-hide~='${id}']`);
    expect(guide).toContain(`\`${id}\``);
  }
});
