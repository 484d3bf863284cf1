import type { SpecPatch } from '../../../../state/specStore.ts';
import { FIELDS } from '../../../../spec/fields.ts';
import type { ConeSpec, ExperimentSpec, NoiseUnits } from '../../../../spec/types.ts';

/** One stop of the walk: what it sets, and two or three sentences on what to look at. */
export interface WalkStep {
  readonly title: string;
  readonly patch: SpecPatch;
  readonly text: string;
}

const SEED = 42;

/** Everything that the walk stands on; a step changes the reading of σ, the cone or the scaler. */
function stop(units: NoiseUnits, cone: ConeSpec | null, scaled = true): SpecPatch {
  const { C, classWeight, kind } = FIELDS.probe;
  return {
    data: { id: 'tweets', version: 'base', normalize: true, synthetic: null, own: null, cone },
    probe: {
      kind: kind.fallback,
      C: C.fallback,
      standardize: scaled,
      classWeight: classWeight.fallback,
    },
    drift: { kind: 'gaussian', units, sigma: 0.02, seed: SEED, renormalize: true, to: null },
    view: { slice: null },
  };
}

/** Multiples whose cone has these mean cosines on `tweets base` with seed 42; a test solves them again. */
export const CONES = [
  { meanCosine: 0.9, multiple: 2.4427 },
  { meanCosine: 0.99, multiple: 8.2935 },
  { meanCosine: 0.999, multiple: 26.407 },
] as const;

const [WIDE, NARROW, NARROWEST] = CONES.map(({ multiple }): ConeSpec => ({ multiple, seed: SEED }));

export const STEPS: readonly WalkStep[] = [
  {
    title: 'One degree does nothing',
    patch: stop('total-norm', null),
    text:
      'Every row is pushed by noise of total length σ = .02, which turns it by about one degree: the drift that the paper ' +
      'describes. AUC, accuracy and confidence stay where they were.',
  },
  {
    title: 'The other reading of σ',
    patch: stop('per-coordinate', null),
    text:
      'Now σ = .02 is the noise of each of the 512 coordinates, so its total length is .02·√512 = .45 and rows turn by about ' +
      '24 degrees. AUC falls, and there is still no cliff; look at confidence, which does not fall.',
  },
  {
    title: 'Put the rows in a cone',
    patch: stop('per-coordinate', WIDE),
    text:
      'A common direction is added until the mean cosine between rows is .90, as in many language models. Without drift the ' +
      'probe is as good as before, but it lives on smaller differences now, and the same noise costs it more.',
  },
  {
    title: 'A narrower cone',
    patch: stop('per-coordinate', NARROW),
    text:
      'Mean cosine .99. The scaler stretches what is left of each coordinate to unit variance, and the noise with it: rows ' +
      'turn by the same 24 degrees, answers come close to chance, confidence rises.',
  },
  {
    title: 'The paper’s cliff',
    patch: stop('per-coordinate', NARROWEST),
    text:
      'Mean cosine .999. AUC is near ½ at σ = .02, as in the paper (.85 → .50), and nearly every error is silent. Confidence ' +
      'is not as in the paper: here it rises to nearly 1, where the paper’s falls from .85 to .73.',
  },
  {
    title: 'One degree, once more',
    patch: stop('total-norm', NARROWEST),
    text:
      'The same cone, and σ read as total length again: one degree, as in the paper’s words. AUC is far above ½, so this is ' +
      'no cliff; but what did nothing in the first step now costs about ten points of accuracy, and confidence does not fall.',
  },
  {
    title: 'The cliff without the scaler',
    patch: stop('per-coordinate', NARROWEST, false),
    text:
      'As the cliff of step 5, with Standardise switched off. AUC still falls far: the differences between the rows are as ' +
      'small as before, and the noise as large. But mean confidence is near ½, with drift and without, and no error is ' +
      'silent: the scaler does not make the ranking collapse, it makes the collapse confident.',
  },
];

/** What the walk has shown, said at its end. */
export const LESSON =
  'The collapse at σ = .02 took three things at once: noise read per coordinate, which is 24 degrees and not one; a very ' +
  'narrow cone; and a standardised (or weakly regularised) probe. Read as total length, σ = .02 is no cliff in any of these ' +
  'cones, though in the narrowest it costs accuracy. Without the scaler the ranking falls as well, but not in silence: the ' +
  'probe is never sure. Where confidence stays high, it says nothing about whether the probe still works.';

/** Whether the spec is still as a step set it; what a step does not set does not count. */
export function standsAt(spec: ExperimentSpec, { patch }: WalkStep): boolean {
  return Object.entries(patch).every(([section, values]) =>
    Object.entries(values as object).every(
      ([key, value]) =>
        JSON.stringify((spec[section as keyof SpecPatch] as unknown as Record<string, unknown>)[key]) ===
        JSON.stringify(value),
    ),
  );
}
