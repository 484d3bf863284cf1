import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { dragTo, expectRun, headlines, openLab, ready, shown, slider, TILES } from './lab.ts';

interface Frozen {
  readonly what: string;
  readonly link: string;
  readonly metrics: Readonly<Record<string, number>>;
}
const FROZEN = JSON.parse(
  readFileSync(new URL('../src/spec/fixtures/frozenLinks/v1.json', import.meta.url), 'utf8'),
) as Frozen[];

const hash = (page: Page) => new URL(page.url()).hash;
const expectHash = (page: Page, wanted: string) => expect.poll(() => hash(page)).toBe(wanted);
const sigmaOf = (page: Page) => expect(headlines(page));

for (const { what, link, metrics } of FROZEN.filter(({ what }) => /^(half of the way|every convention)/.test(what))) {
  test(`a frozen link keeps its numbers in the browser: ${what}`, async ({ page }) => {
    await openLab(page, `#${link}`);
    for (const name of TILES) {
      await expect.poll(() => shown(page, name), { message: name }).toBeCloseTo(metrics[name], 9);
    }
    expect(hash(page)).toBe(`#${link}`);
    await expect(page.getByTestId('link-banner')).toHaveCount(0);
  });
}

test('the default page has an empty hash, and what a link shows before its numbers are there is no other number', async ({
  page,
}) => {
  await openLab(page);
  expect(hash(page)).toBe('');
  await page.route('**/*worker*.js', (route) => route.abort());
  await page.goto('about:blank');
  await page.goto('./#v=1&lab=drift&data=prompts&sigma=0.1');
  await expect(slider(page)).toBeVisible();
  for (const name of TILES) expect(await headlines(page).locator(`[data-metric="${name}"]`).textContent()).toBe('');
  await expect(page.locator('.stale')).toContainText('The numbers of this link are not there yet.');
});

test('Back is undo after discrete choices, and keys go through the same entries', async ({ page }) => {
  await openLab(page);
  await page.getByRole('button', { name: '0.15', exact: true }).click();
  await expectHash(page, '#v=1&lab=drift&sigma=0.15');
  await page.getByLabel('Dataset').selectOption('prompts');
  await expectHash(page, '#v=1&lab=drift&data=prompts&sigma=0.15');
  const entries = await page.evaluate(() => history.length);
  await page.keyboard.press('Control+z');
  await expectHash(page, '#v=1&lab=drift&sigma=0.15');
  await page.goBack();
  await expectHash(page, '');
  await sigmaOf(page).toHaveAttribute('data-sigma', '0.02');
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
  await page.keyboard.press('Control+Shift+Z');
  await expectHash(page, '#v=1&lab=drift&sigma=0.15');
  await page.goForward();
  await expectHash(page, '#v=1&lab=drift&data=prompts&sigma=0.15');
  await ready(page);
  await expectRun(page, { data: { id: 'prompts' }, drift: { sigma: 0.15 } });
  await expect(page.getByRole('button', { name: 'Redo' })).toBeDisabled();
  expect(await page.evaluate(() => history.length)).toBe(entries);
});

test('a drag is one entry, and the address is right when it ends', async ({ page }) => {
  await openLab(page);
  const entries = await page.evaluate(() => history.length);
  await dragTo(page, 0.75);
  const sigma = await page.locator('.sigma-number').inputValue();
  await expectHash(page, `#v=1&lab=drift&sigma=${sigma}`);
  expect(await page.evaluate(() => history.length)).toBe(entries + 1);
  await page.goBack();
  await expectHash(page, '');
  await sigmaOf(page).toHaveAttribute('data-sigma', '0.02');
});

test('a link typed into the address is opened, and Back leaves it', async ({ page }) => {
  await openLab(page);
  await page.evaluate(() => (location.hash = '#v=1&lab=drift&sigma=0.3'));
  await sigmaOf(page).toHaveAttribute('data-sigma', '0.3');
  await page.goBack();
  await sigmaOf(page).toHaveAttribute('data-sigma', '0.02');
});

test('two pages with one link go their own ways', async ({ context, page }) => {
  const link = './#v=1&lab=drift&sigma=0.3';
  const other = await context.newPage();
  await openLab(page, link);
  await openLab(other, link);
  await page.getByRole('button', { name: '0.15', exact: true }).click();
  await expectHash(page, '#v=1&lab=drift&sigma=0.15');
  await sigmaOf(other).toHaveAttribute('data-sigma', '0.3');
  expect(hash(other)).toBe('#v=1&lab=drift&sigma=0.3');
  await other.goBack().catch(() => null);
  await sigmaOf(page).toHaveAttribute('data-sigma', '0.15');
});

