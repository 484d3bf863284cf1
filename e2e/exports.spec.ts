import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Download, type Page } from '@playwright/test';
import { openPanel, SETTLED } from './panels.ts';
import { headlines, labRun, openLab, ready, shown, TILES } from './lab.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const text = async (download: Download): Promise<string> => readFileSync(await download.path(), 'utf8');

/** Opens the menu of a chart and saves one format. */
async function save(page: Page, title: string, format: string, theme?: 'Light' | 'Dark'): Promise<Download> {
  await page.getByRole('button', { name: `Save ${title}`, exact: true }).click();
  const menu = page.getByRole('dialog', { name: `Save ${title}` });
  if (theme) await menu.getByRole('radio', { name: theme }).check();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    menu.getByRole('button', { name: format }).click(),
  ]);
  await expect(menu).toHaveCount(0);
  return download;
}

async function results(page: Page) {
  await page.getByRole('button', { name: 'Results…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Results' });
  await expect(dialog.getByTestId('python-script')).toBeVisible();
  const take = async (name: string): Promise<Download> => {
    const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name }).click()]);
    return download;
  };
  return { dialog, take };
}

/** What a browser makes of an SVG file: parsed as XML, by itself. */
const parsed = (page: Page, svg: string) =>
  page.evaluate((source) => {
    const root = new DOMParser().parseFromString(source, 'image/svg+xml').documentElement;
    const all = [...root.querySelectorAll('*')];
    return {
      tag: root.localName,
      title: root.querySelector(':scope > title')?.textContent ?? '',
      desc: root.querySelector(':scope > desc')?.textContent ?? '',
      words: [...root.querySelectorAll('text')].map((node) => node.textContent ?? ''),
      size: [Number(root.getAttribute('width')), Number(root.getAttribute('height'))],
      ground: root.querySelector(':scope > rect')?.getAttribute('fill'),
      leaning: all.filter((node) => node.hasAttribute('class') || node.hasAttribute('style')).length,
      variables: source.includes('var('),
      elsewhere: [...source.matchAll(/(?:href|src)="(?!data:|#)/g)].length,
    };
  }, svg);

const CHARTS = [
  { title: 'The cliff', words: ['Share or probability', 'Drift σ (log axis)', 'AUC', 'Mean confidence'] },
  { title: 'High-confidence errors', words: ['Wrong and confident', '128', 'One mark is one test row.'] },
  {
    title: 'ROC curve',
    words: ['False positive rate (share of class 0)', 'True positive rate (share of class 1)', '0.876'],
  },
  { title: 'Reliability diagram', words: ['Mean confidence (probability)', '0.153'] },
  { title: 'Confidence, right and wrong', words: ['Confidence (probability)', 'Rows (count)', 'τ = 0.8'] },
  { title: 'Confusion matrix', words: ['caught', '302', 'false alarm', '69'] },
] as const;

for (const { title, words } of CHARTS) {
  test(`“${title}” is saved as a drawing that stands by itself, light and dark, and as pixels twice as fine`, async ({
    page,
  }) => {
    await openLab(page);
    const grounds = [];
    for (const theme of ['Light', 'Dark'] as const) {
      const download = await save(page, title, 'SVG', theme);
      expect(download.suggestedFilename()).toMatch(
        /^tweets-base_gaussian-0\.02_[0-9a-f]{8}_[a-z-]+-(light|dark)\.svg$/,
      );
      const drawing = await parsed(page, await text(download));
      expect(drawing).toMatchObject({ tag: 'svg', title, leaning: 0, variables: false, elsewhere: 0 });
      expect(drawing.desc.length).toBeGreaterThan(40);
      for (const word of words)
        expect(
          drawing.words.some((line) => line.includes(word)),
          word,
        ).toBe(true);
      grounds.push(drawing.ground);
      if (theme === 'Dark') {
        const png = readFileSync(await (await save(page, title, 'PNG', theme)).path());
        expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
        expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(drawing.size.map((side) => 2 * side));
        const pixels = await page.evaluate(async (base64) => {
          const image = new Image();
          image.src = `data:image/png;base64,${base64}`;
          await image.decode();
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [image.width, image.height];
          const pen = canvas.getContext('2d');
          if (!pen) throw new Error('No 2d context.');
          pen.drawImage(image, 0, 0);
          const { data } = pen.getImageData(0, 0, image.width, image.height);
          const seen = new Set<number>();
          for (let i = 0; i < data.length; i += 4) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
          return { first: [...data.slice(0, 3)], colors: seen.size };
        }, png.toString('base64'));
        expect(pixels.first).toEqual(
          [0, 1, 2].map((k) => parseInt((drawing.ground ?? '').slice(1 + 2 * k, 3 + 2 * k), 16)),
        );
        expect(pixels.colors).toBeGreaterThan(50);
      }
    }
    expect(grounds[0]).toBe('#ffffff');
    expect(grounds[1]).not.toBe('#ffffff');
    expect(await page.evaluate(() => document.documentElement.dataset.theme ?? 'system')).toBe('system');
  });
}

/** A CSV of numbers and plain words, without quoted cells. */
const cells = (csv: string): string[][] =>
  csv
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));

