import { expect, test, type Page } from '@playwright/test';
import { expectRun, headlines, openGroup, openLab, ready } from './lab.ts';

async function type(page: Page, label: string, value: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  await field.fill(value);
  await field.press('Enter');
}

test('seeds can be typed, and each setting of the synthetic rows is heard', async ({ page }) => {
  test.setTimeout(120_000);
  await openLab(page);
  await type(page, 'Drift seed', '7');
  await expectRun(page, { drift: { seed: 7 } });
  await page.getByLabel('Dataset').selectOption('instruct-like');
  await type(page, 'Rows', '1200');
  await type(page, 'Dimensions', '40');
  await type(page, 'Separation d′', '1.5');
  await type(page, 'Spectrum exponent', '0.5');
  await type(page, 'Mean cosine between rows', '0.4');
  await type(page, 'Rows seed', '9');
  await ready(page);
  const synthetic = { rows: 1200, dims: 40, separation: 1.5, spectrum: 0.5, meanCosine: 0.4, seed: 9 };
  await expectRun(page, { data: { id: 'synthetic', synthetic }, drift: { seed: 7 } });
});

test('numbers can be measured on a slice chosen from the list', async ({ page }) => {
  await openLab(page);
  await page.getByLabel('Dataset').selectOption('prompts');
  await ready(page);
  const choice = page.getByLabel('Measure on');
  await choice.selectOption({ label: (await choice.locator('option', { hasText: 'advbench' }).textContent()) ?? '' });
  await expect(page.locator('[data-chart="roc"] figcaption')).toContainText('one class only');
  await expect(headlines(page).locator('[data-metric="rocAuc"]')).toHaveText('–');
  await choice.selectOption({ index: 0 });
  await expectRun(page, { data: { id: 'prompts' } });
});

test('a version that the new dataset or encoder lacks is never asked for', async ({ page }) => {
  await openLab(page);
  await page.getByLabel('Kind of drift').selectOption('model');
  await page.getByLabel('New encoder version').selectOption('domain-tuned-30');
  await ready(page);
  await page.getByLabel('Encoder the probe is trained on').selectOption('domain-tuned-30');
  await ready(page);
  await expect(page.getByLabel('New encoder version')).not.toHaveValue('domain-tuned-30');
  await page.getByLabel('Kind of drift').selectOption('gaussian');
  await page.getByLabel('Dataset').selectOption('prompts');
  await ready(page);
  await page.getByLabel('Kind of drift').selectOption('model');
  await ready(page);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('the theme can be chosen and is remembered', async ({ page }) => {
  await openLab(page);
  await page.getByLabel('Theme').selectOption('dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('the self-check can be run again', async ({ page }) => {
  await openLab(page);
  await openGroup(page, 'Engine and checks');
  await expect(page.locator('[data-metric="parityDifference"]')).toBeVisible();
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(page.locator('[data-metric="parityDifference"]')).toContainText('agrees');
});

test('a failed list of datasets is fetched again with the next try', async ({ page }) => {
  await page.route('**/data/manifest.json', (route) => route.fulfill({ status: 500 }));
  await page.goto('./');
  await expect(page.getByRole('alert')).toContainText('manifest.json');
  await page.unroute('**/data/manifest.json');
  await page.getByRole('button', { name: 'Try again' }).click();
  await ready(page);
  await expect(page.getByLabel('Dataset')).toBeEnabled();
  await expectRun(page, {});
});

test('a report of Verify does not outlive its settings', async ({ page }) => {
  await openLab(page);
  await openGroup(page, 'Engine and checks');
  await page.getByRole('button', { name: 'Verify this state' }).click();
  await page.getByRole('button', { name: '0.15', exact: true }).click();
  await expect(headlines(page)).toHaveAttribute('data-sigma', '0.15');
  await page.waitForTimeout(1500);
  await expect(page.getByTestId('verification')).toHaveCount(0);
});
