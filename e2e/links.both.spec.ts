import { expect, test, type Page } from '@playwright/test';
import { openGroup, openLab, ready, shown } from './lab.ts';

/** Computes with WebGPU where the browser has it; says with what it computes in the end. */
async function onBackend(page: Page, wanted: 'cpu' | 'webgpu'): Promise<string> {
  await openGroup(page, 'Engine and checks');
  await page.getByLabel('Compute with').selectOption(wanted);
  await ready(page);
  const metric = page.locator('[data-metric="backend"]');
  await expect(metric).toHaveAttribute('data-value', /^(cpu|webgpu)$/);
  return (await metric.getAttribute('data-value')) ?? '';
}

async function linkOf(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await expect(dialog.getByLabel('Include what I see (digest)')).toBeChecked();
  const link = await dialog.getByRole('textbox').inputValue();
  await page.keyboard.press('Escape');
  return link;
}

const badge = (page: Page) => page.getByTestId('seen-badge');

for (const backend of ['cpu', 'webgpu'] as const) {
  test(`a link made on ${backend} is reproduced in a fresh browser context, on cpu and on webgpu`, async ({
    page,
    browser,
  }, { project }) => {
    await openLab(
      page,
      '#v=1&lab=drift&data=synthetic&sigma=0.3&synthetic=rows:600,dims:24,separation:2.5,spectrum:0.8,meanCosine:0.4,seed:11',
    );
    const on = await onBackend(page, backend);
    expect(on).toBe(project.name === 'webgpu' ? backend : 'cpu');
    const auc = await shown(page, 'rocAuc');
    const link = await linkOf(page);
    expect(link).toContain(`seen=auc:${auc.toFixed(5).replace(/^0/, '')},acc:`);
    expect(link.includes('on:webgpu')).toBe(on === 'webgpu');

    const fresh = await browser.newContext();
    const receiver = await fresh.newPage();
    await receiver.goto(link);
    await ready(receiver);
    await expect(badge(receiver)).toHaveAttribute('data-verdict', 'reproduced');
    await expect(badge(receiver)).toContainText('all 6 numbers of this link came out the same');
    expect(Math.abs((await shown(receiver, 'rocAuc')) - auc)).toBeLessThanOrEqual(1e-4);
    await onBackend(receiver, 'webgpu');
    await expect(badge(receiver)).toHaveAttribute('data-verdict', 'reproduced');
    await fresh.close();
  });
}

test('a doctored digest differs, with both numbers; it leaves the address with the first change', async ({ page }) => {
  await openLab(page, '#v=1&lab=drift&sigma=0.1');
  const link = await linkOf(page);
  const auc = await shown(page, 'rocAuc');
  await page.goto('about:blank');
  await page.goto(link.replace(/auc:\.\d+/, 'auc:.91234'));
  await ready(page);
  await expect(badge(page)).toHaveAttribute('data-verdict', 'differs');
  await expect(badge(page)).toContainText('1 of the 6 numbers');
  await expect(badge(page).locator('[data-metric="seen-link:auc"]')).toHaveAttribute('data-value', '.91234');
  await expect(badge(page).locator('[data-metric="seen-here:auc"]')).toHaveAttribute('data-value', String(auc));
  expect(await shown(page, 'rocAuc')).toBe(auc);
  await expect(badge(page).getByRole('list', { name: 'Likely reasons' })).toContainText('probably edited');
  await page.getByRole('button', { name: '0.15', exact: true }).click();
  await expect(badge(page)).toHaveCount(0);
  await expect.poll(() => new URL(page.url()).hash).toBe('#v=1&lab=drift&sigma=0.15');
  await page.goBack();
  await expect(badge(page)).toHaveAttribute('data-verdict', 'differs');
});

test('a doctored digest that says all rows were near a boundary on webgpu differs all the same', async ({ page }) => {
  await openLab(page, '#v=1&lab=drift&sigma=0.1&seen=acc:.5,silent:.001,on:webgpu,near:9999');
  await expect(badge(page)).toHaveAttribute('data-verdict', 'differs');
  await expect(badge(page)).toContainText('2 of the 2 numbers');
  // Counted on this page: of 800 rows a few at most lie within 0.0002 of one of some thirty boundaries.
  expect(Number(await badge(page).locator('[data-metric="seen:near"]').getAttribute('data-value'))).toBeLessThan(8);
});

test('a digest of other data and another version of the lab names both as reasons', async ({ page }) => {
  await openLab(page, '#v=1&lab=drift&sigma=0.1&seen=auc:.9,data:000000,lab:0.0.1');
  await expect(badge(page)).toHaveAttribute('data-verdict', 'differs');
  const reasons = badge(page).getByRole('list', { name: 'Likely reasons' });
  await expect(reasons).toContainText('begins with 000000');
  await expect(reasons).toContainText('the sender used 0.0.1');
});
