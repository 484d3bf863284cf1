import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CPythonRandom } from '../random/cpython.ts';
import { numpyMean, numpySum } from './numpySum.ts';
import { linearQuantile } from './percentile.ts';
import { scoresOf } from './plan.ts';
import { bootstrapStream, publishedRamp, publishedSeed, publishedStream } from './published.ts';
import { shareAt, simulateStream } from './simulate.ts';
import type { StreamOptions } from './simulate.ts';

/** numpy.sum and numpy.mean of 1/(3 + (arange(n) * 7919) % 1009), NumPy 1.24. */
const NUMPY = [
  { n: 1, sum: 0.3333333333333333, mean: 0.3333333333333333 },
  { n: 7, sum: 0.3549091074144404, mean: 0.05070130105920577 },
  { n: 8, sum: 0.35596173899338773, mean: 0.04449521737417347 },
  { n: 9, sum: 0.35721644413767883, mean: 0.039690716015297646 },
  { n: 127, sum: 0.8951449952702162, mean: 0.007048385789529261 },
  { n: 128, sum: 0.8964747825042586, mean: 0.00700370923831452 },
  { n: 129, sum: 0.8981442315860616, mean: 0.006962358384388074 },
  { n: 300, sum: 2.0522271809395924, mean: 0.006840757269798641 },
  { n: 1000, sum: 5.957913292643242, mean: 0.005957913292643242 },
  { n: 4097, sum: 24.573659111141026, mean: 0.005997964147215286 },
];

const base: StreamOptions = {
  cleanRows: 500,
  shiftedRows: 300,
  seed: 389,
  onset: 500,
  length: 800,
  mixing: 1,
  ramp: 0,
  whenCleanRunsOut: 'keep-drawing',
};

test('a published stream is the shuffled clean rows, then the shifted rows in the order shuffled next', () => {
  const plan = publishedStream(500, 300, 389);
  const random = new CPythonRandom(389);
  expect([...plan.row]).toEqual([...random.shuffledRange(500), ...random.shuffledRange(300)]);
  expect([...plan.shifted]).toEqual([...new Array<number>(500).fill(0), ...new Array<number>(300).fill(1)]);
  expect(simulateStream(base)).toEqual(plan);
});

test('below a mixing of 1, the published stream ends at the first record not shifted after the onset', () => {
  const plan = simulateStream({ ...base, mixing: 0.5, whenCleanRunsOut: 'as-published' });
  const random = new CPythonRandom(389);
  random.shuffledRange(500);
  random.shuffledRange(300);
  let shifted = 0;
  while (random.random() < 0.5) shifted++;
  expect(plan.row.length).toBe(500 + shifted);
  expect(plan.asked).toBe(800);
  // A shift that begins at a share of 0 ends with the first record after the onset: nothing can be detected.
  const ramp = simulateStream({ ...base, mixing: 0.5, ramp: 200, whenCleanRunsOut: 'as-published' });
  expect(ramp.row.length).toBe(500);
});

test('keeping on drawing gives the full length at any mixing, and the published stream as far as that goes', () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(300), (seed, mixing, ramp) => {
      const options = { ...base, seed, mixing, ramp, length: 1700 };
      const kept = simulateStream(options);
      const stopped = simulateStream({ ...options, whenCleanRunsOut: 'as-published' });
      expect(kept.row.length).toBe(1700);
      const { length } = stopped.row;
      expect(kept.row.slice(0, length)).toEqual(stopped.row);
      expect(kept.shifted.slice(0, length)).toEqual(stopped.shifted);
      expect(kept.shifted.slice(0, 500).every((s) => s === 0)).toBe(true);
      kept.row.forEach((row, t) => expect(row).toBeLessThan(kept.shifted[t] ? 300 : 500));
    }),
    { numRuns: 40 },
  );
});

