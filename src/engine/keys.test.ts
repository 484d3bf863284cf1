import { describe, expect, test } from 'vitest';
import { DEFAULT_SPEC } from '../spec/defaultSpec.ts';
import type { DriftSpec, ExperimentSpec } from '../spec/types.ts';
import {
  amountOf,
  besideKey,
  componentsKey,
  preparationKey,
  probeKey,
  resultKey,
  seededKey,
  settingsKey,
} from './keys.ts';

const drift = (change: Partial<DriftSpec>): ExperimentSpec => ({
  ...DEFAULT_SPEC,
  drift: { ...DEFAULT_SPEC.drift, ...change },
});
const { data, split, probe, metrics, view } = DEFAULT_SPEC;

/** A change of the default spec, and which keys it changes: preparation, settings, result. */
const CHANGES: readonly [string, ExperimentSpec, boolean, boolean, boolean][] = [
  ['the data', { ...DEFAULT_SPEC, data: { ...data, version: 'int8' } }, true, true, true],
  ['whether rows are normalised', { ...DEFAULT_SPEC, data: { ...data, normalize: false } }, true, true, true],
  ['the split', { ...DEFAULT_SPEC, split: { ...split, seed: 7 } }, true, true, true],
  ['C of a linear probe', { ...DEFAULT_SPEC, probe: { ...probe, C: 3 } }, true, true, true],
  [
    'settings of a network, where the probe is linear',
    { ...DEFAULT_SPEC, probe: { ...probe, mlp: { ...probe.mlp, hidden: 5 } } },
    false,
    false,
    false,
  ],
  ['the kind of drift', drift({ kind: 'scaling' }), true, true, true],
  ['the drift seed of noise', drift({ seed: 9 }), true, true, true],
  ['what σ measures', drift({ units: 'total-norm' }), true, true, true],
  ['renormalising', drift({ renormalize: false }), true, true, true],
  ['the direction, which noise does not read', drift({ direction: 'opposed' }), false, false, false],
  ['planes, which noise does not read', drift({ planes: 3 }), false, false, false],
  ['σ', drift({ sigma: 0.3 }), false, false, true],
  ['t, which noise does not read', drift({ t: 0.5 }), false, false, false],
  ['a metric', { ...DEFAULT_SPEC, metrics: { ...metrics, bins: 20 } }, false, true, true],
  ['the slice', { ...DEFAULT_SPEC, view: { ...view, slice: { column: 'a', value: 'b' } } }, false, true, true],
  ['which panels are open', { ...DEFAULT_SPEC, view: { ...view, panels: ['geometry'] } }, false, false, false],
];

describe('keys of a spec', () => {
  test.each(CHANGES)('%s', (_, changed, preparation, settings, result) => {
    expect(preparationKey(changed) !== preparationKey(DEFAULT_SPEC)).toBe(preparation);
    expect(settingsKey(changed) !== settingsKey(DEFAULT_SPEC)).toBe(settings);
    expect(resultKey(changed) !== resultKey(DEFAULT_SPEC)).toBe(result);
  });

  test('an update of the encoder moves by t, everything else by σ', () => {
    const update = drift({ kind: 'model', to: 'int8', t: 0.4, sigma: 7 });
    expect(amountOf(update.drift)).toBe(0.4);
    expect(amountOf(drift({ sigma: 0.3 }).drift)).toBe(0.3);
    const at = (change: Partial<DriftSpec>) => resultKey({ ...update, drift: { ...update.drift, ...change } });
    expect(at({ sigma: 1 })).toBe(at({}));
    expect(at({ t: 0.5 })).not.toBe(at({}));
  });

  test('a seed counts where numbers are drawn, and only there', () => {
    const reads = (change: Partial<DriftSpec>) => 'seed' in componentsKey({ ...DEFAULT_SPEC.drift, ...change });
    for (const kind of ['gaussian', 'subspace', 'rotation', 'scaling'] as const) expect(reads({ kind })).toBe(true);
    for (const kind of ['mean-shift', 'model'] as const) expect(reads({ kind })).toBe(false);
    expect(reads({ kind: 'directional', direction: 'random' })).toBe(true);
    expect(reads({ kind: 'directional', direction: 'opposed' })).toBe(false);
  });

  test('a network reads its settings and not C', () => {
    const mlp = { ...probe, kind: 'mlp' as const };
    expect(probeKey({ ...mlp, C: 9 })).toEqual(probeKey(mlp));
    expect(probeKey({ ...mlp, mlp: { ...mlp.mlp, hidden: 5 } })).not.toEqual(probeKey(mlp));
  });
});

test('what draws from the drift’s seed by itself is another at another seed, whatever the kind draws', () => {
  const [one, two] = [drift({ kind: 'mean-shift', seed: 1 }), drift({ kind: 'mean-shift', seed: 2 })];
  expect(resultKey(one)).toBe(resultKey(two));
  expect(seededKey(one)).not.toBe(seededKey(two));
  expect(seededKey(one)).toBe(seededKey({ ...one, probe: { ...probe, mlp: { ...probe.mlp, hidden: 5 } } }));
});

test('what fits a linear probe beside a network is another at another C', () => {
  const network = (C: number): ExperimentSpec => ({ ...DEFAULT_SPEC, probe: { ...probe, kind: 'mlp', C } });
  expect(settingsKey(network(1))).toBe(settingsKey(network(2)));
  expect(besideKey(network(1))).not.toBe(besideKey(network(2)));
});
