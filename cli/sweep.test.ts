import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { quantilesInPlace } from '../src/core/drift/quantiles.ts';
import { readAmounts } from './amounts.ts';
import { summarize } from './drawSummary.ts';
import { captured } from './testing/capture.ts';
import { DIMS, expectRefusal, file, folder, npy, numbers, own, spec, X, type Refusal } from './testing/ownFiles.ts';

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const small = (drift: object) =>
  spec({
    data: { id: 'synthetic', synthetic: { rows: 300, dims: 8, separation: 2, spectrum: 0, meanCosine: 0.2, seed: 1 } },
    drift,
  });

async function json(args: readonly string[]) {
  const { code, stdout, stderr } = await captured(args);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

/** What `lab run` prints of one state, without what a sweep leaves out. */
async function runAt(drift: object, more: readonly string[] = []) {
  const { metrics } = await json(['run', small(drift), ...more]);
  const { confusion, nearBoundary, intervals, angleQuantilesDegrees, ...headline } = metrics;
  expect([confusion, nearBoundary, intervals, angleQuantilesDegrees].includes(undefined)).toBe(false);
  return headline;
}

describe('lab sweep', () => {
  test.each([
    ['gaussian', { kind: 'gaussian' }],
    ['rotation', { kind: 'rotation', planes: 2 }],
    ['against the probe', { kind: 'directional', direction: 'against-probe' }],
  ])('each row of a %s drift is what lab run prints at that σ', async (_, drift) => {
    const { rows, amount, draws } = await json(['sweep', small(drift), '--sigma', '0:0.3:4']);
    expect(rows).toHaveLength(4);
    expect([amount, draws]).toEqual(['sigma', null]);
    for (const { sigma, ...row } of rows) expect(row).toEqual(await runAt({ ...drift, sigma }));
  });

  test('for a drift towards new rows the amount is t', async () => {
    const moved = numbers().map((x, i) => (i % DIMS === 0 ? 1 - x : x));
    const files = [...own(), '--target', file('new.npy', npy(moved, DIMS))];
    const { rows, amount } = await json(['sweep', ...files, '--sigma', '0,1,0.5']);
    expect(amount).toBe('t');
    expect(rows.map((row: { t: number }) => row.t)).toEqual([0, 1, 0.5]);
    for (const { t, ...row } of rows) {
      const { metrics } = await json(['run', spec({ drift: { kind: 'model', t } }), ...files]);
      expect(metrics).toMatchObject(row);
    }
  });

  test('CSV holds the same numbers as JSON, empty where a number is undefined', async () => {
    const path = small({ kind: 'gaussian' });
    const { rows } = await json(['sweep', path, '--sigma', '0,0.1']);
    const { stdout, stderr } = await captured(['sweep', path, '--sigma', '0,0.1', '--csv']);
    const [head, ...lines] = stdout.trimEnd().split('\n');
    expect(head.split(',')).toEqual(Object.keys(rows[0]));
    expect(lines.map((line) => line.split(',').map((cell) => (cell === '' ? null : Number(cell))))).toEqual(
      rows.map((row: object) => Object.values(row)),
    );
    expect(stderr).not.toContain('real one');
  });

  test('with seeds, each number is the mean and quantiles of real draws, as runs with those seeds give them', async () => {
    const drift = { kind: 'gaussian', seed: 7 };
    const { rows, draws } = await json(['sweep', small(drift), '--sigma', '0.1', '--seeds', '4']);
    expect(draws).toMatchObject({ count: 4, firstSeed: 7, lastSeed: 10 });
    expect(draws.note).toMatch(/Every draw is a real one/);
    const runs = [];
    for (const seed of [7, 8, 9, 10]) runs.push(await runAt({ ...drift, seed, sigma: 0.1 }));
    expect(new Set(runs.map(({ rocAuc }) => rocAuc)).size).toBeGreaterThan(1);
    for (const metric of Object.keys(runs[0])) {
      const values = runs.map((run) => run[metric]);
      const sorted = [...values].sort((a, b) => a - b);
      expect(rows[0][metric].mean).toBeCloseTo(values.reduce((a, b) => a + b, 0) / 4, 12);
      // Linear interpolation between order statistics: position (4 − 1)·½ and (4 − 1)·0.05.
      expect(rows[0][metric].p50).toBeCloseTo((sorted[1] + sorted[2]) / 2, 12);
      expect(rows[0][metric].p5).toBeCloseTo(sorted[0] + 0.15 * (sorted[1] - sorted[0]), 12);
      expect(rows[0][metric].defined).toBe(4);
    }
  });

  test('CSV of draws names the seeds in every row, and stderr says what a draw is', async () => {
    const args = ['sweep', small({ kind: 'scaling', seed: 3 }), '--sigma', '0,0.5', '--seeds', '2', '--csv'];
    const { stdout, stderr } = await captured(args);
    const [head, ...lines] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    expect(head.slice(0, 5)).toEqual(['sigma', 'realDraws', 'firstSeed', 'lastSeed', 'n_mean']);
    expect(lines.map((line) => line.slice(0, 4))).toEqual([
      ['0', '2', '3', '4'],
      ['0.5', '2', '3', '4'],
    ]);
    expect(lines.every((line) => line.length === head.length)).toBe(true);
    expect(stderr).toMatch(/Every draw is a real one/);
  });
});

test('undefined draws are counted, not taken for zero', () => {
  expect(summarize([null, 0.2, null, 0.4])).toEqual({
    mean: expect.closeTo(0.3, 12),
    p5: expect.closeTo(0.21, 12),
    p50: expect.closeTo(0.3, 12),
    p95: expect.closeTo(0.39, 12),
    defined: 2,
  });
  expect(summarize([null])).toEqual({ mean: null, p5: null, p50: null, p95: null, defined: 0 });
});

test('the quantiles of a summary do not depend on the order of draws', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 30 }), (values) => {
      const [median] = quantilesInPlace(Float64Array.from(values), values.length, [0.5]);
      expect(summarize([...values].reverse()).p50).toBe(median);
    }),
  );
});

