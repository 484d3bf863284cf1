import { expect, test, type Page } from '@playwright/test';
import { openLab } from './lab.ts';
import { openPanel, SETTLED } from './panels.ts';

/** Lets no file arrive whose name begins so; the answer is a connection that breaks, or a 404. */
async function lose(page: Page, name: string, how: 'offline' | '404') {
  await page.route(new RegExp(`/assets/${name}-`), (route) =>
    how === 'offline' ? route.abort('internetdisconnected') : route.fulfill({ status: 404 }),
  );
}

const found = (page: Page, name: string) => page.unroute(new RegExp(`/assets/${name}-`));

for (const how of ['offline', '404'] as const) {
  test(`a panel whose code does not arrive (${how}) says so in its own place, and can be tried again`, async ({
    page,
  }) => {
    await openLab(page);
    await lose(page, 'CertifiedPanel', how);
    const panel = await openPanel(page, 'certified');
    await expect(panel.getByRole('alert')).toContainText('The panel “Certified angle” could not be loaded.');
    await expect(page.locator('.headlines [data-metric="rocAuc"]')).toHaveText('0.876');
    await expect(page.locator('.broken')).toHaveCount(0);

    await panel.getByRole('button', { name: 'Try again' }).click();
    await expect(panel.getByRole('alert')).toBeVisible();

    await found(page, 'CertifiedPanel');
    await panel.getByRole('button', { name: 'Try again' }).click();
    await expect(panel.getByRole('alert')).toHaveCount(0);
    await expect(panel.locator('[data-metric="medianCertifiedAngle"]').first()).toBeVisible(SETTLED);
  });
}

test('a panel that was lost is asked for again when it is opened again', async ({ page }) => {
  await openLab(page);
  await lose(page, 'CertifiedPanel', 'offline');
  const panel = await openPanel(page, 'certified');
  await expect(panel.getByRole('alert')).toBeVisible();
  await panel.locator('.panel-toggle').click();
  await found(page, 'CertifiedPanel');
  await openPanel(page, 'certified');
  await expect(panel.locator('[data-metric="medianCertifiedAngle"]').first()).toBeVisible(SETTLED);
});

test('an explanation that does not arrive floats its message over the page, and comes when asked again', async ({
  page,
}) => {
  await openLab(page);
  await lose(page, 'WhyDialog', 'offline');
  await page
    .getByRole('button', { name: /^Why\? / })
    .first()
    .click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('The explanation could not be loaded.');
  await expect(alert).toBeInViewport();
  await alert.getByRole('button', { name: 'Dismiss' }).click();
  await expect(alert).toHaveCount(0);
  await found(page, 'WhyDialog');
  await page
    .getByRole('button', { name: /^Why\? / })
    .first()
    .click();
  await expect(page.getByRole('dialog')).toBeVisible();
});
