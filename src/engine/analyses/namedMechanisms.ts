import type { DriftSpec } from '../../spec/types.ts';

/** The named mechanisms: what each sets of the drift. */
export const NAMED = {
  'per-coordinate': { kind: 'gaussian', units: 'per-coordinate' },
  'total-norm': { kind: 'gaussian', units: 'total-norm' },
  'random-shift': { kind: 'directional', direction: 'random' },
  'along-probe': { kind: 'directional', direction: 'along-probe' },
  'against-probe': { kind: 'directional', direction: 'against-probe' },
  opposed: { kind: 'directional', direction: 'opposed' },
  'class-mean': { kind: 'directional', direction: 'class-mean' },
  'mean-shift': { kind: 'mean-shift' },
  subspace: { kind: 'subspace' },
  rotation: { kind: 'rotation', planes: null },
  scaling: { kind: 'scaling' },
} as const satisfies { readonly [id: string]: Partial<DriftSpec> };

export type NamedMechanism = keyof typeof NAMED;

/** What each is called, in every panel. */
export const MECHANISM_NAMES: { readonly [M in NamedMechanism]: string } = {
  'per-coordinate': 'Noise, σ per coordinate',
  'total-norm': 'Noise, σ as total length',
  'random-shift': 'Common shift, random direction',
  'along-probe': 'Common shift along the probe',
  'against-probe': 'Common shift against the probe',
  opposed: 'Each class towards the other',
  'class-mean': 'Common shift, class 0 to class 1',
  'mean-shift': 'Common shift along the mean',
  subspace: 'Subspace mix',
  rotation: 'Rotation, all planes',
  scaling: 'Axis scaling',
};

/** The largest amount that a spec can hold, and that any search for one looks at. */
export const MOST = 1000;

/** Of the temperature that stands beside them: it is no drift of rows, so σ does not set it. */
export const TEMPERATURE = 2;
