import { describe, expect, test } from 'vitest';
import type { LineChartData, LineChartOptions } from './lineChartData.ts';
import {
  bandPath,
  labelsAtEnds,
  lineAxis,
  lineBox,
  lineDomain,
  lineEnds,
  linePath,
  lineStops,
  lineY,
  marksPath,
} from './lineGeometry.ts';
import { formatX, lineReading, lineTable } from './lineWords.ts';

const box = { left: 0, top: 0, right: 100, bottom: 100 };
const options: LineChartOptions = { xTitle: 'Drift σ', yTitle: 'AUC', xScale: 'linear', decimals: 3 };
const data: LineChartData = {
  series: [
    { id: 'base', name: 'base', tone: 'a', x: [0, 0.05, 0.1], y: [0.9, NaN, 0.5], marks: true },
    {
      id: 'other',
      name: 'instruct',
      tone: 'b',
      x: [0, 0.1],
      y: [0.8, 0.6],
      low: [0.7, 0.5],
      high: [0.9, 0.7],
      dashed: true,
    },
  ],
  published: [{ x: 0.028, y: 0.51, label: 'published: AUC .51 (Fig. 2)' }],
  levels: [{ y: 0.4, label: 'a level' }],
};
const place = (value: number) => lineY(box, [0, 1], value);

describe('geometry', () => {
  test('the cursor stops at every x once, published ones among them', () => {
    expect(lineStops(data)).toEqual([0, 0.028, 0.05, 0.1]);
    expect(lineStops({ series: [] })).toEqual([]);
  });

  test('an undefined point lifts the pen and is never drawn at zero', () => {
    const axis = lineAxis('linear', lineStops(data), box);
    expect(linePath(data.series[0], axis, place)).toBe('M0,10M100,50');
    expect(marksPath(data.series[0], 0, axis, place).match(/M/g)).toHaveLength(2);
  });

  test('a band is a closed area around its line, and breaks where an end is undefined', () => {
    const axis = lineAxis('linear', [0, 0.1], box);
    expect(bandPath(data.series[1], axis, place)).toBe('M0,10L100,30L100,50L0,30Z');
    const broken = { ...data.series[1], x: [0, 0.05, 0.1], low: [0.1, NaN, 0.1], high: [0.2, 0.2, 0.2] };
    expect(bandPath(broken, axis, place).match(/Z/g)).toHaveLength(2);
    expect(bandPath(data.series[0], axis, place)).toBe('');
  });

  test('a log axis gives zero a slot of its own left of a break and leaves negative values out', () => {
    const axis = lineAxis('log', [0, 0.01, 0.1, 1], box);
    expect(axis.at(0)).toBe(7);
    expect(axis.gap).toEqual([14, 28]);
    expect([axis.at(0.01), axis.at(0.1), axis.at(1)]).toEqual([28, 64, 100]);
    expect(axis.at(-1)).toBeNull();
    expect(axis.ticks).toEqual([0, 0.01, 0.1, 1]);
    const line = { id: 'l', name: 'l', tone: 'a' as const, x: [0, 0.01, 1], y: [1, 1, 0] };
    expect(linePath(line, axis, place)).toBe('M0,0h14M28,0L100,100');
    expect(lineAxis('log', [0.01, 1], box).gap).toBeNull();
  });

  test('a single x stands in the middle of either axis', () => {
    expect(lineAxis('linear', [3], box).at(3)).toBe(50);
    expect(lineAxis('log', [3], box).at(3)).toBeCloseTo(50, 10);
  });

  test('the y axis reaches around lines, bands, levels and published points, and is [0, 1] where there is nothing', () => {
    expect(lineDomain(data, options)).toEqual([0.4, 0.9]);
    const level = { ...data, levels: [{ y: -0.32, label: '' }] };
    expect(lineDomain(level, options)[0]).toBeLessThanOrEqual(-0.32);
    expect(lineDomain(data, { ...options, yDomain: [0, 2] })).toEqual([0, 2]);
    expect(lineDomain({ series: [] }, options)).toEqual([0, 1]);
    const [low, high] = lineDomain({ series: [{ ...data.series[0], y: [0.5, 0.5, 0.5] }] }, options);
    expect(low).toBeLessThan(0.5);
    expect(high).toBeGreaterThan(0.5);
  });

  test('labels at the ends need room; where they stand they never overlap', () => {
    expect(labelsAtEnds(data, 360)).toBe(false);
    expect(labelsAtEnds(data, 700)).toBe(true);
    expect(lineBox(data, 700).right).toBeLessThan(lineBox(data, 460).right + 240);
    const close = { series: data.series.map((line) => ({ ...line, y: [0.5, 0.5, 0.5] })) };
    const axis = lineAxis('linear', [0, 0.1], box);
    const [one, two] = lineEnds(close, axis, place, box).map(({ y }) => y);
    expect(Math.abs(one - two)).toBeGreaterThanOrEqual(15 - 1e-9);
  });
});

describe('words', () => {
  test('the table has every value: undefined as a dash, no point as an empty cell, bands and levels named', () => {
    const table = lineTable(data, options);
    expect(table.columns).toEqual(['Drift σ', 'base', 'instruct', 'Published']);
    expect(table.rows).toEqual([
      ['0', '0.900', '0.800 (0.700 to 0.900)', ''],
      ['0.028', '', '', '0.510 (published: AUC .51 (Fig. 2))'],
      ['0.05', '–', '', ''],
      ['0.1', '0.500', '0.600 (0.500 to 0.700)', ''],
    ]);
    expect(table.note).toBe('a level: 0.400.');
  });

  test('a reading names the lines that have a point there, and published values', () => {
    expect(lineReading(data, 0, options)).toBe('Drift σ 0: base 0.900, instruct 0.800 (0.700 to 0.900)');
    expect(lineReading(data, 0.028, options)).toBe('Drift σ 0.028: 0.510 (published: AUC .51 (Fig. 2))');
  });

  test('whole x are written as counts, others with three digits', () => {
    expect([formatX(7), formatX(1200), formatX(0.021428)]).toEqual(['7', '1,200', '0.0214']);
  });
});
