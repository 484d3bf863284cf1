import { expect, test, type Page } from '@playwright/test';
import { metric } from './network.ts';

/** The project without a GPU verifies on cpu, the one with WebGPU on webgpu. */
export const backend = () => (test.info().project.name === 'webgpu' ? 'webgpu' : 'cpu');
/** What is promised for the logits of a linear probe. */
const allowed = () => (backend() === 'webgpu' ? 1e-4 : 1e-9);

export const verdict = (page: Page) => page.getByTestId('verification');

interface Verified {
  readonly difference: number;
  readonly text: string;
}

export async function verify(page: Page, at: string, rows: string, tolerance = allowed()): Promise<Verified> {
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
