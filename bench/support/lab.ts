import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { chromium, type Browser, type Page } from '@playwright/test';
import { installedChromium } from '../../scripts/chromium.mjs';
import { createServer, listen } from '../../scripts/serve.mjs';
import { dragSlider, installProbe, installUsableProbe, type Drag, type Usable } from './pageProbe.ts';
import { note } from './table.ts';

/** As in playwright.config.ts, for the page without a GPU. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
];
/** Begins a frame as soon as there is something to draw, not at the next beat of a 60 Hz display. */
const NO_BEAT = ['--disable-frame-rate-limit', '--disable-gpu-vsync'];
/** Names of functions that the TypeScript runner wraps; the page has no such helper. */
const NAME_HELPER = 'globalThis.__name ??= (value) => value;';

export interface LabSize {
  /** Rows and dimensions of the synthetic set. */
  readonly rows: number;
  readonly dims: number;
  readonly train: number;
  readonly test: number;
}

export interface Viewport {
  readonly width: number;
  readonly height: number;
}

export interface Lab {
  readonly chromium: string;
  /** Opens the page in a fresh context and waits until nothing is computed. */
  open(viewport: Viewport): Promise<LabPage>;
  /** Times a first visit with nothing cached. */
  firstVisit(viewport: Viewport): Promise<Usable>;
  close(): Promise<void>;
}

/** The built lab in headless Chromium; null, with a line that says why, where one of the two is missing. */
export async function openLab({ beat }: { readonly beat: boolean }): Promise<Lab | null> {
  const executablePath = process.env.CHROMIUM_PATH ?? installedChromium();
  if (executablePath === undefined) {
    note('No Chromium here (CHROMIUM_PATH): nothing is measured in a browser.');
    return null;
  }
  if (!existsSync('dist/index.html')) {
    note('There is no build in dist/: run npm run build first.');
    return null;
  }
  const server: Server = createServer();
  const port = await listen(server, 0);
  const address = `http://127.0.0.1:${port}/`;
  const browser = await chromium.launch({ executablePath, args: beat ? ARGUMENTS : [...ARGUMENTS, ...NO_BEAT] });
  const newPage = async (viewport: Viewport): Promise<Page> => {
    const context = await browser.newContext({ viewport, locale: 'en-GB', timezoneId: 'UTC' });
    const page = await context.newPage();
    page.on('pageerror', (error) => note(`The page threw: ${error.message}`));
    await page.addInitScript(NAME_HELPER);
    await page.addInitScript(installProbe);
    return page;
  };
  return {
    chromium: browser.version(),
    async open(viewport) {
      const page = await newPage(viewport);
      await page.goto(address);
      const lab = new LabPage(page);
      await lab.idle();
      await page.evaluate(() => document.querySelectorAll('details').forEach((group) => (group.open = true)));
      return lab;
    },
    async firstVisit(viewport) {
      const page = await newPage(viewport);
      await page.addInitScript(installUsableProbe);
      await page.goto(address);
      await page.waitForFunction(() => window.benchProbe.usable !== null, null, { timeout: 60_000 });
      const usable = await page.evaluate(() => window.benchProbe.usable);
      await page.context().close();
      if (usable === null) throw new Error('The page never answered.');
      return usable;
    },
    async close() {
      await closeBrowser(browser);
      server.closeAllConnections();
      server.close();
    },
  };
}

async function closeBrowser(browser: Browser): Promise<void> {
  await browser.close();
}

/** The open page, driven through its own controls. */
export class LabPage {
  constructor(private readonly page: Page) {}

  /** Resolves once the engine is ready and no run or sweep is on its way. */
  async idle(): Promise<void> {
    await this.page.waitForFunction(
      () => {
        const ready = document.querySelector('[data-testid="engine-status"][data-phase="ready"]') !== null;
        return ready && window.benchProbe.pending === 0;
      },
      null,
      { timeout: 240_000, polling: 100 },
    );
    // A sweep is asked for after the run that it belongs to.
    await this.page.waitForTimeout(300);
    const still = await this.page.evaluate(() => window.benchProbe.pending);
    if (still > 0) await this.idle();
  }

  private async fill(label: string, value: number): Promise<void> {
    const field = this.page.getByLabel(label, { exact: true });
    if ((await field.inputValue()) === String(value)) return;
    await field.fill(String(value));
    await field.press('Enter');
  }

  /** Takes a synthetic set of this size; returns how many test rows the page then says it has. */
  async take({ rows, dims, train, test }: LabSize): Promise<number> {
    const { page } = this;
    await page.getByLabel('Dataset', { exact: true }).selectOption({ label: 'Synthetic, base-like' });
    // First what makes the work small: a part of the training rows, then the sizes.
    await this.fill('Train share', Math.min(train, 0.05));
    await this.fill('Test share', test);
    await this.fill('Train share', train);
    await this.fill('Dimensions', dims);
    await this.fill('Rows', rows);
    await page.waitForTimeout(100);
    await this.idle();
    const text = await page.locator('#settings').innerText();
    const match = /validation\s·\s(\d+)\s+test/.exec(text);
    if (match === null) throw new Error('The page does not say how many test rows it has.');
    return Number(match[1]);
  }

  /** How much of the charts lies inside the window: 1 where all of it does. */
  async visibleShare(): Promise<number> {
    return this.page.evaluate(() => {
      const frames = [...document.querySelectorAll('.charts .chart')].map((chart) => chart.getBoundingClientRect());
      const inside = frames.filter(({ top, bottom }) => top >= 0 && bottom <= window.innerHeight).length;
      return inside / frames.length;
    });
  }

  async height(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollHeight);
  }

  async resize(viewport: Viewport): Promise<void> {
    await this.page.setViewportSize(viewport);
    await this.page.waitForTimeout(300);
  }

  drag(events: number, everyMs: number | null): Promise<Drag> {
    return this.page.evaluate(dragSlider, [events, everyMs] as [number, number | null]);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
