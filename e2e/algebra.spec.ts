import { expect, test, type Page } from '@playwright/test';
import { labRun, openLab } from './lab.ts';
import { openPanel, panelOf, setSigma, text, tile, value } from './panels.ts';

const algebra = (page: Page) => panelOf(page, 'algebra');
const H = 'Common shift h';
const NU = 'Projected noise ν';
const C = 'Attenuation c';
const GAP = 'Class gap Δ′';
const field = (page: Page, name: string) => algebra(page).getByRole('textbox', { name: `${name} (` });
const plane = (page: Page, name: string) => algebra(page).getByRole('radiogroup', { name });

async function openAlgebra(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openLab(page);
  await openPanel(page, 'algebra');
  await expect(plane(page, 'Shift and noise').getByRole('radio')).not.toHaveCount(0);
}

async function reset(page: Page): Promise<void> {
  await algebra(page).getByRole('button', { name: 'Reset the faders' }).click();
  await expect(field(page, GAP)).toHaveValue('1');
  await expect(field(page, H)).toHaveValue('0');
}

test('a mechanism chosen on either plane shows its place and what lab run measures for it', async ({ page }) => {
  await openAlgebra(page);
  await plane(page, 'Shift and noise').locator('[data-mechanism="along-probe"]').click();
  for (const name of ['Shift and noise', 'Attenuation and class gap']) {
    await expect(plane(page, name).getByRole('radio', { checked: true })).toHaveAttribute(
      'data-mechanism',
      'along-probe',
    );
  }
  const along = labRun({ drift: { kind: 'directional', direction: 'along-probe' } }).metrics;
  expect(await value(algebra(page), 'algebraMeasuredRocAuc')).toBeCloseTo(along.rocAuc ?? NaN, 9);
  expect(await value(algebra(page), 'algebraMeasuredAccuracy')).toBeCloseTo(along.accuracy ?? NaN, 9);
  expect(await value(algebra(page), 'algebraMeasuredEce')).toBeCloseTo(along.ece ?? NaN, 9);
  expect(Number(await field(page, H).inputValue())).not.toBe(0);
  expect(Math.abs((await value(algebra(page), 'algebraRocAuc')) - (along.rocAuc ?? NaN))).toBeLessThan(0.03);

  await page.keyboard.press('ArrowRight');
  await expect(plane(page, 'Shift and noise').locator('[data-mechanism="against-probe"]')).toBeFocused();
  const against = labRun({ drift: { kind: 'directional', direction: 'against-probe' } }).metrics;
  expect(await value(algebra(page), 'algebraMeasuredAccuracy')).toBeCloseTo(against.accuracy ?? NaN, 9);
  await page.keyboard.press('ArrowLeft');
  await expect(algebra(page).locator('tr[aria-current="true"]')).toContainText('Common shift along the probe');

  await algebra(page).getByRole('button', { name: 'Temperature 2 on the logit' }).press('Enter');
  await expect(field(page, C)).toHaveValue('2');
  await expect(plane(page, 'Attenuation and class gap').getByRole('radio', { checked: true })).toHaveAttribute(
    'data-mechanism',
    'temperature',
  );
});

test('the present drift follows σ, and its measured numbers are the tiles', async ({ page }) => {
  await openAlgebra(page);
  const metrics = ['RocAuc', 'Accuracy', 'MeanConfidence', 'SilentFailureRate', 'Ece'];
  const nus: number[] = [];
  for (const sigma of ['0.02', '0.15']) {
    if (sigma !== '0.02') await setSigma(page, sigma);
    for (const metric of metrics) {
      const own = metric[0].toLowerCase() + metric.slice(1);
      await expect
        .poll(async () => (await text(algebra(page), `algebraMeasured${metric}`)) === (await tile(page, own)), {
          message: `${own} at σ ${sigma}`,
        })
        .toBe(true);
    }
    await expect(plane(page, 'Shift and noise').getByRole('radio', { checked: true })).toHaveAttribute(
      'data-mechanism',
      'present',
    );
    nus.push(Number(await field(page, NU).inputValue()));
  }
  expect(nus[1]).toBeGreaterThan(5 * nus[0]);
});

test('at one angle, every mechanism turns the rows as far as the present drift', async ({ page }) => {
  await openAlgebra(page);
  const angles = () =>
    algebra(page)
      .getByRole('region', { name: 'Named drifts, table' })
      .locator('tbody tr')
      .evaluateAll((rows) =>
        rows.flatMap((row) => {
          const [sigma, angle] = [row.children[1].textContent, row.children[2].textContent];
          return sigma === '–' || angle === '–°' || sigma === 'T = 2' ? [] : [angle];
        }),
      );
  expect(new Set(await angles()).size).toBeGreaterThan(3);
  await algebra(page).getByLabel('Strength of the mechanisms').selectOption('angle');
  const present = `${(await value(page.locator('.headlines'), 'meanAngleDegrees')).toFixed(1)}°`;
  await expect.poll(async () => [...new Set(await angles())]).toEqual([present]);
  expect((await angles()).length).toBeGreaterThan(8);
});

test('without the wish for less motion the faders glide, and end at the same place', async ({ page }) => {
  await openLab(page);
  await openPanel(page, 'algebra');
  await plane(page, 'Shift and noise').locator('[data-mechanism="temperature"]').click();
  await expect(field(page, C)).toHaveValue('2');
  await expect(field(page, NU)).toHaveValue('0');
  await reset(page);
  await expect(field(page, C)).toHaveValue('1');
});
