import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectRun, headlines, labRun, openLab, shown } from './lab.ts';
import { expectNumber, numberOf, openPanel, SETTLED } from './panels.ts';

// A run of the command line beside each page: far more than this takes, on a busy machine.
test.describe.configure({ timeout: 120_000 });

/** The paper's settings that differ from those a lab opens with. */
const bins = { metrics: { bins: 5 } };
const ofPaper = (separation: number) => ({
  ...bins,
  data: {
    id: 'synthetic',
    synthetic: { rows: 10_000, dims: 896, separation, spectrum: 1, meanCosine: 0.97, seed: 42 },
  },
});
const BASE = 2.8405;
const INSTRUCT = 2.4237;
const LAST = 0.15;

const table = (page: Page, figure: number): Locator =>
  page.getByRole('region', { name: `Figure ${figure}: published and recomputed` });
const run = (page: Page, figure: number): Locator =>
  page.getByRole('button', { name: new RegExp(`^Run Figure ${figure}( again)?$`) });

/** Runs a figure on the tweets of the lab, which are few. */
async function runOnTweets(page: Page, figure: number): Promise<void> {
  const panel = await openPanel(page, 'figures');
  for (const label of figure === 1 ? ['Base', 'Instruct'] : [`Data of Figure ${figure}`])
    await panel.getByLabel(label, { exact: true }).selectOption('present');
  await run(page, figure).click();
  await expect(table(page, figure)).toBeVisible(SETTLED);
}

/** Published, recomputed and difference as a row of the table says them. */
async function rowOf(page: Page, figure: number, metric: string): Promise<readonly string[]> {
  const row = table(page, figure)
    .getByRole('row', { name: '' })
    .filter({ has: page.locator(`[data-metric="${metric}"]`) });
  return (await row.getByRole('cell').allTextContents()).map((text) => text.trim());
}

test('Figure 2 runs on 10,000 × 896 rows, says what was published, and opens each state as the lab shows it', async ({
  page,
}) => {
  await openLab(page);
  const panel = await openPanel(page, 'figures');
  await run(page, 2).click();
  await expect(table(page, 2)).toBeVisible(SETTLED);
  await expect(panel).toContainText('10,000 × 896, 2,000 test rows');
  const sigma = LAST / 7;
  const first = labRun({ ...ofPaper(BASE), drift: { sigma } }).metrics;
  const last = labRun({ ...ofPaper(BASE), drift: { sigma: LAST } }).metrics;
  const directional = labRun({ ...ofPaper(BASE), drift: { kind: 'directional', sigma: LAST } }).metrics;
  const clean = labRun({ ...ofPaper(BASE), drift: { sigma: 0 } }).metrics;
  const ofAbstract = labRun({ ...ofPaper(BASE), drift: { sigma: 0.02 } }).metrics;
  await expectNumber(panel, 'figure2RocAucCheckpoint1', first.rocAuc);
  await expectNumber(panel, 'figure2SilentOfErrorsAbstract', ofAbstract.silentFailureRate);
  await expectNumber(panel, 'figure2AucDropGaussian', 1 - (last.rocAuc ?? NaN) / (clean.rocAuc ?? NaN));
  await expectNumber(panel, 'figure2AccuracyLast', last.accuracy);
  await expectNumber(panel, 'figure2MeanConfidenceAbstract', ofAbstract.meanConfidence);
  await expectNumber(panel, 'figure2AucDropDirectional', 1 - (directional.rocAuc ?? NaN) / (clean.rocAuc ?? NaN));
  const [published, recomputed, difference] = await rowOf(page, 2, 'figure2RocAucCheckpoint1');
  expect(published).toBe('0.51');
  expect(recomputed).toBe(first.rocAuc?.toFixed(3));
  expect(Number(difference.replace('−', '-'))).toBeCloseTo((first.rocAuc ?? NaN) - 0.51, 3);
  const crossing = await numberOf(panel, 'figure2SensitivityCrossing');
  const at = labRun({ ...ofPaper(BASE), drift: { sigma: crossing } }).metrics.rocAuc;
  expect(1 - (at ?? NaN) / (clean.rocAuc ?? NaN)).toBeCloseTo(0.1, 1);

  await page.getByRole('button', { name: 'Open this state in the lab: AUC by checkpoint, checkpoint 1' }).click();
  await expect(headlines(page)).toHaveAttribute('data-sigma', String(sigma));
  await expect.poll(() => shown(page, 'rocAuc'), SETTLED).toBeCloseTo(first.rocAuc ?? NaN, 9);
  await expectRun(page, { ...ofPaper(BASE), drift: { sigma } });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expectRun(page, {});
});

test('Figure 1 runs the pair: both ends, their separability, and the published values beside them', async ({
  page,
}) => {
  await openLab(page);
  const panel = await openPanel(page, 'figures');
  await run(page, 1).focus();
  await page.keyboard.press('Enter');
  await expect(table(page, 1)).toBeVisible(SETTLED);
  for (const [side, separation, fisher] of [
    ['Base', BASE, 4.23],
    ['Instruct', INSTRUCT, 3.12],
  ] as const) {
    const [clean, last] = [0, LAST].map((sigma) => labRun({ ...ofPaper(separation), drift: { sigma } }).metrics);
    await expectNumber(panel, `figure1AucDrop${side}`, 1 - (last.rocAuc ?? NaN) / (clean.rocAuc ?? NaN));
    await expectNumber(panel, `figure1Silent${side}`, last.silentFailureRate);
    expect(await numberOf(panel, `figure1Fisher${side}`)).toBeGreaterThan(fisher - 0.5);
    expect((await rowOf(page, 1, `figure1Fisher${side}`))[0]).toBe(String(fisher));
    expect(await numberOf(panel, `figure1WrongConfidence${side}`)).toBeGreaterThan(0.5);
  }
  expect(await rowOf(page, 1, 'figure1BarsBase')).toEqual(expect.arrayContaining(['≈ 1', '–']));
  await page.getByRole('button', { name: 'Open this state in the lab: AUC, instruct, checkpoint 1' }).click();
  await expectRun(page, { ...ofPaper(INSTRUCT), drift: { sigma: LAST / 7 } });
});

