import { describe, expect, test } from 'vitest';
import { costSentence, turnLines } from './certifiedWords.ts';

const outcomes = (worst: number | null, random: number | null, opposed: number | null) => ({
  worst: { accuracy: worst, rocAuc: worst },
  random: { accuracy: random, rocAuc: random },
  opposed: { accuracy: opposed, rocAuc: opposed },
});

describe('the certified angles in words', () => {
  test('say what the same angle costs by chance and at worst', () => {
    const said = costSentence(1.146, outcomes(0.816, 0.816, 0.816), outcomes(0.007, 0.815, 0.02));
    expect(said).toMatch(/^A random turn of 1\.15° costs 0\.001 AUC \(0\.816 to 0\.815\)/);
    expect(said).toMatch(/the worst turn of 1\.15° costs 0\.809 AUC/);
    expect(costSentence(0, outcomes(0.8, 0.8, 0.8), null)).toMatch(/no row turns/);
    expect(costSentence(null, outcomes(0.8, 0.8, 0.8), null)).toMatch(/No row has an angle/);
    expect(costSentence(95, outcomes(0.8, 0.8, 0.8), outcomes(0, null, null))).toMatch(/does not turn rows as far/);
  });

  test('mark where the rows are now only within the axis', () => {
    const curves = { worst: Float64Array.of(1, 0), opposed: Float64Array.of(1, 0), random: Float64Array.of(1, 0.5) };
    const ids = (now: number | null) => turnLines(Float64Array.of(0, 90), curves, now).series.map(({ id }) => id);
    expect(ids(3)).toEqual(['random', 'opposed', 'worst', 'now']);
    expect(ids(null)).toHaveLength(3);
    expect(ids(120)).toHaveLength(3);
  });
});