test('the share of shifted records is the mixing asked for, and rises with the ramp', () => {
  const plan = simulateStream({ ...base, mixing: 0.3, ramp: 1000, length: 20_500 });
  const share = (from: number, to: number) => plan.shifted.slice(from, to).reduce((sum, s) => sum + s, 0) / (to - from);
  // 19,000 draws at .3: a standard error of .0033. The ramp's mean share is half of .3.
  expect(Math.abs(share(1500, 20_500) - 0.3)).toBeLessThan(0.014);
  expect(Math.abs(share(500, 1500) - 0.15)).toBeLessThan(0.05);
  expect([shareAt(0, 0.5, 50), shareAt(25, 0.5, 50), shareAt(80, 0.5, 50), shareAt(0, 0.5, 0)]).toEqual([
    0, 0.25, 0.5, 0.5,
  ]);
});

test('options that make no stream are refused', () => {
  for (const wrong of [
    { mixing: 1.1 },
    { mixing: NaN },
    { length: -1 },
    { onset: 0.5 },
    { ramp: -3 },
    { cleanRows: 0 },
  ]) {
    expect(() => simulateStream({ ...base, ...wrong })).toThrow(RangeError);
  }
  expect(() => publishedSeed('temporal', 20)).toThrow(/0 to 19/);
});

test('a ramp stream has the same first 500 records for every seed, and fills up from the same rows in another order', () => {
  const plans = [0, 1].map((seed) => publishedRamp(500, 300, { seed, mixing: 0.5, ramp: 50 }));
  for (const plan of plans) {
    expect([...plan.row.slice(0, 500)]).toEqual([...new CPythonRandom(0).shuffledRange(500)]);
    const filler = [...plan.row].filter((_, t) => t >= 500 && plan.shifted[t] === 0);
    expect(filler).toEqual([...new CPythonRandom(1).shuffledRange(500)].slice(0, filler.length));
    expect(plan.row.length).toBe(800);
    // At t = 0 the share is 0.
    expect(plan.shifted[500]).toBe(0);
  }
  expect(plans[0].shifted).not.toEqual(plans[1].shifted);
});

test('a bootstrap stream draws rows with replacement and mixes at the asked share', () => {
  const plan = bootstrapStream(50, 20, { seed: 3, mixing: 0.5, ramp: 0, onset: 200, steps: 4000 });
  expect(new Set(plan.row.slice(0, 200)).size).toBeLessThan(51);
  expect(Math.max(...[...plan.row].filter((_, t) => plan.shifted[t] === 1))).toBe(19);
  const share = plan.shifted.slice(200).reduce((sum, s) => sum + s, 0) / 4000;
  expect(Math.abs(share - 0.5)).toBeLessThan(0.03);
});

test('scores are looked up in the pool of each step', () => {
  const plan = simulateStream({ ...base, cleanRows: 2, shiftedRows: 1, onset: 2, length: 3 });
  expect([...scoresOf(plan, [0.1, 0.2], [0.9])].sort()).toEqual([0.1, 0.2, 0.9]);
});

test('sums and means are NumPy’s to the last bit', () => {
  for (const { n, sum, mean } of NUMPY) {
    const values = Float64Array.from({ length: n }, (_, i) => 1 / (3 + ((i * 7919) % 1009)));
    expect(numpySum(values)).toBe(sum);
    expect(numpyMean(values)).toBe(mean);
    const padded = Float64Array.from([9, ...values, 9]);
    expect(numpySum(padded, 1, n + 1)).toBe(sum);
  }
  expect(numpyMean(new Float64Array(0))).toBeNull();
});

test('quantiles interpolate at p(n − 1)', () => {
  expect(linearQuantile([4, 2, 1, 3], 0.97)).toBeCloseTo(3.91, 12);
  expect(
    linearQuantile(
      Array.from({ length: 50 }, (_, i) => i),
      0.97,
    ),
  ).toBeCloseTo(47.53, 12);
  expect(linearQuantile([7], 0.3)).toBe(7);
  expect([linearQuantile([1, 2], 0), linearQuantile([1, 2], 1)]).toEqual([1, 2]);
  for (const [values, share] of [
    [[], 0.5],
    [[1, NaN], 0.5],
    [[1], 1.5],
  ] as const) {
    expect(() => linearQuantile(values, share)).toThrow(RangeError);
  }
});
