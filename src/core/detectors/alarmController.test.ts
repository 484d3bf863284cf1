import { expect, test } from 'vitest';
import { AlarmController, levelsOf, sharedLevel } from './alarmController.ts';
import type { Correction } from './alarmController.ts';
// Golden vector 09 of the monitor paper's re-implementation.
import golden from './fixtures/alarmController.json';
import { HoeffdingBand } from './hoeffdingBand.ts';

test.each(golden.alpha_correction)('$method over $k detectors gives the golden level', (given) => {
  expect(sharedLevel(given.method as Correction, given.alpha, given.k)).toBeCloseTo(given.per_detector, 12);
});

test('as published, a detector registered first keeps the level of one detector', () => {
  const orphan = golden.orphan_engine;
  expect(levelsOf('bonferroni', 0.05, 2, 'as-published')).toEqual([
    orphan.alpha_of_engine_returned_first,
    orphan.alpha_of_engine_returned_second,
  ]);
  expect(levelsOf('bonferroni', 0.05, 2)).toEqual([0.025, 0.025]);
  const sum = levelsOf('bonferroni', 0.05, 4, 'as-published').reduce((total, level) => total + level, 0);
  expect(sum).toBeGreaterThan(0.1);
});

test('the golden scenario, with the defect, gives its events and bands', () => {
  const { ks_values, mmd_values, combined_window, min_warmup_steps, ks_reference, mmd_reference, events } =
    golden.scenario;
  const levels = levelsOf('bonferroni', 0.05, 2, 'as-published');
  const bands = [ks_reference, mmd_reference].map(
    (referenceValue, i) =>
      new HoeffdingBand({ alpha: levels[i], window: null, bound: { kind: 'bounded' }, referenceValue }),
  );
  const controller = new AlarmController(2, combined_window);
  const found: unknown[] = [];
  ks_values.forEach((ks, i) => {
    const values = [ks, mmd_values[i]];
    const alarms = bands.map((band, k) => {
      band.push(values[k]);
      return i + 1 >= min_warmup_steps && band.excludesReference;
    });
    for (const event of controller.update(alarms)) {
      if (event.kind === 'combined') {
        found.push(event);
        continue;
      }
      const { lower, upper } = bands[event.detector];
      found.push({
        step: event.step,
        detector: ['ks', 'mmd'][event.detector],
        statistic: values[event.detector],
        lower,
        upper,
      });
    }
  });
  expect(found).toEqual(
    events.map(({ fed_step, detector, statistic, lower, upper }) => ({
      step: fed_step,
      detector,
      statistic,
      lower: expect.closeTo(lower, 12) as number,
      upper: expect.closeTo(upper, 12) as number,
    })),
  );
});

test('each detector alarms once, and two that alarm close together give one combined advisory', () => {
  const controller = new AlarmController(3, 2);
  const quiet = [false, false, false];
  expect(controller.update([true, false, false])).toEqual([{ kind: 'alarm', step: 1, detector: 0 }]);
  expect(controller.update([true, false, false])).toEqual([]);
  expect(controller.update([true, true, false])).toEqual([
    { kind: 'alarm', step: 3, detector: 1 },
    { kind: 'combined', step: 3, detectors: [0, 1] },
  ]);
  expect(controller.update([false, false, true])).toEqual([{ kind: 'alarm', step: 4, detector: 2 }]);
  expect(controller.update(quiet)).toEqual([]);
  expect(controller.firstAlarms).toEqual([1, 3, 4]);

  const far = new AlarmController(2, 2);
  far.update([true, false]);
  far.update([false, false]);
  far.update([false, false]);
  expect(far.update([false, true])).toEqual([{ kind: 'alarm', step: 4, detector: 1 }]);
});

test('levels and alarms that make no sense are refused', () => {
  expect(() => sharedLevel('sidak', 0, 2)).toThrow(/α of the alarm controller must lie between 0 and 1; it is 0/);
  expect(() => sharedLevel('sidak', 0.05, 0)).toThrow(/at least 1/);
  expect(() => new AlarmController(2).update([true])).toThrow(/2 detectors and was given 1/);
});
