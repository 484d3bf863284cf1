import { expect, test, type Page } from '@playwright/test';
import { expectRun, headlines, openGroup, openLab, ready } from './lab.ts';

async function type(page: Page, label: string, value: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  await field.fill(value);
  await field.press('Enter');
}

test('every kind of drift gives the numbers of the headless run', async ({ page }) => {
  test.setTimeout(120_000);
  await openLab(page);
  for (const kind of ['directional', 'subspace', 'rotation', 'scaling', 'mean-shift']) {
    await page.getByLabel('Kind of drift').selectOption(kind);
    await ready(page);
    await expectRun(page, { drift: { kind } });
  }
});

test('each setting of the drift is heard', async ({ page }) => {
  test.setTimeout(120_000);
  await openLab(page);
  await page.getByLabel('What σ measures').selectOption('total-norm');
  await expectRun(page, { drift: { units: 'total-norm' } });
  const reading = (name: RegExp) => page.getByRole('radio', { name });
  await expect(reading(/as total length: 1\.15°/)).toBeChecked();
  await reading(/per coordinate: 24\.3°/).check();
  await expectRun(page, {});
  await reading(/as total length/).check();
  await expectRun(page, { drift: { units: 'total-norm' } });
  await page.getByLabel('Renormalise after drift').uncheck();
  await expectRun(page, { drift: { units: 'total-norm', renormalize: false } });
  await page.getByRole('button', { name: 'Redraw the drift with the next seed' }).click();
  await expectRun(page, { drift: { units: 'total-norm', renormalize: false, seed: 43 } });
  await page.getByLabel('Kind of drift').selectOption('directional');
  for (const direction of ['along-probe', 'against-probe', 'class-mean', 'opposed']) {
    await page.getByLabel('Direction', { exact: true }).selectOption(direction);
    await expectRun(page, { drift: { kind: 'directional', direction, renormalize: false } });
  }
  await page.getByLabel('Kind of drift').selectOption('rotation');
  await ready(page);
  await type(page, 'Planes', '3');
  await ready(page);
  await expectRun(page, { drift: { kind: 'rotation', planes: 3, renormalize: false, seed: 43 } });
});

test('each setting of the probe and the split is heard', async ({ page }) => {
  test.setTimeout(120_000);
  await openLab(page);
  await openGroup(page, 'Probe');
  await type(page, 'C (inverse of the L2 penalty)', '0.01');
  await ready(page);
  await page.getByLabel('Standardise features').uncheck();
  await page.getByLabel('Class weight').selectOption('none');
  await type(page, 'Train share', '0.5');
  await type(page, 'Test share', '0.4');
  await page.getByLabel('Stratified by label').uncheck();
  await page.getByRole('button', { name: 'Redraw the split with the next seed' }).click();
  await ready(page);
  await expectRun(page, {
    probe: { C: 0.01, standardize: false, classWeight: null },
    split: { train: 0.5, validation: 0.1, test: 0.4, stratified: false, seed: 43 },
  });
});

test('each setting of the measurement is heard', async ({ page }) => {
  test.setTimeout(120_000);
  await openLab(page);
  await openGroup(page, 'Measurement');
  await type(page, 'Decision threshold', '0.3');
  await type(page, 'High confidence τ', '0.9');
  await page.getByLabel('Confidence', { exact: true }).selectOption('predicted');
  await type(page, 'Number of bins', '7');
  await page.getByLabel('What is calibrated').selectOption('positive-class');
  await page.getByLabel('Closed end of a bin').selectOption('left');
  const metrics = {
    threshold: 0.3,
    highConfidence: 0.9,
    confidence: 'predicted',
    bins: 7,
    target: 'positive-class',
    closed: 'left',
  };
  await expectRun(page, { metrics });
  await page.getByLabel('Binning').selectOption('mass');
  await expectRun(page, { metrics: { ...metrics, binning: 'mass' } });
});

test('the data can be exchanged: encoder, normalisation, synthetic rows', async ({ page }) => {
  test.setTimeout(120_000);
  await openLab(page);
  await page.getByLabel('Encoder the probe is trained on').selectOption('wrong-layer');
  await ready(page);
  await expectRun(page, { data: { version: 'wrong-layer' } });
  await page.getByLabel('Normalise rows to unit length').uncheck();
  await ready(page);
  await expectRun(page, { data: { version: 'wrong-layer', normalize: false } });
  await page.getByLabel('Dataset').selectOption('base-like');
  await type(page, 'Rows', '1500');
  await type(page, 'Dimensions', '48');
  await page.getByLabel('Normalise rows to unit length').check();
  await ready(page);
  const synthetic = { rows: 1500, dims: 48, separation: 2.8405, spectrum: 1, meanCosine: 0.97, seed: 42 };
  await expectRun(page, { data: { id: 'synthetic', synthetic } });
  await page.getByRole('button', { name: 'Start over' }).click();
  await expectRun(page, {});
});

test('a value that cannot be is refused with the reason, and nothing moves', async ({ page }) => {
  await openLab(page);
  await openGroup(page, 'Measurement');
  await type(page, 'Number of bins', '0');
  await expect(page.getByRole('alert')).toHaveText('Expected a whole number from 1 to 1000.');
  await page.getByLabel('Number of bins').press('Escape');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await openGroup(page, 'Probe');
  await type(page, 'Train share', '0.9');
  await expect(page.getByRole('alert')).toContainText('at most 0.8');
  await page.locator('.sigma-number').fill('7000');
  await expect(page.locator('.sigma-note')).toContainText('from 0 to 1000');
  await page.locator('.sigma-number').blur();
  await expect(headlines(page)).toHaveAttribute('data-sigma', '0.02');
  await page.locator('.sigma-number').fill('7');
  await page.keyboard.press('Enter');
  await expect(headlines(page)).toHaveAttribute('data-sigma', '7');
  await expect(page.locator('.sigma-beyond')).toContainText('beyond the slider');
});

test('every chart gives its numbers as a table', async ({ page }) => {
  await openLab(page);
  for (const chart of ['errors', 'cliff', 'roc', 'reliability', 'histogram', 'confusion']) {
    const figure = page.locator(`[data-chart="${chart}"]`);
    await figure.getByRole('button', { name: 'Show as table' }).click();
    await expect(figure.locator('.chart-table')).toBeVisible();
    expect(await figure.locator('.chart-table tbody tr').count()).toBeGreaterThan(1);
    await expect(figure.locator('figcaption')).not.toBeEmpty();
    await figure.getByRole('button', { name: 'Hide table' }).click();
  }
});
