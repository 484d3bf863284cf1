import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, type Frame, type Page } from '@playwright/test';
import { labRun } from './lab.ts';

/** The example of docs/, served from another origin than the lab that it frames. */
async function withExample(lab: string, run: (address: string) => Promise<void>): Promise<void> {
  const html = readFileSync(new URL('../docs/embed-example.html', import.meta.url), 'utf8');
  const framed = html.replaceAll('src="./', `src="${lab}`).replaceAll(' loading="lazy"', '');
  const server = http.createServer((_, response) =>
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(framed),
  );
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  try {
    await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function framesOf(page: Page): Promise<Frame[]> {
  await expect.poll(() => page.frames().length).toBe(3);
  const frames = page.frames().slice(1);
  for (const frame of frames) {
    await expect(frame.getByTestId('engine-status')).toHaveAttribute('data-phase', 'ready', { timeout: 30_000 });
  }
  return frames;
}

test('the example page shows two frames of another origin, each with its own numbers and as tall as it says', async ({
  page,
  baseURL,
}) => {
  await withExample(baseURL ?? '', async (address) => {
    await page.addInitScript(() => {
      const said: unknown[] = [];
      (window as unknown as { said: unknown[] }).said = said;
      addEventListener('message', ({ data }) => said.push(data));
    });
    await page.goto(address);
    const [charts, cliff] = await framesOf(page);
    const { metrics } = labRun({ drift: { sigma: 0.1 } });
    for (const frame of [charts, cliff]) {
      await expect
        .poll(async () => Number(await frame.locator('.headlines [data-metric="rocAuc"]').getAttribute('data-value')))
        .toBeCloseTo(metrics.rocAuc ?? NaN, 9);
    }
    await expect(charts.locator('[data-chart="roc"]')).toBeVisible();
    await expect(charts.locator('[data-chart="reliability"]')).toBeVisible();
    await expect(charts.locator('[data-chart="cliff"]')).toBeHidden();
    await expect(charts.locator('.controls')).toBeHidden();
    await expect(charts.locator('.sigma-range')).toBeVisible();
    await expect(cliff.locator('[data-chart="cliff"]')).toBeVisible();
    await expect(cliff.locator('.sigma-range')).toBeHidden();
    const iframes = page.locator('iframe');
    for (const [k, frame] of [charts, cliff].entries()) {
      // Browsers do not draw frames of other origins that are out of view.
      await iframes.nth(k).scrollIntoViewIfNeeded();
      await expect
        .poll(async () => {
          const wanted = await frame.evaluate(() => document.getElementById('root')?.getBoundingClientRect().height);
          const box = await iframes.nth(k).boundingBox();
          return Math.abs((box?.height ?? 0) - (wanted ?? NaN));
        })
        .toBeLessThanOrEqual(1);
    }
    const said = (await page.evaluate(() => (window as unknown as { said: unknown[] }).said)) as object[];
    expect(said.length).toBeGreaterThanOrEqual(2);
    for (const one of said) {
      expect(Object.keys(one).sort()).toEqual(['height', 'type']);
      expect((one as { type: string }).type).toBe('silent-failure-lab:height');
    }
  });
});

test('a frame follows its slider, adds nothing to the history around it, and opens in the lab as it stands', async ({
  page,
  context,
  baseURL,
}) => {
  await withExample(baseURL ?? '', async (address) => {
    await page.goto(address);
    const [charts] = await framesOf(page);
    const before = await page.evaluate(() => history.length);
    await charts.getByRole('button', { name: '0.15', exact: true }).click();
    const { metrics } = labRun({ drift: { sigma: 0.15 } });
    await expect
      .poll(async () => Number(await charts.locator('.headlines [data-metric="rocAuc"]').getAttribute('data-value')))
      .toBeCloseTo(metrics.rocAuc ?? NaN, 9);
    await expect.poll(() => charts.evaluate(() => location.hash)).toContain('sigma=0.15');
    expect(await page.evaluate(() => history.length)).toBe(before);
    const opening = context.waitForEvent('page');
    await charts.getByRole('link', { name: 'Open in the lab' }).click();
    const opened = await opening;
    expect(opened.url()).toBe(`${baseURL}#v=1&lab=drift&sigma=0.15`);
    await opened.close();
  });
});

test('a frame in which names are not known says so, and shows the whole', async ({ page }) => {
  await page.goto('./#v=1&lab=drift&sigma=0.1&embed=1&only=rock&hide=everything');
  const banner = page.getByTestId('link-banner');
  await expect(banner.locator('[data-problem="only"]')).toContainText('only=rock');
  await expect(banner.locator('[data-problem="hide"]')).toContainText('controls, settings');
  await expect(page.locator('[data-chart="roc"]')).toBeVisible();
  await expect(page.locator('.footer')).toBeHidden();
});

test('a panel that is picked is open, and nothing else is there', async ({ page }) => {
  await page.goto('./#v=1&lab=drift&data=prompts&embed=1&only=geometry&hide=controls');
  await expect(page.getByTestId('engine-status')).toHaveAttribute('data-phase', 'ready', { timeout: 30_000 });
  await expect(page.locator('[data-panel="geometry"] .panel-toggle')).toHaveAttribute('aria-expanded', 'true');
  await expect(page.locator('[data-panel="walk"]')).toBeHidden();
  await expect(page.locator('[data-chart="roc"]')).toBeHidden();
  await expect(page.locator('.sigma-bar')).toBeHidden();
});

test('the presentation view has large type, and can be left', async ({ page }) => {
  await page.goto('./#v=1&lab=drift&sigma=0.1&present=1');
  await expect(page.getByTestId('engine-status')).toHaveAttribute('data-phase', 'ready', { timeout: 30_000 });
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
  expect(await size()).toBeGreaterThan(20);
  await page.getByRole('button', { name: 'Leave the presentation view' }).click();
  await expect.poll(size).toBe(16);
  await expect.poll(() => new URL(page.url()).hash).toBe('#v=1&lab=drift&sigma=0.1');
  await expect(page.getByRole('button', { name: 'Share' })).toBeVisible();
});
