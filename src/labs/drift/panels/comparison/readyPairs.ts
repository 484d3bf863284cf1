import type { Catalogue } from '../../../../engine/api.ts';
import type { ExperimentSpec } from '../../../../spec/types.ts';

/** Two states to put side by side: A is pinned, B is edited. */
export interface ReadyPair {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly a: ExperimentSpec;
  readonly b: ExperimentSpec;
}

/** The present settings on another set, all of its test rows. */
export function onSet(spec: ExperimentSpec, catalogue: Catalogue, id: string): ExperimentSpec | null {
  const set = catalogue.sets.find((candidate) => candidate.id === id);
  const preset = catalogue.presets.find((candidate) => candidate.id === id);
  const view = { ...spec.view, slice: null };
  // A real update belongs to the set that has that version.
  const drift =
    spec.drift.kind === 'model' ? { ...spec.drift, kind: 'gaussian' as const, to: null } : { ...spec.drift, to: null };
  if (set) {
    return { ...spec, view, drift, data: { ...spec.data, id, version: set.defaultVersion, synthetic: null } };
  }
  if (!preset) return null;
  const data = { ...spec.data, id: 'synthetic', version: 'base', synthetic: { ...preset.settings } };
  return { ...spec, view, drift, data };
}

/** The pairs that the catalogue has the data for. */
export function readyPairs(spec: ExperimentSpec, catalogue: Catalogue): ReadyPair[] {
  const pairs: ReadyPair[] = [];
  const [base, instruct] = [onSet(spec, catalogue, 'base-like'), onSet(spec, catalogue, 'instruct-like')];
  if (base && instruct) {
    pairs.push({
      id: 'base-instruct',
      title: 'Base-like against instruct-like',
      about:
        'Two synthetic sets (10,000 rows × 896) whose Fisher values stand as published, 4.23 : 3.12. Generated numbers, not language models.',
      a: base,
      b: instruct,
    });
  }
  const tweets = onSet(spec, catalogue, 'tweets');
  const version = catalogue.sets.find(({ id }) => id === 'tweets')?.versions.find(({ id }) => id === 'int4-per-tensor');
  if (tweets && version) {
    const update = { ...tweets.drift, kind: 'model' as const, to: version.id };
    pairs.push({
      id: 'old-new',
      title: 'Old against new model',
      about:
        'The probe on the tweets it was made for, against the same probe when the encoder’s weights have been rounded to 4 bits.',
      a: { ...tweets, drift: { ...update, t: 0 } },
      b: { ...tweets, drift: { ...update, t: 1 } },
    });
  }
  return pairs;
}
