import { loadavg } from 'node:os';
import { figure, sayLoad } from './support/figures.ts';
import { openLab, type LabPage, type LabSize, type ThreadTime } from './support/lab.ts';
import { options } from './support/options.ts';
import type { Drag } from './support/pageProbe.ts';
import { median, p95 } from './support/statistics.ts';
import { note, printTable, type Cell } from './support/table.ts';

interface Case {
  readonly name: string;
  readonly size: LabSize;
  readonly holdMs: number;
}

const CASES: readonly Case[] = [
  { name: '20,000 × 1,024', size: { rows: 21_000, dims: 1024, train: 0.05, test: 0.95 }, holdMs: 16 },
  { name: '100,000 × 384', size: { rows: 102_000, dims: 384, train: 0.02, test: 0.98 }, holdMs: 33 },
  { name: '1,000,000 × 8', size: { rows: 1_000_000, dims: 8, train: 0.005, test: 0.995 }, holdMs: 100 },
];
const EVENTS = options.quick ? 60 : 200;
const WARM_UP = options.quick ? 30 : 60;
const WINDOW = { width: 1440, height: 900 };
/** Events come as a 60 Hz display would send them; frames begin as soon as there is something to draw. */
const EVERY_MS = 1000 / 60;
const MB = 1e6;
const HEAD = [
  'drag',
  'painted',
  'p50',
  'p95',
  '÷ closed',
  'step p50',
  'step p95',
  'thread',
  'script',
  'memory MB',
  'load',
];

const table: Cell[][] = [];
const setUp: Cell[][] = [];

interface Measured {
  readonly drag: Drag;
  readonly p50: number;
  readonly p95: number;
}

/** Drags once, without a warm-up of its own; the row goes into the table. */
async function measure(page: LabPage, time: () => Promise<ThreadTime>, name: string, closed: number | null) {
  const before = await time();
  const drag = await page.drag(EVENTS, EVERY_MS);
  const after = await time();
  const painted = drag.painted.map(({ paintedMs }) => paintedMs);
  const trips = drag.replies.map(({ roundTripMs }) => roundTripMs);
  const steps = drag.replies.length;
  const found: Measured = { drag, p50: median(painted), p95: p95(painted) };
  const memory = await page.memory();
  table.push([
    name,
    `${painted.length} of ${drag.events}`,
    found.p50,
    found.p95,
    closed === null ? '–' : found.p50 / closed,
    median(trips),
    p95(trips),
    (after.taskMs - before.taskMs) / steps,
    (after.scriptMs - before.scriptMs) / steps,
    memory === null ? '–' : memory / MB,
    loadavg()[0],
  ]);
  return { ...found, memory };
}

console.log(
  `A drag with every panel open: the built lab in headless Chromium, ${WINDOW.width} × ${WINDOW.height}, no wait for a display, no GPU`,
);
sayLoad();
const lab = await openLab({ beat: false });
if (lab !== null) {
  note(`Chromium ${lab.chromium}`);
  try {
    for (const { name, size, holdMs } of CASES) {
      if (options.quick && name !== CASES[0].name) continue;
      const page = await lab.open(WINDOW);
      const time = await page.threadTime();
      const began = performance.now();
      const testRows = await page.take(size);
      const taken = performance.now() - began;
      await page.scrollTo('.charts');
      await page.drag(WARM_UP, EVERY_MS);
      await page.rest();
      const closed = await measure(page, time, `${name}, all closed`, null);
      await page.pin();
      const panels = await page.panels(true);
      const opened = await page.rest();
      await page.scrollTo('.charts');
      await page.drag(WARM_UP, EVERY_MS);
      await page.rest();
      const open = await measure(page, time, `${name}, all open, at the charts`, closed.p50);
      await page.rest();
      await page.scrollTo('#panel-geometry');
      await page.drag(WARM_UP, EVERY_MS);
      const scatter = await measure(page, time, `${name}, all open, at the geometry`, closed.p50);
      await page.rest();
      await page.scrollTo('.charts');
      await page.cliffLayers(true);
      const busy = await measure(page, time, `${name}, all open, band and theory running`, closed.p50);
      const layered = await page.rest();
      const layers = await measure(page, time, `${name}, all open, layers drawn`, closed.p50);
      setUp.push([name, testRows.toLocaleString('en-US'), taken / 1000, String(panels), opened / 1000, layered / 1000]);
      const rowBytes = size.rows * size.dims * 4;
      for (const [where, found] of [
        ['at the charts', open],
        ['at the geometry panel', scatter],
        ['band and theory running', busy],
        ['layers drawn', layers],
      ] as const) {
        figure({
          name: `σ change to painted charts, ${name}, every panel open, ${where}`,
          hold: `p95 ≤ ${holdMs} ms`,
          measured: `p50 ${found.p50.toFixed(1)}, p95 ${found.p95.toFixed(1)} ms (${(found.p50 / closed.p50).toFixed(2)} × all closed)`,
          held: found.p95 <= holdMs,
          numbers: { testRows, p50: found.p50, p95: found.p95, closedP50: closed.p50, closedP95: closed.p95 },
        });
      }
      if (open.memory !== null && closed.memory !== null) {
        note(
          `Memory of the process: ${(closed.memory / MB).toFixed(0)} MB closed, ${(open.memory / MB).toFixed(0)} MB open; ` +
            `the rows are ${(rowBytes / MB).toFixed(0)} MB.`,
        );
      }
      await page.close();
    }
  } finally {
    await lab.close();
  }
}
if (table.length > 0) {
  printTable(HEAD, table);
  console.log('');
  printTable(['set', 'test rows', 'ready s', 'panels', 'panels at rest s', 'layers at rest s'], setUp);
  note(
    'p50, p95: milliseconds from the input event to the first paint in which the tiles carry its σ; ÷ closed: of p50.',
  );
  note(
    'step: from the page’s call of the engine to its answer. thread, script: processor time of the page’s thread a step,',
  );
  note(
    'which other work on the machine lengthens far less than it lengthens time. Open: A pinned, every panel open, all',
  );
  note(
    'analyses that begin by themselves answered. ready: five edits of the settings, each computed, and the last cliff.',
  );
  note(
    'No wait for a display: on one of 60 Hz an event at the start of a frame is painted with the next beat at the earliest,',
  );
  note('16.7 ms on, whatever it costs; 01-drag clocks that too.');
  note('memory: what the page’s process holds for itself (RssAnon), freed pages that it has not given back among it.');
}
