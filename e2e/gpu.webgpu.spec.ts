import { expect, test, type Page } from '@playwright/test';
import { dragTo, expectRun, headlines, openGroup, openLab, ready, slider } from './lab.ts';

/** Small enough for a GPU that is emulated on the processor. */
const SYNTHETIC = { rows: 800, dims: 48, separation: 2.8405, spectrum: 1, meanCosine: 0.97, seed: 42 };
const DATA = { data: { id: 'synthetic', synthetic: SYNTHETIC } };

async function openSmall(page: Page): Promise<void> {
  await openLab(page);
  await page.getByLabel('Dataset').selectOption('base-like');
  for (const [label, value] of [
    ['Rows', SYNTHETIC.rows],
    ['Dimensions', SYNTHETIC.dims],
  ] as const) {
    const field = page.getByLabel(label, { exact: true });
    await field.fill(String(value));
    await field.press('Enter');
  }
  await ready(page);
  await openGroup(page, 'Engine and checks');
}

async function useWebgpu(page: Page): Promise<void> {
  await page.getByLabel('Compute with').selectOption('webgpu');
  await expect(page.locator('[data-metric="backend"]')).toHaveAttribute('data-value', 'webgpu', { timeout: 45_000 });
  await ready(page);
}

test('webgpu gives the numbers of the headless run to 1e-4, and every slider step with it', async ({ page }) => {
  test.setTimeout(180_000);
  await openSmall(page);
  await useWebgpu(page);
  await expect(page.locator('.badge')).toHaveText('Computed on webgpu · checked', { timeout: 60_000 });
  await expectRun(page, DATA, 1e-4);
  await dragTo(page, 0.7);
  const sigma = Number(await page.locator('.sigma-number').inputValue());
  expect(sigma).toBeGreaterThan(0.05);
  await expectRun(page, { ...DATA, drift: { sigma } }, 1e-4);

  await slider(page).focus();
  await page.keyboard.press('Home');
  await expect(headlines(page)).toHaveAttribute('data-sigma', '0');
  await expectRun(page, { ...DATA, drift: { sigma: 0 } }, 1e-4);
  await page.keyboard.press('End');
  await expect(headlines(page)).toHaveAttribute('data-sigma', '2');
  await expectRun(page, { ...DATA, drift: { sigma: 2 } }, 1e-4);
});

test('Verify runs the literal drift on webgpu and finds the same scores', async ({ page }) => {
  test.setTimeout(180_000);
  await openSmall(page);
  await useWebgpu(page);
  await page.getByRole('button', { name: 'Verify this state' }).click();
  const verdict = page.getByTestId('verification');
  await expect(verdict).toContainText('Same scores', { timeout: 60_000 });
  await expect(verdict).toContainText('on webgpu');
  const difference = Number(await page.locator('[data-metric="verifyDifference"]').getAttribute('data-value'));
  expect(difference).toBeGreaterThan(0);
  expect(difference).toBeLessThanOrEqual(1e-4);
});

test('a lost device is told, the work goes on with cpu, and webgpu can be tried again', async ({ page }) => {
  test.setTimeout(180_000);
  await openSmall(page);
  const worker = page.workers().find((candidate) => candidate.url().includes('engine.worker'));
  if (!worker) throw new Error('The engine worker is not running.');
  await worker.evaluate(() => {
    const request = GPUAdapter.prototype.requestDevice;
    GPUAdapter.prototype.requestDevice = async function (descriptor) {
      const device = await request.call(this, descriptor);
      Object.assign(self, { lastDevice: device });
      return device;
    };
  });
  await useWebgpu(page);
  await expect(page.locator('.badge')).toHaveText('Computed on webgpu · checked', { timeout: 60_000 });
  await worker.evaluate(() => (self as unknown as { lastDevice: GPUDevice }).lastDevice.destroy());
  await expect(page.getByRole('alert')).toContainText('webgpu is not in use');
  await expect(page.getByRole('alert')).toContainText('goes on with cpu');
  await expect(page.locator('[data-metric="backend"]')).toHaveAttribute('data-value', 'cpu');
  await page.getByRole('button', { name: '0.15', exact: true }).click();
  await expect(headlines(page)).toHaveAttribute('data-sigma', '0.15');
  await expectRun(page, { ...DATA, drift: { sigma: 0.15 } });
  await page.getByRole('button', { name: 'Try webgpu again' }).click();
  await expect(page.locator('[data-metric="backend"]')).toHaveAttribute('data-value', 'webgpu', { timeout: 45_000 });
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expectRun(page, { ...DATA, drift: { sigma: 0.15 } }, 1e-4);
});
