import { defineConfig } from '@playwright/test';
import { installedChromium } from './scripts/chromium.mjs';

/** `npm test` sets it. A plain `playwright test` looks once: the worker processes inherit what is set here. */
const chromium = process.env.CHROMIUM_PATH || installedChromium();
if (chromium !== undefined) process.env.CHROMIUM_PATH = chromium;
const port = Number(process.env.E2E_PORT ?? 4199);
const address = `http://127.0.0.1:${port}/`;

const args = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const launch = (...more: string[]) => ({ launchOptions: { executablePath: chromium, args: [...args, ...more] } });

/** Where a test runs is in its name: x.webgpu.spec.ts, x.both.spec.ts, and x.spec.ts for the page without a GPU. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  workers: 2,
  timeout: 60_000,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: process.env.E2E_REPORT ?? 'test-results/e2e.json' }]],
  use: {
    baseURL: address,
    browserName: 'chromium',
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
  },
  projects: [
    {
      name: 'webgpu',
      testMatch: ['**/*.webgpu.spec.ts', '**/*.both.spec.ts'],
      use: launch('--enable-unsafe-webgpu'),
    },
    {
      name: 'nogpu',
      testMatch: '**/*.spec.ts',
      testIgnore: '**/*.webgpu.spec.ts',
      // Without --disable-gpu a machine with a real GPU would offer it here.
      use: launch('--disable-gpu'),
    },
  ],
  webServer: {
    command: `node scripts/serve.mjs --port ${port}`,
    url: address,
    reuseExistingServer: false,
  },
});
