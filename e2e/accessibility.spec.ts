import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { openGroup, openLab } from './lab.ts';

const GROUPS = ['Probe', 'Measurement', 'Engine and checks'];

async function violations(page: Page) {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return found.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0].html}`);
}

for (const [width, height] of [
  [1440, 900],
  [390, 844],
]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing at ${width} pixels in ${colorScheme}`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await openLab(page);
      for (const group of GROUPS) await openGroup(page, group);
      const tables = page.getByRole('button', { name: 'Show as table' });
      while ((await tables.count()) > 0) await tables.first().click();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'About the data' }).click();
      await expect(page.getByRole('dialog')).toContainText('Tom Davidson');
      expect(await violations(page)).toEqual([]);
    });
  }
}

for (const width of [360, 390, 768, 1440]) {
  test(`nothing is cut off sideways at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await openLab(page);
    for (const group of GROUPS) await openGroup(page, group);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}

test('every control has a name', async ({ page }) => {
  await openLab(page);
  for (const group of GROUPS) await openGroup(page, group);
  const unnamed = await page.locator('button, input, select, [role="slider"], summary, a').evaluateAll((controls) =>
    controls
      .filter((control) => {
        const labels = (control as HTMLInputElement).labels;
        const text =
          control.getAttribute('aria-label') ?? control.getAttribute('aria-labelledby') ?? control.textContent;
        return !text?.trim() && !(labels && labels.length > 0);
      })
      .map((control) => control.outerHTML),
  );
  expect(unnamed).toEqual([]);
});
