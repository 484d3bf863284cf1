import { figure, sayLoad } from './support/figures.ts';
import { openLab, type LabPage, type LabSize } from './support/lab.ts';
import { options } from './support/options.ts';
import type { Drag } from './support/pageProbe.ts';
import { median, p95 } from './support/statistics.ts';
import { note, printTable, type Cell } from './support/table.ts';

interface Case {
  readonly name: string;
  readonly size: LabSize;
  readonly holdMs: number;
}

/** Steps and painting depend on the test rows alone, so the large sets are narrow; that keeps their preparation short. */
const CASES: readonly Case[] = [
  { name: '20,000 × 1,024', size: { rows: 21_000, dims: 1024, train: 0.05, test: 0.95 }, holdMs: 16 },
  { name: '100,000 rows (× 16)', size: { rows: 102_000, dims: 16, train: 0.02, test: 0.98 }, holdMs: 33 },
  { name: '1,000,000 rows (× 8)', size: { rows: 1_000_000, dims: 8, train: 0.005, test: 0.995 }, holdMs: 100 },
];
const EVENTS = options.quick ? 60 : 200;
const WARM_UP = options.quick ? 30 : 60;
const FRAME_MS = 1000 / 60;
const WINDOW = { width: 1440, height: 900 };
const HEAD = ['drag', 'test rows', 'events', 'painted', 'dropped', 'frames/s', 'p50', 'p95', 'drawn p50', 'drawn p95'];
const PARTS_HEAD = ['drag', 'engine p50', 'engine p95', 'round trip p50', 'reading p50', 'frame p50', 'frame p95'];

const rows: Cell[][] = [];
const parts: Cell[][] = [];

function tell(name: string, testRows: number, drag: Drag): void {
  const drawn = drag.painted.map(({ drawnMs }) => drawnMs);
  const painted = drag.painted.map(({ paintedMs }) => paintedMs);
  const engine = drag.replies.map(({ engineMs }) => engineMs);
  const frames = drag.painted.map(({ frameMs }) => frameMs);
  rows.push([
    name,
    testRows.toLocaleString('en-US'),
    String(drag.events),
    String(drag.painted.length),
    String(drag.dropped),
    drag.framesPerSecond ?? '–',
    median(painted),
    p95(painted),
    median(drawn),
    p95(drawn),
  ]);
  parts.push([
    name,
    median(engine),
    p95(engine),
    median(drag.replies.map(({ roundTripMs }) => roundTripMs)),
    median(drag.replies.map(({ readMs }) => readMs)),
    median(frames),
    p95(frames),
  ]);
}

/** Makes the window as tall as the page, so that every panel is on screen and none is skipped by the painter. */
async function showAll(page: LabPage): Promise<void> {
  for (let k = 0; k < 3; k++) await page.resize({ ...WINDOW, height: await page.height() });
  const share = await page.visibleShare();
  if (share < 1) note(`Only ${Math.round(share * 100)} % of the charts fit on the screen.`);
}

console.log('σ change to painted charts: the built lab in headless Chromium, without GPU');
sayLoad();
interface Found {
  readonly of: Case;
  readonly way: string;
  readonly testRows: number;
  readonly drag: Drag;
}
const found: Found[] = [];
for (const beat of [true, false]) {
  const lab = await openLab({ beat });
  if (lab === null) break;
  if (beat) note(`Chromium ${lab.chromium}`);
  try {
    const page = await lab.open(WINDOW);
    for (const of of CASES) {
      if (options.quick && of !== CASES[0]) continue;
      const testRows = await page.take(of.size);
      await showAll(page);
      const cadence = beat ? null : FRAME_MS;
      await page.drag(WARM_UP, cadence);
      const drag = await page.drag(EVENTS, cadence);
      found.push({ of, way: beat ? '60 Hz display' : 'no wait for a display', testRows, drag });
      tell(`${of.name}, ${beat ? '60 Hz' : 'no beat'}`, testRows, drag);
      await page.resize(WINDOW);
      const inWindow = await page.drag(EVENTS, cadence);
      const name = `${beat ? '60 Hz' : 'no beat'}, ${WINDOW.width} × ${WINDOW.height} window`;
      found.push({ of, way: name, testRows, drag: inWindow });
      tell(`${of.name}, ${name}`, testRows, inWindow);
    }
  } finally {
    await lab.close();
  }
}

if (found.length > 0) {
  printTable(HEAD, rows);
  console.log('');
  printTable(PARTS_HEAD, parts);
  note(
    'Milliseconds from the input event to the first paint in which the headline tiles carry its σ; over the σ painted.',
  );
  note('Dropped σ are those that a newer one overtook. drawn: all nodes written, the frame not yet painted.');
  note(
    '60 Hz: one event at the start of each frame, so the earliest paint is the next beat, 16.7 ms on, and its own work.',
  );
  note(
    'no beat: the same events every 16.7 ms, but a frame begins as soon as there is something to draw. What rasterises on',
  );
  note('these cores then runs against the engine, as it does not where a graphics card draws.');
  note(
    'frame: animation callbacks, style, layout and paint of that frame on the page’s thread. Rasterising (SwiftShader on',
  );
  note(
    'the same cores) and showing it come after; no display is attached. Every panel is on screen unless a window is named.',
  );
}
for (const { of, way, testRows, drag } of found) {
  const painted = drag.painted.map(({ paintedMs }) => paintedMs);
  const engine = drag.replies.map(({ engineMs }) => engineMs);
  const [half, late] = [median(painted), p95(painted)];
  figure({
    name: `σ change to painted charts, ${of.name}, ${way}`,
    hold: `p95 ≤ ${of.holdMs} ms`,
    measured: `p50 ${half.toFixed(1)}, p95 ${late.toFixed(1)} ms`,
    held: late <= of.holdMs,
    numbers: {
      testRows,
      p50: half,
      p95: late,
      events: drag.events,
      dropped: drag.dropped,
      framesPerSecond: drag.framesPerSecond,
      engineP50: median(engine),
      engineP95: p95(engine),
    },
  });
}
