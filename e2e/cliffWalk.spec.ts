import { expect, test, type Page } from '@playwright/test';
import { CONES } from '../src/labs/drift/panels/cliffWalk/steps.ts';
import { expectRun, headlines, openLab, ready } from './lab.ts';
import { openPanel, panelOf, setSigma, text, tile, value } from './panels.ts';

const METRICS = ['rocAuc', 'accuracy', 'meanConfidence', 'silentFailureRate'] as const;
const walk = (page: Page) => panelOf(page, 'cliffWalk');
const press = (page: Page, name: string) => walk(page).getByRole('button', { name, exact: true }).click();

/** Waits until a step has been measured, and holds its row to the headline tiles, digit by digit. */
async function expectStep(page: Page, step: number): Promise<void> {
  await expect(walk(page).getByRole('status').first()).toHaveText(`Step ${step} of 7`);
  await expect(walk(page).locator('tr[aria-current="step"]')).toContainText(`${step}. `, { timeout: 15_000 });
  for (const metric of METRICS) {
    expect(await text(walk(page), `walk-${step}-${metric}`), `${metric} of step ${step}`).toBe(
      await tile(page, metric),
    );
  }
}

test('seven steps lead from a drift that does nothing to a collapse with full confidence, and my settings come back', async ({
  page,
}) => {
  await openLab(page);
  await setSigma(page, '0.15');
  await openPanel(page, 'cliffWalk');
  await expect(walk(page).locator('table')).toHaveCount(0);
  await press(page, 'Start the walk');
  for (let step = 1; step <= 7; step++) {
    if (step > 1) await press(page, 'Next');
    await expectStep(page, step);
    await expect(walk(page).locator('tbody tr')).toHaveCount(step);
    if (step === 6) {
      const cone = { multiple: CONES[2].multiple, seed: 42 };
      await expectRun(page, { data: { cone }, drift: { sigma: 0.02, units: 'total-norm' } });
    }
    if (step === 1) expect(await value(headlines(page), 'meanAngleDegrees')).toBeLessThan(1.5);
  }
  const auc = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((step) => value(walk(page), `walk-${step}-rocAuc`)));
  for (const step of [1, 2, 3, 4]) expect(auc[step], `AUC of step ${step + 1}`).toBeLessThan(auc[step - 1]);
  expect(auc[4]).toBeLessThan(0.6);
  for (const step of [4, 5]) {
    expect(auc[step - 1]).toBeLessThan(0.65);
    expect(await value(walk(page), `walk-${step}-meanConfidence`)).toBeGreaterThan(0.95);
    expect(await value(walk(page), `walk-${step}-silentFailureRate`)).toBeGreaterThan(0.85);
  }
  expect(auc[5]).toBeGreaterThan(0.75);
  const cone = { multiple: CONES[2].multiple, seed: 42 };
  await expectRun(page, { data: { cone }, probe: { standardize: false }, drift: { sigma: 0.02 } });
  expect(auc[6]).toBeLessThan(0.7);
  expect(await value(walk(page), 'walk-7-meanConfidence')).toBeLessThan(0.6);
  expect(await value(walk(page), 'walk-7-silentFailureRate')).toBe(0);

  await press(page, 'Next');
  await expect(walk(page).getByRole('heading', { level: 4 })).toBeFocused();
  await expect(walk(page)).toContainText('What the walk has shown');
  await press(page, 'Back');
  await expectStep(page, 7);
  await press(page, 'Next');
  await press(page, 'Finish');
  await expect(walk(page)).toHaveAttribute('data-open', 'false');
  await expect(walk(page).locator('.panel-toggle')).toBeFocused();
  await ready(page);
  await expectRun(page, { drift: { sigma: 0.15 } });
  await expect(page.getByLabel('Add a common direction')).not.toBeChecked();
});

test('the walk can be gone by keyboard, back, by undo, and from settings that someone changed', async ({ page }) => {
  await openLab(page);
  await walk(page).locator('.panel-toggle').press('Enter');
  await walk(page).getByRole('button', { name: 'Start the walk' }).press('Enter');
  const title = walk(page).getByRole('heading', { level: 4 });
  await expect(title).toBeFocused();
  await expect(title).toHaveText('One degree does nothing');
  await expectStep(page, 1);
  await walk(page).getByRole('button', { name: 'Next', exact: true }).press('Enter');
  await expectStep(page, 2);
  await walk(page).getByRole('button', { name: 'Next', exact: true }).press('Space');
  await expectStep(page, 3);
  await walk(page).getByRole('button', { name: 'Back', exact: true }).press('Enter');
  await expectStep(page, 2);
  await page.keyboard.press('Control+z');
  await expectStep(page, 3);
  await expectRun(page, { data: { cone: { multiple: CONES[0].multiple, seed: 42 } }, drift: { sigma: 0.02 } });
  const third = await text(walk(page), 'walk-3-rocAuc');

  await setSigma(page, '0.15');
  await expect(walk(page)).toContainText('The settings have changed since this step.');
  await expect(walk(page).locator('tr[aria-current="step"]')).toHaveCount(0);
  expect(await text(walk(page), 'walk-3-rocAuc')).toBe(third);
  await walk(page).getByRole('button', { name: 'Set this step again' }).press('Enter');
  await expectStep(page, 3);
  expect(await tile(page, 'rocAuc')).toBe(third);

  await walk(page).getByRole('button', { name: 'Close', exact: true }).press('Enter');
  await expect(walk(page).locator('.panel-toggle')).toBeFocused();
  await expect(page.getByLabel('Multiple of the row’s length')).toHaveValue(String(CONES[0].multiple));
});
