import { expect, test, type Page } from '@playwright/test';
import { labRun, openLab } from './lab.ts';
import { BELONGS_BEFORE, openPanel, panelOf, setSigma, value } from './panels.ts';

const walk = (page: Page) => panelOf(page, 'walk');
const status = (page: Page) => walk(page).locator('.analysis-status');
const button = (page: Page, name: string) => walk(page).getByRole('button', { name, exact: true });
const steps = (page: Page) => walk(page).getByLabel('Steps', { exact: true });
const auc = (page: Page, way: string) => value(walk(page), `walkRocAuc${way}`);

async function accuracy(page: Page, way: string): Promise<number> {
  return Number(await walk(page).locator(`tr[data-way="${way}"] td`).nth(1).getAttribute('data-value'));
}

interface Walk {
  readonly steps: number;
  readonly sigma: number;
  readonly mechanism?: string;
}

async function run(page: Page, { steps: count, sigma, mechanism }: Walk): Promise<void> {
  await openPanel(page, 'walk');
  await steps(page).fill(String(count));
  await walk(page).getByLabel('σ of each step').fill(String(sigma));
  if (mechanism) await walk(page).getByLabel('Mechanism of the walk').selectOption({ label: mechanism });
  await walk(page).getByLabel('Also align the rows at the end').uncheck();
  await walk(page)
    .getByRole('button', { name: /^Run the walk/ })
    .click();
  await expect(walk(page).locator('tr[data-way="undone"]')).toBeVisible({ timeout: 25_000 });
  await expect(status(page)).toHaveCount(0, { timeout: 25_000 });
  await expect(walk(page).locator('tr[data-checkpoint]')).toHaveCount(count + 1);
}

test('noise does not come back by re-centring or refitting, only undone', async ({ page }) => {
  await openLab(page);
  await run(page, { steps: 4, sigma: 0.05 });
  const clean = labRun({ drift: { sigma: 0 } }).metrics.rocAuc ?? NaN;
  const start = await auc(page, 'Start');
  expect(start).toBeCloseTo(clean, 6);
  expect(await auc(page, 'End')).toBeLessThan(start - 0.1);
  expect(Math.abs((await auc(page, 'Undone')) - start)).toBeLessThan(1e-4);
  expect(await auc(page, 'Recentred')).toBeLessThan(start - 0.1);
  expect(await auc(page, 'Refit')).toBeLessThan(start - 0.05);
  expect(await value(walk(page), 'walkLargestDistance')).toBeLessThan(1e-4);
  await expect(walk(page).locator('tr[data-way="undone"]')).toContainText('eturns');
  await walk(page).getByText('Every checkpoint as a table').click();
  const jumps = await walk(page)
    .locator('tr[data-checkpoint]')
    .evaluateAll((rows) => rows.map((row) => Number(row.children[1].textContent)));
  for (const [k, angle] of jumps.entries()) if (k > 0) expect(angle).toBeGreaterThan(jumps[k - 1]);
});

test('a common direction costs accuracy, and comes back by re-centring', async ({ page }) => {
  await openLab(page);
  await page.getByLabel('Kind of drift').selectOption('directional');
  await page.getByLabel('Direction', { exact: true }).selectOption('along-probe');
  await page.getByLabel('Renormalise after drift').uncheck();
  await run(page, { steps: 3, sigma: 0.02 });
  const [start, end] = [await accuracy(page, 'start'), await accuracy(page, 'end')];
  expect(end).toBeLessThan(start - 0.02);
  expect(await auc(page, 'End')).toBeCloseTo(await auc(page, 'Start'), 5);
  expect(Math.abs((await accuracy(page, 'recentred')) - start)).toBeLessThan(0.002);
  expect(Math.abs((await accuracy(page, 'undone')) - start)).toBeLessThan(0.002);
  const last = walk(page).locator('tr[data-checkpoint="3"] td');
  const { metrics } = labRun({
    drift: { kind: 'directional', direction: 'along-probe', renormalize: false, sigma: 0.06 },
  });
  expect(end).toBeCloseTo(metrics.accuracy ?? NaN, 3);
  await expect(last.nth(9)).toHaveText(/^0?\.06/);
});

test('a setting changed during a walk ends it; the walk before is marked as such until it is run again', async ({
  page,
}) => {
  await openLab(page);
  await run(page, { steps: 2, sigma: 0.05 });
  const end = await auc(page, 'End');
  await steps(page).fill('64');
  await steps(page).press('Enter');
  await expect(status(page)).toContainText(BELONGS_BEFORE);
  await button(page, 'Run the walk again').click();
  await expect(status(page).getByRole('progressbar')).toBeVisible();
  await expect(status(page)).toContainText(BELONGS_BEFORE);
  await setSigma(page, '0.15');
  await expect(button(page, 'Run the walk again')).toBeVisible();
  await expect(status(page)).toContainText(BELONGS_BEFORE);
  expect(await auc(page, 'End')).toBe(end);
  await expect(walk(page).locator('tr[data-checkpoint]')).toHaveCount(3);
  await run(page, { steps: 2, sigma: 0.05 });
  expect(await auc(page, 'End')).toBe(end);
});
