import { describe, expect, test } from 'vitest';
// Golden vectors 05–07 hold published series, so they are read from REFERENCE_DIR and not kept here. Tolerance 0.
import { CPythonRandom } from '../random/cpython.ts';
import { linearQuantile } from '../stream/percentile.ts';
import { scoresOf } from '../stream/plan.ts';
import { negativeControl, publishedSeed, publishedStream, regimeCSeed } from '../stream/published.ts';
import type { ShiftCondition } from '../stream/published.ts';
import { golden, hasReference, nullScores } from './fixtures/reference.ts';
import { calibrateAsPublished, calibrateForRamp } from './ksCalibration.ts';
import { greatestDistance, ksSeries, runKsCell } from './ksCell.ts';

const published = test.skipIf(!hasReference);

interface Series {
  readonly seed: number;
  readonly w: number;
  readonly classifiers: Record<string, { readonly published_ks_steps_201_to_500: readonly number[] }>;
}

type Row = readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number | null,
  number | null,
];

interface Factorial {
  readonly classifiers: readonly string[];
  readonly shifts: readonly ShiftCondition[];
  readonly rows: readonly Row[];
}

interface Calibration {
  readonly w: Record<string, { lengths: readonly number[]; max_D: readonly number[]; p97: number; p95: number }>;
  readonly ramp_sweep_threshold: { readonly max_D: readonly number[]; readonly published: number };
}

describe('what the monitor paper published', () => {
  published('1,200 KS values of regime C before the onset, to the last bit', () => {
    const { seed, w, classifiers } = golden<Series>('05_regime_c_ks_preonset');
    expect(seed).toBe(regimeCSeed(0));
    const scores = nullScores();
    let compared = 0;
    for (const [name, { published_ks_steps_201_to_500: values }] of Object.entries(classifiers)) {
      const plan = publishedStream(500, 22, seed);
      expect(plan.row.length).toBe(522);
      const series = ksSeries(scoresOf(plan, scores[name], new Float64Array(22)), w);
      expect([...series.subarray(0, 300)]).toEqual(values);
      compared += values.length;
    }
    expect(compared).toBe(1200);
  });

  published(
    'the mean before the onset, the greatest distance and the early alarm of all 800 cells, to the last bit',
    () => {
      const { classifiers, shifts, rows } = golden<Factorial>('06_factorial_preonset');
      const scores = nullScores();
      let early = 0;
      for (const [classifier, shift, seed, w, shuffleSeed, threshold, preScore, most, , alarm] of rows) {
        const name = `${classifiers[classifier]}, ${shifts[shift]}, seed ${seed}, window ${w}`;
        expect(publishedSeed(shifts[shift], seed), name).toBe(shuffleSeed);
        const stream = scoresOf(publishedStream(500, 0, shuffleSeed), scores[classifiers[classifier]], []);
        const cell = runKsCell(stream, w, threshold, 500);
        expect(cell.preScore, name).toBe(preScore);
        expect(greatestDistance(cell.series, w, 2 * w + 1, 500), name).toBe(most);
        expect(cell.alarmStep, name).toBe(alarm);
        if (alarm !== null) early++;
      }
      expect([rows.length, early]).toEqual([800, 68]);
    },
  );

  published('the calibration as run, on a stand-in pool', () => {
    const { w } = golden<Calibration>('07_calibration');
    const { deberta, 'text-moderation': text } = nullScores();
    const pool = Float64Array.from([...deberta, ...text]);
    for (const [window, { lengths, max_D, p97, p95 }] of Object.entries(w)) {
      const found = calibrateAsPublished(pool, Number(window));
      expect([...found.lengths]).toEqual(lengths);
      expect([...found.greatest]).toEqual(max_D);
      expect(found.threshold).toBeCloseTo(p97, 12);
      expect(linearQuantile(found.greatest, 0.95)).toBeCloseTo(p95, 12);
    }
  });

  published('the threshold .2918 of the ramp study, to the last bit', () => {
    const { ramp_sweep_threshold: ramp } = golden<Calibration>('07_calibration');
    const found = calibrateForRamp(nullScores().deberta);
    expect([...found.greatest]).toEqual(ramp.max_D);
    expect(found.threshold).toBe(ramp.published);
  });
});

test('a negative control shuffles the clean rows with one seed more and ends with them', () => {
  const control = negativeControl(500, 389);
  expect([...control.row]).toEqual([...new CPythonRandom(390).shuffledRange(500)]);
  expect(control.shifted.some((s) => s === 1)).toBe(false);
});
