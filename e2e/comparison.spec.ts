import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectRun, headlines, labRun, openLab, ready, slider } from './lab.ts';
import { expectNumber, numberOf, openPanel, tableOf, SETTLED } from './panels.ts';

// A run of the command line beside each page: far more than this takes, on a busy machine.
test.describe.configure({ timeout: 120_000 });

const COMPARED = ['rocAuc', 'accuracy', 'f1', 'meanConfidence', 'silentFailureRate', 'ece', 'brier', 'meanAngleDegrees'] as const; // prettier-ignore
const pinButton = (page: Page) => page.getByRole('button', { name: 'Pin as A', exact: true });
async function sigma(page: Page, value: string): Promise<void> {
  const exact = page.locator('.sigma-number');
  await exact.fill(value);
  await exact.press('Enter');
  await expect(headlines(page)).toHaveAttribute('data-sigma', value);
}
const prefix = (name: string) => `compare${name[0].toUpperCase()}${name.slice(1)}`;

/** Every number of the table against `lab run` of both states, and each difference within its own interval. */
async function expectComparison(panel: Locator, specA: object, specB: object): Promise<void> {
  const [a, b] = [labRun(specA).metrics, labRun(specB).metrics];
  for (const name of COMPARED) {
    await expectNumber(panel, `${prefix(name)}A`, a[name]);
    await expectNumber(panel, `${prefix(name)}B`, b[name]);
    const difference = await numberOf(panel, `${prefix(name)}Difference`);
    expect(difference, name).toBeCloseTo(Number(b[name]) - Number(a[name]), 9);
    if (name === 'meanAngleDegrees') continue;
    const low = await numberOf(panel, `${prefix(name)}Difference`, 'data-low');
    const high = await numberOf(panel, `${prefix(name)}Difference`, 'data-high');
    // The bootstrap of ECE is pushed to one side, as the panel says.
    const slack = name === 'ece' ? 0.02 : 0;
    expect(low, `${name}: low end`).toBeLessThanOrEqual(difference + slack);
    expect(high, `${name}: high end`).toBeGreaterThanOrEqual(difference - slack);
    expect(high - low, `${name}: width`).toBeLessThan(0.4);
  }
}

test('a pinned state stays as A while σ moves, in every card, chart and table', async ({ page }) => {
  await openLab(page);
  await sigma(page, '0.05');
  const specA = { drift: { sigma: 0.05 } };
  await expectRun(page, specA);
  await pinButton(page).click();
  await expect(page.getByRole('group', { name: 'Compare with a pinned state' })).toContainText('has the same settings');
  await sigma(page, '0.15');
  const specB = { drift: { sigma: 0.15 } };
  await expectRun(page, specB);
  const [a, b] = [labRun(specA).metrics, labRun(specB).metrics];
  const auc = page.locator('.headline', { has: page.locator('[data-metric="rocAuc"]') });
  const change = (b.rocAuc ?? NaN) - (a.rocAuc ?? NaN);
  const said = `A: ${a.rocAuc?.toFixed(3)} · B − A: ${change < 0 ? '−' : '+'}${Math.abs(change).toFixed(3)}`;
  await expect(auc.locator('[data-part="change"]')).toHaveText(said);
  await expect(page.locator('.pin-state')).toContainText('0.05 → 0.15');

  const caption = (chart: string) => page.locator(`[data-chart="${chart}"] figcaption`);
  await expect(caption('reliability')).toContainText(`Hollow: A, with ECE ${a.ece?.toFixed(3)}`);
  const missed = (await caption('confusion').textContent())?.match(/In A: ([\d,]+) missed, ([\d,]+) false/);
  const table = await tableOf(page.locator('[data-chart="confusion"]'));
  expect(table.map((row) => row.at(-1))).toEqual([
    String(400 - Number(missed?.[1])),
    missed?.[1],
    missed?.[2],
    String(400 - Number(missed?.[2])),
  ]);
  expect(1 - (Number(missed?.[1]) + Number(missed?.[2])) / 800).toBeCloseTo(a.accuracy ?? NaN, 9);

  const panel = await openPanel(page, 'comparison');
  await expectComparison(panel, specA, specB);
  await expect(panel.locator('[data-metric="comparePaired"]')).toHaveAttribute('data-value', 'true');
  const [lost, gained] = await Promise.all(
    ['data-value', 'data-back'].map((part) => numberOf(panel, 'compareRightToWrong', part)),
  );
  expect((gained - lost) / 800).toBeCloseTo((b.accuracy ?? 0) - (a.accuracy ?? 0), 9);
});

test('A and B can be swapped, gone back to and unpinned by keyboard, and undo leaves the pin alone', async ({
  page,
}) => {
  await openLab(page);
  await pinButton(page).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Unpin A' })).toBeFocused();
  await sigma(page, '0.1');
  const [specA, specB] = [{ drift: { sigma: 0.02 } }, { drift: { sigma: 0.1 } }];
  const panel = await openPanel(page, 'comparison');
  await expectNumber(panel, 'compareRocAucA', labRun(specA).metrics.rocAuc);
  await expectNumber(panel, 'compareRocAucB', labRun(specB).metrics.rocAuc);

  await page.getByRole('button', { name: 'Swap A and B' }).focus();
  await page.keyboard.press('Space');
  await expect(headlines(page)).toHaveAttribute('data-sigma', '0.02');
  await expectNumber(panel, 'compareRocAucA', labRun(specB).metrics.rocAuc);
  await expectNumber(panel, 'compareRocAucB', labRun(specA).metrics.rocAuc);

  await page.getByRole('button', { name: 'Go back to A' }).focus();
  await page.keyboard.press('Enter');
  await expect(headlines(page)).toHaveAttribute('data-sigma', '0.1');
  await expect(page.locator('.pin-state')).toContainText('the same settings');
  await expectNumber(panel, 'compareRocAucDifference', 0);

  await page.keyboard.press('Control+z');
  await expect(headlines(page)).toHaveAttribute('data-sigma', '0.02');
  await expectNumber(panel, 'compareRocAucA', labRun(specB).metrics.rocAuc);
  await slider(page).focus();
  await page.keyboard.press('Home');
  await expectNumber(panel, 'compareRocAucB', labRun({ drift: { sigma: 0 } }).metrics.rocAuc);
  await page.getByRole('button', { name: 'Unpin A' }).focus();
  await page.keyboard.press('Enter');
  await expect(pinButton(page)).toBeFocused();
  await expect(panel.locator('[data-metric="compareRocAucA"]')).toHaveCount(0);
  await expect(page.locator('[data-chart="reliability"] figcaption')).not.toContainText('Hollow: A');
});

