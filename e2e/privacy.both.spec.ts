import { expect, test } from '@playwright/test';
import { dragTo, openGroup, openLab, ready } from './lab.ts';

test('page and workers make no request to another origin', async ({ page, context, baseURL }) => {
  const foreign: string[] = [];
  const origin = new URL(baseURL ?? '').origin;
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && url.protocol !== 'data:' && url.protocol !== 'blob:') foreign.push(request.url());
  });
  await openLab(page);
  await dragTo(page, 0.6);
  await page.getByLabel('Dataset').selectOption('prompts');
  await ready(page);
  await openGroup(page, 'Engine and checks');
  await page.getByLabel('Compute with').selectOption('webgpu');
  await ready(page);
  expect(foreign).toEqual([]);
});

test('a worker that tries to reach another origin cannot', async ({ page }) => {
  await openLab(page);
  const [worker] = page.workers();
  const outcomes = await worker.evaluate(async () => {
    const attempt = async (run: () => unknown) => {
      try {
        await run();
        return 'got through';
      } catch (error) {
        return (error as Error).message;
      }
    };
    return Promise.all([
      attempt(() => fetch('https://example.com/')),
      attempt(() => {
        const request = new XMLHttpRequest();
        request.open('GET', 'https://example.com/');
      }),
      attempt(() => new WebSocket('wss://example.com/')),
      attempt(() => new EventSource('https://example.com/')),
      attempt(() => importScripts('https://example.com/x.js')),
    ]);
  });
  expect(outcomes).toEqual([
    'The lab does not contact other origins: https://example.com',
    'The lab does not contact other origins: https://example.com',
    'WebSocket is not available in this worker.',
    'EventSource is not available in this worker.',
    'importScripts is not available in this worker.',
  ]);
});

test('every response carries the policy', async ({ request }) => {
  for (const path of ['./', './data/manifest.json', './nothing-here']) {
    const policy = (await request.get(path)).headers()['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self'");
  }
});

test('nothing is written to the console', async ({ page }) => {
  const said: string[] = [];
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(error.message));
  await openLab(page);
  await dragTo(page, 0.7);
  await page.getByLabel('Kind of drift').selectOption('model');
  await ready(page);
  expect(said).toEqual([]);
});