test('files of numbers have every digit of what is on screen', async ({ page }) => {
  await openLab(page);
  const { metrics } = labRun({});
  const of = async (title: string): Promise<string[][]> => cells(await text(await save(page, title, 'CSV')));

  const cliff = await of('The cliff');
  const now = cliff.find(([state]) => state === 'now') ?? [];
  for (const name of TILES) expect(Number(now[cliff[0].indexOf(name)]), name).toBe(await shown(page, name));
  expect(cliff.filter(([state]) => state === 'sweep')).toHaveLength(64);

  const roc = await of('ROC curve');
  const curve = roc
    .filter(([state, part]) => state === 'now' && part === 'curve')
    .map((row) => row.slice(2, 4).map(Number));
  expect(curve[0]).toEqual([0, 0]);
  expect(curve.at(-1)).toEqual([1, 1]);
  const area = curve.slice(1).reduce((sum, [x, y], i) => sum + ((x - curve[i][0]) * (y + curve[i][1])) / 2, 0);
  // The line as drawn is thinned: it leaves the exact one by less than 2/510.
  expect(Math.abs(area - (metrics.rocAuc ?? NaN))).toBeLessThan(2 / 510);

  const bins = (await of('Reliability diagram')).slice(1).map((row) => row.slice(3, 6).map(Number));
  const rows = bins.reduce((sum, [count]) => sum + count, 0);
  const ece = bins.reduce(
    (sum, [count, said, seen]) => sum + (count === 0 ? 0 : (count / rows) * Math.abs(said - seen)),
    0,
  );
  expect(Math.abs(ece - (await shown(page, 'ece')))).toBeLessThan(1e-12);

  const histogram = (await of('Confidence, right and wrong')).slice(1).map((row) => row.slice(3).map(Number));
  expect(histogram.reduce((sum, [, wrong]) => sum + wrong, 0)).toBe(metrics.errors);

  const [, silent] = await of('High-confidence errors');
  expect(silent.slice(1, 5).map(Number)).toEqual([
    metrics.highConfidenceErrors,
    metrics.errors - metrics.highConfidenceErrors,
    metrics.n - metrics.errors,
    metrics.n,
  ]);
  expect(Number(silent[5])).toBe(await shown(page, 'silentFailureRate'));

  for (const [, , , word, count] of (await of('Confusion matrix')).slice(1)) {
    const cell = page.locator('.confusion-cell', { hasText: word }).locator('[data-metric]');
    await expect(cell).toHaveAttribute('data-value', count);
  }
});

