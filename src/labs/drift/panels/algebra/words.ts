import type { MechanismId } from '../../../../engine/analyses/algebra.ts';
import { MECHANISM_NAMES, TEMPERATURE, type NamedMechanism } from '../../../../engine/analyses/namedMechanisms.ts';
import type { FaderName } from './faders.ts';

const named = (id: NamedMechanism, mark: string) => ({ mark, name: MECHANISM_NAMES[id] });

/** Letter on the planes, and name; ● marks the drift that the lab shows. */
export const MECHANISMS: { readonly [M in MechanismId]: { readonly mark: string; readonly name: string } } = {
  present: { mark: '●', name: 'Present drift' },
  'per-coordinate': named('per-coordinate', 'A'),
  'total-norm': named('total-norm', 'B'),
  'random-shift': named('random-shift', 'C'),
  'along-probe': named('along-probe', 'D'),
  'against-probe': named('against-probe', 'E'),
  opposed: named('opposed', 'F'),
  'class-mean': named('class-mean', 'G'),
  'mean-shift': named('mean-shift', 'H'),
  subspace: named('subspace', 'I'),
  rotation: named('rotation', 'J'),
  scaling: named('scaling', 'K'),
  temperature: { mark: 'T', name: `Temperature ${TEMPERATURE} on the logit` },
};

export const FADERS: {
  readonly [F in FaderName]: { readonly label: string; readonly unit: string; readonly touches: string };
} = {
  h: {
    label: 'Common shift h',
    unit: 'in within-class s.d. τ̄',
    touches: 'Moves both classes together: operating point and calibration. Never AUC.',
  },
  nu: {
    label: 'Projected noise ν',
    unit: 'in within-class s.d. τ̄',
    touches: 'Widens both classes: AUC, operating point and calibration. Below 0 variance is taken away.',
  },
  c: {
    label: 'Attenuation c',
    unit: 'divides every score',
    touches: 'Shrinks every score: calibration, and the operating point where the bias is not zero. Never AUC.',
  },
  gap: {
    label: 'Class gap Δ′',
    unit: 'as a multiple of the clean gap Δ',
    touches: 'Brings the classes together or swaps them: AUC, operating point and calibration.',
  },
};

export const METRICS = [
  { key: 'rocAuc', metric: 'RocAuc', label: 'AUC', percent: false },
  { key: 'accuracy', metric: 'Accuracy', label: 'Accuracy', percent: true },
  { key: 'meanConfidence', metric: 'MeanConfidence', label: 'Mean confidence', percent: true },
  { key: 'ece', metric: 'Ece', label: 'ECE', percent: false },
  { key: 'silentFailureRate', metric: 'SilentFailureRate', label: 'Silent-failure rate', percent: true },
] as const;
