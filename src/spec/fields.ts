import { boolean, integer, nullable, number, oneOf, seed, subset, text, type Parser } from './parsers.ts';
import { PANEL_IDS, type ExperimentSpec } from './types.ts';

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
const ANY_TEXT = text(/^[^\p{Cc}]{0,200}$/u, 'a text of at most 200 characters');

/** A nested object whose every key is a field; null stands for "not used". */
function record<T extends object>(fields: { readonly [K in keyof T]: Parser<T[K]> }): Parser<T> {
  const keys = Object.keys(fields) as (keyof T & string)[];
  return {
    parse: (value) => {
      const expected = `an object with ${keys.join(', ')}`;
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return { ok: false, expected };
      const stray = Object.keys(value).find((key) => !(keys as string[]).includes(key));
      if (stray !== undefined) return { ok: false, expected: `${expected}, and nothing named ${stray}` };
      const out: Partial<T> = {};
      for (const key of keys) {
        const parsed = fields[key].parse((value as Record<string, unknown>)[key]);
        if (!parsed.ok) return { ok: false, expected: `${expected}, where ${key} is ${parsed.expected}` };
        out[key] = parsed.value;
      }
      return { ok: true, value: out as T };
    },
    eq: (a, b) => keys.every((key) => fields[key].eq(a[key], b[key])),
  };
}

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
      record({
        hidden: integer(1, 1024),
        learningRate: number({ above: 0, max: 10 }),
        batch: integer(1, 1_000_000),
        epochs: integer(1, 10_000),
        patience: integer(1, 10_000),
        l2: number({ min: 0, max: 1e6 }),
        seed,
      }),
      { hidden: 32, learningRate: 0.003, batch: 128, epochs: 200, patience: 10, l2: 1e-4, seed: 42 },
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
