import { describe, expect, test } from 'vitest';
import type { MechanismRow, MechanismsReport } from '../../../../engine/analyses/mechanisms.ts';
import { ordered, spreadOf, spreadSentences } from './words.ts';

const row = (id: string, rocAuc: number, accuracy: number, status = 'matched', published = false) =>
  ({
    ...{ id, label: id, drift: {}, published, status, largest: null, reason: null },
    state: status === 'left-out' ? null : { amount: 1, displacement: 0.3, headline: { rocAuc, accuracy } },
  }) as unknown as MechanismRow;
const reportFrom = (clean: number | null, ...rows: MechanismRow[]) =>
  ({
    ...{ rows, strength: 'displacement', target: 0.334 },
    clean: { amount: 0, displacement: 0, headline: { rocAuc: clean } },
  }) as unknown as MechanismsReport;

describe('the spread over mechanisms', () => {
  test('counts those at the wanted strength alone', () => {
    const rows = [row('a', 0.9, 0.8), row('b', 0.85, 0.6), row('c', 0.2, 0.2, 'short'), row('d', 0, 0, 'left-out')];
    expect(spreadOf(rows, 'rocAuc')).toEqual({ low: 0.85, high: 0.9, lowest: 'b', highest: 'a', count: 2 });
    expect(spreadOf(rows.slice(0, 1), 'rocAuc')).toBeNull();
  });

  const says = (clean: number | null, ...rows: MechanismRow[]) => spreadSentences(reportFrom(clean, ...rows)).join(' ');

  test('decides on the claim of invariance where AUC has fallen', () => {
    expect(says(0.9, row('a', 0.55, 0.8), row('b', 0.53, 0.79))).toContain(') holds here:');
    expect(says(0.9, row('a', 0.55, 0.8), row('b', 0.53, 0.6))).toContain('holds here for AUC and not for accuracy');
    expect(says(0.9, row('a', 0.9, 0.8), row('b', 0.7, 0.8))).toContain('does not hold here');
    const apart = says(0.9, row('a', 0.55, 0.8), row('b', 0.53, 0.79), row('opposed', 0, 0));
    expect(apart).toContain(') holds here:');
    expect(apart).toContain('gives 0.000 and 0.000');
  });

  test('leads with the level, beside the published one', () => {
    const level = (...rows: MechanismRow[]) => spreadSentences(reportFrom(0.942, ...rows))[0];
    expect(level(row('a', 0.942, 0.8), row('b', 0.856, 0.6), row('opposed', 0, 0))).toBe(
      'AUC stays at 0.856 to 0.942 for all 2 mechanisms that do not read the labels (0.942 without drift), ' +
        'nowhere near the published 0.46 to 0.52 at this strength.',
    );
    expect(level(row('a', 0.9, 0.8), row('b', 0.6, 0.6))).toContain('above the published');
    expect(level(row('a', 0.9, 0.8), row('b', 0.5, 0.6))).toContain('not every one falls to the published');
    expect(level(row('a', 0.51, 0.8), row('b', 0.5, 0.6))).toContain('as low as the published');
  });

  test('does not call it invariance that nothing has fallen', () => {
    const untouched = says(0.9, row('a', 0.9, 0.8), row('b', 0.899, 0.8));
    expect(untouched).toContain('too little drift to tell: AUC without drift is 0.900');
    expect(untouched).not.toContain('hold');
    expect(says(0.9, row('a', 0.79, 0.8), row('b', 0.785, 0.8))).toContain('too little drift');
    expect(says(0.9, row('a', 0.79, 0.8), row('b', 0.775, 0.8))).toContain('holds here');
    expect(says(null, row('a', 0.5, 0.8), row('b', 0.5, 0.8))).toContain('too little drift');
    // Only what reads the labels has taken anything: that decides nothing.
    expect(says(0.9, row('a', 0.9, 0.8), row('b', 0.9, 0.8), row('opposed', 0, 0))).toContain('too little drift');
  });
});

describe('the order of the table', () => {
  test('is by the column asked for, with rows without numbers last', () => {
    const rows = [row('a', 0.9, 0.8), row('d', 0, 0, 'left-out'), row('b', 0.85, 0.6)];
    const ids = (descending: boolean) => ordered(rows, { column: 'rocAuc', descending }).map(({ id }) => id);
    expect(ids(false)).toEqual(['b', 'a', 'd']);
    expect(ids(true)).toEqual(['a', 'b', 'd']);
    expect(ordered(rows, null)).toBe(rows);
    expect(ordered(rows, { column: 'mechanism', descending: true }).map(({ id }) => id)).toEqual(['d', 'b', 'a']);
  });
});