test('the menu opens and closes by keyboard and gives the focus back; a press on its button closes it', async ({
  page,
}) => {
  await openLab(page);
  const button = page.getByRole('button', { name: 'Save ROC curve' });
  const menu = page.getByRole('dialog', { name: 'Save ROC curve' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(menu.getByRole('button', { name: 'SVG' })).toBeFocused();
  expect((await new AxeBuilder({ page }).include('.save-menu').analyze()).violations).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
  await expect(button).toBeFocused();
  await button.click();
  await expect(menu).toBeVisible();
  await button.click();
  await expect(menu).toHaveCount(0);
});

test('the result file equals the screen, lab run, and its spec loads back as one step of undo', async ({ page }) => {
  await openLab(page);
  const { take, dialog } = await results(page);
  const result = await take('Result as JSON');
  expect(result.suggestedFilename()).toMatch(/^tweets-base_gaussian-0\.02_[0-9a-f]{8}_result\.json$/);
  const saved = JSON.parse(await text(result));
  for (const name of TILES) expect(saved.metrics[name]).toBe(await shown(page, name));
  const run = labRun(saved.spec).metrics;
  for (const [name, value] of Object.entries(run)) {
    if (typeof value === 'number') expect(Math.abs(saved.metrics[name] - value), name).toBeLessThan(1e-9);
  }
  expect(saved.sweep.amounts).toHaveLength(64);
  expect(saved.data.sha256).toMatch(/^[0-9a-f]{64}$/);

  const spec = JSON.parse(await text(await take('Spec as JSON')));
  expect(spec).toEqual(saved.spec);
  const changed = { ...spec, drift: { ...spec.drift, kind: 'scaling', sigma: 0.4 } };
  const put = async (name: string, content: string): Promise<void> =>
    dialog
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
  await put('broken.json', '{"drift":{"sigma":"much"}}');
  await expect(dialog.getByRole('alert')).toContainText('broken.json');
  await expect(dialog.getByRole('alert')).toContainText('drift.sigma');
  await put('mine.json', JSON.stringify(changed));
  await expect(dialog).toHaveCount(0);
  const wanted = labRun(changed).metrics.accuracy;
  await expect.poll(async () => Math.abs((await shown(page, 'accuracy')) - (wanted ?? NaN))).toBeLessThan(1e-9);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => shown(page, 'accuracy')).toBe(saved.metrics.accuracy);
});

test('the Python script on screen, in its file, and from lab python are one', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openLab(page);
  const { take, dialog } = await results(page);
  const script = await text(await take('Download the script'));
  expect(script).toBe(
    execFileSync(process.execPath, ['--import', 'tsx', 'cli/lab.ts', 'python'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString(),
  );
  expect(await dialog.getByTestId('python-script').textContent()).toBe(script);
  await dialog.getByRole('button', { name: 'Copy the script' }).click();
  await expect(dialog.getByText('Copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(script);
  const bibtex = await text(await take('Download the BibTeX'));
  expect(bibtex).toContain('eprint = {2603.01297}');
  expect(bibtex).toContain('eprint = {2606.11949}');
  for (const link of await dialog.locator('.results-files a').all()) {
    const answer = await page.request.get(new URL((await link.getAttribute('href')) ?? '', page.url()).href);
    expect(answer.status()).toBe(200);
  }
});

test('the report opens without a network, asks for nothing, shows the numbers of the screen, and axe finds nothing', async ({
  page,
  browser,
}) => {
  await openLab(page);
  const { take } = await results(page);
  const path = await (await take('Report as HTML')).path();
  const offline = await browser.newContext({ offline: true, javaScriptEnabled: true });
  try {
    const report = await offline.newPage();
    const seen: string[] = [];
    report.on('request', (request) => seen.push(request.url()));
    await report.setContent(readFileSync(path, 'utf8'));
    expect(seen).toEqual([]);
    for (const name of TILES) {
      const value = await report.locator(`[data-metric="${name}"]`).getAttribute('data-value');
      expect(Number(value), name).toBe(await shown(page, name));
    }
    await expect(report.locator('figure svg[role=img]')).toHaveCount(6);
    await expect(report.getByRole('heading', { level: 1 })).toContainText('Tweets');
    expect(await report.locator('script').count()).toBe(0);
    expect((await new AxeBuilder({ page: report }).analyze()).violations).toEqual([]);
  } finally {
    await offline.close();
  }
});

test('axe finds nothing in the dialog of results, light and dark, wide and narrow', async ({ page }) => {
  await openLab(page);
  await results(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).include('dialog.results').analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
      const wide = await page.locator('dialog.results').evaluate((dialog) => dialog.scrollWidth > dialog.clientWidth);
      expect(wide, `${width} ${colorScheme}`).toBe(false);
    }
  }
});

test('a scatter drawn in pixels is saved with its axes and key, sharper than on screen, and its numbers row by row', async ({
  page,
}) => {
  await openLab(page);
  await page.locator('summary, button', { hasText: 'Geometry' }).first().click();
  const figure = page.locator('[data-chart="rows"]');
  await expect(figure.locator('canvas')).toBeVisible({ timeout: 30_000 });
  const title = (await figure.locator('.chart-title').textContent()) ?? '';
  const svg = await text(await save(page, title, 'SVG', 'Dark'));
  const drawing = await parsed(page, svg);
  expect(drawing.desc).toContain('picture of pixels');
  expect(drawing.words.some((line) => line.startsWith('Signed distance'))).toBe(true);
  expect(drawing.words.some((line) => line.startsWith('wrong and confident'))).toBe(true);
  const embedded = Buffer.from(/href="data:image\/png;base64,([^"]+)"/.exec(svg)?.[1] ?? '', 'base64');
  const onScreen = await figure.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.width);
  expect(embedded.readUInt32BE(16)).toBeGreaterThan(1.9 * onScreen);
  const rows = cells((await text(await save(page, title, 'CSV'))).replaceAll(/"([^"]*), ([^"]*)"/g, '$1 $2'));
  expect(rows).toHaveLength(801);
  expect(rows.filter((row) => row[4] === 'wrong and confident')).toHaveLength(128);
  await expect(headlines(page)).toBeVisible();
  await ready(page);
});

