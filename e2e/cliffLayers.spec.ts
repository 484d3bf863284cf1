import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectRun, headlines, labRun, openLab, shown } from './lab.ts';
import { expectNumber, numberOf, tableOf, SETTLED } from './panels.ts';

// A run of the command line beside each page: far more than this takes, on a busy machine.
test.describe.configure({ timeout: 120_000 });

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LAYERS = ['Band over 200 draws', 'Theory', 'Reach of noise', 'Published points'];

const cliff = (page: Page): Locator => page.locator('[data-chart="cliff"]');
const notes = (page: Page): Locator => page.getByRole('region', { name: 'Over the cliff' });
const layer = (page: Page, name: string): Locator => cliff(page).getByRole('button', { name, exact: true });

/** AUC over real draws of the noise at one σ, as `lab sweep` prints it. */
function drawsOf(sigma: number, seeds: number): Record<'mean' | 'p5' | 'p50' | 'p95', number> {
  const args = ['--import', 'tsx', 'cli/lab.ts', 'sweep', '-', '--sigma', String(sigma), '--seeds', String(seeds)];
  const output = execFileSync(process.execPath, args, { cwd: ROOT, input: '{}', stdio: ['pipe', 'pipe', 'ignore'] });
  return JSON.parse(output.toString()).rows[0].rocAuc;
}

async function setSigma(page: Page, value: string): Promise<void> {
  await page.locator('.sigma-number').fill(value);
  await page.locator('.sigma-number').press('Enter');
  await expect(headlines(page)).toHaveAttribute('data-sigma', value);
}

test('the band over 200 draws in law holds what real draws of the noise give', async ({ page }) => {
  await openLab(page);
  await layer(page, 'Band over 200 draws').click();
  await expect.poll(() => numberOf(notes(page), 'bandLow'), SETTLED).toBeGreaterThan(0.5);
  const [low, high] = [await numberOf(notes(page), 'bandLow'), await numberOf(notes(page), 'bandHigh')];
  const real = drawsOf(0.02, 40);
  expect(low).toBeLessThan(real.mean);
  expect(high).toBeGreaterThan(real.mean);
  expect(Math.abs(low - real.p5)).toBeLessThan(0.01);
  expect(Math.abs(high - real.p95)).toBeLessThan(0.01);
  await expect(notes(page).locator('[data-metric="bandMethod"]')).toHaveAttribute('data-value', 'exact in law');

  await notes(page).getByRole('button', { name: '20 draws' }).click();
  await expect(layer(page, 'Band over 20 draws')).toHaveAttribute('aria-pressed', 'true');
  await expect(notes(page).locator('[data-metric="bandMethod"]')).toContainText('over 20 draws', SETTLED);
  await expect.poll(() => numberOf(notes(page), 'bandLow'), SETTLED).toBeGreaterThan(0.5);
  expect(await numberOf(notes(page), 'bandLow')).not.toBe(low);
  await layer(page, 'Band over 20 draws').click();
  await expect(page.locator('[data-metric="bandLow"]')).toHaveCount(0);
});

test('the formula starts at the Gaussian AUC of the clean logits, and the residual is what is left', async ({
  page,
}) => {
  await openLab(page);
  await setSigma(page, '0');
  await layer(page, 'Theory').click();
  await expect.poll(() => numberOf(notes(page), 'theoryRocAuc'), SETTLED).toBeGreaterThan(0.5);
  const theory = await numberOf(notes(page), 'theoryRocAuc');
  await page.getByRole('button', { name: 'Why? AUC', exact: true }).click();
  await expectNumber(page.getByRole('dialog'), 'convention:gaussian-auc', theory);
  await page.keyboard.press('Escape');

  for (const value of ['0.02', '0.1']) {
    await setSigma(page, value);
    await expect.poll(() => numberOf(notes(page), 'theoryRocAuc')).toBeLessThan(theory);
    const [formula, residual] = [
      await numberOf(notes(page), 'theoryRocAuc'),
      await numberOf(notes(page), 'residualRocAuc'),
    ];
    expect(residual).toBeCloseTo((await shown(page, 'rocAuc')) - formula, 12);
    expect(Math.abs(residual)).toBeLessThan(0.05);
    const largest = Math.abs(await numberOf(notes(page), 'largestResidual'));
    expect(largest).toBeLessThan(0.1);
  }
  const table = await tableOf(cliff(page));
  expect(table.length).toBeGreaterThan(10);
  await expect(cliff(page).locator('.chart-table thead')).toContainText(/theory|formula/i);
});

test('noise stays within its reach, and a rotation of all planes falls far below it', async ({ page }) => {
  await openLab(page);
  await layer(page, 'Reach of noise').click();
  await expect.poll(() => numberOf(notes(page), 'belowReach'), SETTLED).toBeLessThan(0.02);
  await expect(notes(page)).toContainText('AUC that no isotropic noise on a linear probe can be expected to show');
  await layer(page, 'Published points').click();
  await expect(notes(page)).toContainText('published (arXiv 2603.01297), on other data and not recomputed');
  await page.getByLabel('Kind of drift').selectOption('rotation');
  await expect(notes(page)).toContainText('No published points: the paper did not measure this kind of drift.');
  await expect.poll(() => numberOf(notes(page), 'belowReach'), SETTLED).toBeGreaterThan(0.1);
});

test('with all layers on, on either axis, the handle still goes by mouse and by keyboard', async ({ page }) => {
  await openLab(page);
  for (const name of LAYERS)
    await layer(page, name)
      .focus()
      .then(() => page.keyboard.press('Space'));
  for (const name of LAYERS) await expect(layer(page, name)).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => numberOf(notes(page), 'bandLow'), SETTLED).toBeGreaterThan(0.5);
  await expect.poll(() => numberOf(notes(page), 'theoryRocAuc'), SETTLED).toBeGreaterThan(0.5);
  const before = await numberOf(notes(page), 'theoryRocAuc');
  const handle = cliff(page).getByRole('slider');
  for (const axis of ['log', 'linear']) {
    if (axis === 'linear') await page.getByRole('button', { name: 'Linear axis' }).click();
    await setSigma(page, '0.02');
    await handle.scrollIntoViewIfNeeded();
    const box = await handle.boundingBox();
    if (!box) throw new Error('The cliff has no handle.');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 160, box.y + box.height / 2, { steps: 8 });
    await page.mouse.up();
    await expect
      .poll(async () => Number(await page.locator('.sigma-number').inputValue()), { message: axis })
      .toBeGreaterThan(0.03);
    const sigma = Number(await page.locator('.sigma-number').inputValue());
    await expectNumber(page.locator('.headlines'), 'rocAuc', labRun({ drift: { sigma } }).metrics.rocAuc);
    await expect.poll(() => numberOf(notes(page), 'theoryRocAuc')).toBeLessThan(before);
  }
  await handle.focus();
  await page.keyboard.press('Home');
  await expect(headlines(page)).toHaveAttribute('data-sigma', '0');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => Number(await headlines(page).getAttribute('data-sigma'))).toBeGreaterThan(0);
  await expectRun(page, { drift: { sigma: Number(await page.locator('.sigma-number').inputValue()) } });
  const [auc, theory] = [await shown(page, 'rocAuc'), await numberOf(notes(page), 'theoryRocAuc')];
  expect(await numberOf(notes(page), 'residualRocAuc')).toBeCloseTo(auc - theory, 12);
});
