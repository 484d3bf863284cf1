import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { openLab } from './lab.ts';
import { numberOf, openPanel, SETTLED } from './panels.ts';

// A run of the command line beside each page: far more than this takes, on a busy machine.
test.describe.configure({ timeout: 120_000 });

async function violations(page: Page, within: string) {
  const { violations: found } = await new AxeBuilder({ page })
    .include(within)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return found.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0].html}`);
}

/** Opens the comparison, separability, geometry, certificate and figures with their numbers, and all layers of the cliff. */
async function openAll(page: Page): Promise<void> {
  for (const name of ['Band over 200 draws', 'Theory', 'Reach of noise', 'Published points'])
    await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('button', { name: 'Pin as A', exact: true }).click();
  for (const id of ['comparison', 'separability', 'geometry', 'certified', 'figures'] as const)
    await openPanel(page, id);
  const figures = page.locator('[data-panel="figures"]');
  await figures.getByLabel('Data of Figure 3').selectOption('present');
  await figures.getByRole('button', { name: 'Run Figure 3' }).click();
  const metrics = ['bandLow', 'theoryRocAuc', 'compareRocAucA', 'dPrime', 'commonAngleDegrees', 'worstCaseAuc', 'figure3EceCheckpoint7']; // prettier-ignore
  for (const metric of metrics)
    await expect.poll(() => numberOf(page, metric), { ...SETTLED, message: metric }).toBeGreaterThanOrEqual(0);
}

for (const [width, height] of [
  [1440, 900],
  [390, 844],
]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing in the open panels and in Why? at ${width} pixels in ${colorScheme}, and nothing sticks out`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await openLab(page);
      await openAll(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(await violations(page, '.panels')).toEqual([]);
      expect(await violations(page, '.cliff-room')).toEqual([]);
      expect(await violations(page, '.pin-bar')).toEqual([]);
      await page.getByRole('button', { name: 'Why? ECE', exact: true }).click();
      await expect.poll(() => numberOf(page, 'convention:bins:15'), SETTLED).toBeGreaterThan(0);
      expect(await violations(page, 'dialog')).toEqual([]);
      const right = await page.getByRole('dialog').evaluate((dialog) => dialog.getBoundingClientRect().right);
      expect(right).toBeLessThanOrEqual(width);
    });
  }
}
