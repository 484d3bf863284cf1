import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { readNpy } from '../src/data/npy.ts';
import { expectRun, openGroup, openLab, ready, shown } from './lab.ts';
import { value } from './panels.ts';

const box = (page: Page) => page.getByLabel('Add a common direction');
const multiple = (page: Page) => page.getByLabel('Multiple of the row’s length');
const slider = (page: Page) => page.getByRole('slider', { name: 'Cone multiple, log scale' });

async function openCone(page: Page): Promise<void> {
  await openLab(page);
  await openGroup(page, 'Cone (anisotropy)');
}

async function expectCone(page: Page, cone: { multiple: number; seed: number } | null): Promise<void> {
  await ready(page);
  await expectRun(page, { data: { cone } });
}

test('a common direction raises the mean cosine and lowers AUC as in lab run, and undo takes it off', async ({
  page,
}) => {
  await openCone(page);
  await expect(box(page)).not.toBeChecked();
  await expect(page.locator('[data-metric="meanCosine"]')).toHaveCount(0);
  const base = await value(page, 'baseMeanCosine');
  const before = await shown(page, 'rocAuc');
  await box(page).check();
  await expectCone(page, { multiple: 1, seed: 42 });
  expect(await value(page, 'baseMeanCosine')).toBe(base);
  expect(await value(page, 'meanCosine')).toBeGreaterThan(0.6);
  expect(await shown(page, 'rocAuc')).toBeLessThan(before - 0.01);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(box(page)).not.toBeChecked();
  await expect(page.locator('[data-metric="meanCosine"]')).toHaveCount(0);
  await expectCone(page, null);
  await box(page).check();
  await box(page).uncheck();
  await expectCone(page, null);
});

test('the mean cosine of the rows is that of all pairs of the file', async ({ page }) => {
  await openCone(page);
  const bytes = readFileSync(new URL('../public/data/tweets.base.npy', import.meta.url));
  const { rows, dims, values } = readNpy(bytes, 'tweets.base.npy');
  const sum = new Float64Array(dims);
  for (let row = 0; row < rows; row++) {
    const x = values.subarray(row * dims, (row + 1) * dims);
    const norm = Math.hypot(...x);
    for (let j = 0; j < dims; j++) sum[j] += x[j] / norm;
  }
  const square = sum.reduce((total, s) => total + s * s, 0);
  expect(await value(page, 'baseMeanCosine')).toBeCloseTo((square - rows) / (rows * (rows - 1)), 6);
});

test('multiple, slider and seed of the cone work by keyboard', async ({ page }) => {
  await openCone(page);
  await box(page).focus();
  await page.keyboard.press('Space');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', '1 times the row’s length');
  await multiple(page).focus();
  await page.keyboard.press('ArrowUp');
  await expect(multiple(page)).toHaveValue('1.1');
  await multiple(page).fill('2.4427');
  await page.keyboard.press('Enter');
  await expectCone(page, { multiple: 2.4427, seed: 42 });
  expect(await value(page, 'meanCosine')).toBeCloseTo(0.9, 4);

  await slider(page).focus();
  await page.keyboard.press('End');
  await expect(multiple(page)).toHaveValue('100');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('ArrowLeft');
  const reached = Number(await multiple(page).inputValue());
  expect(reached).toBeLessThan(100);
  await expectCone(page, { multiple: reached, seed: 42 });

  await page.getByLabel('Cone seed').focus();
  await page.keyboard.press('ArrowUp');
  await page.getByRole('button', { name: 'Redraw the common direction with the next seed' }).press('Enter');
  await expect(page.getByLabel('Cone seed')).toHaveValue('44');
  await expectCone(page, { multiple: reached, seed: 44 });

  await multiple(page).fill('0');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Expected');
  await expectCone(page, { multiple: reached, seed: 44 });
});

test('aiming for a mean cosine finds the multiple, and says where none exists', async ({ page }) => {
  await openCone(page);
  const aim = page.getByLabel('Aim for a mean cosine');
  await aim.fill('0.99');
  await aim.press('Enter');
  await expect(box(page)).toBeChecked();
  await ready(page);
  await expect.poll(() => value(page, 'meanCosine')).toBeCloseTo(0.99, 6);
  const solved = Number(await multiple(page).inputValue());
  expect(solved).toBeCloseTo(8.2935, 3);
  await expectCone(page, { multiple: solved, seed: 42 });
  await aim.fill('0.01');
  await aim.press('Enter');
  await expect(page.getByRole('alert')).not.toBeEmpty();
  await expect(multiple(page)).toHaveValue(String(solved));
  expect(await value(page, 'meanCosine')).toBeCloseTo(0.99, 6);
});

test('the cone setting keeps its numbers when it is closed', async ({ page }) => {
  await openCone(page);
  await box(page).check();
  await expectCone(page, { multiple: 1, seed: 42 });
  const reached = await value(page, 'meanCosine');
  await page.getByText('Cone (anisotropy)').click();
  await expect(box(page)).toBeHidden();
  await expectCone(page, { multiple: 1, seed: 42 });
  await openGroup(page, 'Cone (anisotropy)');
  await expect(box(page)).toBeChecked();
  expect(await value(page, 'meanCosine')).toBe(reached);
});
