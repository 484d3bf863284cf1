import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectRun, headlines, openGroup, openLab, ready, shown } from './lab.ts';
import { numberOf, openPanel, tableOf, SETTLED } from './panels.ts';

// A run of the command line beside each page: far more than this takes, on a busy machine.
test.describe.configure({ timeout: 120_000 });

const rowsChart = (page: Page): Locator => page.locator('[data-chart="rows"]');
const count = (text: string): number => Number(text.replaceAll(',', ''));

async function setSigma(page: Page, value: string): Promise<void> {
  await page.locator('.sigma-number').fill(value);
  await page.locator('.sigma-number').press('Enter');
  await expect(headlines(page)).toHaveAttribute('data-sigma', value);
}

async function type(page: Page, label: string, value: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  await field.fill(value);
  await field.press('Enter');
  await expect(field).toHaveValue(value);
}

/** Caught, missed, false alarms and passed rows: as the plane of rows counts them, and as the confusion matrix does. */
async function counts(page: Page) {
  const [one, , zero] = (await tableOf(rowsChart(page))).map((row) => row.slice(1, 6).map(count));
  const matrix = await tableOf(page.locator('[data-chart="confusion"]'));
  return {
    plane: [one[1] + one[2], one[3] + one[4], zero[3] + zero[4], zero[1] + zero[2]],
    matrix: matrix.map((row) => count(row[3])),
    silent: one[4] + zero[4],
    rows: one[0] + zero[0],
  };
}

/** Waits until both tables count alike and belong to the tiles: words follow the drawing a moment later. */
async function expectSameCounts(page: Page): Promise<Awaited<ReturnType<typeof counts>>> {
  let last = await counts(page);
  await expect
    .poll(async () => {
      last = await counts(page);
      const { plane, matrix, rows, silent } = last;
      const errors = matrix[1] + matrix[2];
      const rate = errors === 0 ? NaN : silent / errors;
      return [
        ...plane.map((value, k) => value - matrix[k]),
        Math.abs(1 - errors / rows - (await shown(page, 'accuracy'))) < 1e-9,
        Object.is(rate, NaN) || Math.abs(rate - (await shown(page, 'silentFailureRate'))) < 1e-9,
      ];
    }, SETTLED)
    .toEqual([0, 0, 0, 0, true, true]);
  return last;
}

const logitIn = (text: string | null): number => Number(/logit (−?[\d.]+)/.exec(text ?? '')?.[1].replace('−', '-'));

test('the rows on the wrong side are those of the confusion matrix, wherever σ and the slice go', async ({ page }) => {
  await openLab(page);
  await openPanel(page, 'geometry');
  await expect(rowsChart(page).locator('.chart-plot')).toHaveAttribute('data-painter', 'canvas', SETTLED);
  for (const sigma of ['0', '0.02', '0.15']) {
    await setSigma(page, sigma);
    expect((await expectSameCounts(page)).rows).toBe(800);
  }
  await page.getByLabel('Dataset').selectOption('prompts');
  await ready(page);
  const all = await expectSameCounts(page);
  await page.getByRole('button', { name: /XSTest/ }).click();
  await expect.poll(async () => (await counts(page)).rows, SETTLED).toBeLessThan(all.rows);
  expect((await expectSameCounts(page)).rows).toBeLessThan(all.rows);
});

