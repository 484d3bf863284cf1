import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { firstLoad } from '../scripts/checkBundle.mjs';
import { createServer, listen } from '../scripts/serve.mjs';
import { openGroup, ready } from './lab.ts';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));

test('opening the page fetches just the scripts that the check of the build counts, and nothing else by itself', async ({
  page,
}) => {
  // Asked of a server of its own: a page does not report what the worker imports.
  const server = createServer({ root: DIST });
  const asked: string[] = [];
  server.on('request', ({ url = '' }) => {
    if (/\.m?js$/.test(url)) asked.push(url.slice(1));
  });
  const port = await listen(server, 0);
  try {
    await page.goto(`http://127.0.0.1:${port}/`);
    await ready(page);
    await expect(page.getByTestId('engine-status')).toContainText('checked');
    await page.waitForLoadState('networkidle');
    const { files, problems } = firstLoad(DIST);
    expect(problems).toEqual([]);
    expect(asked.sort()).toEqual(files.map(({ file }) => file).sort());

    const before = asked.length;
    await openGroup(page, 'Cone (anisotropy)');
    await expect(page.getByLabel('Add a common direction')).toBeVisible();
    expect(asked.length).toBeGreaterThan(before);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
