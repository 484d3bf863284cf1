import { expect, test, type Page } from '@playwright/test';
import { headlines, openLab, ready } from './lab.ts';
import { metric, openPanel, openSynthetic, SMALL, trainNetwork, type, computeWith } from './network.ts';

/** The project without a GPU verifies on cpu, the one with WebGPU on webgpu. */
const backend = () => (test.info().project.name === 'webgpu' ? 'webgpu' : 'cpu');
/** What is promised for the logits of a linear probe. */
const allowed = () => (backend() === 'webgpu' ? 1e-4 : 1e-9);

const verdict = (page: Page) => page.getByTestId('verification');

interface Verified {
  readonly difference: number;
  readonly text: string;
}

async function verify(page: Page, at: string, rows: string, tolerance = allowed()): Promise<Verified> {
  await page.getByRole('button', { name: 'Verify this state' }).click();
  await expect(verdict(page)).toContainText(`At ${at}, over ${rows} rows on ${backend()}`, { timeout: 60_000 });
  const text = (await verdict(page).textContent()) ?? '';
  expect(text).toContain('Same scores.');
  expect(text).toContain('0 answers differ');
  expect(text).toMatch(/Literal (under 0\.1|[\d.,]+) ms, fast path (under 0\.1|[\d.,]+) ms\./);
  expect(await metric(page, 'verifyTolerance')).toBe(tolerance);
  const difference = await metric(page, 'verifyDifference');
  expect(difference).toBeLessThanOrEqual(tolerance);
  return { difference, text };
}

test('Verify finds the scores of the fast path for every kind of drift, renormalised or not', async ({ page }) => {
  test.setTimeout(240_000);
  await openSynthetic(page);
  await computeWith(page, backend());
  const differences: number[] = [];
  for (const kind of ['gaussian', 'directional', 'subspace', 'rotation', 'scaling', 'mean-shift']) {
    await page.getByLabel('Kind of drift').selectOption(kind);
    await ready(page);
    await expect(verdict(page)).toHaveCount(0);
    differences.push((await verify(page, 'σ 0.02', '120')).difference);
  }
  await page.getByLabel('Renormalise after drift').uncheck();
  for (const kind of ['gaussian', 'directional', 'scaling']) {
    await page.getByLabel('Kind of drift').selectOption(kind);
    await ready(page);
    await expect(verdict(page)).toHaveCount(0);
    differences.push((await verify(page, 'σ 0.02', '120')).difference);
  }
  // Two ways through floating point: bits part somewhere, or one way was compared with itself.
  expect(Math.max(...differences)).toBeGreaterThan(0);
});

test('Verify finds the scores of a real model update, whole and in part', async ({ page }) => {
  test.setTimeout(240_000);
  await openLab(page);
  await page.getByLabel('Kind of drift').selectOption('model');
  await page.getByLabel('New encoder version').selectOption('domain-tuned-30');
  await ready(page);
  await computeWith(page, backend());
  await verify(page, 'share 1', '800');
  const way = page.getByLabel('From the old encoder to the new one');
  await way.focus();
  await page.keyboard.press('Home');
  for (let press = 0; press < 5; press++) await page.keyboard.press('ArrowRight');
  await expect(verdict(page)).toHaveCount(0);
  await verify(page, 'share 0.05', '800');
});

test('Verify on cpu finds the scores of a network within 1e-6', async ({ page }) => {
  test.skip(backend() === 'webgpu', 'mlp.webgpu.spec.ts has that of webgpu.');
  await openSynthetic(page);
  await trainNetwork(page, SMALL);
  await computeWith(page, 'cpu');
  for (const kind of ['gaussian', 'subspace', 'scaling']) {
    await page.getByLabel('Kind of drift').selectOption(kind);
    await ready(page);
    await expect(verdict(page)).toHaveCount(0);
    expect((await verify(page, 'σ 0.02', '120', 1e-6)).difference).toBeLessThan(1e-9);
  }
});

test('a report of Verify stays while panels open, and goes with the settings it was run with', async ({ page }) => {
  test.setTimeout(120_000);
  await openSynthetic(page);
  await computeWith(page, backend());
  const { text } = await verify(page, 'σ 0.02', '120');
  await openPanel(page, 'separability');
  await expect(page.locator('[data-panel="separability"] table').first()).toBeVisible();
  await ready(page);
  expect(await verdict(page).textContent()).toBe(text);
  await page.getByRole('button', { name: '0.15', exact: true }).click();
  await expect(headlines(page)).toHaveAttribute('data-sigma', '0.15');
  await expect(verdict(page)).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(headlines(page)).toHaveAttribute('data-sigma', '0.02');
  await expect(verdict(page)).toHaveCount(0);
  await verify(page, 'σ 0.02', '120');
});

test('Verify can be cancelled, by mouse and by keyboard, and run again', async ({ page }) => {
  test.skip(backend() === 'webgpu', 'The literal drift of so many rows takes minutes on an emulated GPU.');
  test.setTimeout(120_000);
  await openLab(page);
  await page.getByLabel('Dataset').selectOption('base-like');
  await type(page, 'Rows', 6000);
  await type(page, 'Dimensions', 512);
  await page.getByLabel('Kind of drift').selectOption('subspace');
  await ready(page);
  await computeWith(page, 'cpu');
  const button = page.getByRole('button', { name: 'Verify this state' });
  const running = page.getByText('Drifting every row…');
  for (const how of ['mouse', 'keyboard']) {
    await button.click();
    const cancel = running.getByRole('button', { name: 'Cancel' });
    if (how === 'mouse') await cancel.click();
    else {
      await cancel.focus();
      await page.keyboard.press('Enter');
    }
    await expect(running).toHaveCount(0);
    await expect(verdict(page)).toHaveCount(0);
    await expect(button).toBeEnabled();
  }
  await page.getByRole('button', { name: '0.15', exact: true }).click();
  await expect(headlines(page)).toHaveAttribute('data-sigma', '0.15');
  await verify(page, 'σ 0.15', '1,200');
});