test('rows are read from left to right by keys, by the mouse, and the axes can be fitted', async ({ page }) => {
  await openLab(page);
  const panel = await openPanel(page, 'geometry');
  const plot = rowsChart(page).locator('.chart-plot');
  await expect(plot).toHaveAttribute('data-painter', 'canvas', SETTLED);
  await plot.focus();
  const reading = panel.locator('.chart-reading');
  await page.keyboard.press('Home');
  await expect(reading).toContainText(/Row [\d,]+: label [01]/);
  const first = logitIn(await reading.textContent());
  await page.keyboard.press('PageUp');
  const later = logitIn(await reading.textContent());
  await page.keyboard.press('End');
  const last = logitIn(await reading.textContent());
  expect(first).toBeLessThan(later);
  expect(later).toBeLessThan(last);
  expect(first).toBeLessThan(0);
  expect(last).toBeGreaterThan(0);
  await expect(panel.getByRole('status').filter({ hasText: 'logit' })).toContainText(`logit ${last.toFixed(3)}`);
  await page.keyboard.press('Escape');
  await expect(reading).toContainText('Arrow keys step through the rows');

  await setSigma(page, '1');
  await expect(panel.locator('.row-note')).toContainText('outside the axes: fit them', SETTLED);
  await panel.getByRole('button', { name: 'Fit axes' }).click();
  await expect(panel.locator('.row-note')).not.toContainText('outside the axes');
  const box = await plot.boundingBox();
  if (!box) throw new Error('The rows have no place.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
  await expect(reading).toContainText(/Row [\d,]+: label [01]/);
});

test('the turn splits into a common and an individual part, and one fixed shift is all common', async ({ page }) => {
  await openLab(page);
  const panel = await openPanel(page, 'geometry');
  await expect.poll(() => numberOf(panel, 'individualAngleDegrees'), SETTLED).toBeGreaterThan(1);
  const [common, individual] = await Promise.all([
    numberOf(panel, 'commonAngleDegrees'),
    numberOf(panel, 'individualAngleDegrees'),
  ]);
  const mean = await shown(page, 'meanAngleDegrees');
  expect(common).toBeLessThan(individual);
  expect(individual).toBeLessThan(mean + 1);
  await setSigma(page, '0.1');
  await expect.poll(() => numberOf(panel, 'individualAngleDegrees'), SETTLED).toBeGreaterThan(individual);
  await setSigma(page, '0');
  await expect.poll(() => numberOf(panel, 'individualAngleDegrees'), SETTLED).toBeLessThan(1e-5);
  await setSigma(page, '0.1');
  await page.getByLabel('Kind of drift').selectOption('directional');
  await ready(page);
  await expect
    .poll(async () => {
      const [together, apart] = await Promise.all([
        numberOf(panel, 'commonAngleDegrees'),
        numberOf(panel, 'individualAngleDegrees'),
      ]);
      return together / apart;
    }, SETTLED)
    .toBeGreaterThan(3);
});

test('no random turn is as bad as the worst one of the same angle, and both move with σ', async ({ page }) => {
  await openLab(page);
  const panel = await openPanel(page, 'certified');
  const all = async () => {
    const names = ['medianCertifiedAngle', 'worstCaseAuc', 'randomAuc', 'worstCaseAccuracy', 'randomAccuracy'];
    return Promise.all(names.map((name) => numberOf(panel, name)));
  };
  await expect.poll(() => numberOf(panel, 'worstCaseAuc'), SETTLED).toBeGreaterThanOrEqual(0);
  const [median, worst, random, worstAccuracy, randomAccuracy] = await all();
  expect(worst).toBeLessThanOrEqual(random);
  expect(worstAccuracy).toBeLessThanOrEqual(randomAccuracy);
  // The random turn is another draw of the noise that the tiles show.
  expect(Math.abs(random - (await shown(page, 'rocAuc')))).toBeLessThan(0.04);
  await setSigma(page, '0.001');
  await expect.poll(() => numberOf(panel, 'worstCaseAuc'), SETTLED).toBeGreaterThan(worst);
  const gentle = await all();
  expect(gentle[0]).toBe(median);
  expect(gentle[1]).toBeLessThanOrEqual(gentle[2]);
  expect(gentle[2]).toBeGreaterThan(random);
  await setSigma(page, '0');
  await expect(panel.locator('.certified-cost')).toContainText('Without drift no row turns');
  await expect.poll(() => numberOf(panel, 'worstCaseAuc'), SETTLED).toBeCloseTo(await shown(page, 'rocAuc'), 9);
  expect((await all())[3]).toBeCloseTo(await shown(page, 'accuracy'), 9);
  const histogram = await tableOf(panel.locator('figure').first());
  const rows = histogram.flatMap((row) => row.slice(1).map(count)).reduce((sum, value) => sum + (value || 0), 0);
  expect(rows).toBeGreaterThan(0);
});

test('the certificate follows a slice, and rows of other lengths than 1 have none, with the reason', async ({
  page,
}) => {
  await openLab(page);
  const panel = await openPanel(page, 'certified');
  await page.getByLabel('Dataset').selectOption('prompts');
  await ready(page);
  await expect.poll(() => numberOf(panel, 'medianCertifiedAngle'), SETTLED).toBeGreaterThan(0);
  const all = await numberOf(panel, 'medianCertifiedAngle');
  await page.getByRole('button', { name: /XSTest/ }).click();
  await expect
    .poll(async () => Math.abs((await numberOf(panel, 'medianCertifiedAngle')) - all), SETTLED)
    .toBeGreaterThan(0.01);
  await page.getByLabel('Dataset').selectOption('tweets');
  await page.getByLabel('Encoder the probe is trained on').selectOption('wrong-layer');
  await page.getByLabel('Normalise rows to unit length').uncheck();
  await ready(page);
  await expect(panel.getByRole('note')).toContainText(/Row [\d,]+ of the file has length [\d.]+, not 1.*Normalise the rows on load/, SETTLED); // prettier-ignore
  await expect(panel.locator('[data-metric="worstCaseAuc"]')).toHaveCount(0);
  await page.getByLabel('Normalise rows to unit length').check();
  await expect.poll(() => numberOf(panel, 'worstCaseAuc'), SETTLED).toBeGreaterThanOrEqual(0);
});

for (const webgl of [true, false]) {
  test(`more than 20,000 rows ${webgl ? 'are drawn on the GPU where there is one' : 'without WebGL are drawn by the processor, and it says why'}`, async ({
    page,
  }) => {
    if (!webgl)
      await page.addInitScript(() => {
        const create = HTMLCanvasElement.prototype.getContext as (...args: unknown[]) => unknown;
        Object.assign(HTMLCanvasElement.prototype, {
          getContext(this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
            return kind === 'webgl2' ? null : create.call(this, kind, ...rest);
          },
        });
      });
    await openLab(page);
    await openGroup(page, 'Probe');
    await page.getByLabel('Dataset').selectOption('instruct-like');
    await type(page, 'Dimensions', '8');
    await type(page, 'Rows', '22000');
    await type(page, 'Train share', '0.04');
    await type(page, 'Test share', '0.95');
    await ready(page);
    const panel = await openPanel(page, 'geometry');
    const plot = rowsChart(page).locator('.chart-plot');
    const note = panel.locator('.row-note');
    await expect(plot).toHaveAttribute('data-painter', /gpu|canvas/, SETTLED);
    const painter = await plot.getAttribute('data-painter');
    if (!webgl) expect(painter).toBe('canvas');
    await expect(note).toContainText(
      painter === 'gpu'
        ? '20,900 rows drawn on the GPU'
        : '20,900 rows drawn by the processor: WebGL 2 is missing here',
    );
    const before = await plot.screenshot();
    expect((await expectSameCounts(page)).rows).toBe(20_900);
    await setSigma(page, '0.15');
    await expectSameCounts(page);
    expect((await plot.screenshot()).equals(before)).toBe(false);
    expect(await inked(page, await plot.screenshot())).toBeGreaterThan(0.02);
    const synthetic = { rows: 22_000, dims: 8, separation: 2.4237, spectrum: 1, meanCosine: 0.97, seed: 42 };
    const split = { train: 0.04, validation: 0.01, test: 0.95 };
    await expectRun(page, { data: { id: 'synthetic', synthetic }, split, drift: { sigma: 0.15 } });
  });
}

/** Share of the pixels that are unlike the most frequent colour. */
async function inked(page: Page, png: Buffer): Promise<number> {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    if (!context) return 0;
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, picture.width, picture.height);
    const seen = new Map<number, number>();
    for (const pixel of new Uint32Array(data.buffer)) seen.set(pixel, (seen.get(pixel) ?? 0) + 1);
    return 1 - Math.max(...seen.values()) / (data.length / 4);
  }, png.toString('base64'));
}
