import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { openLab, ready, shown, TILES } from './lab.ts';
import { openPanel, SETTLED } from './panels.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const [ROWS, DIMS] = [240, 12];

/** Numbers that look random and are the same everywhere. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
}

function npy(values: Float32Array, rows: number, dims: number): Uint8Array {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${dims}), }`.padEnd(117);
  return Buffer.concat([Buffer.from(`\x93NUMPY\x01\x00v\x00${header}\n`, 'latin1'), Buffer.from(values.buffer)]);
}

const draw = noise(7);
const old = Float32Array.from({ length: ROWS * DIMS }, (_, i) => draw() + (Math.floor(i / DIMS) % 2 ? 0.18 : 0));
const newer = old.map((value) => value + 0.5 * draw());
const broken = old.map((value, i) => (i === 3 * DIMS + 2 ? NaN : i === 50 * DIMS ? Infinity : value));
const labels = `label,topic\n${Array.from({ length: ROWS }, (_, i) => `${i % 2},${['a', 'b', 'c'][i % 3]}`).join('\n')}\n`;

const folder = mkdtempSync(join(tmpdir(), 'own-data-'));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const FILES = {
  old: file('old.npy', npy(old, ROWS, DIMS)),
  newer: file('new.npy', npy(newer, ROWS, DIMS)),
  nan: file('nan.npy', npy(broken, ROWS, DIMS)),
  labels: file('labels.csv', labels),
  three: file(
    'three.csv',
    `severity\n${Array.from({ length: ROWS }, (_, i) => ['low', 'mid', 'high'][i % 3]).join('\n')}\n`,
  ),
  other: file('other.csv', labels.replace(/0,b/g, '1,b')),
  short: file('short.npy', npy(old, ROWS, DIMS).subarray(0, 3000)),
};

type Metrics = Readonly<Record<string, number | null>>;
function labRunOn(spec: object, ...more: string[]): Metrics {
  const args = ['--import', 'tsx', 'cli/lab.ts', 'run', '-', '--embeddings', FILES.old, '--labels', FILES.labels];
  const output = execFileSync(process.execPath, [...args, ...more], {
    cwd: ROOT,
    input: JSON.stringify(spec),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return JSON.parse(output.toString()).metrics;
}

async function expectMetrics(page: Page, metrics: Metrics): Promise<void> {
  for (const name of TILES) {
    await expect
      .poll(async () => Math.abs((await shown(page, name)) - (metrics[name] ?? NaN)), {
        message: `${name} should be ${metrics[name]}`,
      })
      .toBeLessThanOrEqual(1e-9);
  }
}

const screen = (page: Page) => page.getByRole('dialog', { name: 'Your own data' });

/** Drops files on the page, as a file manager does. */
async function drop(page: Page, ...paths: string[]): Promise<void> {
  const contents = paths.map((path) => ({ name: basename(path), base64: readFileSync(path).toString('base64') }));
  const transfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer();
    for (const { name, base64 } of given) {
      data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
    }
    return data;
  }, contents);
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

async function use(page: Page): Promise<void> {
  await screen(page).getByRole('button', { name: 'Use this data' }).click();
  await expect(screen(page)).toHaveCount(0);
  await ready(page);
}

test('files dropped anywhere are reported on, used, and give the numbers of lab run', async ({ page }) => {
  await openLab(page);
  await drop(page, FILES.old, FILES.labels);
  await expect(screen(page).getByTestId('own-report')).toContainText(`${ROWS} rows × ${DIMS} dimensions`);
  await expect(screen(page).getByTestId('own-pairing')).toHaveAttribute('data-value', String(ROWS));
  await expect(screen(page).getByLabel('Value that means unsafe (label 1)')).toHaveValue('1');
  await use(page);
  await expectMetrics(page, labRunOn({}));
  await expect(page.getByLabel('Dataset')).toContainText('Your own data: old.npy');
  await expect(page.getByTestId('own-facts')).toContainText('old.npy');

  // Another column of the labels slices.
  await page.getByLabel('Measure on').selectOption(JSON.stringify(['topic', 'b']));
  const slice = { column: 'topic', value: 'b' };
  await expectMetrics(page, labRunOn({ view: { slice } }));

  await page.reload();
  await ready(page);
  await expectMetrics(page, labRunOn({ view: { slice } }));
  await page.getByRole('button', { name: 'Open your own data…' }).click();
  await expect(screen(page).getByTestId('own-entry')).toContainText('old.npy');
  await expect(screen(page).getByTestId('own-entry')).toContainText('in use');
});

