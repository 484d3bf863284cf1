import { expect, type Locator, type Page } from '@playwright/test';
import { TILES, shown } from './lab.ts';

/** For numbers that take an analysis: seconds on an idle machine, more where tests run beside it. */
export const SETTLED = { timeout: 45_000 };

export const panelOf = (page: Page, id: string): Locator => page.locator(`[data-panel="${id}"]`);

/** Opens a panel below the main charts by its head, if it is closed. */
export async function openPanel(page: Page, id: string): Promise<Locator> {
  const panel = panelOf(page, id);
  const toggle = panel.locator('.panel-toggle');
  if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
  await expect(toggle).toHaveAttribute('aria-expanded', 'true');
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
