import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectRun, labRun, openLab, shown } from './lab.ts';
import { expectNumber, numberOf } from './panels.ts';

// A run of the command line beside each page: far more than this takes, on a busy machine.
test.describe.configure({ timeout: 120_000 });

const HEADLINES = {
  rocAuc: ['AUC', 'ties-half'],
  accuracy: ['Accuracy', 'threshold:0.5'],
  meanConfidence: ['Mean confidence', 'confidence-max'],
  silentFailureRate: ['Silent-failure rate', 'of-errors'],
  ece: ['ECE', 'bins:15'],
  meanAngleDegrees: ['Measured angle', 'angle-mean'],
} as const;
const NAMES = Object.keys(HEADLINES) as (keyof typeof HEADLINES)[];

const button = (page: Page, label: string) => page.getByRole('button', { name: `Why? ${label}`, exact: true });
const convention = (dialog: Locator, id: string) => numberOf(dialog, `convention:${id}`);
const inUse = (dialog: Locator) =>
  dialog.locator('tr[data-in-use="true"] [data-metric^="convention:"]').evaluateAll((cells) =>
    cells.map((cell) => [cell.getAttribute('data-metric') ?? '', Number(cell.getAttribute('data-value'))] as const),
  ); // prettier-ignore

test('every headline number says why, and the convention in use is the number on its card', async ({ page }) => {
  await openLab(page);
  for (const name of NAMES) {
    const [label, id] = HEADLINES[name];
    const card = await shown(page, name);
    await button(page, label).click();
    const dialog = page.getByRole('dialog');
    await expectNumber(dialog, `convention:${id}`, card);
    const used = await inUse(dialog);
    expect(used.map(([metric]) => metric)).toContain(`convention:${id}`);
    for (const [metric, value] of used) expect(value, metric).toBeCloseTo(card, 9);
    for (const fact of ['Formula', 'In use here', 'It misleads where', 'Source'])
      expect(await dialog.locator(`dt:text-is("${fact}") + dd`).textContent(), fact).toMatch(/\S{2}/);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(button(page, label)).toBeFocused();
  }
});

test('what another convention would say is what the lab says when that convention is chosen', async ({ page }) => {
  await openLab(page);
  await button(page, 'ECE').click();
  const dialog = page.getByRole('dialog');
  const ece = (metrics: object) => labRun({ metrics }).metrics.ece;
  await expectNumber(dialog, 'convention:bins:5', ece({ bins: 5 }));
  await expectNumber(dialog, 'convention:bins:50', ece({ bins: 50 }));
  await expectNumber(dialog, 'convention:binning-mass', ece({ binning: 'mass' }));
  await expectNumber(dialog, 'convention:target-positive-class', ece({ target: 'positive-class' }));
  await expectNumber(dialog, 'convention:closed-left', ece({ closed: 'left' }));
  await expectNumber(dialog, 'convention:units-total-norm', labRun({ drift: { units: 'total-norm' } }).metrics.ece);
  await expectNumber(dialog, 'convention:not-renormalized', labRun({ drift: { renormalize: false } }).metrics.ece);
  await expectNumber(dialog, 'convention:without-scaler', labRun({ probe: { standardize: false } }).metrics.ece);
  const moved = (await convention(dialog, 'bins:5')) - (await convention(dialog, 'bins:15'));
  const said = await dialog.locator('[data-metric="convention-difference:bins:5"]').textContent();
  expect(Number(said?.replace('−', '-'))).toBeCloseTo(moved, 3);
  await expect(dialog.locator('[data-metric="convention-difference:corp"]')).toHaveText('other scale');
});

test('accuracy and silent failures: other thresholds and shares agree with a run of their own', async ({ page }) => {
  await openLab(page);
  const { metrics } = labRun({});
  await button(page, 'Silent-failure rate').click();
  const dialog = page.getByRole('dialog');
  await expectNumber(dialog, 'convention:of-all-rows', metrics.highConfidenceErrorShare);
  await expectNumber(dialog, 'convention:wrong-given-confident', metrics.wrongGivenConfident);
  const silent = labRun({ metrics: { highConfidence: 0.95 } }).metrics.silentFailureRate;
  await expectNumber(dialog, 'convention:tau:0.95', silent);
  await page.keyboard.press('Escape');
  await button(page, 'Accuracy').click();
  await expectNumber(dialog, 'convention:balanced', metrics.balancedAccuracy);
  await expectNumber(dialog, 'convention:f1', metrics.f1);
  const parameter = await dialog
    .locator('[data-metric^="convention:threshold-validation:"]')
    .getAttribute('data-metric');
  const threshold = Number(parameter?.split(':')[2]);
  expect(threshold).toBeGreaterThan(0);
  const { accuracy } = labRun({ metrics: { threshold } }).metrics;
  await expectNumber(dialog, `convention:threshold-validation:${threshold}`, accuracy);
});

test('by keyboard alone: open, read, stay inside, Escape gives the focus back', async ({ page }) => {
  await openLab(page);
  await button(page, 'AUC').focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'AUC (area under the ROC curve)' });
  await expectNumber(dialog, 'convention:ties-half', await shown(page, 'rocAuc'));
  for (let press = 0; press < 6; press++) {
    await page.keyboard.press('Tab');
    const outside = await page.evaluate(() => {
      const at = document.activeElement;
      return at !== null && at !== document.body && at.closest('dialog') === null ? at.outerHTML : '';
    });
    expect(outside).toBe('');
  }
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(button(page, 'AUC')).toBeFocused();
  await page.keyboard.press('Space');
  await expect(dialog).toBeVisible();
  await page.mouse.click(4, 4);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(button(page, 'AUC')).toBeFocused();
});

test('the dialog speaks of the state on screen: another threshold and τ are in its words and its rows', async ({
  page,
}) => {
  await openLab(page);
  const tau = page.locator('[data-chart="histogram"] [role="slider"]');
  await tau.focus();
  for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowRight');
  await expect(tau).not.toHaveAttribute('aria-valuenow', '0.8');
  const highConfidence = Number(await tau.getAttribute('aria-valuenow'));
  await expectRun(page, { metrics: { highConfidence } });
  await button(page, 'Silent-failure rate').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(`τ = ${highConfidence}, strictly above`);
  await expectNumber(dialog, `convention:tau:${highConfidence}`, await shown(page, 'silentFailureRate'));
  expect(await convention(dialog, 'tau:0.8')).toBe(labRun({}).metrics.silentFailureRate);
});
