import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import type { PanelId } from '../src/spec/types.ts';
import { openLab } from './lab.ts';
import { openPanel, panelOf } from './panels.ts';

async function violations(page: Page, within: string): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .include(within)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return found.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0].html}`);
}

/** Brings each panel to the state in which it shows the most. */
const FILLED: readonly (readonly [PanelId, (page: Page) => Promise<void>])[] = [
  [
    'algebra',
    async (page) => {
      await panelOf(page, 'algebra').locator('[data-mechanism="opposed"]').first().click();
      await expect(panelOf(page, 'algebra').locator('tr[aria-current="true"]')).toContainText('Each class');
    },
  ],
  [
    'mechanisms',
    async (page) => {
      const panel = panelOf(page, 'mechanisms');
      await panel.getByLabel('Also the kinds that need a random matrix').uncheck();
      await panel.getByRole('button', { name: 'Compare the mechanisms' }).click();
      await expect(panel.locator('tr[data-mechanism="subspace"]')).toBeVisible({ timeout: 20_000 });
    },
  ],
  [
    'walk',
    async (page) => {
      const panel = panelOf(page, 'walk');
      await panel.getByLabel('Steps', { exact: true }).fill('2');
      await panel.getByLabel('Also align the rows at the end').uncheck();
      await panel.getByRole('button', { name: 'Run the walk' }).click();
      await expect(panel.locator('tr[data-way="refitted"]')).toBeVisible({ timeout: 20_000 });
      await panel.getByText('Every checkpoint as a table').click();
    },
  ],
  [
    'cliffWalk',
    async (page) => {
      const panel = panelOf(page, 'cliffWalk');
      for (const name of ['Start the walk', 'Next', 'Next']) {
        await panel.getByRole('button', { name, exact: true }).click();
        await expect(panel.locator('tr[aria-current="step"]')).toBeVisible({ timeout: 20_000 });
      }
    },
  ],
];

for (const [width, height] of [
  [1440, 900],
  [390, 844],
]) {
  test(`axe finds nothing in the filled panels of drifts and walks at ${width} pixels, light and dark`, async ({
    page,
  }) => {
    test.setTimeout(150_000);
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openLab(page);
    const clean = async (within: string, what: string): Promise<void> => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await violations(page, within), `${what}, ${colorScheme}`).toEqual([]);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth), what).toBeLessThanOrEqual(width);
    };
    for (const [id, fill] of FILLED) {
      await openPanel(page, id);
      await fill(page);
      await clean(`[data-panel="${id}"]`, id);
    }
    // The walk to the cliff has switched the cone on, and the other panels now hold numbers of settings before.
    await expect(page.getByLabel('Add a common direction')).toBeChecked();
    await clean('main', 'all panels open');
  });
}
