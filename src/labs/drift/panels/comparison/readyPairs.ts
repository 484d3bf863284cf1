import { formatSigma } from '../../../../charts/format.ts';
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

/** What {@link onSet} puts in place of the present drift, said before a person presses; null where it keeps it. */
export function replacedDrift({ drift }: ExperimentSpec): string | null {
  return drift.kind === 'model'
    ? `The present drift is a real update, which belongs to its own set: Gaussian noise of σ = ${formatSigma(drift.sigma)} takes its place here.`
    : null;
}

/** The present settings on another set, all of its test rows; {@link replacedDrift} says where the drift is not kept. */
export function onSet(spec: ExperimentSpec, catalogue: Catalogue, id: string): ExperimentSpec | null {
  const set = catalogue.sets.find((candidate) => candidate.id === id);
  const preset = catalogue.presets.find((candidate) => candidate.id === id);
  const view = { ...spec.view, slice: null };
  const drift =
    spec.drift.kind === 'model' ? { ...spec.drift, kind: 'gaussian' as const, to: null } : { ...spec.drift, to: null };
  if (set) {
    return {
      ...spec,
      view,
      drift,
      data: { ...spec.data, id, version: set.defaultVersion, synthetic: null, own: null },
    };
  }
  if (!preset) return null;
  const data = { ...spec.data, id: 'synthetic', version: 'base', synthetic: { ...preset.settings }, own: null };
  return { ...spec, view, drift, data };
}

/** The pairs that the catalogue has the data for; `wanted` is the update of the encoder to show. */
export function readyPairs(spec: ExperimentSpec, catalogue: Catalogue, wanted: string = FIRST_UPDATE): ReadyPair[] {
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
  const [update] = updatesOf(catalogue).filter(({ id }) => id === wanted);
  const tweets = onSet(spec, catalogue, UPDATED);
  if (tweets && update) {
    const drift = { ...tweets.drift, kind: 'model' as const, to: update.id };
    pairs.push({
      id: 'old-new',
      title: `Old against new model: ${update.title}`,
      about: `The probe on the tweets it was made for, against the same probe when the encoder is updated. ${update.changed}`,
      a: { ...tweets, drift: { ...drift, t: 0 } },
      b: { ...tweets, drift: { ...drift, t: 1 } },
    });
  }
  return pairs;
}

/** The set whose encoder is updated in the ready pair. */
const UPDATED = 'tweets';

/** The update shown first: a crude one, whose harm nobody can miss. */
export const FIRST_UPDATE = 'int4-per-tensor';

/** Every update of the encoder of the tweets that a ready pair can show. */
export function updatesOf({ sets }: Catalogue): Catalogue['sets'][number]['versions'] {
  const set = sets.find(({ id }) => id === UPDATED);
  return set?.versions.filter(({ id }) => id !== set.defaultVersion) ?? [];
}