test('a link opened where the rows are not asks for the files, and knows them when they come', async ({
  page,
  browser,
}) => {
  await openLab(page);
  await drop(page, FILES.old, FILES.labels);
  await use(page);
  const seen = await shown(page, 'rocAuc');
  await expect(page).toHaveURL(/#.*data=own/);
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto(page.url());
  const problem = other.getByRole('alert').filter({ hasText: 'This link needs files that are not here' });
  await expect(problem).toContainText(`${ROWS} × ${DIMS} embeddings`);
  await expect(problem.getByRole('button', { name: 'Open the lab without this link' })).toBeVisible();
  await problem.getByRole('button', { name: 'Open files…' }).click();
  await expect(screen(other).getByTestId('own-wanted')).toContainText(`${ROWS} × ${DIMS}`);
  await screen(other).getByLabel('Files with embeddings and labels').setInputFiles([FILES.labels, FILES.old]);
  await expect(screen(other).getByTestId('own-comparison')).toHaveAttribute('data-same', 'true');
  await use(other);
  await expect.poll(() => shown(other, 'rocAuc')).toBe(seen);
  await elsewhere.close();
});

test('two versions of the embeddings are a real update from the old one to the newer one', async ({ page }) => {
  await openLab(page);
  await drop(page, FILES.newer, FILES.old, FILES.labels);
  await expect(screen(page).getByLabel('Embeddings', { exact: true })).toContainText('old.npy');
  await expect(screen(page).getByTestId('own-report')).toBeVisible();
  await use(page);
  await expect(page.getByLabel('Kind of drift')).toHaveValue('model');
  const drift = { kind: 'model', to: 'target' };
  await expectMetrics(page, labRunOn({ drift }, '--target', FILES.newer));
  const mechanisms = await openPanel(page, 'mechanisms');
  await mechanisms.getByRole('button', { name: 'Compare the mechanisms' }).click();
  await expect(mechanisms.locator('table')).toContainText('Your newer version', SETTLED);
  const way = page.getByLabel('From the old encoder to the new one');
  await way.focus();
  await page.keyboard.press('Home');
  await expectMetrics(page, labRunOn({ drift: { ...drift, t: 0 } }, '--target', FILES.newer));
  // One step of undo for the slider, one for the data.
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByLabel('Dataset')).toHaveValue('tweets');
});

test('rows with NaN are refused, with their number, until a person leaves them out', async ({ page }) => {
  await openLab(page);
  await drop(page, FILES.nan, FILES.labels);
  const refusal = screen(page).getByTestId('own-non-finite');
  await expect(refusal).toHaveAttribute('data-value', '2');
  await expect(refusal).toContainText('nan.npy, row 4: column 3 is NaN');
  await expect(screen(page).getByRole('button', { name: 'Use this data' })).toHaveCount(0);
  await screen(page)
    .getByLabel(/Leave out rows with NaN/)
    .check();
  await expect(screen(page).locator('[data-metric="ownRows"]')).toHaveAttribute('data-value', String(ROWS - 2));
  await use(page);
  await expect(page.getByTestId('own-facts')).toContainText(`nan.npy, ${ROWS - 2} of ${ROWS} rows`);
});

