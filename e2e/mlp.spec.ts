import { expect, test, type Page } from '@playwright/test';
import { dragTo, expectRun, headlines, labRun, openGroup, openLab, ready, shown, slider } from './lab.ts';
import {
  chooseProbe,
  DATA,
  metric,
  NETWORK,
  openPanel,
  openSynthetic,
  setNetwork,
  SMALL,
  tiles,
  trainingFacts,
  trainNetwork,
  type,
} from './network.ts';

const PROBE = { kind: 'mlp', mlp: SMALL };
const SPEC = { data: DATA, probe: PROBE };

interface Trained {
  readonly parameters: number;
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly stoppedEarly: boolean;
  readonly trainLoss: number;
  readonly validationLoss: number;
}

/** What `lab run` says of the training of a network. */
const trained = (spec: object) => (labRun(spec) as unknown as { readonly probe: Trained }).probe;

test('a network trained on the page has the numbers and the training of the headless run', async ({ page }) => {
  await openSynthetic(page);
  await openPanel(page, 'training');
  await page.getByRole('button', { name: 'Train a network instead' }).click();
  await chooseProbe(page, 'mlp');
  await setNetwork(page, SMALL);
  await ready(page);
  await expectRun(page, SPEC);
  const expected = trained(SPEC);
  const facts = await trainingFacts(page);
  expect(facts.bestEpoch).toBe(expected.bestEpoch);
  expect(facts.parameters).toBe(expected.parameters);
  expect(facts.parameters).toBe(16 * 6 + 6 + 6 + 1);
  expect(Math.abs(facts.trainLoss - expected.trainLoss)).toBeLessThan(1e-12);
  expect(Math.abs(facts.validationLoss - expected.validationLoss)).toBeLessThan(1e-12);
  // Two products of eight bytes for each of the 120 test rows and six units.
  expect(facts.productBytes).toBe(120 * 6 * 2 * 8);

  const chart = page.locator('[data-chart="training-loss"]');
  await expect(chart.locator('figcaption')).toContainText(`The weights of epoch ${expected.bestEpoch} are used`);
  await chart.getByRole('button', { name: 'Show as table' }).click();
  await expect(chart.locator('.chart-table tbody')).toContainText(expected.trainLoss.toFixed(4));
  await expect(chart.locator('.chart-table tbody')).toContainText(expected.validationLoss.toFixed(4));
});

test('the self-check takes in networks once one is shown', async ({ page }) => {
  await openSynthetic(page);
  const status = page.getByTestId('engine-status');
  await expect(status).toHaveText('Computed on cpu · checked');
  await trainNetwork(page, SMALL);
  await expect(status).toHaveText('Computed on cpu · checked, network too');
  await openGroup(page, 'Engine and checks');
  const difference = page.locator('[data-metric="networkParityDifference"]');
  const off = Number(await difference.getAttribute('data-value'));
  expect(off).toBeGreaterThan(0);
  expect(off).toBeLessThan(1e-9);
});

test('early stop goes back to the best epoch, as the headless run does', async ({ page }) => {
  const network = { ...SMALL, hidden: 24, learningRate: 0.1, epochs: 60, patience: 3 };
  await openSynthetic(page);
  await trainNetwork(page, network);
  await openPanel(page, 'training');
  const spec = { data: DATA, probe: { kind: 'mlp', mlp: network } };
  await expectRun(page, spec);
  const expected = trained(spec);
  expect(expected.stoppedEarly).toBe(true);
  expect(expected.epochs).toBe(expected.bestEpoch + 3);
  expect(await metric(page, 'bestEpoch')).toBe(expected.bestEpoch);
  await expect(page.locator('[data-metric="bestEpoch"]')).toHaveText(
    `${expected.bestEpoch} of ${expected.epochs}, stopped early`,
  );
});

test('each setting of the network is heard', async ({ page }) => {
  test.setTimeout(120_000);
  await openSynthetic(page);
  await trainNetwork(page, SMALL);
  const other = { hidden: 5, learningRate: 0.05, batch: 50, epochs: 2, patience: 4, l2: 0.01, seed: 7 };
  let before = await tiles(page);
  for (const key of Object.keys(other) as (keyof typeof other)[]) {
    await setNetwork(page, { [key]: other[key] });
    if (key === 'patience') continue; // Two epochs leave it nothing to do.
    await expect.poll(() => tiles(page), { message: `${key} should change the numbers` }).not.toEqual(before);
    await ready(page);
    before = await tiles(page);
  }
  await expectRun(page, { data: DATA, probe: { kind: 'mlp', mlp: other } });
  await type(page, 'Hidden units', '0');
  await expect(page.getByRole('alert')).toContainText('Expected a whole number from 1 to 1024');
});

