import { stream } from '../src/core/random/streams.ts';
import { breathe, createPacer } from '../src/engine/pacer.ts';
import { figure, sayLoad } from './support/figures.ts';
import { options } from './support/options.ts';
import { findPython } from './support/python.ts';
import { median, timedOnce } from './support/statistics.ts';
import { printTable, type Cell } from './support/table.ts';

const HOLD_MS = 700;
const COUNT = 20_000_000;
const CHUNK = 64 * 1024;
const REPEATS = options.quick ? 1 : 5;

/** As the engine worker draws: in pieces, looking at its messages twice a frame. */
async function draw(out: Float64Array): Promise<void> {
  const generator = stream(42, 'noise');
  const pacer = createPacer();
  for (let at = 0; at < out.length; at += CHUNK) {
    generator.standardNormal(out.subarray(at, Math.min(out.length, at + CHUNK)));
    if (pacer.due()) {
      await breathe();
      pacer.reset();
    }
  }
}

console.log('Drawing 20 million NumPy normals (SFC64, ziggurat), in pieces that let messages in');
sayLoad();
const out = new Float64Array(COUNT);
await draw(out.subarray(0, 2_000_000));
const times: number[] = [];
for (let k = 0; k < REPEATS; k++) times.push((await timedOnce(() => draw(out))).ms);
const table: Cell[][] = [['the lab, one thread', median(times), Math.min(...times), 'the last one', out[COUNT - 1]]];
const python = findPython();
let numpy: number | null = null;
if (python !== null) {
  const found = await python.run<{ seconds: number[]; last: number }>('normals.py', [String(COUNT), String(REPEATS)]);
  const ms = found.seconds.map((s) => 1000 * s);
  numpy = median(ms);
  table.push([
    python.versions.split(',')[0],
    numpy,
    Math.min(...ms),
    found.last === out[COUNT - 1] ? 'the same' : 'DIFFERENT',
    found.last,
  ]);
}
printTable(['draws', 'median ms', 'fastest ms', 'check', 'last draw'], table);
figure({
  name: 'drawing 20 million NumPy normals',
  hold: `≤ ${HOLD_MS} ms`,
  measured: `${median(times).toFixed(0)} ms${numpy === null ? '' : ` (NumPy ${numpy.toFixed(0)} ms)`}`,
  held: median(times) <= HOLD_MS,
  numbers: { ms: median(times), fastest: Math.min(...times), numpy },
});
