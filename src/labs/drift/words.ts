import type { Option } from '../fields/SelectField.tsx';
import type { DriftKind, DriftSpec, NoiseUnits, ShiftDirection } from '../../spec/types.ts';

/** What people read about each kind of drift. */
interface KindWords {
  readonly label: string;
  readonly hint: string;
  /** What σ = 1 would be. */
  readonly sigma: string;
  /** Name of the slider. */
  readonly slider: string;
}

export const KINDS: { readonly [K in DriftKind]: KindWords } = {
  gaussian: {
    label: 'Gaussian noise',
    hint: 'Every row gets its own random push: a simple stand-in for quantisation. Measured updates turn rows partly together. Paper, eq. 7.',
    sigma: 'standard deviation of the noise',
    slider: 'drift σ',
  },
  directional: {
    label: 'Common direction',
    hint: 'Every row moves the same way, as fine-tuning to a new domain would do. Paper, eq. 8.',
    sigma: 'length of the shift, in units of the row’s length',
    slider: 'drift σ',
  },
  subspace: {
    label: 'Subspace mix (as the paper writes it)',
    hint: 'cos θ·x + sin θ·Qx with θ = σ·π/2 and Q a random orthogonal matrix. The paper calls it a rotation; the sum is not one. Eqs. 9–11.',
    sigma: 'share of a right angle: θ = σ·90°',
    slider: 'drift σ',
  },
  rotation: {
    label: 'Rotation (true)',
    hint: 'All rows turn by the same angle in random planes; lengths and mutual angles stay.',
    sigma: 'angle in radians',
    slider: 'angle σ (radians)',
  },
  scaling: {
    label: 'Axis scaling',
    hint: 'Each coordinate is stretched by its own random factor 1 + σg.',
    sigma: 'standard deviation of the factors',
    slider: 'spread σ of the factors',
  },
  'mean-shift': {
    label: 'Shift of the mean',
    hint: 'Rows move along their own mean direction: the cone they live in tightens.',
    sigma: 'length of the shift, in units of the row’s length',
    slider: 'length σ of the shift',
  },
  model: {
    label: 'Real model update',
    hint: 'The same rows from another version of the encoder. No σ: this is measured drift.',
    sigma: '',
    slider: '',
  },
};

export const KIND_OPTIONS: readonly Option<DriftKind>[] = (Object.keys(KINDS) as DriftKind[]).map((value) => ({
  value,
  label: KINDS[value].label,
}));

export const UNIT_OPTIONS: readonly Option<NoiseUnits>[] = [
  { value: 'per-coordinate', label: 'σ per coordinate' },
  { value: 'total-norm', label: 'σ as total length' },
];

export const DIRECTION_OPTIONS: readonly Option<ShiftDirection>[] = [
  { value: 'random', label: 'A random direction' },
  { value: 'along-probe', label: 'Along the probe (towards class 1)' },
  { value: 'against-probe', label: 'Against the probe (towards class 0)' },
  { value: 'class-mean', label: 'From class 0 to class 1 (difference of means)' },
  { value: 'opposed', label: 'Each class towards the other' },
];

/** Whether a kind of drift draws random numbers. */
export function drawsNumbers({ kind, direction }: Pick<DriftSpec, 'kind' | 'direction'>): boolean {
  return kind === 'directional' ? direction === 'random' : kind !== 'mean-shift' && kind !== 'model';
}