test('a seed gives the same network after a reload, another seed another one', async ({ page }) => {
  test.setTimeout(120_000);
  await openSynthetic(page);
  await trainNetwork(page, SMALL);
  await openPanel(page, 'training');
  const first = { tiles: await tiles(page), facts: await trainingFacts(page) };
  await page.getByRole('button', { name: 'Redraw the first weights and order of rows with the next seed' }).click();
  await expect.poll(() => metric(page, 'trainLoss')).not.toBe(first.facts.trainLoss);
  await ready(page);
  expect(await tiles(page)).not.toEqual(first.tiles);

  await page.reload();
  await openSynthetic(page);
  await trainNetwork(page, SMALL);
  await openPanel(page, 'training');
  await expect.poll(() => metric(page, 'trainLoss')).toBe(first.facts.trainLoss);
  expect(await tiles(page)).toEqual(first.tiles);
  expect(await trainingFacts(page)).toEqual(first.facts);
});

test('undo and redo step between the linear probe and the network', async ({ page }) => {
  await openSynthetic(page);
  const linear = await tiles(page);
  await trainNetwork(page, SMALL);
  await chooseProbe(page, 'logistic');
  await expect.poll(() => tiles(page)).toEqual(linear);
  await page.keyboard.press('Control+z');
  await expect(page.getByLabel('Kind of probe')).toHaveValue('mlp');
  await expectRun(page, SPEC);
  await page.keyboard.press('Control+Shift+Z');
  await expect(page.getByLabel('Kind of probe')).toHaveValue('logistic');
  await expect.poll(() => tiles(page)).toEqual(linear);
});

test('dragging σ with a network, by mouse and by keyboard, gives the numbers of the headless run', async ({ page }) => {
  test.setTimeout(120_000);
  await openSynthetic(page);
  await trainNetwork(page, SMALL);
  const clean = await shown(page, 'rocAuc');
  await dragTo(page, 0.8);
  const sigma = Number(await page.locator('.sigma-number').inputValue());
  expect(sigma).toBeGreaterThan(0.1);
  await expectRun(page, { ...SPEC, drift: { sigma } });
  expect(await shown(page, 'rocAuc')).toBeLessThan(clean - 0.1);

  await slider(page).focus();
  await page.keyboard.press('Home');
  await expect(headlines(page)).toHaveAttribute('data-sigma', '0');
  await expectRun(page, { ...SPEC, drift: { sigma: 0 } });
  for (let press = 0; press < 60; press++) await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => Number(await headlines(page).getAttribute('data-sigma'))).toBeGreaterThan(0.001);
  await expectRun(page, { ...SPEC, drift: { sigma: Number(await page.locator('.sigma-number').inputValue()) } });

  const handle = page.locator('[data-chart="cliff"] [role="slider"]');
  await handle.focus();
  await page.keyboard.press('End');
  await expect(headlines(page)).toHaveAttribute('data-sigma', '2');
  await expectRun(page, { ...SPEC, drift: { sigma: 2 } });
});

test('every kind of drift moves a network as the headless run says', async ({ page }) => {
  test.setTimeout(120_000);
  await openSynthetic(page);
  await trainNetwork(page, SMALL);
  await page.getByRole('button', { name: '0.15', exact: true }).click();
  const seen = new Set<number>();
  for (const kind of ['gaussian', 'directional', 'subspace', 'rotation', 'scaling', 'mean-shift']) {
    await page.getByLabel('Kind of drift').selectOption(kind);
    await ready(page);
    await expectRun(page, { ...SPEC, drift: { kind, sigma: 0.15 } });
    seen.add(await shown(page, 'meanConfidence'));
  }
  expect(seen.size).toBe(6);
});

test('a drift that follows the probe follows the mean gradient of the network, renormalised or not', async ({
  page,
}) => {
  await openSynthetic(page);
  await trainNetwork(page, SMALL);
  await page.getByLabel('Kind of drift').selectOption('directional');
  await page.getByLabel('Renormalise after drift').uncheck();
  for (const direction of ['along-probe', 'against-probe', 'opposed']) {
    await page.getByLabel('Direction', { exact: true }).selectOption(direction);
    await ready(page);
    await expectRun(page, { ...SPEC, drift: { kind: 'directional', direction, renormalize: false } });
  }
});

