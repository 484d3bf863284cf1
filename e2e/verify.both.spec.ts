import { expect, test } from '@playwright/test';
import { headlines, openLab, ready } from './lab.ts';
import { computeWith, openPanel, openSynthetic } from './network.ts';
import { backend, verdict, verify } from './verifying.ts';

test('Verify finds the scores of the fast path for every kind of drift, renormalised or not', async ({ page }) => {
  test.setTimeout(240_000);
  await openSynthetic(page);
  await computeWith(page, backend());
  const differences: number[] = [];
  for (const kind of ['gaussian', 'directional', 'subspace', 'rotation', 'scaling', 'mean-shift']) {
    await page.getByLabel('Kind of drift').selectOption(kind);
    await ready(page);
    await expect(verdict(page)).toHaveCount(0);
    differences.push((await verify(page, 'σ 0.02', '120')).difference);
  }
  await page.getByLabel('Renormalise after drift').uncheck();
  for (const kind of ['gaussian', 'directional', 'scaling']) {
    await page.getByLabel('Kind of drift').selectOption(kind);
    await ready(page);
    await expect(verdict(page)).toHaveCount(0);
    differences.push((await verify(page, 'σ 0.02', '120')).difference);
  }
  // Two ways through floating point: bits part somewhere, or one way was compared with itself.
  expect(Math.max(...differences)).toBeGreaterThan(0);
});

test('Verify finds the scores of a real model update, whole and in part', async ({ page }) => {
  test.setTimeout(240_000);
  await openLab(page);
  await page.getByLabel('Kind of drift').selectOption('model');
  await page.getByLabel('New encoder version').selectOption('domain-tuned-30');
  await ready(page);
  await computeWith(page, backend());
  await verify(page, 'share 1', '800');
  const way = page.getByLabel('From the old encoder to the new one');
  await way.focus();
  await page.keyboard.press('Home');
  for (let press = 0; press < 5; press++) await page.keyboard.press('ArrowRight');
  await expect(verdict(page)).toHaveCount(0);
  await verify(page, 'share 0.05', '800');
});

test('a report of Verify stays while panels open, and goes with the settings it was run with', async ({ page }) => {
  test.setTimeout(120_000);
  await openSynthetic(page);
  await computeWith(page, backend());
  const { text } = await verify(page, 'σ 0.02', '120');
  await openPanel(page, 'separability');
  await expect(page.locator('[data-panel="separability"] table').first()).toBeVisible();
  await ready(page);
  expect(await verdict(page).textContent()).toBe(text);
  await page.getByRole('button', { name: '0.15', exact: true }).click();
  await expect(headlines(page)).toHaveAttribute('data-sigma', '0.15');
  await expect(verdict(page)).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(headlines(page)).toHaveAttribute('data-sigma', '0.02');
  await expect(verdict(page)).toHaveCount(0);
  await verify(page, 'σ 0.02', '120');
});
