import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Headline } from '../src/engine/results.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

type Run = { metrics: Headline & Record<string, unknown>; backend: string };
const runs = new Map<string, Run>();

/** What `lab run` prints for a spec; each spec is run once, as its result never changes. */
export function labRun(spec: object): Run {
  const key = JSON.stringify(spec);
  const run = runs.get(key) ?? runHeadless(key);
  runs.set(key, run);
  return run;
}

function runHeadless(spec: string): Run {
  const output = execFileSync(process.execPath, ['--import', 'tsx', 'cli/lab.ts', 'run', '-'], {
    cwd: ROOT,
    input: spec,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return JSON.parse(output.toString());
}

/** The headline tiles that both the screen and `lab run` show. */
export const TILES = ['rocAuc', 'accuracy', 'meanConfidence', 'silentFailureRate', 'ece', 'meanAngleDegrees'] as const;

export const headlines = (page: Page): Locator => page.locator('.headlines');
export const slider = (page: Page): Locator => page.locator('.sigma-range');

/** Opens the lab and waits until the engine has recomputed the first picture. */
export async function openLab(page: Page, path = ''): Promise<void> {
  await page.goto(`./${path}`);
  await ready(page);
}

export async function ready(page: Page): Promise<void> {
  await expect(page.getByTestId('engine-status')).toHaveAttribute('data-phase', 'ready', { timeout: 30_000 });
}

/** Opens a group of settings, or a group within one. */
export async function openGroup(page: Page, title: string): Promise<void> {
  const summary = page.locator('summary', { hasText: title });
  if ((await summary.locator('..').getAttribute('open')) === null) await summary.click();
}

export async function shown(page: Page, metric: string): Promise<number> {
  const value = await headlines(page).locator(`[data-metric="${metric}"]`).getAttribute('data-value');
  return value === null || value === '' ? NaN : Number(value);
}

/** Waits until the tiles show a spec's numbers as `lab run` prints them. */
export async function expectRun(page: Page, spec: object, tolerance = 1e-9): Promise<void> {
  const { metrics } = labRun(spec);
  for (const name of TILES) {
    await expect
      .poll(async () => Math.abs((await shown(page, name)) - (metrics[name] ?? NaN)), {
        message: `${name} should be ${metrics[name]}`,
      })
      .toBeLessThanOrEqual(tolerance);
  }
}

/** Drags the thumb of the σ slider to a share of its track, in steps, as a hand would. */
export async function dragTo(page: Page, share: number): Promise<void> {
  const track = slider(page);
  await track.scrollIntoViewIfNeeded();
  const box = await track.boundingBox();
  if (!box) throw new Error('The slider is not on the page.');
  const value = Number(await track.inputValue()) / Number(await track.getAttribute('max'));
  const y = box.y + box.height / 2;
  const at = (part: number) => box.x + 10 + part * (box.width - 20);
  await page.mouse.move(at(value), y);
  await page.mouse.down();
  await page.mouse.move(at(share), y, { steps: 12 });
  await page.mouse.up();
}