test('Figure 3 measures calibration at checkpoints 0, 2, 4 and 7, and opens the last one', async ({ page }) => {
  await openLab(page);
  const panel = await openPanel(page, 'figures');
  await run(page, 3).click();
  await expect(table(page, 3)).toBeVisible(SETTLED);
  for (const checkpoint of [0, 7]) {
    const { metrics } = labRun({ ...ofPaper(BASE), drift: { sigma: (LAST * checkpoint) / 7 } });
    await expectNumber(panel, `figure3EceCheckpoint${checkpoint}`, metrics.ece);
    await expectNumber(
      panel,
      `figure3ConfidentAccuracyCheckpoint${checkpoint}`,
      1 - (metrics.wrongGivenConfident as number),
    );
  }
  const errors = await Promise.all([0, 2, 4, 7].map((k) => numberOf(panel, `figure3EceCheckpoint${k}`)));
  expect([...errors].sort((a, b) => a - b)).toEqual(errors);
  expect((await rowOf(page, 3, 'figure3EceCheckpoint2'))[0]).toBe('0.125');
  await page.getByRole('button', { name: 'Open this state in the lab: calibration, checkpoint 7' }).click();
  await expect.poll(() => shown(page, 'ece'), SETTLED).toBeCloseTo(errors[3], 9);
});

test('a figure can be cancelled while it runs, and run again', async ({ page }) => {
  await openLab(page);
  const panel = await openPanel(page, 'figures');
  await run(page, 2).click();
  await expect(panel.getByRole('progressbar')).toBeVisible();
  await panel.getByRole('button', { name: 'Cancel' }).click();
  await expect(panel.getByRole('progressbar')).toHaveCount(0);
  await expect(table(page, 2)).toHaveCount(0);
  await expectRun(page, {});
  await runOnTweets(page, 2);
  await expectNumber(panel, 'figure2RocAucCheckpoint0', labRun({ drift: { sigma: 0 } }).metrics.rocAuc);
});

test('read as the length of the whole vector, σ does next to nothing, and the verdict says so', async ({ page }) => {
  await openLab(page);
  await runOnTweets(page, 2);
  const panel = page.locator('[data-panel="figures"]');
  const sigma = LAST / 7;
  const drift = { kind: 'subspace', sigma: LAST };
  await expectNumber(panel, 'figure2RocAucCheckpoint1', labRun({ drift: { sigma } }).metrics.rocAuc);
  const [clean, mixed] = [labRun({ drift: { sigma: 0 } }), labRun({ drift })].map(({ metrics }) => metrics.rocAuc);
  await expectNumber(panel, 'figure2AucDropSubspace', 1 - (mixed ?? NaN) / (clean ?? NaN));
  await panel.getByLabel('Unit of σ').selectOption('total-norm');
  await expect(panel).toContainText('These numbers belong to the settings before.');
  await run(page, 2).click();
  const total = labRun({ drift: { units: 'total-norm', sigma } }).metrics;
  await expectNumber(panel, 'figure2RocAucCheckpoint1', total.rocAuc);
  expect((await numberOf(panel, 'figure2RocAucCheckpoint0')) - (total.rocAuc ?? NaN)).toBeLessThan(0.05);
  await expect(table(page, 2)).toContainText('Cannot come from this reading');
  await page.getByRole('button', { name: 'Open this state in the lab: AUC by checkpoint, checkpoint 1' }).click();
  await expectRun(page, { ...bins, drift: { units: 'total-norm', sigma } });
});

test('checkpoints, bins, share and seed are read as chosen', async ({ page }) => {
  await openLab(page);
  const panel = await openPanel(page, 'figures');
  await panel.getByLabel('Checkpoints', { exact: true }).selectOption('6');
  await panel.getByLabel('Five bins cover').selectOption('upper-half');
  await panel.getByLabel('Silent failures as a share of').selectOption('rows');
  await panel.getByRole('button', { name: 'Redraw the drift with the next seed' }).click();
  await runOnTweets(page, 1);
  const at = (sigma: number) => labRun({ drift: { sigma, seed: 43 }, metrics: { bins: 10 } }).metrics;
  await expectNumber(panel, 'figure1SilentBase', at(LAST).highConfidenceErrorShare);
  await runOnTweets(page, 3);
  for (const [checkpoint, sigma] of [
    [0, 0],
    [2, 0.06],
    [5, LAST],
  ])
    // prettier-ignore
    await expectNumber(panel, `figure3EceCheckpoint${checkpoint}`, at(sigma).ece);
  await panel.getByLabel('Checkpoint that “Open” takes to the lab').selectOption('5');
  await page.getByRole('button', { name: 'Open this state in the lab: AUC, base, checkpoint 5' }).click();
  await expectRun(page, { drift: { sigma: LAST, seed: 43 }, metrics: { bins: 10 } });
});
