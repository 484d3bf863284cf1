import { expect, type Locator, type Page } from '@playwright/test';
import type { PanelId } from '../src/spec/types.ts';
import { headlines } from './lab.ts';

export const BELONGS_BEFORE = 'These numbers belong to the settings before.';

export const panelOf = (page: Page, id: PanelId): Locator => page.locator(`[data-panel="${id}"]`);

/** Opens a panel with the mouse, where it is not open yet. */
export async function openPanel(page: Page, id: PanelId): Promise<Locator> {
  const panel = panelOf(page, id);
  const toggle = panel.locator('.panel-toggle');
  if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
  await expect(panel.locator('.panel-loading')).toHaveCount(0);
  await expect(panel.locator('.panel-body')).not.toBeEmpty();
  return panel;
}

/** What a metric says in full precision; '' where it is undefined. */
export async function text(scope: Locator | Page, metric: string): Promise<string> {
  return (await scope.locator(`[data-metric="${metric}"]`).getAttribute('data-value')) ?? '';
}

export async function value(scope: Locator | Page, metric: string): Promise<number> {
  const said = await text(scope, metric);
  return said === '' ? NaN : Number(said);
}

/** What a headline tile says in full precision. */
export const tile = (page: Page, metric: string): Promise<string> => text(headlines(page), metric);

/** Sets the amount of drift by one of the buttons under the slider, and waits until the tiles show it. */
export async function setSigma(page: Page, sigma: string): Promise<void> {
  await page.getByRole('button', { name: sigma, exact: true }).click();
  await expect(headlines(page)).toHaveAttribute('data-sigma', sigma);
}
