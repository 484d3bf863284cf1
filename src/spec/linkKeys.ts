import { FIELDS, SECTIONS, type Field } from './fields.ts';
import type { ExperimentSpec } from './types.ts';

type Section = (typeof SECTIONS)[number];
type KeysOf<S extends Section> = { readonly [K in keyof ExperimentSpec[S]]: string };

/** How a link names each field. A name that was once in a link keeps its meaning; renaming one raises `v`. */
const NAMES: { readonly [S in Section]: KeysOf<S> } = {
  data: { id: 'data', version: 'version', normalize: 'normalize', synthetic: 'synthetic', cone: 'cone', own: 'own' },
  split: {
    train: 'train',
    validation: 'validation',
    test: 'test',
    stratified: 'stratified',
    seed: 'split-seed',
  },
  probe: { kind: 'probe', C: 'C', standardize: 'standardize', classWeight: 'class-weight', mlp: 'mlp' },
  drift: {
    kind: 'drift',
    units: 'units',
    direction: 'direction',
    planes: 'planes',
    to: 'to',
    t: 't',
    sigma: 'sigma',
    seed: 'seed',
    renormalize: 'renormalize',
  },
  metrics: {
    threshold: 'threshold',
    highConfidence: 'tau',
    bins: 'bins',
    binning: 'binning',
    closed: 'closed',
    target: 'target',
    confidence: 'confidence',
  },
  view: { slice: 'slice', panels: 'panels' },
};

export interface LinkField {
  /** Its name in a link. */
  readonly name: string;
  readonly section: Section;
  readonly key: string;
  readonly field: Field<unknown>;
}

/** Every field of a spec, in the order of the link: by name. */
export const LINK_FIELDS: readonly LinkField[] = SECTIONS.flatMap((section) =>
  Object.entries(NAMES[section]).map(([key, name]) => ({
    name: name as string,
    section,
    key,
    field: (FIELDS[section] as Record<string, Field<unknown>>)[key],
  })),
).sort((a, b) => (a.name < b.name ? -1 : 1));

export const LINK_FIELD_BY_NAME: ReadonlyMap<string, LinkField> = new Map(
  LINK_FIELDS.map((field) => [field.name, field]),
);
