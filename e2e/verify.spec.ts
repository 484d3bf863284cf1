import { expect, test } from '@playwright/test';
import { headlines, openLab, ready } from './lab.ts';
import { computeWith, openSynthetic, SMALL, trainNetwork, type } from './network.ts';
import { verdict, verify } from './verifying.ts';

test('Verify on cpu finds the scores of a network within 1e-6', async ({ page }) => {
  await openSynthetic(page);
  await trainNetwork(page, SMALL);
  await computeWith(page, 'cpu');
  for (const kind of ['gaussian', 'subspace', 'scaling']) {
    await page.getByLabel('Kind of drift').selectOption(kind);
    await ready(page);
    await expect(verdict(page)).toHaveCount(0);
    expect((await verify(page, 'σ 0.02', '120', 1e-6)).difference).toBeLessThan(1e-9);
  }
});

test('Verify can be cancelled, by mouse and by keyboard, and run again', async ({ page }) => {
  test.setTimeout(120_000);
  await openLab(page);
  await page.getByLabel('Dataset').selectOption('base-like');
  await type(page, 'Rows', 6000);
  await type(page, 'Dimensions', 512);
  await page.getByLabel('Kind of drift').selectOption('subspace');
  await ready(page);
  await computeWith(page, 'cpu');
  const button = page.getByRole('button', { name: 'Verify this state' });
  const running = page.getByText('Drifting every row…');
  for (const how of ['mouse', 'keyboard']) {
    await button.click();
    const cancel = running.getByRole('button', { name: 'Cancel' });
    if (how === 'mouse') await cancel.click();
    else {
      await cancel.focus();
      await page.keyboard.press('Enter');
    }
    await expect(running).toHaveCount(0);
    await expect(verdict(page)).toHaveCount(0);
    await expect(button).toBeEnabled();
  }
  await page.getByRole('button', { name: '0.15', exact: true }).click();
  await expect(headlines(page)).toHaveAttribute('data-sigma', '0.15');
  await verify(page, 'σ 0.15', '1,200');
});