test('an anchor of the page moves there and leaves the experiment in the address', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openLab(page, '#v=1&lab=drift&sigma=0.3');
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.locator('#settings-title')).toBeFocused();
  await expectHash(page, '#v=1&lab=drift&sigma=0.3');
  await sigmaOf(page).toHaveAttribute('data-sigma', '0.3');
});

test('a banner says what a link asked for and did not get, keeps unknown names, and can be put away', async ({
  page,
}) => {
  await openLab(page, '#v=1&sigma=-3&bins=7&tau=2&colour=blue');
  const banner = page.getByTestId('link-banner');
  await expect(banner.getByRole('status')).toContainText('Not all of this link could be used');
  const problems = banner.locator('[data-problem]');
  await expect(problems).toHaveCount(2);
  await expect(problems.nth(0)).toHaveText(
    'Asked: sigma=-3. Used: sigma=0.02, because it should be a number at least 0 and at most 1000.',
  );
  await expect(problems.nth(1)).toContainText('Asked: tau=2. Used: tau=0.8');
  await expect(banner.locator('[data-unknown]')).toHaveText('colour=blue');
  await expectRun(page, { metrics: { bins: 7 } });
  await page.getByRole('button', { name: '0.15', exact: true }).click();
  await expectHash(page, '#v=1&lab=drift&bins=7&sigma=0.15&colour=blue');
  await banner.getByRole('button', { name: 'Dismiss' }).click();
  await expect(banner).toHaveCount(0);
});

test('files beside the lab are fetched only when a person says so', async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => void fetched.push(new URL(request.url()).pathname));
  await page.goto('./#v=1&from=data/tweets.labels.csv,data/none.npy');
  const from = page.getByTestId('link-from');
  await expect(from).toContainText('data/tweets.labels.csv, data/none.npy');
  await ready(page);
  expect(fetched.filter((path) => path.includes('none.npy'))).toEqual([]);
  await from.getByRole('button', { name: 'Open data/tweets.labels.csv, data/none.npy' }).click();
  await expect(from).toContainText('data/none.npy: the server answered 404');
  await page.goto('about:blank');
  await page.goto('./#v=1&from=https://example.com/x.npy');
  await expect(page.getByTestId('link-banner').locator('[data-problem="from"]')).toContainText(
    'only files beside the lab',
  );
  await expect(from).toHaveCount(0);
});

const RANDOM_LINKS = (() => {
  const names = [
    'v',
    'lab',
    'sigma',
    'data',
    'drift',
    'mlp',
    'probe',
    'own',
    'seen',
    'only',
    'embed',
    'from',
    'panels',
  ];
  const text = (maxLength: number) =>
    fc.oneof(fc.string({ maxLength, unit: 'binary' }), fc.string({ maxLength, unit: 'binary-ascii' }));
  const pairs = fc
    .array(fc.tuple(fc.constantFrom(...names), text(20)), { maxLength: 6 })
    .map((parts) => parts.map(([name, value]) => `${name}=${value}`).join('&'));
  return fc.sample(fc.oneof(text(80), pairs), { numRuns: 1000, seed: 4 });
})();

const errorsOf = (page: Page): string[] => {
  const broke: string[] = [];
  page.on('pageerror', (error) => void broke.push(error.message));
  page.on('crash', () => void broke.push('crash'));
  return broke;
};
/** The screen of the error boundary around all, or of that around one part. */
const BROKEN = '.broken, .lost';

test('1,000 random strings as links never break the page', async ({ page }) => {
  const broke = errorsOf(page);
  await openLab(page, '#v=1&lab=drift&sigma=0.05');
  // Each is an address that the page is told of, as Back and Forward tell it; pauses let it draw and answer.
  const screens = await page.evaluate(
    async ({ all, broken }) => {
      const found: string[] = [];
      let link = '';
      const look = () => {
        const shown = document.querySelector(broken);
        if (shown) found.push(`${link}: ${shown.textContent}`);
      };
      const observer = new MutationObserver(look);
      observer.observe(document.body, { childList: true, subtree: true });
      for (const [k, next] of all.entries()) {
        link = next;
        history.replaceState(history.state, '', `#${link}`);
        dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
        if (k % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 60));
      }
      await new Promise((resolve) => setTimeout(resolve, 60));
      look();
      observer.disconnect();
      return found;
    },
    { all: RANDOM_LINKS, broken: BROKEN },
  );
  expect(screens).toEqual([]);
  expect(broke).toEqual([]);
  await page.evaluate(() => (location.hash = '#v=1&lab=drift&sigma=0.3'));
  await expectRun(page, { drift: { sigma: 0.3 } });
  expect(broke).toEqual([]);
});