test('rows that were left out are not in the files that the Python script is given', async ({ page }) => {
  await openLab(page);
  await drop(page, FILES.nan, FILES.labels);
  await screen(page)
    .getByLabel(/Leave out rows with NaN/)
    .check();
  await use(page);
  await page.getByRole('button', { name: 'Results…' }).click();
  const files = page.getByRole('group', { name: 'Your rows, as the script reads them' });
  await expect(files.getByRole('button')).toHaveText(['Download embeddings.npy', 'Download labels.csv']);
  const save = async (name: string): Promise<Buffer> => {
    const download = page.waitForEvent('download');
    await files.getByRole('button', { name: `Download ${name}` }).click();
    expect((await download).suggestedFilename()).toBe(name);
    return readFileSync(await (await download).path());
  };
  const there = (row: number) => row !== 3 && row !== 50;
  const rows = old.filter((_, i) => there(Math.floor(i / DIMS)));
  expect((await save('embeddings.npy')).equals(npy(rows, ROWS - 2, DIMS))).toBe(true);
  const [, ...lines] = labels.trimEnd().split('\n');
  const kept = lines.filter((_, row) => there(row));
  expect((await save('labels.csv')).toString()).toBe(`label,topic\n${kept.join('\n')}\n`);
});

test('a label of three values says so, and embeddings alone ask for labels', async ({ page }) => {
  await openLab(page);
  await drop(page, FILES.old);
  await expect(screen(page)).toContainText('No file here has labels. Drop, paste or choose the file that has them.');
  await drop(page, FILES.three);
  await screen(page).getByLabel('Label', { exact: true }).selectOption({ label: 'severity (three.csv)' });
  await expect(screen(page)).toContainText('severity holds 3 values, and a probe tells two apart');
});

test('a sample is seeded, and shown as n of N', async ({ page }) => {
  await openLab(page);
  await drop(page, FILES.old, FILES.labels);
  const field = screen(page).getByLabel('Sample of rows');
  await field.fill('100');
  await field.press('Enter');
  await expect(screen(page).locator('[data-metric="ownRows"]')).toHaveText(`100 of ${ROWS} rows`);
  await use(page);
  await expect(page.getByTestId('own-facts')).toContainText(`old.npy, 100 of ${ROWS} rows`);
});

test('a file that cannot be read is named with what to do, and the others stay', async ({ page }) => {
  await openLab(page);
  await drop(page, FILES.short, FILES.labels);
  const files = screen(page).getByRole('region', { name: 'Files' });
  await expect(files.getByRole('alert')).toHaveText(/^short\.npy: .*cut short.*\. Copy or export it again\.$/);
  await expect(files).toContainText('labels.csv');
  await files.getByRole('button', { name: 'Remove short.npy' }).click();
  await drop(page, FILES.old);
  await expect(screen(page).getByTestId('own-report')).toContainText(`${ROWS} rows`);
});

/** Files that other programs wrote, and what they are. */
const FORMATS: Readonly<Record<string, string>> = {
  'f2-little-F.npy': 'npy',
  'stored.npz': 'npz',
  'deflated.npz': 'npz',
  'pandas-wide.tsv': 'tsv',
  'pandas-lists.csv': 'csv',
  'pandas-lists.jsonl': 'jsonl',
  'pandas-lists.json': 'jsonl',
  'pandas.feather': 'arrow',
  'pyarrow-zstd.feather': 'arrow',
  'pyarrow-stream.arrows': 'arrow',
  'numpy.safetensors': 'safetensors',
};

test('every format opens in the browser, with its rows and columns', async ({ page }) => {
  await openLab(page);
  await drop(page, ...Object.keys(FORMATS).map((name) => join(ROOT, 'src/data/readers/fixtures', name)));
  const files = screen(page).getByRole('region', { name: 'Files' });
  for (const [name, format] of Object.entries(FORMATS)) {
    await expect(files.getByRole('listitem').filter({ hasText: new RegExp(`^${name} `) })).toContainText(
      new RegExp(`· ${format} · (\\d+ rows|rows counted when read) · .+`),
    );
  }
  await expect(files.getByRole('alert')).toHaveCount(0);
});

test('a pasted table opens, and Escape goes back to the lab', async ({ page }) => {
  await openLab(page);
  const table = Array.from({ length: 40 }, (_, i) => [
    i % 2 ? 'toxic' : 'fine',
    draw() + (i % 2),
    draw(),
    draw(),
    draw(),
  ]);
  const text = ['label\te0\te1\te2\te3', ...table.map((row) => row.join('\t'))].join('\n');
  await page.evaluate((pasted) => {
    const data = new DataTransfer();
    data.setData('text/plain', pasted);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  }, text);
  await expect(screen(page).getByTestId('own-report')).toContainText('40 rows × 4 dimensions');
  await expect(screen(page).getByTestId('own-report')).toContainText('20 toxic');
  await page.keyboard.press('Escape');
  await expect(screen(page)).toHaveCount(0);
  await expect(page.getByLabel('Dataset')).toHaveValue('tweets');
});

