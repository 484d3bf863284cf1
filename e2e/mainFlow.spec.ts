import { expect, test } from '@playwright/test';
import { dragTo, expectRun, headlines, openLab, openGroup, ready, shown, slider } from './lab.ts';

test('the first picture is there before the engine, and the engine agrees with it', async ({ page }) => {
  await page.route('**/*.worker-*.js', (route) => route.abort());
  await page.goto('./');
  await expect(headlines(page).locator('[data-metric="rocAuc"]')).toHaveText('0.876');
  await expect(page.getByTestId('truth')).toContainText('128 of 167 errors');
  await page.unroute('**/*.worker-*.js');
  await openLab(page);
  await expectRun(page, {});
  await openGroup(page, 'Engine and checks');
  await expect(page.locator('[data-metric="backend"]')).toHaveAttribute('data-value', 'cpu');
  await expect(page.getByTestId('first-picture')).toHaveAttribute('data-agrees', 'true');
});

test('dragging σ with the mouse breaks the probe while the dashboard stays calm', async ({ page }) => {
  await openLab(page);
  const before = await shown(page, 'accuracy');
  await dragTo(page, 0.75);
  const sigma = Number(await headlines(page).getAttribute('data-sigma'));
  expect(sigma).toBeGreaterThan(0.1);
  await expect.poll(() => shown(page, 'accuracy')).toBeLessThan(before - 0.1);
  await expect(page.getByTestId('dashboard-says')).toContainText('No alarm');
  await expect(page.locator('.dashboard')).toHaveAttribute('data-silent', 'true');
  await expectRun(page, { drift: { sigma: Number(await page.locator('.sigma-number').inputValue()) } });
});

test('everything can be done by keyboard alone', async ({ page }) => {
  await openLab(page);
  await slider(page).focus();
  await page.keyboard.press('Home');
  await expect(headlines(page)).toHaveAttribute('data-sigma', '0');
  await expectRun(page, { drift: { sigma: 0 } });
  for (let press = 0; press < 70; press++) await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => Number(await headlines(page).getAttribute('data-sigma'))).toBeGreaterThan(0.09);
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /σ 0\.1.*rows turned by/);
  await page.keyboard.press('0');
  await expect(headlines(page)).toHaveAttribute('data-sigma', '0');

  const exact = page.locator('.sigma-number');
  await exact.focus();
  await exact.fill('0.0375');
  await page.keyboard.press('Enter');
  await expectRun(page, { drift: { sigma: 0.0375 } });

  const handle = page.locator('[data-chart="cliff"] [role="slider"]');
  await handle.focus();
  await page.keyboard.press('End');
  await expect(headlines(page)).toHaveAttribute('data-sigma', '2');
  await page.keyboard.press('Home');
  await expect(headlines(page)).toHaveAttribute('data-sigma', '0');
});

test('the handle of the cliff can be dragged', async ({ page }) => {
  await openLab(page);
  const handle = page.locator('[data-chart="cliff"] [role="slider"]');
  await handle.scrollIntoViewIfNeeded();
  const box = await handle.boundingBox();
  if (!box) throw new Error('The cliff has no handle.');
  await page.mouse.move(box.x + box.width / 2, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y + 20, { steps: 8 });
  await page.mouse.up();
  await expect.poll(async () => Number(await headlines(page).getAttribute('data-sigma'))).toBeGreaterThan(0.05);
  const sigma = Number(await page.locator('.sigma-number').inputValue());
  await expectRun(page, { drift: { sigma } });
});

test('τ can be dragged on the histogram, and the count follows', async ({ page }) => {
  await openLab(page);
  const handle = page.locator('[data-chart="histogram"] [role="slider"]');
  await handle.focus();
  await page.keyboard.press('Home');
  await expect.poll(() => shown(page, 'silentFailureRate')).toBe(1);
});

test('undo and redo step through choices, also by keys', async ({ page }) => {
  await openLab(page);
  await page.getByRole('button', { name: '0.15', exact: true }).click();
  await expect(headlines(page)).toHaveAttribute('data-sigma', '0.15');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(headlines(page)).toHaveAttribute('data-sigma', '0.02');
  await page.keyboard.press('Control+Shift+Z');
  await expect(headlines(page)).toHaveAttribute('data-sigma', '0.15');
  await page.keyboard.press('Control+z');
  await expect(headlines(page)).toHaveAttribute('data-sigma', '0.02');
});

test('a real model update replaces σ, and the old probe scores the new rows', async ({ page }) => {
  await openLab(page);
  await page.getByLabel('Kind of drift').selectOption('model');
  await ready(page);
  await page.getByLabel('New encoder version').selectOption('domain-tuned-30');
  await ready(page);
  const drift = { kind: 'model', to: 'domain-tuned-30' };
  await expectRun(page, { drift });
  await expect(page.getByTestId('truth')).toContainText('Accuracy is down');
  const way = page.getByLabel('From the old encoder to the new one');
  await way.focus();
  await page.keyboard.press('Home');
  await expectRun(page, { drift: { ...drift, t: 0 } });
  for (let press = 0; press < 5; press++) await page.keyboard.press('ArrowRight');
  await expectRun(page, { drift: { ...drift, t: 0.05 } });
});

test('the XSTest rows of the prompts are one click away', async ({ page }) => {
  await openLab(page);
  await page.getByLabel('Dataset').selectOption('prompts');
  await ready(page);
  await expectRun(page, { data: { id: 'prompts' } });
  await page.getByRole('button', { name: /XSTest/ }).click();
  await expectRun(page, { data: { id: 'prompts' }, view: { slice: { column: 'source', value: 'xstest' } } });
});
