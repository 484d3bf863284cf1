import type { DriftSpec } from '../../spec/types.ts';
import { MECHANISM_NAMES, MOST, NAMED, type NamedMechanism } from './namedMechanisms.ts';

/** One way for embeddings to drift, as a row of the comparison. */
export interface Mechanism {
  readonly id: string;
  readonly label: string;
  /** What it sets in a DriftSpec; the amount is solved for. */
  readonly drift: Partial<DriftSpec>;
  /** The largest amount that is tried. */
  readonly largest: number;
  /** One of the three kinds of the paper: its eqs. 7, 8 and 9–11. */
  readonly published: boolean;
  /** Draws and factors a random D × D matrix, and for some multiplies every row by it. */
  readonly needsMatrix: boolean;
}

/** Planes of the rotation that leaves most of the space where it is. */
const FEW_PLANES = 16;

/** In order of what they cost: those that need a D × D matrix come last. */
const CHEAP = [
  'per-coordinate',
  'total-norm',
  'random-shift',
  'along-probe',
  'against-probe',
  'class-mean',
  'opposed',
  'mean-shift',
  'scaling',
] as const satisfies readonly NamedMechanism[];
const MATRIX = ['rotation', 'subspace'] as const satisfies readonly NamedMechanism[];
const PUBLISHED: ReadonlySet<NamedMechanism> = new Set(['per-coordinate', 'random-shift', 'subspace']);
/** The largest amount of what ends before {@link MOST}: half a turn, and the whole way into the subspace. */
const ENDS: { readonly [M in NamedMechanism]?: number } = { rotation: Math.PI, subspace: 1 };

const named = (id: NamedMechanism, needsMatrix: boolean): Mechanism => ({
  id,
  label: MECHANISM_NAMES[id],
  drift: NAMED[id],
  largest: ENDS[id] ?? MOST,
  published: PUBLISHED.has(id),
  needsMatrix,
});

/**
 * Every mechanism of the lab for rows of `dims` dimensions, in order of what it costs. `versions` are the other encoder
 * versions of the set.
 */
export function mechanismList(
  dims: number,
  versions: readonly { readonly id: string; readonly title: string }[],
): readonly Mechanism[] {
  const all = Math.floor(dims / 2);
  const few: Mechanism = {
    ...named('rotation', true),
    id: `rotation-${FEW_PLANES}`,
    label: `Rotation, ${FEW_PLANES} of ${all} planes`,
    drift: { kind: 'rotation', planes: FEW_PLANES },
  };
  return [
    ...CHEAP.map((id) => named(id, false)),
    ...versions.map(({ id, title }) => ({
      ...{ id: `model:${id}`, label: `Real update: ${title}`, largest: 1, published: false, needsMatrix: false },
      drift: { kind: 'model' as const, to: id },
    })),
    ...(all > FEW_PLANES ? [few] : []),
    ...MATRIX.map((id) => named(id, true)),
  ];
}
