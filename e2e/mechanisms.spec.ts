import { expect, test, type Locator, type Page } from '@playwright/test';
import { labRun, openLab, ready } from './lab.ts';
import { BELONGS_BEFORE, openPanel, panelOf, setSigma, tile, value } from './panels.ts';

const mechanisms = (page: Page) => panelOf(page, 'mechanisms');
const matched = (page: Page) => mechanisms(page).locator('tr[data-status="matched"]');
const rowOf = (page: Page, id: string) => mechanisms(page).locator(`tr[data-mechanism="${id}"]`);
const status = (page: Page) => mechanisms(page).locator('.analysis-status');
const matrices = (page: Page) => mechanisms(page).getByLabel('Also the kinds that need a random matrix');
const button = (page: Page, name: string | RegExp) => mechanisms(page).getByRole('button', { name });

async function cell(row: Locator, column: string): Promise<number> {
  return Number(await row.locator(`td[data-column="${column}"]`).getAttribute('data-value'));
}

const columnOf = (rows: Locator, column: string): Promise<number[]> =>
  rows
    .locator(`td[data-column="${column}"]`)
    .evaluateAll((cells) => cells.map((one) => Number(one.getAttribute('data-value'))));

/** Every number of the table, with the mechanism it belongs to. */
const tableOf = (page: Page): Promise<string[]> =>
  mechanisms(page)
    .locator('tr[data-mechanism]')
    .evaluateAll((rows) =>
      rows.map((row) =>
        [row, ...row.querySelectorAll('td')]
          .map((one) => one.getAttribute('data-mechanism') ?? one.getAttribute('data-value'))
          .join(),
      ),
    );

/** Compares all mechanisms that need no matrix: a second of work. */
async function compare(page: Page): Promise<void> {
  await openPanel(page, 'mechanisms');
  await matrices(page).uncheck();
  await button(page, 'Compare the mechanisms').click();
  await expect(rowOf(page, 'subspace')).toHaveAttribute('data-status', 'left-out', { timeout: 20_000 });
  await expect(status(page)).toHaveCount(0);
}

test('all mechanisms that can go so far stand at one displacement, and their AUCs spread as the number says', async ({
  page,
}) => {
  await openLab(page);
  await compare(page);
  const lab = mechanisms(page).locator('tr', { hasText: 'The lab’s drift' });
  const target = await cell(lab, 'displacement');
  const displacements = await columnOf(matched(page), 'displacement');
  expect(displacements.length).toBeGreaterThan(8);
  for (const displacement of displacements) expect(displacement / target).toBeCloseTo(1, 6);
  const amounts = await columnOf(matched(page), 'amount');
  expect(Math.max(...amounts) / Math.min(...amounts)).toBeGreaterThan(2);
  const aucs = await columnOf(matched(page), 'rocAuc');
  expect(await value(mechanisms(page), 'mechanismAucSpread')).toBeCloseTo(Math.max(...aucs) - Math.min(...aucs), 12);
  expect(Math.max(...aucs) - Math.min(...aucs)).toBeGreaterThan(0.1);

  const noise = rowOf(page, 'per-coordinate');
  expect(await cell(noise, 'amount')).toBeCloseTo(0.02, 6);
  const along = await cell(rowOf(page, 'along-probe'), 'amount');
  const { metrics } = labRun({ drift: { kind: 'directional', direction: 'along-probe', sigma: along } });
  for (const metric of ['rocAuc', 'accuracy', 'f1', 'meanConfidence', 'ece', 'silentFailureRate'] as const) {
    expect(await cell(rowOf(page, 'along-probe'), metric), metric).toBeCloseTo(metrics[metric] ?? NaN, 9);
  }
});

test('a row that is opened in the lab shows the same numbers in the tiles', async ({ page }) => {
  await openLab(page);
  await compare(page);
  for (const id of ['random-shift', 'opposed', 'scaling']) {
    const row = rowOf(page, id);
    const wanted = [await cell(row, 'rocAuc'), await cell(row, 'accuracy'), await cell(row, 'ece')];
    await row.getByRole('button', { name: /^Open in the lab: / }).click();
    await ready(page);
    for (const [k, metric] of ['rocAuc', 'accuracy', 'ece'].entries()) {
      await expect
        .poll(async () => Number(await tile(page, metric)), { message: `${metric} of ${id}` })
        .toBeCloseTo(wanted[k], 12);
    }
    await expect(status(page)).toContainText(BELONGS_BEFORE);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(status(page)).toHaveCount(0);
  }
});