test('a network scores the rows of a real model update as the headless run does', async ({ page }) => {
  const network = { ...NETWORK, hidden: 8, learningRate: 0.01, epochs: 3 };
  const probe = { kind: 'mlp', mlp: network };
  await openLab(page);
  await trainNetwork(page, network);
  await expectRun(page, { probe });
  await page.getByLabel('Kind of drift').selectOption('model');
  await page.getByLabel('New encoder version').selectOption('domain-tuned-30');
  await ready(page);
  await expectRun(page, { probe, drift: { kind: 'model', to: 'domain-tuned-30' } });
});

test('both drift curves meet the tiles of their own probe', async ({ page }) => {
  await openSynthetic(page);
  const linear = await shown(page, 'rocAuc');
  await trainNetwork(page, SMALL);
  await openPanel(page, 'training');
  const panel = page.locator('[data-panel="training"]');
  await panel.getByRole('button', { name: 'Draw both curves' }).click();
  for (const column of ['rocAuc', 'accuracy', 'meanConfidence', 'silentFailureRate']) {
    await expect(panel.locator(`[data-chart="beside-${column}"] figcaption`)).toContainText('linear probe');
  }
  // The measured amounts follow σ along; the closest one is told, and both probes are run headlessly right there.
  const text = (await panel.locator('.training-text', { hasText: 'On the same' }).textContent()) ?? '';
  const at = /σ ([\d.]+) \(the/.exec(text)?.[1];
  expect(Number(at)).toBeGreaterThan(0);
  const table = panel.locator('[data-chart="beside-rocAuc"]');
  await table.getByRole('button', { name: 'Show as table' }).click();
  const row = table.locator('.chart-table tbody tr', { hasText: at }).first();
  await expect(row).toContainText((await metric(page, 'networkAuc')).toFixed(3));
  await expect(row).toContainText((await metric(page, 'linearAuc')).toFixed(3));
  const now = await shown(page, 'rocAuc');
  expect(Math.abs((await metric(page, 'networkAuc')) - now)).toBeLessThan(0.03);
  expect(Math.abs((await metric(page, 'linearAuc')) - linear)).toBeLessThan(0.03);

  await page.getByRole('button', { name: '0.15', exact: true }).click();
  await expect.poll(async () => Math.abs((await metric(page, 'networkAuc')) - now)).toBeGreaterThan(0.03);
  await setNetwork(page, { seed: 44 });
  await expect(panel.getByRole('button', { name: 'Draw both curves again' })).toBeVisible();
  await expect(panel).toContainText('These numbers belong to the settings before.');
});

test('A against B tells the linear probe from the network as two headless runs do', async ({ page }) => {
  await openSynthetic(page);
  await page.getByRole('button', { name: 'Pin as A' }).click();
  await trainNetwork(page, SMALL);
  await openPanel(page, 'comparison');
  const [a, b] = [labRun({ data: DATA }).metrics, labRun(SPEC).metrics];
  const panel = page.locator('[data-panel="comparison"]');
  await expect(panel.locator('.comparison')).toHaveAttribute('data-stale', 'false');
  for (const [name, key] of [
    ['RocAuc', 'rocAuc'],
    ['Accuracy', 'accuracy'],
    ['MeanConfidence', 'meanConfidence'],
    ['Ece', 'ece'],
  ] as const) {
    await expect.poll(() => metric(page, `compare${name}A`)).toBeCloseTo(a[key] ?? NaN, 9);
    expect(await metric(page, `compare${name}B`)).toBeCloseTo(b[key] ?? NaN, 9);
    expect(await metric(page, `compare${name}Difference`)).toBeCloseTo((b[key] ?? NaN) - (a[key] ?? NaN), 9);
  }
  await expect(page.locator('[data-metric="comparePaired"]')).toHaveAttribute('data-value', 'true');
  const flips = page.locator('[data-metric="compareRightToWrong"]');
  const [lost, won] = [await flips.getAttribute('data-value'), await flips.getAttribute('data-back')].map(Number);
  expect(lost - won).toBe(Math.round(((a.accuracy ?? NaN) - (b.accuracy ?? NaN)) * a.n));
});

test('the geometry of a network has a logit axis and the counts of the headless run', async ({ page }) => {
  await openSynthetic(page);
  await openPanel(page, 'geometry');
  const panel = page.locator('[data-panel="geometry"]');
  await expect(panel).toContainText('Signed distance to p = ½');
  await trainNetwork(page, SMALL);
  await expect(panel.locator('svg text', { hasText: /^Logit$/ })).toHaveCount(1);
  await expect(panel).not.toContainText('Signed distance to p = ½');
  const { metrics } = labRun(SPEC);
  await expect(panel).toContainText(
    new RegExp(`Of 120 rows, ${metrics.errors} lies? on the wrong side of the decision line`),
  );
  await expect(panel).toContainText(new RegExp(`${metrics.highConfidenceErrors} of them (is|are) wrong and confident`));
});

test('what is not defined for a network says so, and comes back with the linear probe', async ({ page }) => {
  await openSynthetic(page);
  await openPanel(page, 'certified');
  await openPanel(page, 'walk');
  const [certified, walk] = ['certified', 'walk'].map((id) => page.locator(`[data-panel="${id}"]`));
  await trainNetwork(page, SMALL);
  await expect(certified).toContainText('A network has no certified angle in closed form');
  await expect(walk).toContainText('The walk needs the linear probe');
  await expect(walk.getByRole('button', { name: 'Run the walk' })).toHaveCount(0);
  await chooseProbe(page, 'logistic');
  await expect(certified).not.toContainText('A network has no certified angle');
  await expect(walk.getByRole('button', { name: 'Run the walk' })).toBeVisible();
  await expect(page.locator('.engine-problem')).toHaveCount(0);
});

/** Leaves the linear probe on screen, with settings under which a network would train for many minutes. */
async function prepareLongTraining(page: Page): Promise<number[]> {
  await openLab(page);
  await chooseProbe(page, 'mlp');
  await setNetwork(page, { hidden: 48, learningRate: 1e-6, patience: 10_000, epochs: 10_000 });
  await chooseProbe(page, 'logistic');
  await ready(page);
  await expectRun(page, {});
  return tiles(page);
}

async function expectBack(page: Page, numbers: number[]): Promise<void> {
  await expect(page.getByLabel('Kind of probe')).toHaveValue('logistic');
  await ready(page);
  expect(await tiles(page)).toEqual(numbers);
  await expect(page.locator('[data-training]')).toHaveCount(0);
}

test('a long training tells epoch and losses, and each of its Cancels goes back to what was shown', async ({
  page,
}) => {
  test.setTimeout(90_000);
  const numbers = await prepareLongTraining(page);
  const status = page.getByTestId('engine-status');
  const inSettings = page.locator('[data-training="running"]');

  await chooseProbe(page, 'mlp');
  await expect(inSettings).toContainText(
    /Training the network: epoch [2-9]\d* of at most 10000, training loss \d\.\d{4}, validation loss \d\.\d{4}/,
  );
  const epochNow = async () => Number(/epoch (\d+)/.exec((await inSettings.textContent()) ?? '')?.[1]);
  const epoch = await epochNow();
  await expect.poll(epochNow).toBeGreaterThan(epoch);
  const bar = inSettings.getByRole('progressbar', { name: 'Training' });
  expect(Number(await bar.getAttribute('value'))).toBeGreaterThan(0);
  expect(await tiles(page)).toEqual(numbers);
  await inSettings.getByRole('button', { name: 'Cancel training' }).click();
  await expectBack(page, numbers);

  await chooseProbe(page, 'mlp');
  await expect(status).toContainText('Training the network: epoch');
  await status.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expectBack(page, numbers);

  await chooseProbe(page, 'mlp');
  await expect(inSettings).toContainText('epoch');
  await inSettings.getByRole('button', { name: 'Cancel training' }).focus();
  await page.keyboard.press('Enter');
  await expectBack(page, numbers);

  await chooseProbe(page, 'mlp');
  await status.getByRole('button', { name: 'Cancel', exact: true }).focus();
  await page.keyboard.press('Space');
  await expectBack(page, numbers);

  // The engine is free at once: the next step of the slider is as quick as before.
  await page.getByRole('button', { name: '0.15', exact: true }).click();
  await expectRun(page, { drift: { sigma: 0.15 } });
});

test('a panel that was opened while a network trains stays open when the training is cancelled there', async ({
  page,
}) => {
  const numbers = await prepareLongTraining(page);
  await chooseProbe(page, 'mlp');
  await openPanel(page, 'training');
  const panel = page.locator('[data-training="panel"]');
  await expect(panel).toContainText(/epoch \d+ of at most 10000/);
  await panel.getByRole('button', { name: 'Cancel training' }).click();
  await expectBack(page, numbers);
  await expect(page.locator('[data-panel="training"]')).toHaveAttribute('data-open', 'true');
  await expect(page.getByRole('button', { name: 'Train a network instead' })).toBeVisible();
});
