import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { openPanel, openSynthetic, SMALL, trainNetwork } from './network.ts';

for (const [width, height] of [
  [1440, 900],
  [390, 844],
]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing on the network and its training at ${width} pixels in ${colorScheme}`, async ({ page }) => {
      test.setTimeout(120_000);
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await openSynthetic(page);
      await openPanel(page, 'training');
      await trainNetwork(page, SMALL);
      const panel = page.locator('[data-panel="training"]');
      await panel.getByRole('button', { name: 'Draw both curves' }).click();
      await expect(panel.locator('[data-chart="beside-silentFailureRate"] figcaption')).toContainText('linear probe');
      const tables = panel.getByRole('button', { name: 'Show as table' });
      await expect(tables).toHaveCount(5);
      while ((await tables.count()) > 0) await tables.first().click();
      const { violations } = await new AxeBuilder({ page })
        .include('[data-panel="training"]')
        .include('details[open]')
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze();
      expect(violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0].html}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  }
}