test('a typed mean angle is that of every row, by keyboard alone', async ({ page }) => {
  await openLab(page);
  await panelOf(page, 'mechanisms').locator('.panel-toggle').press('Enter');
  await matrices(page).press('Space');
  await mechanisms(page).getByLabel('What is made equal').selectOption('angle');
  const angle = mechanisms(page).getByLabel('Mean angle for all (degrees)');
  await angle.fill('181');
  await angle.press('Enter');
  await expect(mechanisms(page).getByRole('alert')).toContainText('Expected');
  await angle.fill('30');
  await angle.press('Enter');
  await button(page, 'Compare the mechanisms').press('Enter');
  await expect(rowOf(page, 'subspace')).toHaveAttribute('data-status', 'left-out', { timeout: 20_000 });
  const angles = await columnOf(matched(page), 'angle');
  expect(angles.length).toBeGreaterThan(6);
  for (const one of angles) expect(one).toBeCloseTo(30, 3);
});

test('the table sorts by any column, up, down and back', async ({ page }) => {
  await openLab(page);
  await compare(page);
  const rows = mechanisms(page).locator('tr[data-mechanism]');
  const before = await tableOf(page);
  const heading = mechanisms(page).getByRole('columnheader', { name: 'AUC' });
  await heading.getByRole('button').click();
  await expect(heading).toHaveAttribute('aria-sort', 'ascending');
  const up = await columnOf(rows, 'rocAuc');
  expect(up).toEqual([...up].sort((a, b) => a - b));
  await heading.getByRole('button').press('Enter');
  await expect(heading).toHaveAttribute('aria-sort', 'descending');
  expect(await columnOf(rows, 'rocAuc')).toEqual([...up].sort((a, b) => b - a));
  await expect(rows.last()).not.toHaveAttribute('data-status', 'matched');
  await heading.getByRole('button').press('Space');
  await expect(heading).toHaveAttribute('aria-sort', 'none');
  expect(await tableOf(page)).toEqual(before);
  await mechanisms(page).getByRole('columnheader', { name: 'Mechanism' }).getByRole('button').click();
  const names = await rows.evaluateAll((all) => all.map((row) => row.querySelector('th')?.firstChild?.textContent));
  expect(names).toEqual([...names].sort((a, b) => (a ?? '').localeCompare(b ?? '', 'en')));
});

test('cancel keeps the table that was there, and says that it belongs to other settings', async ({ page }) => {
  await openLab(page);
  await compare(page);
  const before = await tableOf(page);
  await matrices(page).check();
  await expect(status(page)).toContainText(BELONGS_BEFORE);
  await button(page, 'Compare the mechanisms again').click();
  await expect(status(page).getByRole('progressbar')).toBeVisible();
  await expect(status(page)).toContainText(BELONGS_BEFORE);
  await button(page, 'Cancel').click();
  await expect(status(page).getByRole('progressbar')).toHaveCount(0);
  await expect(status(page)).toContainText(BELONGS_BEFORE);
  expect(await tableOf(page)).toEqual(before);
  await matrices(page).uncheck();
  await expect(status(page)).toHaveCount(0);
  expect(await tableOf(page)).toEqual(before);
});

test('a setting changed while the mechanisms are compared ends the comparison, and its numbers never show', async ({
  page,
}) => {
  await openLab(page);
  await compare(page);
  const before = await tableOf(page);
  await setSigma(page, '0.15');
  await matrices(page).check();
  await button(page, 'Compare the mechanisms again').click();
  await expect(status(page).getByRole('progressbar')).toBeVisible();
  await page.getByRole('button', { name: '0.107', exact: true }).click();
  await expect(button(page, 'Compare the mechanisms again')).toBeVisible();
  await expect(status(page)).toContainText(BELONGS_BEFORE);
  expect(await tableOf(page)).toEqual(before);

  // Back at the settings of the table while a run of others is under way: the table is right, and stays.
  await button(page, 'Compare the mechanisms again').click();
  await expect(status(page).getByRole('progressbar')).toBeVisible();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await matrices(page).uncheck();
  await expect(status(page)).toHaveCount(0);
  expect(await tableOf(page)).toEqual(before);
  const lab = mechanisms(page).locator('tr', { hasText: 'The lab’s drift' });
  await expect.poll(async () => Number(await tile(page, 'rocAuc'))).toBeCloseTo(await cell(lab, 'rocAuc'), 12);
});
