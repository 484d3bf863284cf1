import type { DriftSpec } from '../../spec/types.ts';

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
/** The largest amount that a spec can hold, and that any search for one looks at. */
export const MOST = 1000;

const shift = (id: string, label: string, direction: DriftSpec['direction']): Mechanism => ({
  ...{ id, label, largest: MOST, published: direction === 'random', needsMatrix: false },
  drift: { kind: 'directional', direction },
});

/**
 * Every mechanism of the lab for rows of `dims` dimensions, in order of what it costs: those that need a D × D matrix come
 * last. `versions` are the other encoder versions of the set.
 */
export function mechanismList(
  dims: number,
  versions: readonly { readonly id: string; readonly title: string }[],
): readonly Mechanism[] {
  const all = Math.floor(dims / 2);
  const cheap = { largest: MOST, needsMatrix: false };
  return [
    {
      ...{ id: 'noise-per-coordinate', label: 'Noise, σ per coordinate', ...cheap, published: true },
      drift: { kind: 'gaussian', units: 'per-coordinate' },
    },
    {
      ...{ id: 'noise-total-norm', label: 'Noise, σ as total length', ...cheap, published: false },
      drift: { kind: 'gaussian', units: 'total-norm' },
    },
    shift('random-direction', 'Common direction, random', 'random'),
    shift('along-probe', 'Along the probe', 'along-probe'),
    shift('against-probe', 'Against the probe', 'against-probe'),
    shift('class-mean', 'From class 0 to class 1', 'class-mean'),
    shift('opposed', 'Each class towards the other', 'opposed'),
    {
      ...{ id: 'mean-shift', label: 'Shift of the mean', ...cheap, published: false },
      drift: { kind: 'mean-shift' },
    },
    { ...{ id: 'scaling', label: 'Axis scaling', ...cheap, published: false }, drift: { kind: 'scaling' } },
    ...versions.map(({ id, title }) => ({
      ...{ id: `model:${id}`, label: `Real update: ${title}`, largest: 1, published: false, needsMatrix: false },
      drift: { kind: 'model' as const, to: id },
    })),
    ...(all > FEW_PLANES
      ? [
          {
            ...{ id: 'rotation-16', label: `Rotation in ${FEW_PLANES} of ${all} planes`, largest: Math.PI },
            ...{ published: false, needsMatrix: true, drift: { kind: 'rotation' as const, planes: FEW_PLANES } },
          },
        ]
      : []),
    {
      ...{ id: 'rotation', label: 'Rotation in all planes', largest: Math.PI, published: false, needsMatrix: true },
      drift: { kind: 'rotation', planes: null },
    },
    {
      ...{ id: 'subspace', label: 'Subspace mix (the paper’s)', largest: 1, published: true, needsMatrix: true },
      drift: { kind: 'subspace' },
    },
  ];
}
