import { expect, type Locator, type Page } from '@playwright/test';
import type { PanelId } from '../src/spec/types.ts';
import { headlines, TILES, shown } from './lab.ts';

export const BELONGS_BEFORE = 'These numbers belong to the settings before.';

/** For numbers that take an analysis: seconds on an idle machine, more where tests run beside it. */
export const SETTLED = { timeout: 45_000 };

export const panelOf = (page: Page, id: PanelId): Locator => page.locator(`[data-panel="${id}"]`);

/** Opens a panel below the main charts by its head, if it is closed. */
export async function openPanel(page: Page, id: PanelId): Promise<Locator> {
  const panel = panelOf(page, id);
  const toggle = panel.locator('.panel-toggle');
  if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
  await expect(toggle).toHaveAttribute('aria-expanded', 'true');
  await expect(panel.locator('.panel-loading')).toHaveCount(0);
  await expect(panel.locator('.panel-body')).not.toBeEmpty();
  return panel;
}

/** A number as it is kept at full precision; NaN where it is undefined or not there yet. */
export async function numberOf(root: Page | Locator, metric: string, part = 'data-value'): Promise<number> {
  const output = root.locator(`[data-metric="${metric}"]`);
  if ((await output.count()) === 0) return NaN;
  const value = await output.first().getAttribute(part);
  return value === null || value === '' || value === 'null' ? NaN : Number(value);
}

/** Waits until a number on screen equals one computed elsewhere. */
export async function expectNumber(root: Page | Locator, metric: string, value: unknown, tolerance = 1e-9) {
  expect(typeof value, `${metric} elsewhere`).toBe('number');
  await expect
    .poll(async () => Math.abs((await numberOf(root, metric)) - Number(value)), {
      message: `${metric} should be ${value}`,
      ...SETTLED,
    })
    .toBeLessThanOrEqual(tolerance);
}

/** All headline tiles as they stand, by name. */
export async function tiles(page: Page): Promise<Record<string, number>> {
  const entries = await Promise.all(TILES.map(async (name) => [name, await shown(page, name)] as const));
  return Object.fromEntries(entries);
}

/** The body of a chart's table, cell by cell; opens it if it is closed. */
export async function tableOf(figure: Locator): Promise<string[][]> {
  const open = figure.getByRole('button', { name: 'Show as table' });
  if ((await open.count()) > 0) await open.click();
  const rows = figure.locator('.chart-table tbody tr');
  await expect(rows.first()).toBeVisible();
  return rows.evaluateAll((lines) =>
    lines.map((line) => [...line.children].map((one) => (one.textContent ?? '').trim())),
  );
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
