import { boolean, integer, nullable, number, oneOf, record, seed, subset, text, type Parser } from './parsers.ts';
import { PANEL_IDS, type ExperimentSpec, type MlpSpec } from './types.ts';

type Section = 'data' | 'split' | 'probe' | 'drift' | 'metrics' | 'view';
/** Sections that are written field by field; `data.synthetic` and `view.slice` are small objects of their own. */
export type FieldsOf<T> = { readonly [K in keyof T]: Field<T[K]> };

export interface Field<T> extends Parser<T> {
  readonly fallback: T;
}

const field = <T>(parser: Parser<T>, fallback: T): Field<T> => ({ ...parser, fallback });

const NAME = text(
  /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u,
  'a short name of letters, digits, dots, dashes or underscores',
);
const DIGEST = text(/^[0-9a-f]{16}$/, '16 lower-case hex digits');
const MLP: MlpSpec = {
  hidden: 32,
  learningRate: 0.003,
  batch: 128,
  epochs: 200,
  patience: 10,
  l2: 1e-4,
  seed: 42,
};
const ANY_TEXT = text(/^[^\p{Cc}]{0,200}$/u, 'a text of at most 200 characters');

/**
 * Every field of an ExperimentSpec with its parser and its default. The defaults belong to `v` = 1: changing one raises
 * `v`, so that a spec written today keeps its numbers.
 */
export const FIELDS: { readonly [S in Section]: FieldsOf<ExperimentSpec[S]> } = {
  data: {
    id: field(NAME, 'tweets'),
    version: field(NAME, 'base'),
    normalize: field(boolean, true),
    synthetic: field(
      nullable(
        record({
          rows: integer(20, 1_000_000),
          dims: integer(2, 8192),
          separation: number({ min: 0, max: 100 }),
          spectrum: number({ min: 0, max: 10 }),
          meanCosine: number({ min: 0, below: 1 }),
          seed,
        }),
      ),
      null,
    ),
    cone: field(nullable(record({ multiple: number({ above: 0, max: 1000 }), seed })), null),
    own: field(
      nullable(
        record({
          rows: integer(1, 100_000_000),
          dims: integer(1, 1_000_000),
          embeddings: DIGEST,
          labels: DIGEST,
          target: nullable(DIGEST),
        }),
      ),
      null,
    ),
  },
  split: {
    train: field(number({ above: 0, below: 1 }), 0.7),
    validation: field(number({ min: 0, below: 1 }), 0.1),
    test: field(number({ above: 0, below: 1 }), 0.2),
    stratified: field(boolean, true),
    seed: field(seed, 42),
  },
  probe: {
    kind: field(oneOf('logistic', 'mlp'), 'logistic'),
    C: field(number({ above: 0, max: 1e12 }), 1),
    standardize: field(boolean, true),
    classWeight: field(nullable(oneOf('balanced')), 'balanced'),
    mlp: field(
      record(
        {
          hidden: integer(1, 1024),
          learningRate: number({ above: 0, max: 10 }),
          batch: integer(1, 1_000_000),
          epochs: integer(1, 10_000),
          patience: integer(1, 10_000),
          l2: number({ min: 0, max: 1e6 }),
          seed,
        },
        MLP,
      ),
      MLP,
    ),
  },
  drift: {
    kind: field(oneOf('gaussian', 'directional', 'subspace', 'rotation', 'scaling', 'mean-shift', 'model'), 'gaussian'),
    units: field(oneOf('per-coordinate', 'total-norm'), 'per-coordinate'),
    direction: field(oneOf('random', 'along-probe', 'against-probe', 'class-mean', 'opposed'), 'random'),
    planes: field(nullable(integer(1, 1_000_000)), null),
    to: field(nullable(NAME), null),
    t: field(number({ min: 0, max: 1 }), 1),
    sigma: field(number({ min: 0, max: 1000 }), 0.02),
    seed: field(seed, 42),
    renormalize: field(boolean, true),
  },
  metrics: {
    threshold: field(number({ min: 0, max: 1 }), 0.5),
    highConfidence: field(number({ min: 0, max: 1 }), 0.8),
    bins: field(integer(1, 1000), 15),
    binning: field(oneOf('width', 'mass'), 'width'),
    closed: field(oneOf('right', 'left'), 'right'),
    target: field(oneOf('top-label', 'positive-class'), 'top-label'),
    confidence: field(oneOf('max', 'predicted'), 'max'),
  },
  view: {
    slice: field(nullable(record({ column: ANY_TEXT, value: ANY_TEXT })), null),
    panels: field(subset(PANEL_IDS), []),
  },
};

export const SECTIONS = Object.keys(FIELDS) as Section[];
