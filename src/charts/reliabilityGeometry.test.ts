import { expect, test } from 'vitest';
import type { ReliabilityBin } from '../core/metrics/types.ts';
import { reliabilityBoxes, reliabilityDomain, reliabilityPaths } from './reliabilityGeometry.ts';
import { meansOf, reliabilityReading, reliabilitySentence, reliabilityTable } from './reliabilityWords.ts';
import { HEADLINE } from './testData.ts';

const empty = {
  count: 0,
  confidence: null,
  accuracy: null,
  low: null,
  high: null,
  consistencyLow: null,
  consistencyHigh: null,
};
const bins: readonly ReliabilityBin[] = [
  { lower: 0.5, upper: 0.75, ...empty },
  {
    lower: 0.75,
    upper: 1,
    count: 200,
    confidence: 0.9,
    accuracy: 0.6,
    low: 0.5,
    high: 0.7,
    consistencyLow: 0.85,
    consistencyHigh: 0.95,
  },
];
const boxes = {
  plot: { left: 0, top: 0, right: 100, bottom: 100 },
  strip: { left: 0, top: 110, right: 100, bottom: 150 },
};

test('a bin is drawn at its mean confidence: gap from the diagonal, dot, Wilson whisker, band across its width', () => {
  const paths = reliabilityPaths(bins, boxes);
  expect(paths.gaps).toBe('M80,10V40');
  expect(paths.whiskers).toBe('M77,50h6m-3,0V30m-3,0h6');
  expect(paths.points).toMatch(/^M75.5,40a/);
  expect(paths.band).toBe('M50,5H100V15H50Z');
  expect(paths.counts).toBe('M51,110H99V150H51Z');
  expect(paths.diagonal).toBe('M0,50L100,0');
});

test('an empty bin is a slot in the strip and nothing else, never a bar at zero', () => {
  const paths = reliabilityPaths([bins[0]], boxes);
  expect(paths.empty).toBe('M1,110H49V150H1Z');
  expect([paths.gaps, paths.points, paths.whiskers, paths.counts, paths.band]).toEqual(['', '', '', '', '']);
});

test('the axis starts at one half for confidences and at zero for probabilities of class 1', () => {
  expect(reliabilityDomain(bins)).toEqual([0.5, 1]);
  expect(reliabilityDomain([{ ...bins[0], lower: 0.1 }])).toEqual([0, 1]);
  expect(reliabilityDomain([])).toEqual([0, 1]);
});

test('plot and strip stand above each other inside the width', () => {
  for (const width of [240, 360, 900]) {
    const { plot, strip } = reliabilityBoxes(width);
    expect(plot.right).toBeLessThanOrEqual(width);
    expect(strip.top).toBeGreaterThan(plot.bottom);
    expect([strip.left, strip.right]).toEqual([plot.left, plot.right]);
  }
});

test('the sentence names the direction of the miscalibration, the worst bin and the empty bins', () => {
  expect(reliabilitySentence({ reliability: bins, headline: HEADLINE }, { target: 'top-label' })).toBe(
    'Mean confidence is 90.0% and accuracy 60.0%: the probe is overconfident by 30.0 points; ECE is 0.051. The largest gap is 30.0 points, in the bin from 0.75 to 1.00 (200 rows). 1 of 2 bins is empty. Dots: what was seen in a bin, with its 95% interval. Amber: the gap. Grey boxes: where 90% of calibrated probes would fall.',
  );
  expect(reliabilitySentence({ reliability: bins, headline: HEADLINE }, { target: 'positive-class' })).toContain(
    'the probe says class 1 too often by 30.0 points',
  );
  expect(reliabilitySentence({ reliability: [bins[0]], headline: HEADLINE }, { target: 'top-label' })).toBe(
    'No rows to bin.',
  );
});

test('means over bins are weighted by their counts', () => {
  const other = { ...bins[1], count: 600, confidence: 0.8, accuracy: 0.8 };
  expect(meansOf([...bins, other])?.said).toBeCloseTo(0.825, 12);
  expect(meansOf([...bins, other])?.seen).toBeCloseTo(0.75, 12);
});

test('the table marks an empty bin as empty and gives no number for it', () => {
  const { rows } = reliabilityTable({ reliability: bins, headline: HEADLINE }, { target: 'top-label' });
  expect(rows[0]).toEqual(['0.50 to 0.75', '0 (empty)', '–', '–', '–', '–', '–']);
  expect(rows[1]).toEqual(['0.75 to 1.00', '200', '90.0%', '60.0%', '+30.0', '50.0% to 70.0%', '85.0% to 95.0%']);
  expect(reliabilityReading(bins[0], 'top-label')).toBe('Bin 0.50 to 0.75: empty, no rows');
});
