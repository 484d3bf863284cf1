import { describe, expect, test } from 'vitest';
import type { Sweep } from '../engine/results.ts';
import { cliffAxis, cliffBox, cliffPath, endLabels } from './cliffGeometry.ts';
import { firstBelow, SERIES, seriesAt, valueAtHandle } from './cliffSeries.ts';
import { cliffReading, cliffSentence, cliffTable } from './cliffWords.ts';
import { keySteps } from './handle.ts';
import { createSigmaScale } from './sigmaScale.ts';
import { sigmaForKey } from './SigmaSlider.tsx';

const scale = createSigmaScale();
const box = { left: 0, top: 0, right: 228, bottom: 100 };
const log = cliffAxis('log', scale, box);
const linear = cliffAxis('linear', scale, box);
const all = new Set(SERIES.map(({ id }) => id));
const sweep: Sweep = {
  sigmas: Float64Array.of(0, 1e-4, 0.02, 0.2, 2),
  rocAuc: Float64Array.of(0.9, 0.9, 0.8, 0.6, 0.5),
  accuracy: Float64Array.of(0.9, 0.9, 0.8, 0.6, 0.5),
  f1: Float64Array.of(0.88, 0.88, 0.78, 0.55, 0.45),
  meanConfidence: Float64Array.of(0.92, 0.92, 0.91, 0.95, 0.98),
  ece: Float64Array.of(0.02, 0.02, 0.1, 0.3, 0.48),
  silentFailureRate: Float64Array.of(NaN, NaN, 0.3, 0.6, 0.9),
  meanAngleDegrees: Float64Array.of(0, 0.2, 32, 81, 89),
};

describe('the axis', () => {
  test('gives sigma zero a slot of its own, left of a break, on the log axis', () => {
    expect(log.at(0)).toBe(7);
    expect(log.gap).toEqual([14, 28]);
    expect(log.at(1e-4)).toBe(28);
    expect(log.at(2)).toBe(228);
  });

  test('has a tick at zero and at each power of ten in range', () => {
    expect(log.ticks).toEqual([0, 0.0001, 0.001, 0.01, 0.1, 1]);
    expect(linear.ticks).toEqual([0, 0.5, 1, 1.5, 2]);
    expect(linear.gap).toBeNull();
  });

  test('leads from a pixel to a slider position and back to the same pixel, within the width of a step', () => {
    const wide = cliffAxis('log', scale, { ...box, right: 1028 });
    for (let position = 0; position <= 1000; position += 1) {
      const sigma = scale.sigmaAt(position);
      expect(wide.sigmaAt(wide.at(sigma))).toBe(sigma);
    }
  });

  test('holds pixels outside the box to the ends', () => {
    expect([log.sigmaAt(-50), log.sigmaAt(999), linear.sigmaAt(-50), linear.sigmaAt(999)]).toEqual([0, 2, 0, 2]);
    expect(linear.sigmaAt(114)).toBe(1);
  });

  test('a linear axis may end before the slider does, and no line goes beyond its end', () => {
    const short = cliffAxis('linear', scale, box, 0.3);
    expect([short.at(0.3), short.at(2), short.sigmaAt(999)]).toEqual([228, 228, 0.3]);
    expect(cliffPath(sweep, 'rocAuc', short, scale, box).split(/[ML]/)).toHaveLength(5);
    expect(endLabels(sweep, new Set(['rocAuc']), short, box)[0].from.x).toBeCloseTo(152);
  });

  test('leaves room for labels at any width', () => {
    for (const width of [240, 360, 519, 520, 1400]) {
      expect(width - cliffBox(width).right).toBeGreaterThanOrEqual(90);
      expect(cliffBox(width).right - cliffBox(width).left).toBeGreaterThan(90);
    }
  });
});

describe('the lines', () => {
  test('sigma zero is a dash of its own and the line starts anew after the break', () => {
    expect(cliffPath(sweep, 'rocAuc', log, scale, box)).toMatch(/^M0,10h14M28,10L/);
    expect(cliffPath(sweep, 'rocAuc', linear, scale, box)).toMatch(/^M0,10L/);
  });

  test('an undefined point lifts the pen and is never drawn at zero', () => {
    const path = cliffPath(sweep, 'silentFailureRate', log, scale, box);
    expect(path.match(/M/g)).toHaveLength(1);
    expect(path).not.toContain('NaN');
    expect(path).toMatch(/^M[\d.]+,70L/);
  });

  test('points beyond the axis are left out', () => {
    const short = createSigmaScale(0.2);
    const path = cliffPath(sweep, 'rocAuc', cliffAxis('log', short, box), short, box);
    expect(path.split(/[ML]/)).toHaveLength(5);
  });

  test('labels at the ends never overlap, and hidden lines have none', () => {
    const labels = endLabels(sweep, all, log, { ...box, bottom: 300 });
    expect(labels).toHaveLength(6);
    const ys = labels.map((label) => label.y).sort((a, b) => a - b);
    for (let i = 1; i < ys.length; i += 1) expect(ys[i] - ys[i - 1]).toBeGreaterThanOrEqual(15 - 1e-9);
    expect(endLabels(sweep, new Set(['ece']), log, box).map((label) => label.id)).toEqual(['ece']);
  });
});

