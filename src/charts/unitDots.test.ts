import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dotLegend, errorsSentence, errorsTable, unitCounts } from './highConfidenceErrorsWords.ts';
import { HEADLINE } from './testData.ts';
import { cellsPath, DOT_LIMIT, dotGrid, unitDots } from './unitDots.ts';

/** The cells whose centre lies inside a path of axis-parallel rectangles. */
function covered(path: string, columns: number, rows: number, cell: number): number[] {
  const rects = [...path.matchAll(/M([\d.]+),([\d.]+)H([\d.]+)v([\d.]+)H/g)].map((match) => match.slice(1).map(Number));
  return Array.from({ length: columns * rows }, (_, i) => i).filter((i) => {
    const [x, y] = [((i % columns) + 0.5) * cell, (Math.floor(i / columns) + 0.5) * cell];
    return rects.some(([left, top, right, height]) => x > left && x < right && y > top && y < top + height);
  });
}

test('up to a thousand rows each has a dot of its own', () => {
  expect(unitDots({ silent: 40, unsure: 60, right: 900 })).toEqual({
    rowsPerDot: 1,
    silent: 40,
    unsure: 60,
    right: 900,
  });
  expect(unitDots({ silent: 0, unsure: 0, right: 0 })).toEqual({ rowsPerDot: 1, silent: 0, unsure: 0, right: 0 });
});

test('above it dots stand for several rows, never more than the limit, and no error goes undrawn', () => {
  fc.assert(
    fc.property(fc.nat(3000), fc.nat(3000), fc.nat(1_000_000), (silent, unsure, right) => {
      const dots = unitDots({ silent, unsure, right });
      const n = silent + unsure + right;
      expect(dots.silent + dots.unsure + dots.right).toBe(Math.ceil(n / dots.rowsPerDot));
      expect(dots.silent + dots.unsure + dots.right).toBeLessThanOrEqual(DOT_LIMIT);
      expect(dots.silent > 0).toBe(silent > 0);
      expect(Math.min(dots.silent, dots.unsure, dots.right)).toBeGreaterThanOrEqual(0);
      expect(Math.abs(dots.silent * dots.rowsPerDot - silent)).toBeLessThan(dots.rowsPerDot);
    }),
  );
});

test('the outline of a run of cells covers exactly these cells', () => {
  fc.assert(
    fc.property(fc.nat(80), fc.nat(80), fc.integer({ min: 1, max: 12 }), (a, b, columns) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const rows = Math.ceil(81 / columns);
      const expected = Array.from({ length: to - from }, (_, i) => from + i);
      expect(covered(cellsPath(from, to, { columns, rows, cell: 10 }), columns, rows, 10)).toEqual(expected);
    }),
  );
});

test('the grid holds every dot within the width, with smaller cells where it would grow too tall', () => {
  const wide = dotGrid(1000, 800, 300);
  expect(wide.columns * wide.cell).toBeLessThanOrEqual(800);
  expect(wide.columns * wide.rows).toBeGreaterThanOrEqual(1000);
  const narrow = dotGrid(1000, 300, 300);
  expect(narrow.cell).toBeLessThan(wide.cell);
  expect(narrow.rows * narrow.cell).toBeLessThanOrEqual(300);
});

test('the sentence counts them among rows and errors, and says what it was before', () => {
  const clean = { headline: { ...HEADLINE, highConfidenceErrors: 12 } };
  expect(errorsSentence({ now: { headline: HEADLINE }, beside: clean }, { highConfidence: 0.9 })).toBe(
    '40 of 1,000 rows (4.0%) are wrong with confidence above 0.9; that is 40.0% of the 100 errors. On clean embeddings it was 12.',
  );
  const none = {
    ...HEADLINE,
    errors: 0,
    highConfidenceErrors: 0,
    silentFailureRate: null,
    highConfidenceErrorShare: 0,
  };
  expect(errorsSentence({ now: { headline: none }, beside: null }, { highConfidence: 0.9 })).toContain(
    'no errors at all',
  );
});

test('the three classes make up all rows', () => {
  expect(unitCounts(HEADLINE)).toEqual({ silent: 40, unsure: 60, right: 900 });
  expect(errorsTable({ now: { headline: HEADLINE }, beside: null }).rows.map((row) => row.slice(0, 3))).toEqual([
    ['Wrong and confident', '40', '4.0%'],
    ['Wrong but unsure', '60', '6.0%'],
    ['Right', '900', '90.0%'],
    ['All', '1,000', '100.0%'],
  ]);
});

test('the legend says when one mark is several rows', () => {
  expect(dotLegend(1)).toBe('One mark is one test row.');
  expect(dotLegend(20)).toContain('20 test rows');
});
