import { describe, expect, test } from 'vitest';
import type { MechanismRow, MechanismsReport } from '../../../../engine/analyses/mechanisms.ts';
import { ordered, spreadOf, spreadSentences } from './words.ts';

const row = (id: string, rocAuc: number, accuracy: number, status = 'matched', published = false) =>
  ({
    ...{ id, label: id, drift: {}, published, status, largest: null, reason: null },
    state: status === 'left-out' ? null : { amount: 1, displacement: 0.3, headline: { rocAuc, accuracy } },
  }) as unknown as MechanismRow;
const report = (...rows: MechanismRow[]) =>
  ({ rows, strength: 'displacement', target: 0.334 }) as unknown as MechanismsReport;

describe('the spread over mechanisms', () => {
  test('counts those at the wanted strength alone', () => {
    const rows = [row('a', 0.9, 0.8), row('b', 0.85, 0.6), row('c', 0.2, 0.2, 'short'), row('d', 0, 0, 'left-out')];
    expect(spreadOf(rows, 'rocAuc')).toEqual({ low: 0.85, high: 0.9, lowest: 'b', highest: 'a', count: 2 });
    expect(spreadOf(rows.slice(0, 1), 'rocAuc')).toBeNull();
  });

  test('decides on the claim of invariance', () => {
    const says = (...rows: MechanismRow[]) => spreadSentences(report(...rows)).join(' ');
    expect(says(row('a', 0.9, 0.8), row('b', 0.88, 0.79))).toContain(') holds here');
    expect(says(row('a', 0.9, 0.8), row('b', 0.88, 0.6))).toContain('holds for AUC and not for accuracy');
    expect(says(row('a', 0.9, 0.8), row('b', 0.7, 0.8))).toContain('does not hold');
    const apart = says(row('a', 0.9, 0.8), row('b', 0.88, 0.79), row('opposed', 0, 0));
    expect(apart).toContain(') holds here');
    expect(apart).toContain('gives 0.000 and 0.000');
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
