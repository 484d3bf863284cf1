import { describe, expect, test } from 'vitest';
import type { BarChartData, BarChartOptions } from './barChartData.ts';
import { barDomain, bars } from './barGeometry.ts';
import { barReading, barTable } from './barWords.ts';

const box = { left: 0, top: 0, right: 200, bottom: 100 };
const options: BarChartOptions = { xTitle: 'Confidence', yTitle: 'Accuracy', decimals: 2 };
const data: BarChartData = {
  groups: ['.6–.8', '.8–1'],
  notes: ['n = 0', 'n = 40'],
  series: [
    { id: 'expected', name: 'expected', tone: 'a', values: [NaN, 0.9] },
    {
      id: 'actual',
      name: 'actual',
      tone: 'b',
      values: [NaN, 0.5],
      low: [NaN, 0.4],
      high: [NaN, 0.6],
      published: [NaN, 0.36],
    },
  ],
};

describe('bars', () => {
  const drawn = bars(data, box, [0, 1]);

  test('stand side by side within their group and never overlap', () => {
    const sorted = [...drawn].sort((a, b) => a.x - b.x);
    for (let i = 1; i < sorted.length; i += 1) {
      expect(sorted[i].x).toBeGreaterThanOrEqual(sorted[i - 1].x + sorted[i - 1].width);
    }
    expect(sorted.map(({ group }) => group)).toEqual([0, 0, 1, 1]);
    expect(Math.max(...sorted.slice(0, 2).map(({ x, width }) => x + width))).toBeLessThanOrEqual(100);
  });

  test('reach their value, and are left out where it is undefined', () => {
    expect(drawn.map(({ top }) => (top === null ? null : Math.round(top)))).toEqual([null, null, 10, 50]);
    expect(drawn[3].published).toBeCloseTo(64, 10);
    expect(drawn[3].whisker?.map(Math.round)).toEqual([60, 40]);
    expect(drawn[2].whisker).toBeNull();
  });

  test('the axis holds 0, every value and every published one', () => {
    expect(barDomain(data, options)).toEqual([0, 1]);
    const tall = { ...data, series: [{ ...data.series[0], published: [4.23, NaN] }] };
    expect(barDomain(tall, options)[1]).toBeGreaterThanOrEqual(4.23);
    const below = { ...data, series: [{ ...data.series[0], values: [-0.3, 0.2] }] };
    expect(barDomain(below, options)[0]).toBeLessThanOrEqual(-0.3);
    expect(barDomain({ groups: [], series: [] }, options)).toEqual([0, 1]);
    expect(barDomain(data, { ...options, yDomain: [0.5, 1] })).toEqual([0.5, 1]);
  });
});

describe('words', () => {
  test('the table has a row a group, undefined as a dash, published beside recomputed', () => {
    expect(barTable(data, options)).toEqual({
      columns: ['Confidence', 'Rows', 'expected', 'actual', 'actual, published'],
      rows: [
        ['.6–.8', 'n = 0', '–', '–', '–'],
        ['.8–1', 'n = 40', '0.90', '0.50 (0.40 to 0.60)', '0.36'],
      ],
    });
  });

  test('a reading names group, rows and values', () => {
    expect(barReading(data, 1, options)).toBe(
      '.8–1 (n = 40): expected 0.90, actual 0.50 (0.40 to 0.60) (published 0.36)',
    );
    expect(barReading(data, 0, options)).toBe('.6–.8 (n = 0): expected –, actual –');
  });
});
