import { firstLoad, LIMIT } from '../scripts/checkBundle.mjs';
import { figure, sayLoad } from './support/figures.ts';
import { openLab } from './support/lab.ts';
import { options } from './support/options.ts';
import type { Usable } from './support/pageProbe.ts';
import { median } from './support/statistics.ts';
import { note, printTable } from './support/table.ts';

const HOLD_MS = 2000;
const VISITS = options.quick ? 2 : 7;

console.log('First load: compressed JavaScript, and the time until the slider answers');
sayLoad();
const { files, total, problems } = firstLoad('dist');
printTable(
  ['file', 'for', 'gzip bytes', 'raw bytes'],
  [...files]
    .sort((a, b) => b.gzip - a.gzip)
    .map(({ file, room, gzip, raw }) => [file, room, gzip.toLocaleString('en-US'), raw.toLocaleString('en-US')]),
);
for (const problem of problems) note(`Bundle: ${problem}.`);
const tfjs = !problems.some((problem) => problem.startsWith('TensorFlow.js is in'));
figure({
  name: 'first load, compressed JavaScript',
  hold: `≤ ${LIMIT / 1000} KB; tfjs only when asked for`,
  measured: `${(total / 1000).toFixed(1)} KB; tfjs ${tfjs ? 'not in it' : 'IN IT'}`,
  held: total <= LIMIT && problems.length === 0,
  numbers: { bytes: total, problems: problems.join('; ') },
});

const lab = await openLab({ beat: true });
if (lab !== null) {
  const visits: Usable[] = [];
  try {
    for (let k = 0; k < VISITS; k++) visits.push(await lab.firstVisit({ width: 1440, height: 900 }));
  } finally {
    await lab.close();
  }
  const of = (read: (visit: Usable) => number): [number, number, number] => {
    const times = visits.map(read);
    return [median(times), Math.min(...times), Math.max(...times)];
  };
  const answered = of(({ answeredMs }) => answeredMs);
  printTable(
    ['since the navigation began', 'median ms', 'fastest', 'slowest'],
    [
      ['first paint (the picture computed beforehand)', ...of(({ firstPaintMs }) => firstPaintMs)],
      ['engine ready: data read, probe fitted, first result shown', ...of(({ readyMs }) => readyMs)],
      ['first move of the slider painted', ...answered],
    ],
  );
  note(
    `${VISITS} visits with an empty cache, the first in a browser that has just started; files from this machine, so no network.`,
  );
  figure({
    name: 'first load, usable (slider answers)',
    hold: `≤ ${HOLD_MS / 1000} s`,
    measured: `median ${answered[0].toFixed(0)} ms, slowest ${answered[2].toFixed(0)} ms`,
    held: answered[0] <= HOLD_MS,
    numbers: { median: answered[0], fastest: answered[1], slowest: answered[2] },
  });
}
