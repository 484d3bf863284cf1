import { expect, test } from 'vitest';
import { DEFAULT_SPEC } from '../../spec/defaultSpec.ts';
import { applyPatch, type SpecPatch } from '../../state/specStore.ts';
import { describeDifference, describeState } from './describeDifference.ts';

const titles = {
  set: (id: string) => (id === 'tweets' ? 'Tweets' : id),
  version: (_: string, id: string) => (id === 'base' ? 'the shipped encoder' : id),
};
const changed = (patch: SpecPatch) => applyPatch(DEFAULT_SPEC, patch);
const tweets = changed({ data: { id: 'tweets', version: 'base', synthetic: null } });

test('nothing differs between a state and itself, nor by what is open on screen', () => {
  expect(describeDifference(DEFAULT_SPEC, changed({ view: { panels: ['walk'] } }))).toEqual([]);
});

test('every changed setting is named in plain words with both values', () => {
  const b = applyPatch(tweets, { drift: { sigma: 0.1 }, probe: { C: 10, standardize: !tweets.probe.standardize } });
  const differences = describeDifference(tweets, b, titles);
  expect(differences.map(({ field }) => field)).toEqual(['C', 'features standardised', 'σ']);
  expect(differences[2]).toEqual({ field: 'σ', a: '0.02', b: '0.1' });
});

test('a setting that only one of them has is a dash in the other', () => {
  const a = applyPatch(tweets, { drift: { kind: 'gaussian' } });
  const b = applyPatch(tweets, { drift: { kind: 'model', to: 'int4-per-tensor', t: 1 } });
  const byField = new Map(describeDifference(a, b, titles).map((difference) => [difference.field, difference]));
  expect(byField.get('drift')).toEqual({ field: 'drift', a: 'Gaussian noise', b: 'Real model update' });
  expect(byField.get('new encoder')).toEqual({ field: 'new encoder', a: '–', b: 'int4-per-tensor' });
  expect(byField.get('σ')).toMatchObject({ a: '0.02', b: '–' });
});

test('settings that a kind of drift does not read make no difference', () => {
  const a = applyPatch(tweets, { drift: { kind: 'rotation', units: 'per-coordinate' } });
  expect(describeDifference(a, applyPatch(a, { drift: { units: 'total-norm', direction: 'opposed' } }))).toEqual([]);
});

test('a state is told in one line', () => {
  const noisy = applyPatch(tweets, { drift: { kind: 'gaussian', units: 'per-coordinate', sigma: 0.02 } });
  expect(describeState(noisy, titles)).toBe('Tweets, the shipped encoder, Gaussian noise per coordinate, σ = 0.02');
  const updated = applyPatch(tweets, { drift: { kind: 'model', to: 'int4-per-tensor', t: 0.5 } });
  expect(describeState(updated, titles)).toBe(
    'Tweets, the shipped encoder, probe scored on int4-per-tensor, 0.5 of the way',
  );
});
