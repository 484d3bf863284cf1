import { expect, test, type Page } from '@playwright/test';
import { expectRun, openGroup } from './lab.ts';
import {
  chooseProbe,
  DATA,
  metric,
  openPanel,
  openSynthetic,
  setNetwork,
  SMALL,
  tiles,
  trainingFacts,
  trainNetwork,
  computeWith,
} from './network.ts';

/** Few steps: the GPU is emulated on the processor where there is none. */
const TINY = { ...SMALL, hidden: 4, batch: 256, epochs: 4 };
const SPEC = { data: DATA, probe: { kind: 'mlp', mlp: TINY } };

async function trainOnWebgpu(page: Page): Promise<{ tiles: number[]; facts: Record<string, number> }> {
  await openSynthetic(page);
  await trainNetwork(page, TINY);
  await openPanel(page, 'training');
  await computeWith(page, 'webgpu');
  return { tiles: await tiles(page), facts: await trainingFacts(page) };
}

test('a seed trained twice on webgpu gives the same network to the bit, close to the one of cpu', async ({ page }) => {
  test.setTimeout(240_000);
  const first = await trainOnWebgpu(page);
  // An AUC of 60 × 60 pairs: three of them may change places.
  await expectRun(page, SPEC, 1e-3);
  await expect(page.getByTestId('engine-status')).toHaveText('Computed on webgpu · checked, network too');
  const off = await page.locator('[data-metric="networkParityDifference"]').getAttribute('data-value');
  expect(Number(off)).toBeGreaterThan(0);
  expect(Number(off)).toBeLessThan(1e-3);
  await page.reload();
  const second = await trainOnWebgpu(page);
  expect(second).toEqual(first);

  await computeWith(page, 'cpu');
  const reference = await trainingFacts(page);
  expect(reference.parameters).toBe(first.facts.parameters);
  for (const loss of ['trainLoss', 'validationLoss']) {
    expect(Math.abs(reference[loss] - first.facts[loss])).toBeLessThan(1e-5);
    expect(reference[loss]).not.toBe(first.facts[loss]);
  }
});

test('Verify of a network on webgpu stays within what it allows, without drift and far out', async ({ page }) => {
  test.setTimeout(240_000);
  await trainOnWebgpu(page);
  const verdict = page.getByTestId('verification');
  for (const sigma of ['0', '0.15']) {
    await page.getByRole('button', { name: sigma, exact: true }).click();
    await page.getByRole('button', { name: 'Verify this state' }).click();
    await expect(verdict).toContainText(`Same scores. At σ ${sigma}, over 120 rows on webgpu`, { timeout: 60_000 });
    expect(await metric(page, 'verifyTolerance')).toBe(1e-3);
    const difference = await metric(page, 'verifyDifference');
    expect(difference).toBeGreaterThan(0);
    expect(difference).toBeLessThanOrEqual(1e-3);
  }
});

test('a training on webgpu is cancelled and the linear probe is back with its numbers', async ({ page }) => {
  test.setTimeout(240_000);
  await openSynthetic(page);
  await chooseProbe(page, 'mlp');
  await setNetwork(page, { hidden: 4, learningRate: 1e-6, patience: 10_000, epochs: 10_000 });
  await chooseProbe(page, 'logistic');
  await computeWith(page, 'webgpu');
  await openGroup(page, 'Probe');
  const numbers = await tiles(page);
  await chooseProbe(page, 'mlp');
  const training = page.locator('[data-training="running"]');
  await expect(training).toContainText(/epoch [2-9]\d* of at most 10000, training loss \d\.\d{4}/, { timeout: 60_000 });
  await training.getByRole('button', { name: 'Cancel training' }).click();
  await expect(page.getByLabel('Kind of probe')).toHaveValue('logistic');
  await expect(page.getByTestId('engine-status')).toHaveAttribute('data-phase', 'ready', { timeout: 60_000 });
  expect(await tiles(page)).toEqual(numbers);
  await expect(page.locator('[data-metric="backend"]')).toHaveAttribute('data-value', 'webgpu');
});