test('the ready pair of old and new model compares the rows one by one, and leads to the noise as large', async ({
  page,
}) => {
  await openLab(page);
  const panel = await openPanel(page, 'comparison');
  await panel.getByRole('button', { name: 'Old against new model' }).click();
  const to = (t: number) => ({ drift: { kind: 'model', to: 'int4-per-tensor', t } });
  await expectComparison(panel, to(0), to(1));
  await expect(panel.locator('[data-metric="comparePaired"]')).toHaveAttribute('data-value', 'true');
  await expect(page.getByLabel('Kind of drift')).toHaveValue('model');

  const { meanAngleDegrees: angle } = labRun(to(1)).metrics;
  await expect.poll(() => numberOf(page, 'equivalentSigma'), SETTLED).toBeGreaterThan(0);
  const equivalent = await numberOf(page, 'equivalentSigma');
  expect(await numberOf(page, 'equivalentSigmaTotal')).toBeCloseTo(equivalent * Math.sqrt(512), 9);
  await page.getByRole('button', { name: 'Try that noise instead' }).click();
  await expect(page.getByLabel('Kind of drift')).toHaveValue('gaussian');
  const drift = { sigma: Number(equivalent.toPrecision(6)) };
  await expectRun(page, { drift });
  expect(labRun({ drift }).metrics.meanAngleDegrees).toBeCloseTo(angle ?? NaN, 1);
});

test('base-like against instruct-like: the pair stands as published, row by row of the same draws', async ({
  page,
}) => {
  await openLab(page);
  const panel = await openPanel(page, 'comparison');
  await panel.getByRole('button', { name: 'Base-like against instruct-like' }).click();
  const set = (separation: number) => ({
    data: { id: 'synthetic', synthetic: { rows: 10_000, dims: 896, separation, spectrum: 1, meanCosine: 0.97, seed: 42 } },
  }); // prettier-ignore
  await expectNumber(panel, 'compareRocAucA', labRun(set(2.8405)).metrics.rocAuc);
  await expectNumber(panel, 'compareRocAucB', labRun(set(2.4237)).metrics.rocAuc);
  await expect(panel.locator('[data-metric="comparePaired"]')).toContainText('the same random draws');
});

test('two different sets are compared as two samples, not row by row', async ({ page }) => {
  await openLab(page);
  const panel = await openPanel(page, 'comparison');
  await panel.getByLabel('Set A').selectOption('tweets');
  await panel.getByLabel('Set B').selectOption('tweets');
  await expect(panel.getByRole('button', { name: 'Compare these two sets' })).toBeDisabled();
  await panel.getByLabel('Set B').selectOption('prompts');
  await panel.getByRole('button', { name: 'Compare these two sets' }).click();
  await expectComparison(panel, {}, { data: { id: 'prompts' } });
  await expect(panel.locator('[data-metric="comparePaired"]')).toHaveAttribute('data-value', 'false');
  await expect(panel.locator('[data-metric="compareRightToWrong"]')).toHaveCount(0);
  await expect(panel).toContainText('Rows cannot be followed from A to B');
  await ready(page);
  await page.getByRole('button', { name: 'Go back to A' }).click();
  await expectRun(page, {});
});

test('separability: d′ squared over two is Fisher, the clean column stays while the drifted one falls', async ({
  page,
}) => {
  await openLab(page);
  const panel = await openPanel(page, 'separability');
  await expect.poll(() => numberOf(panel, 'dPrimeClean'), SETTLED).toBeGreaterThan(1);
  const clean = await numberOf(panel, 'dPrimeClean');
  const before = await numberOf(panel, 'dPrime');
  expect(before).toBeLessThan(clean);
  expect(await numberOf(panel, 'fisherOneDimensional')).toBeCloseTo(before ** 2 / 2, 9);
  await pinButton(page).click();
  await sigma(page, '0.15');
  await expect.poll(() => numberOf(panel, 'dPrime'), SETTLED).toBeLessThan(before / 2);
  expect(await numberOf(panel, 'dPrimeClean')).toBe(clean);
  expect(await numberOf(panel, 'dPrimeA')).toBe(before);
  for (const metric of ['fisherTraceRatio', 'fisherPaper', 'silhouetteEuclidean', 'silhouetteCosine']) {
    const [now, a, zero] = await Promise.all(['', 'A', 'Clean'].map((part) => numberOf(panel, `${metric}${part}`)));
    expect(now, metric).toBeLessThan(a);
    expect(a, metric).toBeLessThan(zero);
  }
  for (const metric of ['kernelOverlap', 'histogramOverlap'])
    expect(await numberOf(panel, metric), metric).toBeGreaterThan(await numberOf(panel, `${metric}A`));
  await sigma(page, '0');
  await expectNumber(panel, 'dPrime', clean);
});