describe('values', () => {
  test('a series is read by straight lines between sweep points, and is null where undefined', () => {
    expect(seriesAt(sweep, 'rocAuc', 0.11)).toBeCloseTo(0.7, 12);
    expect(seriesAt(sweep, 'rocAuc', 2)).toBe(0.5);
    expect(seriesAt(sweep, 'rocAuc', 3)).toBeNull();
    expect(seriesAt(sweep, 'silentFailureRate', 0.01)).toBeNull();
  });

  test('the handle shows the exact value of its step, and the sweep only while there is none', () => {
    const headline = { rocAuc: 0.71, accuracy: 0.7, f1: 0.6, meanConfidence: 0.9, ece: 0.2, silentFailureRate: null };
    const pair = { now: sweep, beside: { sigma: 0.11, headline } };
    expect(valueAtHandle(pair, 'rocAuc', 0.11)).toBe(0.71);
    expect(valueAtHandle(pair, 'silentFailureRate', 0.11)).toBeNull();
    expect(valueAtHandle(pair, 'rocAuc', 0.2)).toBe(0.6);
    expect(valueAtHandle({ now: null, beside: null }, 'rocAuc', 0.2)).toBeNull();
  });

  test('the cliff is where a line first falls to a level', () => {
    expect(firstBelow(sweep, 'rocAuc', 0.7)).toBeCloseTo(0.11, 12);
    expect(firstBelow(sweep, 'rocAuc', 0.1)).toBeNull();
  });
});

describe('words', () => {
  test('the sentence tells the ends, the cliff and the present', () => {
    const headline = { rocAuc: 0.8, accuracy: 0.8, f1: 0.7, meanConfidence: 0.91, ece: 0.1, silentFailureRate: 0.3 };
    expect(cliffSentence({ now: sweep, beside: { sigma: 0.02, headline } })).toBe(
      'From σ = 0 to 2: AUC goes from 0.90 to 0.50, accuracy goes from 0.90 to 0.50, mean confidence goes from 0.92 to 0.98. AUC has lost half of its lead over chance by σ = 0.11, where mean confidence is 0.93. Now σ = 0.02: AUC 0.80, silent-failure rate 0.30.',
    );
    expect(cliffSentence({ now: null, beside: null })).toBe('No sweep yet.');
  });

  test('the table has a row for each sweep point, or says how many it leaves out', () => {
    const table = cliffTable({ now: sweep, beside: null });
    expect(table.rows).toHaveLength(5);
    expect(table.rows[0]).toEqual(['0', '0.900', '0.900', '0.880', '0.920', '0.020', '–', '0.0']);
    expect(table.note).toBeUndefined();
    const long = Float64Array.from({ length: 64 }, (_, i) => i / 100);
    const many = { ...sweep, sigmas: long, rocAuc: long, accuracy: long, f1: long, meanConfidence: long, ece: long };
    const cut = cliffTable({
      now: { ...many, silentFailureRate: long, meanAngleDegrees: long },
      beside: null,
    });
    expect(cut.rows).toHaveLength(40);
    expect(cut.rows[39][0]).toBe('0.63');
    expect(cut.note).toBe('40 of 64 sweep points, evenly spread.');
  });

  test('a reading names only the lines shown', () => {
    expect(cliffReading({ now: sweep, beside: null }, 2, new Set(['rocAuc', 'ece']))).toBe(
      'σ 0.02: AUC 0.800, ECE 0.100',
    );
  });
});

describe('keys', () => {
  test('arrows move a handle by one step and Page keys by ten', () => {
    expect(['ArrowRight', 'ArrowDown', 'PageUp', 'PageDown', 'a'].map(keySteps)).toEqual([1, -1, 10, -10, null]);
  });

  test('on the slider, Page keys move ten positions, 0 resets, End is the largest sigma, arrows are left to the browser', () => {
    const sigma = scale.sigmaAt(500);
    expect(sigmaForKey(scale, sigma, 'PageUp')).toBe(scale.sigmaAt(510));
    expect(sigmaForKey(scale, sigma, 'PageDown')).toBe(scale.sigmaAt(490));
    expect(sigmaForKey(scale, scale.sigmaAt(4), 'PageDown')).toBe(0);
    expect(sigmaForKey(scale, sigma, '0')).toBe(0);
    expect(sigmaForKey(scale, sigma, 'End')).toBe(2);
    expect(sigmaForKey(scale, sigma, 'ArrowRight')).toBeNull();
  });
});
