import { expect, test } from 'vitest';
import type { ComparisonReport } from '../../../../engine/analyses/compare.ts';
import { SYNTHETIC_PRESETS } from '../../../../data/syntheticPresets.ts';
import manifest from '../../../../../public/data/manifest.json';
import type { Catalogue } from '../../../../engine/api.ts';
import { DEFAULT_SPEC } from '../../../../spec/defaultSpec.ts';
import { comparisonSentence, flipSentences, sayDifference, sayP } from './comparisonWords.ts';
import { onSet, readyPairs, replacedDrift, updatesOf } from './readyPairs.ts';

const catalogue = { sets: manifest.sets, encoders: [], presets: SYNTHETIC_PRESETS } as unknown as Catalogue;

test('differences carry their sign and unit, and zero has none', () => {
  expect(sayDifference(-0.0731, 'share')).toBe('−7.3 points');
  expect(sayDifference(0.0412, 'decimal')).toBe('+0.041');
  expect(sayDifference(0.0001, 'decimal')).toBe('0.000');
  expect(sayDifference(null, 'decimal')).toBe('–');
  expect(sayDifference(12.34, 'degrees')).toBe('+12.3°');
});

test('a difference is rounded after subtracting', () => {
  expect(sayDifference(0.7994 - 0.8756, 'decimal')).toBe('−0.076');
  expect(sayDifference(0.85 - 0.7875, 'share')).toBe('+6.3 points');
});

test('flips are told with McNemar’s p', () => {
  const flips = { rows: 800, changed: 69, rightToWrong: 63, wrongToRight: 6, p: 1e-9 };
  const [first, second] = flipSentences({ ...flips, silentGained: 1, silentLost: 0, silentP: 1 });
  expect(first).toContain('63 from right to wrong, 6 from wrong to right (McNemar, exact: p < 0.0001)');
  expect(second).toContain('1 row became wrong and confident');
  expect(sayP(0.0264)).toBe('p = 0.026');
});

test('the sentence says which intervals hold 0 and whether rows are paired', () => {
  const number = (name: 'rocAuc' | 'accuracy' | 'meanConfidence', low: number, high: number) => ({
    name,
    a: 0.9,
    b: 0.8,
    difference: { value: -0.1, low, high, reason: null },
    method: null,
  });
  const report = {
    numbers: [number('rocAuc', -0.2, -0.05), number('accuracy', -0.2, 0.01), number('meanConfidence', -0.2, -0.1)],
    pairing: { paired: true, why: 'Paired: the same rows.' },
  } as unknown as ComparisonReport;
  expect(comparisonSentence(report)).toBe(
    'From A to B AUC differs by −0.100 (its interval leaves out 0), accuracy differs by −10.0 points (its interval holds 0), mean confidence differs by −10.0 points (its interval leaves out 0). Paired: the same rows.',
  );
});

test('the ready pairs are the two presets and a real update of the tweets, scored by one probe', () => {
  const [presets, update] = readyPairs(DEFAULT_SPEC, catalogue);
  expect([presets.a, presets.b].map(({ data }) => data.synthetic?.separation)).toEqual(
    SYNTHETIC_PRESETS.map(({ settings }) => settings.separation),
  );
  expect(update.a.drift).toMatchObject({ kind: 'model', to: 'int4-per-tensor', t: 0 });
  expect(update.b.drift).toMatchObject({ kind: 'model', to: 'int4-per-tensor', t: 1 });
  expect(update.a.data).toEqual(update.b.data);
  expect(update.title).toContain('4-bit weights, per tensor');
});

test('any update of the tweets can be chosen for the ready pair, and is named', () => {
  const offered = updatesOf(catalogue);
  expect(offered.map(({ id }) => id)).not.toContain('base');
  for (const { id, title, changed } of offered) {
    const pair = readyPairs(DEFAULT_SPEC, catalogue, id).find((candidate) => candidate.id === 'old-new');
    expect(pair?.b.drift.to).toBe(id);
    expect(pair?.title).toContain(title);
    expect(pair?.about).toContain(changed);
  }
});

test('a set that the catalogue does not have makes no pair, and a real update does not follow to another set', () => {
  expect(onSet(DEFAULT_SPEC, catalogue, 'nothing')).toBeNull();
  const updated = { ...DEFAULT_SPEC, drift: { ...DEFAULT_SPEC.drift, kind: 'model' as const, to: 'int8-per-channel' } };
  expect(onSet(updated, catalogue, 'prompts')?.drift).toMatchObject({ kind: 'gaussian', to: null });
});

test('says what takes the place of a real update on another set, and nothing where the drift is kept', () => {
  const update = { ...DEFAULT_SPEC.drift, kind: 'model' as const, to: 'int4-per-tensor', sigma: 0.05 };
  const spec = { ...DEFAULT_SPEC, drift: update };
  expect(replacedDrift(spec)).toContain('Gaussian noise of σ = 0.05 takes its place');
  expect(onSet(spec, catalogue, 'base-like')?.drift).toMatchObject({ kind: 'gaussian', sigma: 0.05, to: null });
  expect(replacedDrift(DEFAULT_SPEC)).toBeNull();
  expect(onSet(DEFAULT_SPEC, catalogue, 'base-like')?.drift).toEqual(DEFAULT_SPEC.drift);
});