test('drawings that panels make themselves are saved with the names of their marks, and with their numbers', async ({
  page,
}) => {
  await openLab(page);
  const geometry = await openPanel(page, 'geometry');
  await expect(geometry.locator('[data-metric="commonAngleDegrees"]')).not.toHaveAttribute(
    'data-value',
    'null',
    SETTLED,
  );
  const angles = cells(await text(await save(page, 'How far rows turn', 'CSV')));
  const common = await geometry.locator('[data-metric="commonAngleDegrees"]').getAttribute('data-value');
  expect(angles).toContainEqual(['mean', String(await shown(page, 'meanAngleDegrees'))]);
  expect(angles).toContainEqual(['common part', common]);

  await openPanel(page, 'algebra');
  await expect(page.getByRole('button', { name: 'Save Shift and noise' })).toBeVisible(SETTLED);
  const plane = await parsed(page, await text(await save(page, 'Shift and noise', 'SVG', 'Light')));
  expect(plane).toMatchObject({ leaning: 0, variables: false, elsewhere: 0 });
  const marks = cells(await text(await save(page, 'Shift and noise', 'CSV'))).slice(1, -1);
  expect(marks.length).toBeGreaterThan(5);
  for (const [name, mark] of marks.filter(([word]) => !word.startsWith('"'))) {
    expect(
      plane.words.some((line) => line.includes(`${mark} ${name}`)),
      name,
    ).toBe(true);
  }
});

test('what lies over the cliff goes into its file of numbers', async ({ page }) => {
  await openLab(page);
  const figure = page.locator('[data-chart="cliff"]');
  await figure.getByRole('button', { name: 'Theory' }).click();
  await figure.getByRole('button', { name: 'Published points' }).click();
  await expect(figure.locator('.theory-line').first()).toHaveAttribute('d', /M/, SETTLED);
  const rows = cells((await text(await save(page, 'The cliff', 'CSV'))).replaceAll(/"[^"]*"/g, 'quoted'));
  const theory = rows.filter(([state]) => state === 'theory');
  expect(theory).toHaveLength(64);
  const auc = rows[0].indexOf('rocAuc');
  // Without drift the theory starts from the clean scores: near the measured AUC, and not the same.
  const clean = Number(rows.find(([state, amount]) => state === 'sweep' && amount === '0')?.[auc]);
  expect(Math.abs(Number(theory[0][auc]) - clean)).toBeLessThan(0.05);
  expect(
    rows.some(([state, amount, value]) => state.startsWith('published') && amount === '0.02' && value === '0.5'),
  ).toBe(true);
});