test('removed data is asked for again, and the same files are known as the same', async ({ page }) => {
  await openLab(page);
  await drop(page, FILES.old, FILES.labels);
  await use(page);
  const seen = await shown(page, 'rocAuc');
  await page.getByRole('button', { name: 'Open your own data…' }).click();
  await screen(page).getByRole('button', { name: 'Remove old.npy' }).click();
  await screen(page)
    .getByRole('button', { name: /for good/ })
    .click();
  await expect(screen(page).getByTestId('own-entry')).toHaveCount(0);
  await expect(screen(page).getByTestId('own-wanted')).toContainText(`${ROWS} × ${DIMS}`);

  await drop(page, FILES.old, FILES.other);
  await expect(screen(page).getByTestId('own-comparison')).toHaveAttribute('data-same', 'false');
  await expect(screen(page).getByTestId('own-comparison')).toContainText('The labels or the split differ');
  await screen(page).getByRole('button', { name: 'Remove other.csv' }).click();
  await drop(page, FILES.labels);
  await expect(screen(page).getByTestId('own-comparison')).toHaveAttribute('data-same', 'true');
  await use(page);
  expect(await shown(page, 'rocAuc')).toBe(seen);
});

test('two tabs bring the same data at once, and one copy of it is kept whole', async ({ page, context }) => {
  const second = await context.newPage();
  for (const tab of [page, second]) {
    await openLab(tab);
    await drop(tab, FILES.old, FILES.labels);
    await expect(screen(tab).getByTestId('own-report')).toBeVisible();
  }
  await Promise.all([page, second].map(use));
  const metrics = labRunOn({});
  for (const tab of [page, second]) {
    await tab.reload();
    await ready(tab);
    await expectMetrics(tab, metrics);
    await tab.getByRole('button', { name: 'Open your own data…' }).click();
    await expect(screen(tab).getByTestId('own-entry')).toHaveCount(1);
  }
});

test('reading is cancelled in the middle and leaves nothing behind', async ({ page }) => {
  await openLab(page);
  const [rows, dims] = [60_000, 128];
  await page.getByRole('button', { name: 'Open your own data…' }).click();
  const large = file('large.npy', npy(new Float32Array(rows * dims).fill(0.5), rows, dims));
  const many = file('many.csv', `label\n${Array.from({ length: rows }, (_, i) => i % 2).join('\n')}\n`);
  await screen(page).getByLabel('Files with embeddings and labels').setInputFiles([large, many]);
  await expect(screen(page).locator('.own-work')).toContainText(/(Reading|Taking in|Checking) .*: .* of .*rows/);
  await screen(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(screen(page).locator('.own-work')).toHaveCount(0);
  await expect(screen(page).getByRole('button', { name: 'Read and check the rows' })).toBeEnabled();
  const kept = () =>
    page.evaluate(async () => {
      const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('own-data', { create: true });
      const names: string[] = [];
      for await (const name of root.keys()) names.push(name);
      return names;
    });
  await expect.poll(kept).toEqual([]);

  // Closed while rows are being written: what was written is cleared away when the screen opens again.
  await screen(page).getByRole('button', { name: 'Read and check the rows' }).click();
  await expect.poll(kept).not.toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Open your own data…' }).click();
  await expect.poll(kept).toEqual([]);
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing on the screen at ${width} pixels in ${colorScheme}, and nothing is cut off`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await openLab(page);
      await drop(page, FILES.nan, FILES.newer, FILES.labels, FILES.short);
      await screen(page)
        .getByLabel(/Leave out rows with NaN/)
        .check();
      await expect(screen(page).getByTestId('own-report')).toContainText(`${ROWS - 2} of ${ROWS} rows`);
      const { violations } = await new AxeBuilder({ page }).include('dialog.own').analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
      expect(await screen(page).evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    });
  }
}
