import { expect, test } from 'vitest';
import { histogramBox, histogramPaths, histogramScale, histogramTicks } from './histogramGeometry.ts';
import { histogramReading, histogramSentence, histogramTable } from './histogramWords.ts';
import { HEADLINE } from './testData.ts';

const histogram = {
  edges: Float64Array.of(0.5, 0.75, 1),
  right: Uint32Array.of(0, 100),
  wrong: Uint32Array.of(20, 100),
};
const box = { left: 0, top: 0, right: 100, bottom: 200 };

test('a wrong answer is as tall as a right one', () => {
  const scale = histogramScale(histogram, box);
  expect(scale.zero).toBe(100);
  expect(scale.zero - scale.y(50)).toBe(scale.y(-50) - scale.zero);
});

test('right answers go up, wrong ones down, and an empty bin has no bar', () => {
  const paths = histogramPaths(histogram, histogramScale(histogram, box), 1);
  expect(paths.right).toBe('M51,100H99V0H51Z');
  expect(paths.unsure).toBe('M1,100H49V120H1ZM51,100H99V200H51Z');
  expect(paths.silent).toBe('');
});

test('a wrong bin that tau cuts is split exactly at tau', () => {
  const paths = histogramPaths(histogram, histogramScale(histogram, box), 0.9);
  expect(paths.unsure).toBe('M1,100H49V120H1ZM51,100H80V200H51Z');
  expect(paths.silent).toBe('M80,100H99V200H80Z');
});

test('a bar of few rows among many is still one pixel tall', () => {
  const rare = { edges: histogram.edges, right: Uint32Array.of(0, 100_000), wrong: Uint32Array.of(1, 0) };
  const scale = histogramScale(rare, box);
  expect(histogramPaths(rare, scale, 0.6).unsure).toContain(`V${Math.round((scale.zero + 1) * 100) / 100}`);
});

test('ticks hold zero, stay in the scale and have one step', () => {
  const scale = histogramScale({ ...histogram, right: Uint32Array.of(0, 6843), wrong: Uint32Array.of(3, 3021) }, box);
  const ticks = histogramTicks(scale);
  expect(ticks).toContain(0);
  expect(ticks[0]).toBeGreaterThanOrEqual(-scale.down);
  expect(ticks[ticks.length - 1]).toBeLessThanOrEqual(scale.up);
  expect(new Set(ticks.slice(1).map((tick, i) => tick - ticks[i])).size).toBe(1);
});

test('the box stays inside the width', () => {
  for (const width of [240, 360, 1200]) expect(histogramBox(width).right).toBeLessThanOrEqual(width);
});

test('the sentence counts silent failures among errors, and wrong rows among confident ones', () => {
  expect(histogramSentence({ histogram, headline: HEADLINE }, { highConfidence: 0.9 })).toBe(
    '40 of 100 errors (40.0%) have confidence above τ = 0.9: they are silent failures. 80.0% of all rows are above τ; 5.0% of those are wrong.',
  );
  const none = { ...HEADLINE, errors: 0, highConfidenceErrors: 0, silentFailureRate: null };
  expect(histogramSentence({ histogram, headline: none }, { highConfidence: 0.9 })).toBe(
    'No errors among 1,000 rows, so none is silent.',
  );
  const calm = { ...HEADLINE, highConfidenceErrors: 0 };
  expect(histogramSentence({ histogram, headline: calm }, { highConfidence: 0.9 })).toContain('so none is silent');
  const unsure = { ...HEADLINE, confident: 0, wrongGivenConfident: null };
  expect(histogramSentence({ histogram, headline: unsure }, { highConfidence: 0.99 })).toContain('No row is confident');
});

test('the table gives counts and the share wrong of each bin', () => {
  expect(histogramTable({ histogram, headline: HEADLINE }).rows).toEqual([
    ['0.500 to 0.750', '0', '20', '100.0%'],
    ['0.750 to 1.000', '100', '100', '50.0%'],
  ]);
  expect(histogramReading({ histogram, headline: HEADLINE }, 1)).toBe(
    'Confidence 0.750 to 1.000: 100 right, 100 wrong',
  );
});