const LOADED = RANDOM_LINKS.filter((link) => link.length > 1).filter((_, k) => k % 35 === 0);

for (const part of [0, 1, 2]) {
  const links = LOADED.slice(8 * part, 8 * part + 8);
  test(`random strings open the lab in fresh pages, with numbers or a problem that is said: part ${part + 1}`, async ({
    context,
  }) => {
    expect(links.length).toBe(8);
    let ready = 0;
    const open = async (link: string) => {
      const page = await context.newPage();
      const broke = errorsOf(page);
      await page.goto(`./#${link}`);
      const settled = page.locator('[data-phase="ready"], .engine-problem');
      await expect(settled, link).toHaveText(/\S/, { timeout: 20_000 });
      if ((await settled.getAttribute('data-phase')) === 'ready') {
        expect(await shown(page, 'rocAuc'), link).toBeGreaterThan(0);
        ready++;
      }
      await expect(page.locator(BROKEN), link).toHaveCount(0);
      expect(broke, link).toEqual([]);
      await page.close();
    };
    for (const link of links) await open(link);
    expect(ready).toBeGreaterThan(5);
  });
}

test('everything in Share can be done by keyboard, and works where the clipboard is refused', async ({
  page,
  context,
  baseURL,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openLab(page, '#v=1&lab=drift&sigma=0.3');
  const button = page.getByRole('button', { name: 'Share' });
  await button.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await expect(dialog.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
  const digest = dialog.getByLabel('Include what I see (digest)');
  await expect(digest).toBeChecked();
  await digest.focus();
  await page.keyboard.press('Space');
  await dialog.getByRole('button', { name: 'Copy link' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('status')).toHaveText('Link copied.');
  const plain = `${baseURL}#v=1&lab=drift&sigma=0.3`;
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(plain);
  await expect(dialog.locator('[data-metric="shareLength"]')).toHaveAttribute('data-value', String(plain.length));

  await dialog.getByLabel('Presentation view').focus();
  await page.keyboard.press('Space');
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
  });
  await dialog.getByRole('button', { name: 'Copy link' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('status')).toContainText('press Ctrl+C');
  await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe(`${plain}&present=1`);

  await dialog.getByRole('button', { name: 'Copy embed code' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('textbox')).toHaveValue(
    /^<iframe src=".*&amp;embed=1&amp;only=roc,reliability" title=/,
  );
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(button).toBeFocused();
});

test('a link too long for a QR code is shared without one, and says so', async ({ page }) => {
  await openLab(page, `#v=1&lab=drift&sigma=0.3&${'note='.padEnd(900, 'x')}`);
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByTestId('qr-too-long')).toContainText('too long for a QR code');
});

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return found.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0].html}`);
}

const SETTINGS = 'v=1&lab=drift&sigma=0.1&bins=0&colour=blue&seen=auc:.5,acc:.5&from=data/x.npy';

for (const width of [1440, 390]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const open = async (page: Page, link: string) => {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await openLab(page, `#${link}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    };
    const where = `at ${width} pixels in ${colorScheme}`;

    test(`axe finds nothing in banner, badge and Share ${where}`, async ({ page }) => {
      await open(page, SETTINGS);
      await expect(page.getByTestId('seen-badge')).toHaveAttribute('data-verdict', 'differs');
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Share' }).click();
      await page.getByRole('dialog', { name: 'Share' }).getByText('The embed code shows').click();
      expect(await violations(page)).toEqual([]);
    });

    for (const view of ['embed=1&only=roc,reliability', 'present=1']) {
      test(`axe finds nothing in the view ${view} ${where}`, async ({ page }) => {
        await open(page, `${SETTINGS}&${view}`);
        expect(await violations(page)).toEqual([]);
      });
    }
  }
}