test('a range has both its ends', () => {
  expect([...readAmounts('0:0.15:4', 'sigma')]).toEqual([0, expect.closeTo(0.05, 15), expect.closeTo(0.1, 15), 0.15]);
  expect([...readAmounts(' .5, 1e-3 ,2', 'sigma')]).toEqual([0.5, 0.001, 2]);
});

const sweep = (...args: string[]) => ['sweep', small({}), ...args];
const REFUSED: readonly Refusal[] = [
  ['no amounts', () => sweep(), ['--sigma is missing', 'Write']],
  ['empty amounts', () => sweep('--sigma', ''), ['--sigma is empty', 'give a range']],
  ['text for a number', () => sweep('--sigma', '0:much:8'), ['"much" is not a number', 'Write --sigma']],
  ['a hexadecimal number', () => sweep('--sigma', '0x10'), ['"0x10" is not a number']],
  ['a hole in the list', () => sweep('--sigma', '0,,1'), ['"" is not a number']],
  ['a range of two parts', () => sweep('--sigma', '0:1'), ['"0:1" is no range', 'Write --sigma']],
  ['a range backwards', () => sweep('--sigma', '1:0:5'), ['1 is not below 0']],
  ['a range of one point', () => sweep('--sigma', '0:1:1'), ['number of points is "1"', 'from 2 to']],
  ['part of a point', () => sweep('--sigma', '0:1:2.5'), ['number of points is "2.5"', 'whole number']],
  ['a negative σ', () => sweep('--sigma=-1'), ['-1 is out of range', 'from 0 to 1000']],
  ['a σ above the most', () => sweep('--sigma', '0:2000:3'), ['2000 is out of range']],
  ['no seeds', () => sweep('--sigma', '0', '--seeds', '0'), ['--seeds is "0"', 'whole number from 1']],
  ['seeds as text', () => sweep('--sigma', '0', '--seeds', 'all'), ['--seeds is "all"']],
  ['an option given twice', () => sweep('--sigma', '0', '--sigma', '1'), ['--sigma is given twice']],
  ['an unknown option', () => sweep('--sigmas', '0'), ["'--sigmas'", 'Write: sweep']],
  [
    'seeds of a drift without random numbers',
    () => ['sweep', small({ kind: 'mean-shift' }), '--sigma', '0,1', '--seeds', '5'],
    ['spec.json', 'mean-shift draws no random numbers', 'Leave --seeds out'],
  ],
  [
    'seeds of a shift along the probe',
    () => ['sweep', small({ kind: 'directional', direction: 'along-probe' }), '--sigma', '0', '--seeds', '5'],
    ['directional \\(along-probe\\) draws no random numbers'].map((word) => new RegExp(word)),
  ],
  [
    'a t above 1',
    () => ['sweep', ...own(), '--target', X, '--sigma', '0:2:3'],
    ['2 is out of range', 't of a drift of kind model'],
  ],
  [
    'seeds beyond the last one',
    () => ['sweep', small({ seed: Number.MAX_SAFE_INTEGER }), '--sigma', '0', '--seeds', '2'],
    ['drift.seed is too large for 2 seeds'],
  ],
  ['a spec that is not there', () => ['sweep', 'no.json', '--sigma', '0'], ['no.json: there is no such file']],
];

describe('lab sweep refuses', () => {
  test.each(REFUSED)('%s: exit code 2 and one line that says what to do', async (_name, args, words) => {
    expectRefusal(await captured(args()), words);
  });
});
