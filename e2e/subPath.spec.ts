import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { createServer, listen } from '../scripts/serve.mjs';
import { expectRun, headlines, ready } from './lab.ts';

test('the build works from any sub-path', async ({ page }) => {
  const server = createServer({ root: fileURLToPath(new URL('../dist', import.meta.url)), base: '/deep/down/' });
  const port = await listen(server, 0);
  try {
    await page.goto(`http://127.0.0.1:${port}/deep/down/`);
    await ready(page);
    await expect(headlines(page)).toHaveAttribute('data-sigma', '0.02');
    await expectRun(page, {});
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
