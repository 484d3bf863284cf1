import { expect, test, type Page, type Worker } from '@playwright/test';
import { expectRun, headlines, openGroup, openLab, ready } from './lab.ts';

function engineOf(page: Page): Worker {
  const worker = page.workers().find((candidate) => candidate.url().includes('engine.worker'));
  if (!worker) throw new Error('The engine worker is not running.');
  return worker;
}

test('an engine that throws is started again, with the settings kept', async ({ page }) => {
  await openLab(page);
  await page.getByRole('button', { name: '0.107', exact: true }).click();
  await engineOf(page).evaluate(() => {
    setTimeout(() => {
      throw new Error('out of memory');
    });
  });
  await expect(page.getByRole('alert')).toContainText('The engine stopped: ');
  await expect(page.getByRole('alert')).toContainText('Your settings are kept');
  await page.getByRole('button', { name: '0.15', exact: true }).click();
  await expect(page.locator('.stale')).toBeVisible();
  await page.getByRole('button', { name: 'Start it again' }).click();
  await ready(page);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.locator('.stale')).toHaveCount(0);
  await expectRun(page, { drift: { sigma: 0.15 } });
});

test('an engine that falls silent is noticed', async ({ page }) => {
  test.setTimeout(120_000);
  await openLab(page);
  await engineOf(page).evaluate(() => self.close());
  await page.getByRole('button', { name: '0.15', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('stopped answering', { timeout: 45_000 });
  await page.getByRole('button', { name: 'Start it again' }).click();
  await expectRun(page, { drift: { sigma: 0.15 } });
});

test('a file that is missing or damaged is named, and the state before it stays', async ({ page }) => {
  await openLab(page);
  await page.route('**/data/prompts.base.npy', (route) => route.fulfill({ status: 404 }));
  await page.getByLabel('Dataset').selectOption('prompts');
  await expect(page.getByRole('alert')).toContainText('prompts.base.npy');
  await expect(page.getByRole('alert')).toContainText('404');
  await expect(headlines(page).locator('[data-metric="rocAuc"]')).toHaveText('0.876');
  await page.unroute('**/data/prompts.base.npy');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expectRun(page, { data: { id: 'prompts' } });

  await page.route('**/data/prompts.wrong-layer.npy', (route) => route.fulfill({ body: Buffer.alloc(2_667_648) }));
  await page.getByLabel('Encoder the probe is trained on').selectOption('wrong-layer');
  await expect(page.getByRole('alert')).toContainText('SHA-256');
  await page.getByRole('button', { name: 'Back to what is shown' }).click();
  await expectRun(page, { data: { id: 'prompts' } });
});

test('long work shows its progress and can be cancelled', async ({ page }) => {
  await openLab(page);
  await page.getByLabel('Dataset').selectOption('base-like');
  await expect(page.getByRole('progressbar')).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expectRun(page, {});
  await expect(page.getByLabel('Dataset')).toHaveValue('tweets');
});

test('without WebGPU the lab says so once and goes on with cpu', async ({ page }) => {
  await openLab(page);
  await openGroup(page, 'Engine and checks');
  await page.getByLabel('Compute with').selectOption('webgpu');
  await expect(page.getByRole('alert')).toContainText('webgpu is not in use');
  await expect(page.locator('[data-metric="backend"]')).toHaveAttribute('data-value', 'cpu');
  await expectRun(page, {});
  await expect(page.getByRole('button', { name: 'Try webgpu again' })).toBeEnabled();
});

test('Verify drifts every row and finds the same scores', async ({ page }) => {
  await openLab(page);
  await openGroup(page, 'Engine and checks');
  await expect(page.locator('[data-metric="parityDifference"]')).toBeVisible();
  await page.getByRole('button', { name: 'Verify this state' }).click();
  await expect(page.getByTestId('verification')).toContainText('Same scores');
  const difference = Number(await page.locator('[data-metric="verifyDifference"]').getAttribute('data-value'));
  expect(difference).toBeLessThan(1e-9);
});

test('numbers of other settings are dimmed and named as such while work is on, and after it failed', async ({
  page,
}) => {
  await openLab(page);
  await page.route('**/data/prompts.base.npy', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.fulfill({ status: 500 });
  });
  await page.getByLabel('Dataset').selectOption('prompts');
  await expect(page.locator('.lab-main')).toHaveAttribute('aria-busy', 'true');
  await expect(page.locator('.stale')).toContainText('settings before');
  await expect(page.getByRole('alert')).toContainText('500');
  await expect(page.locator('.stale')).toContainText('Tweets');
  await page.getByRole('button', { name: 'Back to what is shown' }).click();
  await expect(page.locator('.stale')).toHaveCount(0);
  await expectRun(page, {});
});
