import { existsSync, readFileSync } from 'node:fs';
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

export interface ThreadTime {
  /** All of the page's thread: scripts, style, layout, paint. */
  readonly taskMs: number;
  readonly scriptMs: number;
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

function anonymousBytes(process: number): number | null {
  try {
    const found = /RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${process}/status`, 'utf8'));
    return found && Number(found[1]) * 1024;
  } catch {
    return null;
  }
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

  /** Opens or closes all panels below the charts; returns how many there are. Analyses may still be running. */
  async panels(open: boolean): Promise<number> {
    const toggles = this.page.locator('.panel-toggle');
    const count = await toggles.count();
    for (let k = 0; k < count; k++) {
      const toggle = toggles.nth(k);
      if (((await toggle.getAttribute('aria-expanded')) === 'true') !== open) await toggle.click();
    }
    return count;
  }

  /** Switches every layer over the cliff on or off. */
  async cliffLayers(on: boolean): Promise<void> {
    const layers = this.page.locator('.cliff-room figure button.chart-button[aria-pressed]');
    for (let k = 0; k < (await layers.count()); k++) {
      const layer = layers.nth(k);
      if (((await layer.getAttribute('aria-pressed')) === 'true') !== on) await layer.click();
    }
  }

  /** Keeps the state shown as A. */
  async pin(): Promise<void> {
    await this.page.getByRole('button', { name: 'Pin as A' }).click();
  }

  /** Brings the top of an element to the top of the window, below what stays there. */
  async scrollTo(selector: string): Promise<void> {
    await this.page
      .locator(selector)
      .first()
      .evaluate((element) => element.scrollIntoView({ block: 'start' }));
    await this.page.waitForTimeout(400);
  }

  /** Milliseconds until all analyses that began by themselves had answered. */
  async rest(): Promise<number> {
    const began = performance.now();
    for (let quiet = 0; quiet < 2;) {
      await this.idle();
      await this.page.waitForTimeout(400);
      quiet = (await this.page.evaluate(() => window.benchProbe.analysing)) === 0 ? quiet + 1 : 0;
      if (performance.now() - began > 300_000) throw new Error('The analyses did not come to rest in five minutes.');
    }
    return performance.now() - began;
  }

  /** Counts processor time of the page's own thread, which other work on the machine does not lengthen as it does time. */
  async threadTime(): Promise<() => Promise<ThreadTime>> {
    const session = await this.page.context().newCDPSession(this.page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    return async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      const ms = (name: string) => 1000 * (metrics.find((metric) => metric.name === name)?.value ?? Number.NaN);
      return { taskMs: ms('TaskDuration'), scriptMs: ms('ScriptDuration') };
    };
  }

  /** Bytes that the page's process (page and worker) holds for itself, as Linux counts them; null elsewhere. */
  async memory(): Promise<number | null> {
    const browser = this.page.context().browser();
    if (browser === null) return null;
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    await session.detach();
    const held = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => anonymousBytes(id));
    return held.some((bytes) => bytes === null) ? null : Math.max(...held.map((bytes) => bytes ?? 0));
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
